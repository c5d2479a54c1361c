"""Numbers that people act on: tables as they are published.

Imports schemas and warehouse (its views only); the only folder that imports great-tables.
"""
