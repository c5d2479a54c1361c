"""Actions against anti-social behaviour."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of actions."""
    op.create_table(
        "fact_asb_action",
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
            "action_reference",
            sa.Text(),
            nullable=False,
            comment="The council's reference of the action.",
        ),
        sa.Column(
            "case_reference",
            sa.Text(),
            nullable=True,
            comment="Reference of the case that it belongs to, as in `asb_cases`; null for a MARAC meeting.",
        ),
        sa.Column(
            "case_opened_on", sa.Date(), nullable=True, comment="Day on which that case was opened."
        ),
        sa.Column("action_on", sa.Date(), nullable=False, comment="Day of the action."),
        sa.Column("kind_code", sa.Integer(), nullable=False, comment="What was done."),
        sa.Column(
            "action_class_code",
            sa.Integer(),
            nullable=False,
            comment="Whether that is investigation, enforcement, a safeguarding contact or a MARAC meeting.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_asb_action_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_asb_action")),
        comment="One action of the team, counted in the month of the action, whenever its case was opened.",
    )
    with op.batch_alter_table("fact_asb_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_asb_action_key_hash"), ["key_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_asb_action_month"), ["month"], unique=False)


def downgrade() -> None:
    """Take it away, with what it holds."""
    with op.batch_alter_table("fact_asb_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_asb_action_month"))
        batch_op.drop_index(batch_op.f("ix_fact_asb_action_key_hash"))

    op.drop_table("fact_asb_action")
