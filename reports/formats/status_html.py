"""How things stand as one accessible page, beside the packs and in none of them.

It is for the partnership alone: it says what was rejected and held. The same state gives the same
bytes but for the moment that is stated.
"""

from collections.abc import Iterable, Sequence

from reports.formats.page import document, escape, scrolling
from reports.standing import LEGEND, Export, QuarterState, Standing, Word, by_year
from schemas.words import day_label

OPEN_QUARTERS = 4
"""So many of the newest quarters are shown at once; earlier ones are unfolded."""
TONES = {
    Word.OVERDUE: "bad", Word.REJECTED: "bad", Word.HELD: "partly", Word.AFTER: "partly",
    Word.PUBLISHED: "good", Word.ACCEPTED: "good",
}  # fmt: skip
HEADS = ("Export", "State", "Due by", "Months", "Accepted", "Rejected", "Files refused", "Holds")
NUMBERS = slice(3, None)


def render_status(standing: Standing) -> str:
    """Return the page as text."""
    return document(
        title=f"Status: {standing.partnership}",
        skip="Skip to what needs a person",
        header=(
            f"<p>{escape(standing.partnership)}</p>",
            "<h1>Status</h1>",
            f"<p>As it was on {day_label(standing.at)}, {standing.at:%H:%M} UTC. For the "
            "partnership: not for publication.</p>",
        ),
        main=(*_needs(standing), *_quarters(standing), *_machine(standing)),
        footer=(
            f"<p>Made by csp {escape(standing.version)} after each run. csp status says the same "
            'as it is now. <a href="index.html">All packs</a></p>',
        ),
        more="status.css",
    )


def _needs(standing: Standing) -> Iterable[str]:
    tone = "partly" if standing.needs else "good"
    yield f'<section class="verdict {tone}" aria-labelledby="needs">'
    if not standing.needs:
        yield '<h2 id="needs">Nothing needs a person</h2><p>All that was due is here.</p></section>'
        return
    many = len(standing.needs)
    yield f'<h2 id="needs">{many} {"thing needs" if many == 1 else "things need"} a person</h2><ol>'
    for need in standing.needs:
        yield (
            f"<li><strong>{escape(need.what)}</strong> "
            f"<span>What to do: {escape(need.to_do)}</span></li>"
        )
    yield "</ol></section>"


def _quarters(standing: Standing) -> Iterable[str]:
    states = [state for year in by_year(standing.quarters).values() for state in reversed(year)]
    if not states:
        return
    yield '<section><h2 id="quarters">What came, by quarter</h2>'
    for state in states[:OPEN_QUARTERS]:
        yield from _quarter(state, standing.titles)
    if states[OPEN_QUARTERS:]:
        yield "<details><summary>Earlier quarters</summary>"
        for state in states[OPEN_QUARTERS:]:
            yield from _quarter(state, standing.titles)
        yield "</details>"
    yield '<h3 id="words">What the states mean</h3><dl class="words">'
    for word in standing.words:
        yield f"<div><dt>{_chip(word, word.value)}</dt><dd>{escape(LEGEND[word])}</dd></div>"
    yield "</dl></section>"


def _quarter(state: QuarterState, titles: dict[str, str]) -> Iterable[str]:
    label = state.quarter.label
    pack = f"Last pack: {state.pack.shown}" if state.pack else "No pack yet"
    heads = "".join(
        f'<th scope="col"{_right(place)}>{head}</th>' for place, head in enumerate(HEADS)
    )
    rows = "\n".join(_row(export, titles[export.source]) for export in state.exports)
    table = (
        f"<table><caption>{escape(label)}<span>{escape(pack)}</span></caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    )
    yield from scrolling(table, f"q{state.quarter.slug}", f"What came of {label}")


def _right(place: int) -> str:
    return ' class="gt_right"' if place in range(*NUMBERS.indices(len(HEADS))) else ""


def _row(export: Export, title: str) -> str:
    numbers = (
        f"{export.months} of 3", f"{export.accepted:,}", f"{export.rejected:,}",
        f"{export.refused:,}", f"{export.holds:,}",
    )  # fmt: skip
    cells = "".join(
        f'<td class="gt_right" data-head="{head}">{number}</td>'
        for head, number in zip(HEADS[NUMBERS], numbers, strict=True)
    )
    due = day_label(export.due) if export.due else "no day set"
    return (
        f'<tr><th scope="row">{escape(title)}</th>'
        f'<td data-head="State">{_chip(export.word, export.word.value)}</td>'
        f'<td data-head="Due by">{due}</td>{cells}</tr>'
    )


def _chip(word: Word, text: str) -> str:
    return f'<span class="chip {TONES.get(word, "plain")}">{escape(text)}</span>'


def _machine(standing: Standing) -> Iterable[str]:
    yield '<section><h2 id="runs">Runs and alerts</h2>'
    if standing.runs:
        yield from _list("The last run of each kind", [run.shown for run in standing.runs])
    else:
        yield "<p>No run is on record yet.</p>"
    left = standing.alerts.count or "none"
    yield f"<p>Alerts to be sent: {left}.</p>"
    yield f"<p>{escape(standing.came)} {escape(standing.schema or 'The warehouse is out.')}</p>"
    yield "</section>"


def _list(heading: str, lines: Sequence[str]) -> Iterable[str]:
    yield f"<p>{escape(heading)}:</p><ul>"
    for line in lines:
        yield f"<li>{escape(line)}</li>"
    yield "</ul>"
