"""The page that lists all packs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from reports.formats.page import document, escape, scrolling

HEADINGS = ("Months", "Kind", "For", "State", "Published", "Also as")


@dataclass(frozen=True)
class Entry:
    """One pack: its folder, its months, what it is; `files` are the kinds and places of others."""

    folder: str
    period: str
    kind: str = ""
    audience: str = ""
    published: str = ""
    state: str = ""
    is_draft: bool = False
    files: tuple[tuple[str, str], ...] = ()


def render_index(partnership: str, entries: Sequence[Entry], status: str = "") -> str:
    """Return the page as text; the same packs give the same bytes.

    `status` is where the page lies that says how things stand; "" where there is none.
    """
    more = f'<p><a href="{quote(status)}">How things stand</a> (for the partnership)</p>'
    return document(
        title=f"Packs: {partnership}",
        skip="Skip to the packs",
        header=(
            f"<p>{escape(partnership)}</p>",
            "<h1>Packs</h1>",
            "<p>The newest months first.</p>",
        ),
        main=(
            *(_table(entries) if entries else ("<p>No pack has been written yet.</p>",)),
            *([more] if status else []),
        ),
        footer=("<p>Made by csp with each pack.</p>",),
        more="pack.css",
    )


def _table(entries: Iterable[Entry]) -> Iterable[str]:
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    rows = "\n".join(map(_row, entries))
    yield from scrolling(
        f"<table><caption>Packs of figures</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table>",
        "packs",
        "Packs of figures",
    )


def _row(entry: Entry) -> str:
    page = f"{quote(entry.folder)}/index.html"
    state = f"<strong>{escape(entry.state)}</strong>" if entry.is_draft else escape(entry.state)
    links = ", ".join(
        f'<a href="{escape(quote(place))}">{escape(kind)}'
        f'<span class="unseen"> of {escape(entry.period)}, {escape(entry.folder)}</span></a>'
        for kind, place in entry.files
    )
    return (
        f'<tr><th scope="row"><a href="{escape(page)}">{escape(entry.period)}</a></th>'
        f"<td>{escape(entry.kind)}</td><td>{escape(entry.audience)}</td><td>{state}</td>"
        f"<td>{escape(entry.published)}</td><td>{links or 'the page alone'}</td></tr>"
    )
