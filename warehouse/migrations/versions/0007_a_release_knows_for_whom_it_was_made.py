"""A release knows for whom it was made: those of before showed every figure."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the audience."""
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "audience",
                sa.String(length=11),
                server_default="partnership",
                nullable=False,
                comment="public or partnership.",
            )
        )


def downgrade() -> None:
    """Take it away again; releases for the public would be taken for the others."""
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_column("audience")
