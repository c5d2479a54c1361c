"""Figures that partners state, by period, with qualifier and date."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of what partners state; frozen figures get a qualifier and a date."""
    op.create_table(
        "fact_partner_return",
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
            "reporter_code", sa.Integer(), nullable=False, comment="Partner that states the figure."
        ),
        sa.Column(
            "measure_code",
            sa.Integer(),
            nullable=False,
            comment="Measure, one of those that the partner reports.",
        ),
        sa.Column(
            "area_code",
            sa.Integer(),
            nullable=False,
            comment="Area that the figure is for: its GSS code, or one of our own (L) for a locality.",
        ),
        sa.Column(
            "period_code",
            sa.Text(),
            nullable=False,
            comment="Period of the figure: a month by its first day, a quarter (2020-21-Q1), a year (2020-21), or the date at or to which it stands (at 2021-03-31).",
        ),
        sa.Column(
            "ends_on", sa.Date(), nullable=False, comment="Last day of the period, or the date."
        ),
        sa.Column(
            "as_at_on",
            sa.Date(),
            nullable=True,
            comment="Date at or to which the figure stands; null for what happened in a period.",
        ),
        sa.Column(
            "kind_code",
            sa.Integer(),
            nullable=False,
            comment="Whether it happened in the period, stands at a date, or is a total up to one.",
        ),
        sa.Column("value", sa.Integer(), nullable=False, comment="The figure."),
        sa.Column(
            "numerator",
            sa.Integer(),
            nullable=True,
            comment="Of a percentage: how many of the whole.",
        ),
        sa.Column(
            "denominator", sa.Integer(), nullable=True, comment="Of a percentage: the whole."
        ),
        sa.Column(
            "qualifier_code",
            sa.Integer(),
            nullable=True,
            comment="What the partner says of the figure (more than, about); null where it is exact.",
        ),
        sa.Column(
            "previous_value",
            sa.Integer(),
            nullable=True,
            comment="The figure of a year before, as the partner remembers it; it is printed nowhere.",
        ),
        sa.Column(
            "definition",
            sa.Text(),
            nullable=True,
            comment="What the partner counts, in its own words.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_partner_return_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_partner_return")),
        comment="One figure that a partner states: a measure in an area and period, as it is to be printed.",
    )
    with op.batch_alter_table("fact_partner_return", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_partner_return_key_hash"), ["key_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fact_partner_return_month"), ["month"], unique=False)

    op.create_table(
        "measure_stated",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("measure_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column(
            "period_code",
            sa.String(length=14),
            nullable=False,
            comment="Month, quarter, year, or -YTD.",
        ),
        sa.Column(
            "first_month", sa.Date(), nullable=False, comment="First day of its first month."
        ),
        sa.Column("last_month", sa.Date(), nullable=False, comment="First day of its last month."),
        sa.Column(
            "year_code", sa.String(length=7), nullable=False, comment="Financial year, 2020-21."
        ),
        sa.Column("value", sa.BigInteger(), nullable=False, comment="In the measure's unit."),
        sa.Column(
            "qualifier",
            sa.String(length=12),
            nullable=False,
            comment="As more_than; '' where exact.",
        ),
        sa.Column(
            "as_at_on",
            sa.Date(),
            nullable=True,
            comment="Date at or to which it stands; null: of a period.",
        ),
        sa.Column("delivery_id", sa.Integer(), nullable=False, comment="Brought it about."),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that changed it; null: current.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_measure_stated_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_stated")),
        comment="One row a version of a figure that a partner states, or that follows from stated ones, in an area and period. No current row: not available.",
    )
    with op.batch_alter_table("measure_stated", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_stated_delivery_id"), ["delivery_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_measure_stated_superseded_by"), ["superseded_by"], unique=False
        )
        batch_op.create_index(
            "uq_measure_stated_current",
            ["measure_code", "area_code", "period_code"],
            unique=True,
            sqlite_where=sa.text("superseded_by IS NULL"),
            postgresql_where=sa.text("superseded_by IS NULL"),
        )

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("grain", sa.String(length=10), server_default="month", nullable=False)
        )

    with op.batch_alter_table("release_cell", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "qualifier",
                sa.String(length=12),
                server_default="",
                nullable=False,
                comment="As more_than; '' where exact.",
            )
        )
        batch_op.add_column(
            sa.Column(
                "as_at_on",
                sa.Date(),
                nullable=True,
                comment="Date at or to which it stands; null: of a period.",
            )
        )


def downgrade() -> None:
    """Take them away; what partners stated is lost, as is what was said of frozen figures."""
    with op.batch_alter_table("release_cell", schema=None) as batch_op:
        batch_op.drop_column("as_at_on")
        batch_op.drop_column("qualifier")

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_column("grain")

    with op.batch_alter_table("measure_stated", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_measure_stated_current",
            sqlite_where=sa.text("superseded_by IS NULL"),
            postgresql_where=sa.text("superseded_by IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_measure_stated_superseded_by"))
        batch_op.drop_index(batch_op.f("ix_measure_stated_delivery_id"))

    op.drop_table("measure_stated")
    with op.batch_alter_table("fact_partner_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_partner_return_month"))
        batch_op.drop_index(batch_op.f("ix_fact_partner_return_key_hash"))

    op.drop_table("fact_partner_return")
