"""The section of a pack that says which published figures have changed, and why."""

from collections.abc import Iterable, Sequence

import pandas as pd
from great_tables import GT

from reports.cells import change, count, show_change, show_count
from reports.formats.page import escape, scrolling, with_caption
from reports.revisions import Revision


def revisions_section(revisions: Sequence[Revision]) -> Iterable[str]:
    """Return the section; a reason that several figures share is told once, as a note."""
    yield '<section><h2 id="revisions">Revisions</h2>'
    if not revisions:
        yield "<p>No figure printed here differs from what was published of it before.</p>"
        yield "</section>"
        return
    notes = {why: n for n, why in enumerate(dict.fromkeys(r.why for r in revisions), start=1)}
    frame = pd.DataFrame(
        [
            {
                "period": revision.span.label,
                "label": revision.label,
                "area": revision.area.name,
                "was": show_count(count(revision.was)),
                "is": show_count(count(revision.now)),
                "difference": show_change(change(revision.now, revision.was)),
                "release": f"release {revision.release}",
                "why": f"[note {notes[revision.why]}]",
            }
            for revision in revisions
        ]
    )
    made = (
        GT(frame, rowname_col="label", groupname_col="period", id="table-revisions")
        .tab_stubhead(label="Figure")
        .cols_label(
            {
                "area": "Area",
                "was": "Was",
                "is": "Is",
                "difference": "Difference",
                "release": "Published in",
                "why": "Why",
            }
        )
        .cols_align("right", columns=["was", "is", "difference"])
        .cols_align("left", columns=["area", "release", "why"])
    )
    caption = with_caption(
        made.as_raw_html(),
        "Figures that were published before and have changed",
        "By period; also those of other packs of the same year.",
    )
    yield from scrolling(caption, "revisions-table", "Revisions")
    yield '<ol class="notes" aria-label="Why figures have changed">'
    yield from (f"<li>{escape(why)}.</li>" for why in notes)
    yield "</ol>"
    yield '<p class="download"><a href="revisions.csv">Revisions as CSV</a></p></section>'
