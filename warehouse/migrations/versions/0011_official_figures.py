"""Official figures that ours are reconciled with."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of two publications; a hold knows by what it ended."""
    op.create_table(
        "fact_official_crime",
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
        sa.Column("ends_on", sa.Date(), nullable=False, comment="Last day of the quarter."),
        sa.Column(
            "period_code",
            sa.Text(),
            nullable=False,
            comment="Financial quarter of the figure (2020-21-Q1).",
        ),
        sa.Column(
            "offence_code", sa.Integer(), nullable=False, comment="Home Office offence code."
        ),
        sa.Column(
            "offence_name",
            sa.Integer(),
            nullable=True,
            comment="Name of the offence on the code list of its date; null where the code is not listed.",
        ),
        sa.Column(
            "report_row_code",
            sa.Integer(),
            nullable=True,
            comment="Row of the police table that the offence belongs to; null for the residual.",
        ),
        sa.Column(
            "offence_count",
            sa.Integer(),
            nullable=False,
            comment="Offences recorded in the quarter; below 0 where more were taken back than recorded.",
        ),
        sa.Column(
            "is_counted",
            sa.Boolean(),
            nullable=False,
            comment="Counted as recorded crime: it is not fraud.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_official_crime")),
        comment="One number of crimes: an offence in the partnership's area and a financial quarter.",
    )
    with op.batch_alter_table("fact_official_crime", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_official_crime_key_hash"), ["key_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fact_official_crime_month"), ["month"], unique=False)

    op.create_table(
        "fact_official_fly_tip",
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
        sa.Column("ends_on", sa.Date(), nullable=False, comment="Last day of the financial year."),
        sa.Column(
            "period_code",
            sa.Text(),
            nullable=False,
            comment="Financial year of the figures (2020-21).",
        ),
        sa.Column(
            "table_code",
            sa.Integer(),
            nullable=True,
            comment="Which of the two tables the row stands in; it is never null.",
        ),
        sa.Column("incident_count", sa.Integer(), nullable=True, comment="All incidents."),
        sa.Column(
            "action_count",
            sa.Integer(),
            nullable=True,
            comment="All actions, investigations included.",
        ),
        sa.Column("investigation_count", sa.Integer(), nullable=True, comment="Investigations."),
        sa.Column("warning_letter_count", sa.Integer(), nullable=True, comment="Warning letters."),
        sa.Column(
            "statutory_notice_count", sa.Integer(), nullable=True, comment="Statutory notices."
        ),
        sa.Column(
            "fpn_fly_tipping_count",
            sa.Integer(),
            nullable=True,
            comment="Fixed penalty notices issued specifically for fly-tipping; null before 2018-19, when they were not told apart.",
        ),
        sa.Column(
            "fpn_duty_of_care_count",
            sa.Integer(),
            nullable=True,
            comment="Fixed penalty notices for household duty of care.",
        ),
        sa.Column(
            "duty_of_care_inspection_count",
            sa.Integer(),
            nullable=True,
            comment="Duty of care inspections.",
        ),
        sa.Column("formal_caution_count", sa.Integer(), nullable=True, comment="Formal cautions."),
        sa.Column("prosecution_count", sa.Integer(), nullable=True, comment="Prosecutions."),
        sa.Column("injunction_count", sa.Integer(), nullable=True, comment="Injunctions."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_official_fly_tip")),
        comment="One row of one of Defra's two tables: incidents, or actions, of a financial year.",
    )
    with op.batch_alter_table("fact_official_fly_tip", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_official_fly_tip_key_hash"), ["key_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fact_official_fly_tip_month"), ["month"], unique=False)

    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "ended_by_id",
                sa.Integer(),
                nullable=True,
                comment="Delivery since which the figures differ no more as it says; null: none.",
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_hold_ended_by_id"), "delivery", ["ended_by_id"], ["id"]
        )


def downgrade() -> None:
    """Take them away, with what they hold."""
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_hold_ended_by_id"), type_="foreignkey")
        batch_op.drop_column("ended_by_id")

    with op.batch_alter_table("fact_official_fly_tip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_official_fly_tip_month"))
        batch_op.drop_index(batch_op.f("ix_fact_official_fly_tip_key_hash"))

    op.drop_table("fact_official_fly_tip")
    with op.batch_alter_table("fact_official_crime", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_official_crime_month"))
        batch_op.drop_index(batch_op.f("ix_fact_official_crime_key_hash"))

    op.drop_table("fact_official_crime")
