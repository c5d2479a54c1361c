"""What is read of a file before its rows are: some columns alone, and not always all rows."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

import pandas as pd

from schemas.issues import DeliveryRejected, Issue
from schemas.period import Month
from sources.dates import DateOrders
from sources.inbox import Recognised
from sources.parse import parse_column, parse_frame
from sources.places import JUDGED_ROWS, are_at_home, are_exchanged, numbers, pair_of
from sources.repairs import repair
from sources.spec import Layout, Sheet
from sources.terms import Terms

HEAD_BYTES = 64 << 10


def _narrow(found: Recognised, terms: Terms, fields: Collection[str]) -> Iterator[pd.DataFrame]:
    """Read some columns of a file alone, as text with its corrections."""
    layout, positions = found.layout, found.match.positions
    fields = {*fields, *terms.corrections.fields}
    wanted = replace(layout, columns=tuple(c for c in layout.columns if c.field in fields))
    places = {name: places for name, places in positions.items() if name in fields}
    for text in found.file.chunks(found.header, places, wanted):
        yield terms.corrections.apply(text.frame)


def counts_from_1904(found: Recognised) -> bool:
    """Say whether a file is an Excel workbook that numbers its days from 1904 (older Macs did)."""
    if not isinstance(found.layout.format, Sheet):
        return False
    try:
        with zipfile.ZipFile(found.delivery.path) as book, book.open("xl/workbook.xml") as part:
            start = part.read(HEAD_BYTES)
    except (OSError, KeyError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile):
        return False  # no such workbook: whatever it is, the reader has opened it
    return bool(re.search(rb"""date1904\s*=\s*["'](?:1|true)["']""", start))


def refuse_wrong_orders(orders: DateOrders, layout: Layout) -> None:
    """Raise `DeliveryRejected` where columns have the month before the day, or now so, now so."""
    headers = {column.field: " + ".join(column.headers) for column in layout.columns}
    if wrong := [Issue(rule, column=headers[name]) for name, rule in orders.verdicts()]:
        raise DeliveryRejected(*wrong)


def have_exchanged_coordinates(found: Recognised, terms: Terms) -> bool:
    """Say whether the coordinates of a file stand in each other's column throughout.

    Told from the first rows that have them, so that big files are not read twice.
    """
    pair = pair_of(found.layout)
    if pair is None:
        return False
    wanted = (*pair.fields, "lad_code")
    parsers = {name: parser for name, parser in terms.parsers.items() if name in wanted}
    parts: list[pd.DataFrame] = []
    rows = 0
    for text in _narrow(found, terms, parsers):
        frame = parse_frame(repair(text, parsers)[0], parsers).dropna(subset=list(pair.fields))
        at_home = are_at_home(frame, found.layout, terms.home)
        x, y = (numbers(frame[name]) for name in pair.fields)
        parts.append(pd.DataFrame({"x": x, "y": y, "at_home": at_home}))
        rows += len(frame)
        if rows >= JUDGED_ROWS:
            break
    if not parts:
        return False
    first = pd.concat(parts, ignore_index=True).head(JUDGED_ROWS)
    x, y, at_home = (first[name].to_numpy() for name in ("x", "y", "at_home"))
    return are_exchanged(x, y, at_home, pair, terms.home)


def rows_by_month(found: Recognised, terms: Terms) -> Counter[Month]:
    """Count the rows of a file by month, reading only the column that dates them.

    Raises `DeliveryRejected` where its dates have the month first: they would count in wrong ones.
    """
    name = terms.dated_by
    parsers = {name: terms.parsers[name]}
    orders = DateOrders(parsers, name, span=None)
    counts: Counter[Month] = Counter()
    for text in _narrow(found, terms, parsers):
        orders.look(text)
        days = parse_column(parsers[name], repair(text, parsers)[0][name]).dropna()
        ordinals = days.dt.year * 12 + days.dt.month - 1
        for ordinal, rows in ordinals.value_counts().items():
            counts[Month.from_ordinal(int(str(ordinal)))] += int(rows)
    refuse_wrong_orders(orders, found.layout)
    return counts
