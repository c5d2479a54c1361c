"""Holds on publication, and the rows by month that later deliveries are held against."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FACTS = ("police_crime", "street_crime", "hfrs_incident", "cctv_log", "fly_tip")


def upgrade() -> None:
    """Create both tables; the months of earlier deliveries are counted from the facts."""
    op.create_table(
        "delivery_month",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month."),
        sa.Column(
            "row_count", sa.BigInteger(), nullable=False, comment="Current rows once it was loaded."
        ),
        sa.Column(
            "unplaced_count",
            sa.BigInteger(),
            nullable=True,
            comment="Of them without a location; null: not known.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_month_delivery_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", "month", name=op.f("pk_delivery_month")),
        comment="One row a month that an accepted delivery covers: what later ones are held "
        "against.",
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column(
            "detail",
            sa.Text(),
            nullable=False,
            comment="What was counted; never a text of the file.",
        ),
        sa.Column(
            "first_month", sa.Date(), nullable=False, comment="First month whose figures it holds."
        ),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column(
            "is_year_only",
            sa.Boolean(),
            nullable=False,
            comment="Holds packs of whole years alone.",
        ),
        sa.Column("raised_at", sa.DateTime(), nullable=False, comment="UTC."),
        sa.Column("released_at", sa.DateTime(), nullable=True, comment="UTC; null: not released."),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("released_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_hold_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        comment="One row a finding that keeps figures from being published until a person decides.",
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_delivery_id"), ["delivery_id"], unique=False)
    for fact in FACTS:
        _count_months(fact)


def _count_months(fact: str) -> None:
    """Give the current rows of each month to the delivery that is the last to bring one of them."""
    op.execute(
        f"INSERT INTO delivery_month (delivery_id, month, row_count) "
        f"SELECT max(delivery_id), month, count(*) FROM fact_{fact} "
        f"JOIN delivery ON delivery.id = delivery_id "
        f"WHERE superseded_by IS NULL GROUP BY month, extent"
    )


def downgrade() -> None:
    """Take both tables away."""
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_delivery_id"))
    op.drop_table("hold")
    op.drop_table("delivery_month")
