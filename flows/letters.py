"""What alerts say: plain English for a coordinator, from what the warehouse holds.

Every letter says what happened, what is wrong, what still works, what to ask of whom and by when,
and what follows if nothing is done. It names partners, files, headings, rows and rules; what stands
in a cell is nowhere in it.
"""

from collections.abc import Callable, Sequence

from flows import letters_deliveries, letters_runs
from flows.letter_parts import WIDTH, Desk, Letter, Parts, composed, filled
from schemas.alerts import TITLES, AlertKind
from schemas.words import counted, day_label
from warehouse.outbox import AlertLine

ALL_OF_IT = (
    "Everything that needs a person stands on the page status.html beside the packs; the data team "
    "sees the same with csp status."
)
WRITERS: dict[AlertKind, Callable[[Desk, AlertLine], Parts]] = {
    AlertKind.FILE_REJECTED: letters_deliveries.file_rejected,
    AlertKind.ROWS_REJECTED: letters_deliveries.rows_rejected,
    AlertKind.HOLD_RAISED: letters_deliveries.hold_raised,
    AlertKind.SECURITY: letters_deliveries.security,
    AlertKind.DELIVERY_DUE: letters_runs.delivery_due,
    AlertKind.DELIVERY_OVERDUE: letters_runs.delivery_overdue,
    AlertKind.RUN_FAILED: letters_runs.run(
        "{what} did not come to its end: something went wrong here, not at a partner's.",
        "The data team must look at it today, mend what is named above, and start it again: "
        "{command}.",
    ),
    AlertKind.RUN_CRASHED: letters_runs.run(
        "{what} was cut off before its end.",
        "The data team must look at it today (did the machine restart, did its memory run out?), "
        "and start it again: {command}.",
    ),
    AlertKind.RUN_MISSING: letters_runs.run(
        "{what} should have happened by itself, and did not.",
        "The data team must see today whether csp serve is running, and make good what was "
        "missed: {command}.",
    ),
    AlertKind.PACK_HELD: letters_runs.pack_held,
    AlertKind.PACK_PUBLISHED: letters_runs.pack_published,
    AlertKind.TROUBLE: letters_runs.trouble,
    AlertKind.SERVICE: letters_runs.service,
}
"""Who writes the letter of each kind."""


def letter(desk: Desk, line: AlertLine) -> Letter:
    """Write the letter of one alert."""
    parts = WRITERS[line.alert.kind](desk, line)
    return composed(
        parts,
        f"{desk.settings.partnership.name}, alert {line.id} of {day_label(line.raised_at)}. "
        f"{ALL_OF_IT}",
    )


def digest(letters: Sequence[tuple[AlertLine, Letter]], desk: Desk) -> Letter:
    """Put several letters into one: the kinds and their number first, then kind by kind.

    Within a kind what one partner is concerned with stands together, the oldest first.
    """
    order = list(AlertKind)
    letters = sorted(
        letters,
        key=lambda each: (
            order.index(each[0].alert.kind),
            desk.partner(each[0].alert.source),
            each[0].alert.period_code,
            each[0].id,
        ),
    )
    kinds = [line.alert.kind for line, _ in letters]
    told = [f"  * {TITLES[kind]}: {kinds.count(kind)}" for kind in AlertKind if kind in set(kinds)]
    parts = []
    for number, (_, each) in enumerate(letters, 1):
        title = f"{number}. {each.subject}"
        parts.append(f"{title}\n{'-' * min(len(title), WIDTH)}\n\n{each.text}")
    attachments = tuple(dict.fromkeys(path for _, each in letters for path in each.attachments))
    head = f"{counted(len(letters), 'thing')} to know of, together in one letter:"
    return Letter(
        f"{counted(len(letters), 'alert')}, {day_label(desk.now)}",
        "\n".join([head, *told, "", *parts]),
        attachments,
        filled(f"{desk.settings.partnership.name}, {day_label(desk.now)}. {ALL_OF_IT}"),
    )
