"""The index of all packs in a folder, read from their manifests and written anew with each pack."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reports.formats.index_html import Entry, render_index
from reports.pages import STATUS, put_whole
from reports.spec import FORMATS
from schemas.period import PeriodError
from schemas.spans import span_of
from schemas.words import day_label

MANIFEST = "manifest.json"
PAGE = "index.html"
UNREAD = "Its manifest cannot be read: print this pack again."


def write_index(packs: Path, partnership: str) -> None:
    """Write the page that lists the packs of a folder, whole or not at all."""
    status = STATUS if (packs / STATUS).is_file() else ""
    put_whole(packs / PAGE, render_index(partnership, entries_of(packs), status))


def entries_of(packs: Path) -> list[Entry]:
    """Return what the index says of each pack, the newest months and the last release first."""
    found = []
    for manifest in sorted(packs.glob(f"[!.]*/{MANIFEST}")):
        folder = manifest.parent.name
        try:
            told = json.loads(manifest.read_text(encoding="utf-8"))
            entry, order = _entry(folder, told), _order(told)
        except (OSError, ValueError, KeyError, TypeError, PeriodError):
            entry, order = Entry(folder, folder, state=UNREAD), (date.min, "", False)
        found.append((order, folder, entry))
    found.sort(key=lambda each: (each[0], each[1]), reverse=True)
    return [entry for _, _, entry in found]


def _order(told: Mapping[str, Any]) -> tuple[date, str, bool]:
    """Order by the last month; then by the day of publication, what is a draft after the rest."""
    last = span_of(told["period"]).last.end
    return last, told.get("published_at", ""), "draft" not in told


def _entry(folder: str, told: Mapping[str, Any]) -> Entry:
    published = ""
    if "published_at" in told:
        day = day_label(datetime.strptime(told["published_at"], "%Y-%m-%dT%H:%M:%SZ").date())
        published = f"Release {told['release']}, {day}"
    return Entry(
        folder=folder,
        period=told["period_label"],
        kind="Quarter" if len(span_of(told["period"])) == 3 else "Year",
        audience=str(told.get("audience", "partnership")).capitalize(),
        published=published,
        state=_state(told),
        is_draft="draft" in told,
        files=tuple(
            (name.rsplit(".", 1)[1].upper(), f"{folder}/{name}")
            for name in told["files"]
            if "/" not in name and name.rsplit(".", 1)[-1] in FORMATS
        ),
    )


def _state(told: Mapping[str, Any]) -> str:
    if "draft" in told:
        return "Draft: not for publication"
    if "as_at" in told:
        return f"Looking back to {day_label(date.fromisoformat(told['as_at']))}"
    return "Published" if "release" in told else "Not published"
