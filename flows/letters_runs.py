"""Letters about what is expected: exports, runs and packs; and about trouble here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.clock import day_of
from flows.letter_parts import MOST_REASONS, Desk, Parts
from flows.timetable import RUN_OF, command_for
from reports.audience import slug_of
from reports.edition import Edition
from reports.manifest import restored
from schemas.alerts import TITLES, AlertKind
from schemas.audience import Audience
from schemas.issues import Issue
from schemas.period import Quarter, parse_period
from schemas.plausibility import due_on
from schemas.spans import span_of
from schemas.words import counted, day_label
from sources.partners import SOURCES
from warehouse.outbox import AlertLine
from warehouse.read import holds
from warehouse.releases import ReleaseLine, releases


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
        otherwise="Its figures are printed as [x], not available, and you are told when it is "
        "overdue.",
    )


def delivery_overdue(desk: Desk, line: AlertLine) -> Parts:
    """Say that an export is overdue, and what is printed meanwhile."""
    code, quarter = line.alert.source, _quarter(line)
    due = _due_date(desk, line)
    days = (day_of(desk.now) - due).days
    return Parts(
        f"Overdue: {desk.title(code)}, {quarter.label}",
        f"The export {desk.title(code)} of {quarter.label} from {desk.partner(code)} was due on "
        f"{day_label(due)}. It is {counted(days, 'day')} overdue: it has not come, or not for all "
        "three months.",
        works="The other partners' figures are printed. Those of this one are printed as [x], not "
        "available, never as 0.",
        ask=f"Ask {desk.partner(code)} for it, {desk.answer_by(quarter.span)}. If nothing happened "
        "in those months, an empty export with the word nil in its name says so.",
        otherwise="The pack of the quarter, and of its year, stays without these figures. The duty "
        "to share them each quarter stands in the Crime and Disorder (Prescribed Information) "
        "Regulations 2007.",
    )


def _about(line: AlertLine) -> str:
    code = line.alert.period_code
    return f" of {span_of(code).label}" if code else ""


@dataclass(frozen=True)
class AtWork:
    """A kind of run: what it does, and what is so while it is not done."""

    what: str
    otherwise: str


PACK_MADE = AtWork(
    "The run that makes the pack{about}", "The pack{about} is not there, or not up to date."
)
AT_WORK = {
    "receive": AtWork(
        "The run that takes partners' files in",
        "Files in the inbox are not loaded, and the next pack is made without them.",
    ),
    "quarter-end": PACK_MADE,
    "year-end": PACK_MADE,
    "watch": AtWork(
        "The daily look for what is due and what did not happen",
        "Nobody is told what is overdue, and alerts that could not be sent wait.",
    ),
}


def run(happened: str, ask: str) -> Callable[[Desk, AlertLine], Parts]:
    """Return what writes of a run: what happened to it, and what the data team must do."""

    def write(_desk: Desk, line: AlertLine) -> Parts:
        kind, _, detail = line.alert.detail.partition(": ")
        at_work = AT_WORK.get(RUN_OF.get(kind, kind), AT_WORK["receive"])
        code, about = line.alert.period_code, _about(line)
        what = f"{at_work.what.format(about=about)} (the run {kind})"
        return Parts(
            f"{TITLES[line.alert.kind]}: {kind}{about}",
            happened.format(what=what),
            [detail] if detail else [],
            "What was loaded and published before stands as it was. A run can be started again at "
            "any time: what it had done it does not do twice.",
            ask.format(command=command_for(kind, code)),
            at_work.otherwise.format(about=about),
        )

    return write


def pack_held(desk: Desk, line: AlertLine) -> Parts:
    """Say that holds kept a pack from being published, and which."""
    months = span_of(line.alert.period_code)
    return Parts(
        f"Not published: the pack{_about(line)}",
        f"The pack{_about(line)} was to be made, and was not published: something about its "
        "figures is not plausible, and nobody has answered for it yet.",
        [
            f"{desk.partner(hold.source)}, {hold.file_name} (hold {hold.id}): "
            f"{Issue(hold.rule, expected=hold.detail).sentence}"
            for hold in holds(desk.engine)
            if hold.stands and not set(hold.span).isdisjoint({*months, *months.year_before()})
        ][:MOST_REASONS],
        "All files are loaded, and the packs published before stand. The data team can print a "
        "draft meanwhile (csp quarter --draft).",
        f"Ask the partners named above, {desk.answer_by(months)}. The data team releases each hold "
        "with your name and the answer (csp holds release), or loads a corrected export, and then "
        "makes the pack again.",
        f"The pack{_about(line)} is not published until the data team makes it again.",
    )


def pack_published(desk: Desk, line: AlertLine) -> Parts:
    """Say that a pack was published, and where it is."""
    found = next(r for r in releases(desk.engine) if r.id == line.alert.release_id)
    pack = restored(desk.engine, found, parse_period(found.period_code))
    return Parts(
        f"Published: the pack{_about(line)}",
        f"The pack of {pack.period.label} is there, {WHOM[found.audience]} (release {found.id}): "
        f"{_pack_folder(desk, found)}",
        [*_gaps(pack), *_revised(pack)],
        ask="Look through it before it is passed on, at what is missing and what was revised "
        "first. Nothing else is to be done.",
        otherwise="It stays where it is; csp passes it on to nobody.",
        heading="What is missing, and what has changed",
    )


def _gaps(pack: Edition) -> Iterator[str]:
    shown = "not complete for the period; its figures are shown as [x]"
    yield from (f"{gap}: {shown}." for gap in pack.gaps[:MOST_REASONS])
    if len(pack.gaps) > MOST_REASONS:
        yield f"And {len(pack.gaps) - MOST_REASONS} more that are not complete: see the pack."


def _revised(pack: Edition) -> Iterator[str]:
    if pack.revisions:
        have = counted(len(pack.revisions), "figure has", "figures have")
        yield f"{have} changed since it was published: see Revisions in the pack."


def _pack_folder(desk: Desk, found: ReleaseLine) -> Path:
    packs = desk.settings.packs.resolve()
    return packs / slug_of(parse_period(found.period_code), Audience(found.audience))


WHOM: dict[str, str] = {
    Audience.PUBLIC: "fit to be published",
    Audience.PARTNERSHIP: "for the partnership alone, and not to be published",
}
"""For whom a pack is, in words."""


def trouble(_desk: Desk, line: AlertLine) -> Parts:
    """Say that something here is out."""
    return trouble_parts(line.alert.detail)


def trouble_parts(detail: str) -> Parts:
    """Say that something here is out; needs no warehouse, which may be what is out."""
    return Parts(
        TITLES[AlertKind.TROUBLE],
        "csp could not go on: something of the machine that it runs on does not work, its disk or "
        "its database.",
        [detail],
        "What was loaded and published before stands as it was.",
        "The data team must mend it today. After that the same command goes on where it stopped.",
        "No file is loaded, and no pack published, until it is mended.",
    )


def service(_desk: Desk, line: AlertLine) -> Parts:
    """Say that something of `csp serve` was interrupted."""
    return service_parts(line.alert.detail)


def service_parts(detail: str) -> Parts:
    """Say that something of `csp serve` was interrupted; needs no warehouse."""
    return Parts(
        TITLES[AlertKind.SERVICE],
        "csp serve, which runs everything by the timetable, ended without being asked to, or a "
        "part of it did.",
        [detail],
        "What was loaded and published before stands as it was. A run that was cut off has a "
        "letter of its own.",
        "The data team must look today why it ended (memory that ran out, a restart of the "
        "machine, somebody who ended it), and whether csp serve is running.",
        "Where csp serve is not running, nothing happens by itself: no file is taken, no pack is "
        "made. Where it was started again, and goes on, nothing is lost.",
    )
