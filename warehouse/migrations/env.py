"""Alembic's entry: runs the steps on the connection that `warehouse.migrate` hands over.

The transaction belongs to the caller, so that a step that fails leaves the database as it was.
"""

from alembic import context

from warehouse.tables import all_tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=all_tables(),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
