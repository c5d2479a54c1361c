"""The tables: bookkeeping, one typed fact table a source, and the mart.

Coded columns repeat a few texts many times, so a fact holds the number of its text in `term`; that
halves the size of a large fact and the time to load it. The views give the texts back.

The records are loaded with the first fact that is asked for: whoever looks up a delivery alone need
not wait for Pandera.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:
    from schemas.records.base import FieldInfo

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = BigInteger().with_variant(Integer, "sqlite")

TERM = Table(
    "term", METADATA,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False, unique=True),
    comment="One row a text that coded columns of the facts point to.",
)  # fmt: skip

DELIVERY = Table(
    "delivery", METADATA,
    Column("id", Integer, primary_key=True),
    Column("source", String(40), nullable=False, comment="Code of the source; '' if unknown."),
    Column("layout", String(80), nullable=False, comment="Layout recognised; '' if unknown."),
    Column("extent", String(9), nullable=False, comment="Area it speaks for (GSS code)."),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, comment="Of the bytes kept in the archive."),
    Column("size_bytes", BigInteger, nullable=False),
    Column("received_at", DateTime, nullable=False, comment="UTC."),
    Column("status", String(10), nullable=False, comment="accepted or rejected"),
    Column("first_month", Date, comment="First month covered."),
    Column("last_month", Date, comment="Last month covered."),
    Column("rows_read", BigInteger, nullable=False),
    Column("rows_accepted", BigInteger, nullable=False),
    Column("rows_rejected", BigInteger, nullable=False),
    Column("rows_new", BigInteger, nullable=False, comment="Accepted and not there before."),
    Column("rows_unchanged", BigInteger, nullable=False, comment="Accepted, there already."),
    Column("rows_superseded", BigInteger, nullable=False, comment="Earlier rows replaced."),
    Column("program_version", String(40), nullable=False),
    Column("rows_changed", BigInteger, comment="Accepted; their record was there, different."),
    Column("rows_vanished", BigInteger, comment="Earlier rows whose record is there no more."),
    Column(
        "corrections_sha256", String(64), nullable=False, server_default="",
        comment="Of the corrections made to it on record; '' if none.",
    ),
    Column("bytes_removed_at", DateTime, comment="UTC; when retention removed the bytes."),
    Column("again_by", Text, comment="Who had a replaced file taken again; null: it just came."),
    Column("again_because", Text),
    Index(None, "sha256"),
    comment="One row a file that was received, accepted or rejected.",
)  # fmt: skip

ISSUE = Table(
    "issue", METADATA,
    Column("id", _ID, primary_key=True),
    Column("delivery_id", ForeignKey("delivery.id"), nullable=False, index=True),
    Column("source_row", Integer, comment="The partner's row number; null for the whole file."),
    Column("field", String(80), nullable=False, comment="Our field; '' for the whole row."),
    Column("header", Text, nullable=False, comment="The partner's declared heading."),
    Column("rule", String(40), nullable=False),
    Column("response", String(20), nullable=False),
    Column("expected", Text, nullable=False),
    comment="One row a finding: place and rule, never the value.",
)  # fmt: skip

REJECTED_ROW = Table(
    "rejected_row", METADATA,
    Column("delivery_id", ForeignKey("delivery.id"), primary_key=True),
    Column("source_row", Integer, primary_key=True, autoincrement=False),
    comment="One row a rejected row of a file; its content is in the archived bytes only.",
)  # fmt: skip

DELIVERY_MONTH = Table(
    "delivery_month", METADATA,
    Column("delivery_id", ForeignKey("delivery.id"), primary_key=True),
    Column("month", Date, primary_key=True, comment="First day of the month."),
    Column("row_count", BigInteger, nullable=False, comment="Current rows once it was loaded."),
    Column("unplaced_count", BigInteger, comment="Of them without a location; null: not known."),
    comment="One row a month that an accepted delivery covers: what later ones are held against.",
)  # fmt: skip

HOLD = Table(
    "hold", METADATA,
    Column("id", Integer, primary_key=True),
    Column("delivery_id", ForeignKey("delivery.id"), nullable=False, index=True),
    Column("rule", String(40), nullable=False),
    Column("detail", Text, nullable=False, comment="What was counted; never a text of the file."),
    Column("first_month", Date, nullable=False, comment="First month whose figures it holds."),
    Column("last_month", Date, nullable=False),
    Column("is_year_only", Boolean, nullable=False, comment="Holds packs of whole years alone."),
    Column("raised_at", DateTime, nullable=False, comment="UTC."),
    Column("released_at", DateTime, comment="UTC; null: not released."),
    Column("released_by", Text),
    Column("released_because", Text),
    Column(
        "ended_by_id", ForeignKey("delivery.id"),
        comment="Delivery since which the figures differ no more as it says; null: none.",
    ),
    comment="One row a finding that keeps figures from being published until a person decides.",
)  # fmt: skip

MEASURE = Table(
    "measure", METADATA,
    Column("code", String(60), primary_key=True),
    Column("position", Integer, nullable=False, comment="Order of the report."),
    Column("label", Text, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("grain", String(10), nullable=False, server_default="month"),
    Column("source", String(40), nullable=False),
    Column("parent", String(60), nullable=False),
    Column("breakdown", String(20), nullable=False),
    Column("is_additive", Boolean, nullable=False),
    Column("definition", Text, nullable=False),
    comment="One row a measure, as defined in the program.",
)  # fmt: skip

AREA = Table(
    "area", METADATA,
    Column("code", String(9), primary_key=True),
    Column("name", Text, nullable=False),
    comment="One row an area that measures are worked out for.",
)  # fmt: skip

MEASURE_MONTH = Table(
    "measure_month", METADATA,
    Column("id", _ID, primary_key=True),
    Column("measure_code", String(60), nullable=False),
    Column("area_code", String(9), nullable=False),
    Column("month", Date, nullable=False, comment="First day of the month."),
    Column("quarter_code", String(10), nullable=False, comment="Financial quarter, 2020-21-Q4."),
    Column("year_code", String(7), nullable=False, comment="Financial year, 2020-21."),
    Column("value", BigInteger, nullable=False, comment="In the measure's unit; 0 is a true zero."),
    Column("delivery_id", ForeignKey("delivery.id"), nullable=False, comment="Brought it about."),
    Column("superseded_by", Integer, comment="Delivery that changed it; null: current."),
    Index(
        "uq_measure_month_current", "measure_code", "area_code", "month", unique=True,
        sqlite_where=text("superseded_by IS NULL"),
        postgresql_where=text("superseded_by IS NULL"),
    ),
    Index(None, "quarter_code", "area_code", "measure_code"),
    Index(None, "year_code", "area_code", "measure_code"),
    Index(None, "superseded_by"),
    Index(None, "delivery_id", "measure_code", "area_code", "month"),
    comment="One row a version of a measure in an area and month that a delivery covers. No "
    "current row: not available.",
)  # fmt: skip

MEASURE_STATED = Table(
    "measure_stated", METADATA,
    Column("id", _ID, primary_key=True),
    Column("measure_code", String(60), nullable=False),
    Column("area_code", String(9), nullable=False),
    Column("period_code", String(14), nullable=False, comment="Month, quarter, year, or -YTD."),
    Column("first_month", Date, nullable=False, comment="First day of its first month."),
    Column("last_month", Date, nullable=False, comment="First day of its last month."),
    Column("year_code", String(7), nullable=False, comment="Financial year, 2020-21."),
    Column("value", BigInteger, nullable=False, comment="In the measure's unit."),
    Column("qualifier", String(12), nullable=False, comment="As more_than; '' where exact."),
    Column("as_at_on", Date, comment="Date at or to which it stands; null: of a period."),
    Column("delivery_id", ForeignKey("delivery.id"), nullable=False, comment="Brought it about."),
    Column("superseded_by", Integer, comment="Delivery that changed it; null: current."),
    Index(
        "uq_measure_stated_current", "measure_code", "area_code", "period_code", unique=True,
        sqlite_where=text("superseded_by IS NULL"),
        postgresql_where=text("superseded_by IS NULL"),
    ),
    Index(None, "delivery_id"),
    Index(None, "superseded_by"),
    comment="One row a version of a figure that a partner states, or that follows from stated "
    "ones, in an area and period. No current row: not available.",
)  # fmt: skip

RELEASE = Table(
    "release", METADATA,
    Column("id", Integer, primary_key=True),
    Column("period_code", String(10), nullable=False, comment="2020-21-Q4 or 2020-21."),
    Column("published_at", DateTime, nullable=False, comment="UTC."),
    Column("program_version", String(40), nullable=False),
    Column("content_sha256", String(64), nullable=False, comment="Of all its cells."),
    Column("delivery_id", ForeignKey("delivery.id"), comment="Newest that it knew; null: none."),
    Column("manifest", Text, nullable=False, comment="The manifest of its pack (JSON)."),
    Column(
        "audience", String(11), nullable=False, server_default="partnership",
        comment="public or partnership.",
    ),
    Index(None, "period_code"),
    comment="One row a pack that was published; the same figures again are no new one.",
)  # fmt: skip

RELEASE_CELL = Table(
    "release_cell", METADATA,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    Column("measure_code", String(60), primary_key=True),
    Column("area_code", String(9), primary_key=True),
    Column("period_code", String(14), primary_key=True, comment="Month, quarter, year, or -YTD."),
    Column("value", BigInteger, comment="In the measure's unit; null: see the mark."),
    Column("mark", String(5), nullable=False, comment="Why there is no value, as x; else ''."),
    Column(
        "qualifier", String(12), nullable=False, server_default="",
        comment="As more_than; '' where exact.",
    ),
    Column("as_at_on", Date, comment="Date at or to which it stands; null: of a period."),
    Index(None, "measure_code", "area_code", "period_code"),
    comment="One row a figure of a release, as it was published.",
)  # fmt: skip

ALERT = Table(
    "alert", METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False, comment="As in schemas.alerts."),
    Column("cause", String(200), nullable=False, unique=True, comment="What it is told once of."),
    Column("raised_at", DateTime, nullable=False, comment="UTC."),
    Column("delivery_id", ForeignKey("delivery.id"), comment="Delivery that it is about."),
    Column("release_id", ForeignKey("release.id"), comment="Release that it is about."),
    Column("source", String(40), nullable=False, comment="Code of the source; '' if none."),
    Column("period_code", String(10), nullable=False, comment="Quarter or year; '' if none."),
    Column("detail", Text, nullable=False, comment="In our words; never a text of a file."),
    comment="One row a thing that a person must hear of, written with its cause.",
)  # fmt: skip

ALERT_SENDING = Table(
    "alert_sending", METADATA,
    Column("alert_id", ForeignKey("alert.id"), primary_key=True),
    Column("route", String(20), primary_key=True, comment="coordinator, security, or others."),
    Column("tries", Integer, nullable=False),
    Column("claimed_until", DateTime, comment="UTC; a sender is at it until then."),
    Column("failure", Text, nullable=False, comment="Why the last try failed; '' if none did."),
    Column("sent_at", DateTime, comment="UTC; null: not sent yet."),
    comment="One row a route by which an alert must go, and what became of it.",
)  # fmt: skip

RUN = Table(
    "run", METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False, comment="receive, quarter-end, year-end, watch."),
    Column("period_code", String(10), nullable=False, comment="Quarter or year; '' if none."),
    Column("host", Text, nullable=False, comment="Machine that it runs on."),
    Column("started_at", DateTime, nullable=False, comment="UTC."),
    Column("ended_at", DateTime, comment="UTC; null: under way, or cut off."),
    Column("state", String(10), nullable=False, comment="running, done, held, failed, crashed."),
    Column("detail", Text, nullable=False, comment="What came of it; never a text of a file."),
    Index(None, "kind", "period_code"),
    comment="One row a run of the pipeline, by schedule or by hand.",
)  # fmt: skip

PURGE = Table(
    "purge", METADATA,
    Column("id", Integer, primary_key=True),
    Column("purged_at", DateTime, nullable=False, comment="UTC."),
    Column("older_than", Date, nullable=False, comment="What was received before this day."),
    Column("purged_by", Text, nullable=False),
    Column("files_removed", Integer, nullable=False),
    Column("bytes_removed", BigInteger, nullable=False),
    Column("cells_blanked", BigInteger, nullable=False, comment="Of columns of class personal."),
    comment="One row a time that retention removed archived bytes and personal columns.",
)  # fmt: skip


def is_coded(info: "FieldInfo") -> bool:
    """Say whether a field is stored as the number of its text.

    The district is not; nor is what is personal, whose text must go with its cell.
    """
    from schemas.fields import Privacy  # noqa: PLC0415

    is_shared = info.name != "lad_code" and info.privacy is not Privacy.PERSONAL
    return info.dtype == "category" and is_shared


def _sql_type(info: "FieldInfo") -> TypeEngine[Any]:
    from schemas.fields import Privacy  # noqa: PLC0415

    if is_coded(info):
        return Integer()
    if info.is_date:
        return Date()
    if info.privacy is Privacy.PERSONAL and info.dtype == "category":
        return Text()
    types: dict[str, TypeEngine[Any]] = {
        "category": String(9),
        "string[pyarrow]": Text(),
        "int64": Integer(),
        "float64": Float(),
        "boolean": Boolean(),
        "datetime64[ns]": DateTime(),
    }
    return types[info.dtype]


@cache
def fact_table(source: str) -> Table:
    """Return the fact table of a source, built from its record: one row a version of a row.

    Rows are never updated but for `superseded_by` (null: current) and never deleted; retention
    blanks personal columns. `key_hash`
    says by what a record is known again (0: by its content), `row_hash` whether it has changed.
    """
    from schemas.records import RECORDS  # noqa: PLC0415
    from schemas.records.base import fields_of, identity_of  # noqa: PLC0415

    record = RECORDS[source]
    kept_by_month = "month" in identity_of(record).key
    name = f"fact_{identity_of(record).fact}"
    return Table(
        name,
        METADATA,
        Column("id", _ID, primary_key=True),
        # No foreign key: PostgreSQL would look every row of a load up on its own. The delivery is
        # recorded in the transaction of its rows, and never deleted.
        Column("delivery_id", Integer, nullable=False),
        Column("source_row", Integer, nullable=False, comment="The partner's row number."),
        Column("key_hash", BigInteger, nullable=False),
        Column("row_hash", BigInteger, nullable=False),
        Column("superseded_by", Integer, comment="Delivery that replaced the row; null: current."),
        *(
            Column(info.name, _sql_type(info), nullable=not info.required, comment=info.sentence)
            for info in fields_of(record).values()
        ),
        Index(None, "month"),
        *(() if kept_by_month else (Index(None, "key_hash"),)),
        comment=(record.__doc__ or "").split("\n")[0],
    )


def all_tables() -> MetaData:
    """Return the metadata with every table in it, facts included."""
    from schemas.records import RECORDS  # noqa: PLC0415

    for source in RECORDS:
        fact_table(source)
    return METADATA
