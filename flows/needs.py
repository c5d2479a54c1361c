"""What needs a person: each thing in a sentence, with what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.clock import day_of
from flows.expected import Expected, overdue, partner_of
from flows.holding import remedy_of, said
from flows.missing import missing_runs
from flows.routes import recipients
from flows.settings import Settings
from flows.timetable import RUN_OF, command_for, last_command_for
from reports.standing import About, Alerts, Need, RunState
from schemas.issues import PUBLIC_REMEDIES, Issue
from schemas.rules import Response
from schemas.words import counted, day_label
from sources.partners import SOURCES, is_download
from warehouse.read import DeliveryLine, HoldLine, IssueLine
from warehouse.releases import ReleaseLine
from warehouse.runs import CRASHED, DONE, HELD, RUNNING, RunLine, last_runs
from warehouse.state import Fit, State

MOST_REASONS = 3
NONE_LEFT = Alerts()


@dataclass(frozen=True)
class Findings:
    """All that the warehouse said of itself. `out` is why it said nothing.

    `refused` were rejected as a whole; of the `faulty`, which stand, some rows were.
    """

    settings: Settings
    now: datetime
    state: State
    received: Sequence[DeliveryLine] = ()
    refused: Sequence[DeliveryLine] = ()
    reasons: Sequence[IssueLine] = ()
    standing: Sequence[HoldLine] = ()
    late: Sequence[Expected] = ()
    faulty: Sequence[DeliveryLine] = ()
    done: Sequence[RunLine] = ()
    published: Sequence[ReleaseLine] = ()
    alerts: Alerts = NONE_LEFT
    is_whole: bool = True
    out: str = ""


def needs(found: Findings) -> tuple[Need, ...]:
    """Return what needs a person: what is broken here first, then what waits for an answer."""
    return tuple(
        need
        for part in (_warehouse, _runs, _missing, _alerts, _refused, _held, _overdue, _rejected)
        for need in part(found)
    )


def _warehouse(found: Findings) -> Iterator[Need]:
    if found.out:
        yield Need(
            About.WAREHOUSE,
            found.out,
            "Mend that first: until then nothing is received or published, and nothing more can be "
            "said here. What was loaded and published stands as it was.",
        )
    elif found.state.fit is not Fit.READY:
        what, _, to_do = found.state.sentence.partition(": make a backup")
        yield Need(
            About.SCHEMA,
            what if what.endswith(".") else f"{what}.",
            f"Make a backup{to_do}" if to_do else "Use the program that made it.",
        )
    elif not found.is_whole:
        yield Need(
            About.WAREHOUSE,
            "Some of the warehouse could not be read just now.",
            "Ask again in a minute; if it stays so, the data team must look at the warehouse.",
        )


def _runs(found: Findings) -> Iterator[Need]:
    for run in last_runs(found.done).values():
        if run.state in (DONE, RUNNING) or _is_made_good(run, found):
            continue
        again = command_for(run.kind, run.period_code)
        if run.state == HELD:
            last = last_command_for(run.kind, run.period_code)
            to_do = f"Answer the holds below (csp holds), then make the pack again: {last}."
        else:
            mend = "" if run.state == CRASHED else "Mend what it says, then g"
            to_do = f"{mend or 'G'}ive it again: {again}. What it had done it does not do twice."
        yield Need(
            About.RUN, f"The last run of its kind did not end well. {shown_run(run).shown}", to_do
        )


def shown_run(line: RunLine) -> RunState:
    """Return a run of the warehouse as it is shown."""
    return RunState(
        line.kind, line.period_code, line.state, line.host, line.started_at, line.ended_at,
        line.detail,
    )  # fmt: skip


def _is_made_good(run: RunLine, found: Findings) -> bool:
    """Say whether what a run was to do was done later, by the schedule or by hand."""
    kind = RUN_OF.get(run.kind, run.kind)
    return any(
        later.id > run.id
        and later.state == DONE
        and RUN_OF.get(later.kind, later.kind) == kind
        and later.period_code == run.period_code
        for later in found.done
    )


def _missing(found: Findings) -> Iterator[Need]:
    for due in missing_runs(found.done, found.published, found.received, found.settings, found.now):
        yield Need(
            About.RUN_MISSING,
            due.missed,
            f"See whether csp serve is running. Then: {command_for(due.kind, due.period_code)}.",
        )


def _alerts(found: Findings) -> Iterator[Need]:
    left = found.alerts
    if not left.count:
        return
    since = f" since {day_label(left.since)}" if left.since else ""
    waits = counted(left.count, "alert waits", "alerts wait")
    if not left.why and not recipients(found.settings):
        yield Need(
            About.ALERTS,
            f"{waits} to be sent{since}. Nobody is set to whom they could go.",
            "Write addresses and the mail server under [alerts] and [mail] in csp.toml, and try "
            "them with csp alerts --test; csp watch sends what waits.",
        )
        return
    yield Need(
        About.ALERTS,
        f"{waits} to be sent{since}. {left.why or 'They have not been tried yet.'}",
        "csp alerts --test says whether the routes of csp.toml ([alerts], [mail]) work; csp watch "
        "sends what waits.",
    )


def _refused(found: Findings) -> Iterator[Need]:
    for line in found.refused:
        told = [
            Issue(reason.rule, None, reason.header, reason.expected)
            for reason in found.reasons
            if reason.delivery_id == line.id and reason.first_row is None
        ][:MOST_REASONS]
        yield Need(
            About.FILE_REJECTED,
            f"{line.file_name}, received {day_label(line.received_at)}, was rejected as a whole. "
            + " ".join(issue.sentence for issue in told),
            f"{_for_another(line, told, found)} Its receipt says what is wrong "
            f"(csp receipt {line.id}).",
        )


def _for_another(line: DeliveryLine, told: Sequence[Issue], found: Findings) -> str:
    """Say how another file is had in place of one that was rejected."""
    sender = partner_of(line.source, found.settings)
    if is_download(line.source):
        remedies = dict.fromkeys(issue.remedy_for(is_download=True) for issue in told)
        return f"It comes from {sender}. {' '.join(remedies)}"
    return f"Ask {sender} for a corrected export under the same name."


def _overdue(found: Findings) -> Iterator[Need]:
    titles = {source.code: source.title for source in SOURCES}
    for owed in overdue(found.late, day_of(found.now)):
        yield Need(
            About.OVERDUE,
            f"Overdue: {titles[owed.source]}, {owed.which}, due since {day_label(owed.since)}.",
            f"Ask {partner_of(owed.source, found.settings)} for it. Until it comes its figures are "
            "printed as [x], not as 0.",
        )


def _held(found: Findings) -> Iterator[Need]:
    for hold in found.standing:
        yield Need(
            About.HOLD,
            said(hold),
            f"{_asked(hold, found)}{remedy_of(hold)} If it is right: csp holds release {hold.id} "
            f"--by NAME --because REASON. If not, a {_other(hold)} ends it.",
        )


def _asked(hold: HoldLine, found: Findings) -> str:
    """Say whom to ask; about a public file nobody can be."""
    if is_download(hold.source):
        return ""
    return f"Ask {partner_of(hold.source, found.settings)}. "


def _other(hold: HoldLine) -> str:
    return "later edition of it" if is_download(hold.source) else "corrected export"


def _rejected(found: Findings) -> Iterator[Need]:
    ask = "Send the partners their receipts, and ask for corrected exports."
    yield from _rows(found, "files", ask, is_public=False)
    yield from _rows(found, "public files", PUBLIC_REMEDIES[Response.REJECT_ROW], is_public=True)


def _rows(found: Findings, files: str, ask: str, *, is_public: bool) -> Iterator[Need]:
    rows = sum(d.rows_rejected for d in found.faulty if is_download(d.source) is is_public)
    if rows:
        yield Need(
            About.ROWS_REJECTED,
            f"{counted(rows, 'row is', 'rows are')} rejected, and not counted, in {files} that "
            "stand.",
            f"csp rejected lists them. {ask}",
        )
