"""What arrives and how it is read: from a partner's file to rows that were checked.

Imports schemas only; knows no database and no clock.
"""
