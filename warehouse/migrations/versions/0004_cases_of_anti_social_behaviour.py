"""Cases of anti-social behaviour."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of cases."""
    op.create_table(
        "fact_asb_case",
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
            "case_reference",
            sa.Text(),
            nullable=False,
            comment="The council's reference of the case.",
        ),
        sa.Column(
            "opened_on", sa.Date(), nullable=False, comment="Day on which the team opened the case."
        ),
        sa.Column("reported_by_code", sa.Integer(), nullable=True, comment="Who reported it."),
        sa.Column(
            "reported_through_code",
            sa.Integer(),
            nullable=True,
            comment="Through which channel it came.",
        ),
        sa.Column(
            "typology_code",
            sa.Integer(),
            nullable=False,
            comment="What kind of behaviour it is by the four-way typology of the Home Office.",
        ),
        sa.Column(
            "police_type_code",
            sa.Integer(),
            nullable=True,
            comment="What kind it is by the three-way typology of the police; null where it was given none.",
        ),
        sa.Column("ward_code", sa.Integer(), nullable=True, comment="Ward (GSS code)."),
        sa.Column(
            "ward_name",
            sa.Integer(),
            nullable=True,
            comment="Ward name; for people, never to join on.",
        ),
        sa.Column("lsoa_code", sa.Integer(), nullable=True, comment="LSOA (GSS code)."),
        sa.Column("status_code", sa.Integer(), nullable=False, comment="State of the case."),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="Day on which it was closed."),
        sa.Column(
            "tenure_code",
            sa.Integer(),
            nullable=True,
            comment="Tenure, hence the landlord, of the property that the case is about.",
        ),
        sa.Column(
            "has_gone_to_trial", sa.Boolean(), nullable=False, comment="The case has gone to trial."
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_asb_case_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_asb_case")),
        comment="One case of anti-social behaviour, counted in the month in which the team opened it.",
    )
    with op.batch_alter_table("fact_asb_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_asb_case_key_hash"), ["key_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_asb_case_month"), ["month"], unique=False)


def downgrade() -> None:
    """Take it away, with what it holds."""
    with op.batch_alter_table("fact_asb_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_asb_case_month"))
        batch_op.drop_index(batch_op.f("ix_fact_asb_case_key_hash"))

    op.drop_table("fact_asb_case")
