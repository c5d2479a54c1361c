"""Tells by its headings which declared layout a file has, and on which sheet and row they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.issues import DeliveryRejected, Issue
from schemas.words import listed
from sources.delivery import Delivery, own_name
from sources.frames import HeadRow, TextFile
from sources.headers import HeaderMatch, clean, match_headers, mistaken_for, nearest
from sources.read import CsvFile, open_text
from sources.sheets import SheetFile, StackedFile, sheet_files
from sources.spec import Csv, Layout, Sheet, SourceSpec

Candidate = tuple[SourceSpec, Layout]
Opened = dict[Csv | Sheet, Sequence[TextFile]]

_OTHER_DELIMITERS = ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars"))


@dataclass(frozen=True)
class Recognised:
    """A delivery whose source and layout are known, opened at its header row.

    `issues` is what there is to say of the headings and of where they were found.
    """

    delivery: Delivery
    source: SourceSpec
    layout: Layout
    file: TextFile
    header: HeadRow
    match: HeaderMatch
    beside: tuple[Issue, ...] = ()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What there is to say of the headings, and of what stands above and beside them."""
        return (*self.beside, *self.match.issues)

    @property
    def rank(self) -> tuple[bool, float, int]:
        """How well the headings fit, beside those of other rows, sheets and layouts."""
        return self.match.fits, self.match.share, len(self.match.positions)


def recognise(delivery: Delivery, sources: Iterable[SourceSpec]) -> Recognised:
    """Tell by its headings which declared layout a file has.

    Raises `DeliveryRejected`, saying what is missing, when it has none of them.
    """
    if delivery.size == 0:
        raise DeliveryRejected(Issue("file-empty"))
    sources = tuple(sources)
    candidates = _candidates(delivery.name, sources)
    if not candidates:
        kinds = sorted({s for src in sources for lay in src.layouts for s in lay.format.suffixes})
        raise DeliveryRejected(
            Issue("layout-unknown", expected=f"Files end in {', '.join(kinds)} or .zip.")
        )
    opened: Opened = {}
    found = _matched(delivery, candidates, opened)
    if not found:
        raise DeliveryRejected(Issue("file-empty"))
    fitting = [one for one in found if one.match.fits]
    if fitting:
        return _the_one(_spoken(fitting), opened)
    raise DeliveryRejected(*_what_it_is_instead(found, opened, candidates, sources))


def _candidates(name: str, sources: Sequence[SourceSpec]) -> list[Candidate]:
    return [
        (source, layout)
        for source in sources
        for layout in source.layouts
        if name.lower().endswith(layout.format.suffixes)
    ]


def _matched(
    delivery: Delivery, candidates: Sequence[Candidate], opened: Opened
) -> list[Recognised]:
    """Hold the first rows of every sheet of a file against every layout that it may have.

    `opened` is filled with the file under each format. Raises `DeliveryRejected` when it has none.
    """
    found: list[Recognised] = []
    refusals: dict[Issue, None] = {}
    for source, layout in candidates:
        try:
            if layout.format not in opened:
                files = open_text(delivery.path, delivery.name, layout.format)
                for file in files:
                    file.head()
                opened[layout.format] = files
        except DeliveryRejected as refusal:
            refusals.update(dict.fromkeys(refusal.issues))
            if _fits_but_for_its_encoding(delivery, layout):
                raise
            continue
        span = layout.span_in_name(delivery.own_name)
        found += [
            Recognised(delivery, source, layout, file, row, match_headers(row.cells, layout, span))
            for file in opened[layout.format]
            for row in file.head()
        ]
    if not opened:
        raise DeliveryRejected(*refusals)
    return found


def _fits_but_for_its_encoding(delivery: Delivery, layout: Layout) -> bool:
    """Say whether a file's headings are those of a layout whose encoding it does not have."""
    if not isinstance(layout.format, Csv):
        return False
    try:
        head = CsvFile(delivery.path, layout.format, delivery.name).head(errors="replace")
    except DeliveryRejected:
        return False
    return any(match_headers(row.cells, layout).fits for row in head)


# --- who speaks -------------------------------------------------------------------------------


def _spoken(fitting: Sequence[Recognised]) -> list[Recognised]:
    """Leave those whose first row names their layout's partner, where the layout has one.

    Raises `DeliveryRejected` where no partner of any layout is named.
    """
    spoken = [one for one in fitting if _is_spoken(one)]
    if spoken:
        return spoken
    (heading, _), *_ = [one.layout.spoken_by for one in fitting if one.layout.spoken_by]
    if all(_first_word(one) is None for one in fitting):
        raise DeliveryRejected(Issue("form-empty"))
    known = dict.fromkeys(one.layout.spoken_by[1][0] for one in fitting if one.layout.spoken_by)
    raise DeliveryRejected(
        Issue("reporter-unknown", column=heading, expected=listed(list(known), "or"))
    )


def _is_spoken(one: Recognised) -> bool:
    if one.layout.spoken_by is None:
        return True
    return _first_word(one) in [word.lower() for word in one.layout.spoken_by[1]]


def _first_word(one: Recognised) -> str | None:
    """Return what the first filled cell under the heading of the speaker says, in lower case."""
    if one.layout.spoken_by is None:
        return None
    heading = clean(one.layout.spoken_by[0])
    places = [n for n, cell in enumerate(one.header.cells) if clean(cell) == heading]
    for row in one.file.head():
        for place in places:
            if row.row > one.header.row and place < len(row.cells) and row.cells[place].strip():
                return " ".join(row.cells[place].split()).lower()
    return None


# --- a file that fits -------------------------------------------------------------------------


def _the_one(fitting: Sequence[Recognised], opened: Opened) -> Recognised:
    """Return where the headings stand; raises `DeliveryRejected` where that is not clear."""
    places: dict[int, list[Recognised]] = {}
    for found in fitting:
        places.setdefault(_sheet_number(found.file), []).append(found)
    best = {number: _best_row(rows) for number, rows in sorted(places.items())}
    first, *others = best.values()
    if others:
        if any(other.layout is not first.layout for other in others) or not _stacks(first.layout):
            numbers = [f"sheet {number}" for number in best]
            raise DeliveryRejected(Issue("sheet-ambiguous", expected=listed(numbers)))
        first = _stacked(list(best.values()))
    return _with_what_is_beside(first, set(best), opened[first.layout.format])


def _sheet_number(file: TextFile) -> int:
    return file.number if isinstance(file, SheetFile) else 0


def _stacks(layout: Layout) -> bool:
    return isinstance(layout.format, Sheet) and layout.format.stacks


def _best_row(rows: Sequence[Recognised]) -> Recognised:
    """Return the row of headings of one sheet; raises `DeliveryRejected` for two that are alike."""
    best = max(rows, key=lambda found: found.rank)  # of several alike, the first
    alike = sorted({r.header.row for r in rows if r.layout is best.layout and r.rank == best.rank})
    if len(alike) > 1:
        raise DeliveryRejected(
            Issue("header-rows-tie", expected=f"rows {listed([str(row) for row in alike])}")
        )
    return best


def _stacked(sheets: Sequence[Recognised]) -> Recognised:
    first = sheets[0]
    parts = [
        (found.file, found.header, found.match.positions)
        for found in sheets
        if isinstance(found.file, SheetFile)
    ]
    told = dict.fromkeys(issue for found in sheets for issue in found.match.issues)
    # A sheet may have columns of its own: what any of them has is read.
    places = {name: p for found in reversed(sheets) for name, p in found.match.positions.items()}
    match = HeaderMatch(first.layout, places, (), (), tuple(told), first.match.undeclared)
    return Recognised(
        first.delivery, first.source, first.layout, StackedFile(parts), first.header, match
    )


def _with_what_is_beside(
    found: Recognised, taken: set[int], files: Sequence[TextFile]
) -> Recognised:
    """Add what stands above the headings and on other sheets."""
    beside = []
    above = (row for row in found.file.head() if row.row < found.header.row)
    if any(cell.strip("\ufeff \xa0\t\r\n") for row in above for cell in row.cells):
        beside.append(Issue("header-below", expected=f"row {found.header.row}"))
    left = [
        f"sheet {file.number}"
        for file in files
        if isinstance(file, SheetFile)
        and file.number not in taken
        and file.name not in file.form.beside
        and file.has_content
    ]
    if left:
        beside.append(Issue("sheet-left-out", expected=listed(left)))
    return Recognised(
        found.delivery, found.source, found.layout, found.file, found.header, found.match,
        tuple(beside),
    )  # fmt: skip


# --- a file that does not ---------------------------------------------------------------------


def _what_it_is_instead(
    found: Sequence[Recognised],
    opened: Opened,
    candidates: Sequence[Candidate],
    sources: Sequence[SourceSpec],
) -> list[Issue]:
    files = [file for group in opened.values() for file in group]
    if other := _lookalike(files, sources) or _in_another_format(files, candidates, sources):
        return [other]
    best = max(found, key=lambda one: one.rank)
    if best.match.share >= 0.5:
        return [
            issue
            if issue.rule != "header-missing" or issue.expected
            else Issue(issue.rule, column=issue.column, expected=_nearest(issue, best))
            for issue in best.match.faults
        ]
    for file in files:
        if isinstance(file, CsvFile) and (separators := _other_delimiter(file, candidates)):
            return [Issue("delimiter-wrong", expected=separators)]
    known = "; ".join(dict.fromkeys(s.title for s, _ in candidates))
    return [Issue("layout-unknown", expected=f"Agreed exports of this kind of file: {known}.")]


def _nearest(missing: Issue, best: Recognised) -> str:
    return nearest(missing.column, best.header.cells)


def _lookalike(files: Iterable[TextFile], sources: Iterable[SourceSpec]) -> Issue | None:
    lookalikes = [other for source in sources for other in source.lookalikes]
    for file in files:
        for row in file.head():
            if other := mistaken_for(row.cells, lookalikes):
                return Issue("source-mistaken", expected=other.is_what)
    return None


def _in_another_format(
    files: Iterable[TextFile], candidates: Sequence[Candidate], sources: Iterable[SourceSpec]
) -> Issue | None:
    """Say whose export it is whose headings it has, if that is agreed in another kind of file."""
    heads = [row for file in files for row in file.head()]
    for source in sources:
        for layout in source.layouts:
            if (source, layout) in candidates:
                continue
            if any(match_headers(row.cells, layout).fits for row in heads):
                agreed = f"{source.title}, agreed as {layout.format.described}"
                return Issue("format-not-agreed", expected=agreed)
    return None


def mistaken(path: Path, name: str, sources: Iterable[SourceSpec]) -> tuple[Issue, ...]:
    """Say which other publication a workbook is that is refused for another reason already."""
    suffix = "." + own_name(name).rpartition(".")[2].lower()
    try:
        other = _lookalike(sheet_files(path, Sheet((suffix,))), sources)
    except DeliveryRejected:
        return ()
    return (other,) if other else ()


def _other_delimiter(file: CsvFile, candidates: Sequence[Candidate]) -> str:
    """Name the signs that separate the cells, if it is others than agreed; "" if it is not that."""
    for sign, name in _OTHER_DELIMITERS:
        if sign == file.form.delimiter:
            continue
        try:
            rows = file.head(delimiter=sign)
        except DeliveryRejected:
            continue
        for _, layout in candidates:
            if any(match_headers(row.cells, layout).share >= 0.5 for row in rows):
                return name
    return ""
