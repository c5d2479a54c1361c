"""Letters about what is expected: exports, runs and packs; and about trouble here."""

from collections.abc import Callable
from datetime import date

from flows.clock import day_of
from flows.letter_parts import MOST_REASONS, Desk, Parts
from schemas.alerts import TITLES, AlertKind
from schemas.issues import Issue
from schemas.period import Quarter
from schemas.plausibility import due_on
from schemas.spans import span_of
from schemas.words import counted, day_label
from sources.partners import SOURCES
from warehouse.outbox import AlertLine
from warehouse.read import holds
from warehouse.releases import releases


def _quarter(line: AlertLine) -> Quarter:
    months = span_of(line.alert.period_code)
    return months.first.quarter


def _due_date(desk: Desk, line: AlertLine) -> date:
    source = next(s for s in SOURCES if s.code == line.alert.source)
    days = desk.settings.due_days.get(source.code, source.due_days)
    return due_on(_quarter(line), days) or day_of(desk.now)


def delivery_due(desk: Desk, line: AlertLine) -> Parts:
    """Say that an export is due soon."""
    code, quarter = line.alert.source, _quarter(line)
    due = _due_date(desk, line)
    return Parts(
        f"Due on {day_label(due)}: {desk.title(code)}, {quarter.label}",
        f"The export {desk.title(code)} of {quarter.label} from {desk.partner(code)} is due on "
        f"{day_label(due)}, and has not come for all of its months yet.",
        works="Nothing is wrong so far.",
        ask=f"Remind {desk.partner(code)} to send it by {day_label(due)}.",
        otherwise="Its figures are printed as [x], not available, from the next pack on.",
    )


def delivery_overdue(desk: Desk, line: AlertLine) -> Parts:
    """Say that an export is overdue, and what is printed meanwhile."""
    code, quarter = line.alert.source, _quarter(line)
    due = _due_date(desk, line)
    days = (day_of(desk.now) - due).days
    return Parts(
        f"Overdue: {desk.title(code)}, {quarter.label}",
        f"The export {desk.title(code)} of {quarter.label} from {desk.partner(code)} was due on "
        f"{day_label(due)}. It is {counted(days, 'day')} overdue, or not whole.",
        works="The other partners' figures are printed. Those of this one are printed as [x], not "
        "available, never as 0.",
        ask=f"Ask {desk.partner(code)} for it, {desk.answer_by}. If nothing happened in those "
        "months, a file with the word nil in its name says so.",
        otherwise="The pack of the quarter, and of its year, stays without these figures. The duty "
        "to share them each quarter stands in the Crime and Disorder (Prescribed Information) "
        "Regulations 2007.",
    )


def _about(line: AlertLine) -> str:
    code = line.alert.period_code
    return f" of {span_of(code).label}" if code else ""


def run(happened: str, ask: str) -> Callable[[Desk, AlertLine], Parts]:
    """Return what writes of a run: what happened to it, and what the data team must do."""

    def write(_desk: Desk, line: AlertLine) -> Parts:
        kind, _, detail = line.alert.detail.partition(": ")
        return Parts(
            f"{TITLES[line.alert.kind]}: {kind}{_about(line)}",
            happened.format(kind=kind, about=_about(line)),
            [detail] if detail else [],
            "What was loaded and published before stands as it was. A run can be started again at "
            "any time: what it had done it does not do twice.",
            ask,
            "Files that came since are not loaded, and the pack is not there or not up to date.",
        )

    return write


def pack_held(desk: Desk, line: AlertLine) -> Parts:
    """Say that holds kept a pack from being published, and which."""
    months = span_of(line.alert.period_code)
    return Parts(
        f"Not published: the pack{_about(line)}",
        f"The pack{_about(line)} was to be made, and was not published: holds stand against its "
        "figures.",
        [
            f"Hold {hold.id}, {hold.file_name} ({desk.partner(hold.source)}): "
            f"{Issue(hold.rule, expected=hold.detail).sentence}"
            for hold in holds(desk.engine)
            if hold.stands and not set(hold.span).isdisjoint({*months, *months.year_before()})
        ][:MOST_REASONS],
        "All files are loaded. A draft can be printed (--draft), and the packs published before "
        "stand.",
        f"Ask the partners named above, {desk.answer_by}. The data team releases a hold with your "
        "name and the answer (csp holds release), or loads a corrected export; then the pack is "
        "made by the same command again.",
        "The pack is not published.",
    )


def pack_published(desk: Desk, line: AlertLine) -> Parts:
    """Say that a pack was published, and where it is."""
    found = next(r for r in releases(desk.engine) if r.id == line.alert.release_id)
    months = span_of(found.period_code)
    return Parts(
        f"Published: the pack{_about(line)}",
        f"The pack of {months.label} was published as release {found.id}. It lies in "
        f"{desk.settings.packs}.",
        ask="Look through it before it is passed on: the sections on what is missing and what was "
        "revised come first.",
    )


def trouble(desk: Desk, line: AlertLine) -> Parts:
    """Say that something here is out."""
    return trouble_parts(line.alert.detail)


def trouble_parts(detail: str) -> Parts:
    """Say that something here is out; needs no warehouse, which may be what is out."""
    return Parts(
        TITLES[AlertKind.TROUBLE],
        "A run met something of the machine, the disk or the database that is out.",
        [detail],
        "What was loaded and published before stands as it was.",
        "The data team must look at it today. Once it is mended, the same command goes on where it "
        "stopped.",
        "Nothing more is loaded or published.",
    )


def service(_desk: Desk, line: AlertLine) -> Parts:
    """Say that something of `csp serve` was interrupted."""
    return service_parts(line.alert.detail)


def service_parts(detail: str) -> Parts:
    """Say that something of `csp serve` was interrupted; needs no warehouse."""
    return Parts(
        TITLES[AlertKind.SERVICE],
        "csp serve, which runs everything by the timetable, or a part of it ended without being "
        "asked to.",
        [detail],
        "What was loaded and published before stands as it was. A run that was cut off has a "
        "letter of its own.",
        "The data team looks today why it ended (memory that ran out, a restart of the machine, "
        "somebody who ended it), and whether csp serve is running.",
        "Should it happen again and again, runs are late or missing.",
    )
