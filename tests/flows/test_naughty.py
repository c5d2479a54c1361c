"""Hostile texts in every text cell of every source, in names and reasons: nothing of them acts."""

from pathlib import Path

import pytest
from support.desk import (
    AVON_FIRE,
    CCTV,
    FIRE,
    FLY_TIPS,
    POLICE,
    STREET,
    A,
    C,
    Desk,
    F,
    H,
    P,
    S,
    avon,
    cctv,
    fire,
    fly_tips,
    police,
    street,
)
from support.inert import PAYLOADS, acts

from flows.holding import rejected_csv
from flows.publish import publish
from flows.receipts import write_again
from flows.settings_areas import Partnership
from flows.tracing import trace_named, write_trace
from schemas.period import Quarter
from warehouse.holds import Release, release
from warehouse.read import holds, rejected_rows

SOURCES = {
    P: (police, POLICE), S: (street, STREET), C: (cctv, CCTV), F: (fly_tips, FLY_TIPS),
    H: (fire, FIRE), A: (avon, AVON_FIRE),
}  # fmt: skip
TYPED = ["=1+zebra", "@zebra", "<script>zebra</script>", "zebra\x1b[31m"]
"""What can be typed into a cell of a CSV file or a workbook without breaking it."""
EVIL = PAYLOADS["an element"] + PAYLOADS["a template"] + PAYLOADS["turns of direction"]


def hostile(name: str, text: str) -> bytes:
    """Return a file of a source with a row a column, in which that column holds a hostile text."""
    write, whole = SOURCES[name]
    headings = list(whole)
    rows = [" | ".join(headings)]
    for heading in headings:
        cells = [text if h == heading else whole[h].replace("{row}", "9") for h in headings]
        rows.append(" | ".join(cells))
    return write("\n".join(rows))


def outputs(folder: Path) -> list[str]:
    """Return what could act in any file below a folder, and where a cell's text came through."""
    found = []
    for path in sorted(folder.rglob("*")):
        # The manifest is a record for programs: it keeps names as they are, as JSON strings.
        if path.is_file() and path.name != "manifest.json":
            content = path.read_bytes()
            found += acts(path.name, content)
            found += [f"{path.name} quotes a cell"] if b"zebra" in content else []
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_no_text_cell_of_a_source_comes_out_of_anything(desk: Desk, name: str):
    for number, text in enumerate(TYPED):
        loaded = desk.hand_in(f"{number} {name}", hostile(name, text))
        assert write_again(desk.engine, loaded.delivery_id, desk.settings) is not None
    settings = desk.settings.model_copy(update={"formats": ("xlsx", "docx")})
    publish(desk.engine, Quarter(2020, 1), settings, is_draft=True)
    told = rejected_csv(rejected_rows(desk.engine))
    (settings.home / "receipts" / "rejected.csv").write_text(told, encoding="utf-8")
    assert outputs(settings.receipts) == []
    assert outputs(settings.packs) == []


def test_names_and_reasons_come_out_as_text(desk: Desk):
    names = Partnership(
        name=EVIL[:120], district_name="=1+1" + EVIL[:100], county_name="@SUM" + EVIL[:100],
        force_name="-1" + EVIL[:100],
    )  # fmt: skip
    settings = desk.settings.model_copy(
        update={
            "partnership": names,
            "partners": {"police_crime": EVIL[:120], "cctv_log": "=1+1"},
            "formats": ("xlsx", "docx"),
        }
    )
    # A file's own name, and a file of one month among three, which is held.
    desk.hand_in(f"=1+1 <img src=x onerror=alert(1)> {P}", police("Crime Reference\n41/1/20"))
    for hold in holds(desk.engine):
        release(desk.engine, hold.id, Release(EVIL, f"=1+1{EVIL}", hold.raised_at))
    publish(desk.engine, Quarter(2020, 1), settings)
    found = trace_named(desk.engine, "all-crime", "2020-21-Q1", None, settings)
    write_trace(settings.packs / "trace.csv", found, names.district_name)
    inert = [f for f in outputs(settings.packs) if not f.endswith("quotes a cell")]
    assert inert == []
