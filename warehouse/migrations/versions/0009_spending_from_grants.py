"""Spending from grants."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of payments."""
    op.create_table(
        "fact_grant_payment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False, comment="The partner's row number."),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that replaced the row; null: current.",
        ),
        sa.Column(
            "month",
            sa.Date(),
            nullable=False,
            comment="First day of the month that the row is counted in.",
        ),
        sa.Column(
            "lad_code",
            sa.String(length=9),
            nullable=False,
            comment="Local authority district (GSS code) of the row.",
        ),
        sa.Column(
            "payment_reference",
            sa.Text(),
            nullable=False,
            comment="The ledger's reference of the payment.",
        ),
        sa.Column("paid_on", sa.Date(), nullable=False, comment="Day of the payment."),
        sa.Column(
            "project_code", sa.Integer(), nullable=False, comment="Project that was paid for."
        ),
        sa.Column("funder_code", sa.Integer(), nullable=False, comment="Who gave the grant."),
        sa.Column(
            "budget_pence",
            sa.Integer(),
            nullable=True,
            comment="What the funder granted the project for the financial year, in whole pence.",
        ),
        sa.Column(
            "spend_pence", sa.Integer(), nullable=False, comment="What was paid, in whole pence."
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_grant_payment_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_grant_payment")),
        comment="One payment for a project out of one funder's grant, counted in the month of the payment.",
    )
    with op.batch_alter_table("fact_grant_payment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_grant_payment_key_hash"), ["key_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fact_grant_payment_month"), ["month"], unique=False)


def downgrade() -> None:
    """Take it away, with what it holds."""
    with op.batch_alter_table("fact_grant_payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_grant_payment_month"))
        batch_op.drop_index(batch_op.f("ix_fact_grant_payment_key_hash"))

    op.drop_table("fact_grant_payment")
