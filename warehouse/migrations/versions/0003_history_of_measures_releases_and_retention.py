"""Measures keep every version, what is published is frozen, and retention leaves a trace."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CURRENT = sa.text("superseded_by IS NULL")
COLUMNS = "measure_code, area_code, month, quarter_code, year_code, value"
AVON = ("E31000001", "E06000022", "E06000023", "E06000024", "E06000025")
"""The areas of the only layout that spoke for others than the partnership's own."""
INDEXES = (
    ["quarter_code", "area_code", "measure_code"],
    ["year_code", "area_code", "measure_code"],
    ["superseded_by"],
    ["delivery_id", "measure_code", "area_code", "month"],
)


def upgrade() -> None:
    """Make the tables; the figures that stand are given to the delivery that last brought them."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "rows_changed",
                sa.BigInteger(),
                nullable=True,
                comment="Accepted; their record was there, different.",
            )
        )
        batch_op.add_column(
            sa.Column(
                "rows_vanished",
                sa.BigInteger(),
                nullable=True,
                comment="Earlier rows whose record is there no more.",
            )
        )
        batch_op.add_column(
            sa.Column(
                "corrections_sha256",
                sa.String(length=64),
                nullable=False,
                server_default="",
                comment="Of the corrections made to it on record; '' if none.",
            )
        )
        batch_op.add_column(
            sa.Column(
                "bytes_removed_at",
                sa.DateTime(),
                nullable=True,
                comment="UTC; when retention removed the bytes.",
            )
        )
    _version_measures()
    _create_releases()
    op.create_table(
        "purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purged_at", sa.DateTime(), nullable=False, comment="UTC."),
        sa.Column(
            "older_than", sa.Date(), nullable=False, comment="What was received before this day."
        ),
        sa.Column("purged_by", sa.Text(), nullable=False),
        sa.Column("files_removed", sa.Integer(), nullable=False),
        sa.Column("bytes_removed", sa.BigInteger(), nullable=False),
        sa.Column(
            "cells_blanked",
            sa.BigInteger(),
            nullable=False,
            comment="Of columns of class personal.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
        comment="One row a time that retention removed archived bytes and personal columns.",
    )


def _version_measures() -> None:
    for column in ("quarter_code", "year_code"):
        op.drop_index(f"ix_measure_month_{column}", table_name="measure_month")
    op.rename_table("measure_month", "measure_month_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_measure_month RENAME TO pk_measure_month_before")
    op.create_table(
        "measure_month",
        sa.Column("id", _ID, nullable=False),
        sa.Column("measure_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month."),
        sa.Column(
            "quarter_code",
            sa.String(length=10),
            nullable=False,
            comment="Financial quarter, 2020-21-Q4.",
        ),
        sa.Column(
            "year_code", sa.String(length=7), nullable=False, comment="Financial year, 2020-21."
        ),
        sa.Column(
            "value",
            sa.BigInteger(),
            nullable=False,
            comment="In the measure's unit; 0 is a true zero.",
        ),
        sa.Column("delivery_id", sa.Integer(), nullable=False, comment="Brought it about."),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that changed it; null: current.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_measure_month_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_month")),
        comment="One row a version of a measure in an area and month that a delivery covers. No "
        "current row: not available.",
    )
    op.execute(
        f"INSERT INTO measure_month ({COLUMNS}, delivery_id) SELECT {COLUMNS}, COALESCE("
        "(SELECT max(d.id) FROM delivery d JOIN measure m ON m.source = d.source "
        "WHERE m.code = b.measure_code AND d.status = 'accepted' "
        "AND b.month BETWEEN d.first_month AND d.last_month "
        f"AND (d.extent = '{AVON[0]}') = (b.area_code IN {AVON})), "
        "(SELECT max(id) FROM delivery)) "
        "FROM measure_month_before b"
    )
    op.drop_table("measure_month_before")
    op.create_index(
        "uq_measure_month_current",
        "measure_month",
        ["measure_code", "area_code", "month"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )
    for columns in INDEXES:
        op.create_index(f"ix_measure_month_{'_'.join(columns)}", "measure_month", columns)


def _create_releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "period_code", sa.String(length=10), nullable=False, comment="2020-21-Q4 or 2020-21."
        ),
        sa.Column("published_at", sa.DateTime(), nullable=False, comment="UTC."),
        sa.Column("program_version", sa.String(length=40), nullable=False),
        sa.Column(
            "content_sha256", sa.String(length=64), nullable=False, comment="Of all its cells."
        ),
        sa.Column(
            "delivery_id", sa.Integer(), nullable=True, comment="Newest that it knew; null: none."
        ),
        sa.Column(
            "manifest", sa.Text(), nullable=False, comment="The manifest of its pack (JSON)."
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_release_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        comment="One row a pack that was published; the same figures again are no new one.",
    )
    op.create_index("ix_release_period_code", "release", ["period_code"])
    op.create_table(
        "release_cell",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("measure_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column(
            "period_code",
            sa.String(length=14),
            nullable=False,
            comment="Month, quarter, year, or -YTD.",
        ),
        sa.Column(
            "value",
            sa.BigInteger(),
            nullable=True,
            comment="In the measure's unit; null: see the mark.",
        ),
        sa.Column(
            "mark",
            sa.String(length=5),
            nullable=False,
            comment="Why there is no value, as x; else ''.",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_cell_release_id")
        ),
        sa.PrimaryKeyConstraint(
            "release_id", "measure_code", "area_code", "period_code", name=op.f("pk_release_cell")
        ),
        comment="One row a figure of a release, as it was published.",
    )
    op.create_index(
        "ix_release_cell_measure_code_area_code_period_code",
        "release_cell",
        ["measure_code", "area_code", "period_code"],
    )


def downgrade() -> None:
    """Keep the current figures alone, and take the new tables and columns away."""
    for name in ("purge", "release_cell", "release"):
        op.drop_table(name)
    for columns in INDEXES:
        op.drop_index(f"ix_measure_month_{'_'.join(columns)}", table_name="measure_month")
    op.drop_index("uq_measure_month_current", table_name="measure_month")
    op.rename_table("measure_month", "measure_month_after")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_measure_month RENAME TO pk_measure_month_after")
    op.create_table(
        "measure_month",
        sa.Column("measure_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("quarter_code", sa.String(length=10), nullable=False),
        sa.Column("year_code", sa.String(length=7), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "measure_code", "area_code", "month", name=op.f("pk_measure_month")
        ),
    )
    op.execute(
        f"INSERT INTO measure_month ({COLUMNS}) SELECT {COLUMNS} FROM measure_month_after "
        "WHERE superseded_by IS NULL"
    )
    op.drop_table("measure_month_after")
    for column in ("quarter_code", "year_code"):
        op.create_index(f"ix_measure_month_{column}", "measure_month", [column])
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        for column in ("rows_changed", "rows_vanished", "corrections_sha256", "bytes_removed_at"):
            batch_op.drop_column(column)
