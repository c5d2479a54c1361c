"""Checks a published table: its own arithmetic, its periods and units, and the warehouse."""
