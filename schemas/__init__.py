"""What we hold to be true: periods, columns, rules, code lists, measures and the records partners send.

Imports nothing of ours; the only folder that imports pandera.
"""
