"""What we keep, and what readers may rely on.

Imports schemas only; the only folder that imports SQLAlchemy and Alembic.
"""
