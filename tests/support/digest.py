"""What a warehouse holds, in a form in which two warehouses can be held against each other.

Numbers that a database gives out, and the moments at which something was done, differ from run to
run and say nothing of what came. They are left out; where a row points to a delivery, its name and
bytes stand for its number. The order of rows is left out too. All else counts, on SQLite as on
PostgreSQL.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cache

from sqlalchemy import Column, Connection, Engine, Select, column, select, table, true

from schemas.records import RECORDS
from schemas.records.base import fields_of
from warehouse.tables import (
    ALERT,
    ALERT_SENDING,
    DELIVERY,
    RELEASE,
    RUN,
    TERM,
    all_tables,
    fact_table,
    is_coded,
)
from warehouse.views import fact_view, view_selects

Content = dict[str, Counter[str]]
"""By table, each row as a line of text, and how often it stands there."""
Meanings = Mapping[str, Mapping[object, str]]
"""By column that holds numbers of other rows, what each number stands for."""

NUMBERS = ("id", "alert_id", "cause")
"""An alert's cause is written with the number of its delivery, to which it points as well."""
MOMENTS = (
    "received_at", "bytes_removed_at", "raised_at", "released_at", "published_at", "purged_at",
    "claimed_until", "sent_at", "started_at", "ended_at",
)  # fmt: skip
"""When something was done; that it was done counts, so null is told from not null."""
WORDS = "term"
"""The table of words is left out: whatever points to a word has the word itself in its line."""
OF_RUNS = ("run-failed", "run-crashed", "run-missing", "trouble", "service")
"""Alerts that tell how it went; like the runs themselves they say nothing of what came."""
STANDING = (*map(fact_view, RECORDS), "csp_measure_month_v1", "csp_area_v1", "csp_measure_v1")
BROUGHT_BY = ("delivery_id", "source_row")


def content_of(conn: Connection) -> Content:
    """Return all that the tables hold: every version of every row, and all that was found."""
    words = {number: repr(text) for number, text in conn.execute(select(TERM.c.id, TERM.c.text))}
    coded = {
        fact_table(source).name: {i.name: words for i in fields_of(record).values() if is_coded(i)}
        for source, record in RECORDS.items()
    }
    pointers = _pointers(conn)
    of_runs = select(ALERT.c.id).where(ALERT.c.kind.in_(OF_RUNS))
    without = {
        "alert": ALERT.c.id.not_in(of_runs),
        "alert_sending": ALERT_SENDING.c.alert_id.not_in(of_runs),
    }
    return {
        name: _lines(
            conn, select(kept).where(without.get(name, true())), pointers | coded.get(name, {})
        )
        for name, kept in all_tables().tables.items()
        if name not in (WORDS, RUN.name)
    }


def seen_by(conn: Connection) -> Content:
    """Return all that the readers' views show."""
    pointers = _pointers(conn)
    return {
        name: _lines(conn, query, pointers)
        for name, query in _views().items()
        if name != "csp_run_v1"
    }


def standing_in(conn: Connection) -> Content:
    """Return the current rows and figures that readers see, whoever brought them."""
    return {name: _lines(conn, _views()[name], {}, BROUGHT_BY) for name in STANDING}


def record_of(engine: Engine) -> Content:
    """Return `content_of` for a whole warehouse."""
    with engine.connect() as conn:
        return content_of(conn)


def standing_of(engine: Engine) -> Content:
    """Return `standing_in` for a whole warehouse."""
    with engine.connect() as conn:
        return standing_in(conn)


def digest(content: Content) -> str:
    """Return one SHA-256 over a whole content."""
    whole = hashlib.sha256()
    for name, lines in sorted(content.items()):
        for line, times in sorted(lines.items()):
            whole.update(f"{name}\t{times}\t{line}\n".encode())
    return whole.hexdigest()


def differences(one: Content, other: Content, most: int = 3) -> list[str]:
    """Return lines that only one of two contents has, a few a table; none where they are alike."""
    told = []
    for name in sorted({*one, *other}):
        ours, theirs = one.get(name, Counter()), other.get(name, Counter())
        for sign, left in (("-", ours - theirs), ("+", theirs - ours)):
            told += [f"{sign} {name}: {line}" for line in list(left.elements())[:most]]
    return told


@cache
def _views() -> dict[str, Select[tuple[object, ...]]]:
    return {
        name: select(seen).where(seen.c.kind.not_in(OF_RUNS) if name == "csp_alert_v1" else true())
        for name, query in view_selects().items()
        for seen in [table(name, *(column(c.name, c.type) for c in query.selected_columns))]
    }


def _pointers(conn: Connection) -> dict[str, Mapping[object, str]]:
    d, r = DELIVERY.c, RELEASE.c
    deliveries = _named(conn, d.id, d.sha256, d.file_name, d.status)
    releases = _named(conn, r.id, r.period_code, r.content_sha256)
    return {
        "delivery_id": deliveries, "superseded_by": deliveries, "ended_by_id": deliveries,
        "release_id": releases,
    }  # fmt: skip


def _named(conn: Connection, *columns: Column[object]) -> dict[object, str]:
    """Return what rows are known by, by their number; those known by the same, in their order."""
    names: dict[object, str] = {}
    times: Counter[str] = Counter()
    for key, *values in conn.execute(select(*columns).order_by(columns[0])):
        name = " ".join(values)
        times[name] += 1
        names[key] = f"{name} {times[name]}"
    return names


def _lines(
    conn: Connection,
    query: Select[tuple[object, ...]],
    pointers: Meanings,
    without: Collection[str] = (),
) -> Counter[str]:
    found = conn.execute(query)
    names = list(found.keys())
    kept = [(place, n) for place, n in enumerate(names) if n not in (*NUMBERS, *without)]
    return Counter(
        " | ".join(f"{name}={_said(name, row[place], pointers)}" for place, name in kept)
        for row in found
    )


def _said(name: str, value: object, pointers: Meanings) -> str:
    if value is None:
        return "-"
    if name in pointers:
        return pointers[name].get(value, "of no row")
    if name in MOMENTS:
        return "once"
    # PostgreSQL adds whole numbers up to a decimal.
    return repr(int(value) if isinstance(value, Decimal) else value)
