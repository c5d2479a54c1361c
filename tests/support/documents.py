"""Documents with one of everything that a pack may say."""

from dataclasses import replace

from reports.cells import compare
from reports.document import (
    Bullets,
    Chart,
    Document,
    Download,
    Grid,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraph,
    Run,
    Section,
    Style,
    plain,
)
from reports.figures import Filled, Line, windows
from reports.sections import sources_section, table_block
from reports.sources import SourceLine
from reports.spec import TableSpec
from reports.tables import CCTV, FIRE, POLICE
from schemas.areas import ST_ALBANS
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Period

SVG = '<svg viewBox="0 0 40 20"><title>It fell.</title><path d="M0 10 L40 5"/></svg>'
YEAR = FinancialYear(2020)


def filled(spec: TableSpec, period: Period = YEAR) -> Filled:
    """Return a table with a figure of every kind: zero, large, missing, falling, revised."""
    kinds = (
        compare(7846, 8876), compare(0, 0), compare(None, 5), compare(4, 0),
        compare(12, 1, now_revised=True, small_base=0),
    )  # fmt: skip
    lines = [
        Line(row, MEASURES[row.measure], ST_ALBANS.district, (kinds[n % len(kinds)],) * many)
        for n, row in enumerate(spec.rows)
        for many in (len(windows(period)),)
    ]
    return Filled(spec, windows(period), tuple(lines))


def document(word: str = "It fell.", period: Period = YEAR) -> Document:
    """Return a document with every block, in which `word` stands wherever a text may stand."""
    source = SourceLine(word, word, "police_crime", word, (word, "police.csv"), False)
    grid = Grid(
        "sent", word, ("File", word), ((word, "1,000"), ("b.csv", "2")), word, frozenset({1}),
        (word, "May"), "Month",
    )  # fmt: skip
    runs = Paragraph((Run(word), Run(word, Style.STRONG), Run(word, Style.CODE, "#sent")))
    chart = Chart(
        "trend", word, SVG, word, replace(grid, anchor="trend-data", title=f"Months: {word}")
    )
    tables = tuple(
        table_block(replace(filled(spec, period), spec=replace(spec, title=f"{spec.title} {word}")),
                    number, source)
        for number, spec in enumerate((POLICE, CCTV, FIRE), start=1)
    )  # fmt: skip
    inner = Section(f"Within: {word}", "inner", (grid, chart))
    return Document(
        title=f"Annual tables {word}",
        subtitle=period.label,
        publisher=word,
        lead=(runs,),
        notices=(Notice(word, (word, "Second point.")),),
        opening=(
            Section("Key figures", "key", (KeyFigures((KeyFigure(word, word, word, word),)),)),
            Section("Other formats", "formats", (Download(word, "a.pdf"),)),
        ),
        sections=(
            Section("Tables", "tables", tables),
            Section(
                f"Words: {word}",
                "words",
                (Bullets((runs, plain("Two.")), is_numbered=True),),
                (inner,),
            ),
            sources_section((source,)),
        ),
        closing=(plain(word),),
        is_draft=True,
    )
