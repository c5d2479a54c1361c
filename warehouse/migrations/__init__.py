"""Numbered, plainly named steps from one state of the tables to the next (Alembic)."""
