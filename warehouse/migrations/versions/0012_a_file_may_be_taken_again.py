"""A file that another one has replaced may be taken again, on somebody's decision."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the decision: whose, and why."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "again_by",
                sa.Text(),
                nullable=True,
                comment="Who had a replaced file taken again; null: it just came.",
            )
        )
        batch_op.add_column(sa.Column("again_because", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away again; what was taken again stays what it is, a delivery."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_column("again_because")
        batch_op.drop_column("again_by")
