"""What we hold to be true: periods, columns, rules, code lists, measures, records.

Imports nothing of ours; the only folder that imports pandera.
"""
