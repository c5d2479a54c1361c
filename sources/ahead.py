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
from sources.headers import SEARCH_ROWS
from sources.inbox import Recognised
from sources.parse import parse_column, parse_frame
from sources.places import JUDGED_ROWS, Votes, are_at_home, pair_of, votes
from sources.repairs import repair
from sources.sheets import StackedFile
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

    Told from the first rows that have them, so that big files are not read twice; where already
    the rows that were looked at for the headings settle it, nothing is read again.
    """
    pair = pair_of(found.layout)
    if pair is None:
        return False
    wanted = (*pair.fields, "lad_code")
    parsers = {name: parser for name, parser in terms.parsers.items() if name in wanted}

    def ask(text: pd.DataFrame, most: int) -> tuple[Votes, int]:
        typed = parse_frame(repair(text, parsers)[0], parsers)
        typed = typed.dropna(subset=list(pair.fields)).head(most)
        at_home = are_at_home(typed, found.layout, terms.home)
        return votes(typed, at_home, pair, terms.home), len(typed)

    if ask(_first_rows(found, terms, parsers), SEARCH_ROWS)[0].are_settled:
        return False
    exchanged = declared = rows = 0
    for text in _narrow(found, terms, parsers):
        said, asked = ask(text, JUDGED_ROWS - rows)
        exchanged, declared = exchanged + said.exchanged, declared + said.declared
        rows += asked
        if rows >= JUDGED_ROWS:
            break
    return Votes(exchanged, declared).are_exchanged


def _first_rows(found: Recognised, terms: Terms, fields: Collection[str]) -> pd.DataFrame:
    """Return some columns of the rows that were looked at for the headings, as text.

    Empty where they may not be what the rows will be: corrected ones, or those of other sheets.
    """
    places = {name: p[0] for name, p in found.match.positions.items() if name in fields}
    rows = [row.cells for row in found.file.head() if row.row > found.header.row]
    if terms.corrections.of_file or isinstance(found.file, StackedFile):
        rows = []
    rows = [cells for cells in rows if len(cells) == len(found.header.cells)]
    columns = {
        name: [cells[place].strip() or None for cells in rows] for name, place in places.items()
    }
    absent = dict.fromkeys(fields)
    return pd.DataFrame(absent | columns, index=range(len(rows)), dtype="str")


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
