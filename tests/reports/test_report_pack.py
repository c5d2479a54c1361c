"""A pack: what is in its folder, what its manifest vouches for, and what it says of gaps."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from support.page import read

from reports import pack as pack_module
from reports.cells import compare
from reports.formats import files as formats_module
from reports.formats.pdf import can_print
from reports.pack import SYNTHETIC, Caveat, Pack
from reports.publication import print_now
from reports.sections import WITHOUT, key_figures, movement
from reports.sources import Partner, source_line
from reports.tables import POLICE, TABLES
from schemas.areas import ST_ALBANS, Area
from schemas.period import FinancialYear, Month, Quarter, Span
from warehouse.read import deliveries
from warehouse.tables import HOLD

YEAR, Q1 = FinancialYear(2020), Quarter(2020, 1)
FORCE, COUNTY = ST_ALBANS.force.code, ST_ALBANS.county.code


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest(pack: Pack) -> dict:
    return json.loads((pack.folder / "manifest.json").read_text(encoding="utf-8"))


# --- the folder -------------------------------------------------------------------------------


def test_a_pack_is_a_page_a_csv_a_table_and_a_manifest(shelf):
    pack = shelf.publish(YEAR)
    assert pack.folder == shelf.packs / "2020-21-partnership"
    assert sorted(files(pack.folder)) == sorted(
        [
            "budgets.csv",
            "charts/trends.csv",
            "datapackage.json",
            "index.html",
            "manifest.json",
            "revisions.csv",
            *(f"tables/{table.code}.csv" for table in TABLES),
        ]
    )
    assert [table.spec.code for table in pack.tables] == [table.code for table in TABLES]
    assert shelf.publish(Q1, tables=(POLICE,)).folder.name == "2020-21-q1-partnership"


def test_the_same_warehouse_gives_the_same_bytes(shelf):
    shelf.set("robbery", since_2019_04=(9,) * 12, since_2020_04=(4,) * 12)
    shelf.receive("police_crime", YEAR.span)
    first = files(shelf.publish(YEAR).folder)
    assert files(shelf.publish(YEAR).folder) == first
    assert len(first) == 6 + len(TABLES)


FORMATS = ("xlsx", "docx")
STEM = "community-safety-2020-21-partnership"


def test_a_pack_holds_the_formats_that_are_asked_for(shelf):
    pack = shelf.publish(YEAR, tables=(POLICE,), formats=FORMATS)
    names = {f"{STEM}.{form}" for form in FORMATS}
    assert names < set(files(pack.folder))
    assert names < set(manifest(pack)["files"])
    page = read((pack.folder / "index.html").read_text("utf-8"))
    (section,) = [s for s in page.all("section") if s.given["aria-labelledby"] == "formats"]
    links = [a.given["href"] for a in section.all("a")]
    assert links == [*sorted(names, reverse=True), "datapackage.json"]
    assert all((pack.folder / link).is_file() for link in links)


@pytest.mark.parametrize(
    ("caveat", "suffix"),
    [
        (Caveat(draft=("This is held.",)), "-draft"),
        (Caveat(as_at=date(2021, 5, 1)), "-as-at-2021-05-01"),
        (Caveat(draft=(), as_at=date(2021, 5, 1)), "-as-at-2021-05-01-draft"),
    ],
)
def test_a_file_that_is_passed_on_says_in_its_name_that_it_was_not_published(
    shelf, caveat: Caveat, suffix: str
):
    """The PDF of a draft had the name of the published one: forwarded, it looked like it."""
    order = shelf.order(YEAR, tables=(POLICE,), formats=FORMATS)
    pack = print_now(shelf.engine, order, shelf.packs, caveat)
    names = {f"{STEM}{suffix}.{form}" for form in FORMATS}
    found = files(pack.folder)
    assert {name for name in found if name.startswith("community-safety")} == names
    page = read(found["index.html"].decode())
    assert {a.given["href"] for a in page.all("a")} > names
    assert json.loads(found["datapackage.json"])["name"] == f"{STEM}{suffix}"
    assert names < set(json.loads(found["manifest.json"])["files"])
    assert f"{pack.folder.name}/{STEM}{suffix}.docx" in (shelf.packs / "index.html").read_text()


def test_a_release_is_printed_again_in_its_formats_to_the_same_bytes(shelf):
    before = files(shelf.publish(YEAR, tables=(POLICE,), formats=FORMATS).folder)
    again = shelf.publish(YEAR, tables=(POLICE,))
    assert (again.is_new, again.differing) == (False, ())
    assert files(again.folder) == before


def test_libraries_of_formats_are_loaded_where_a_file_is_made_and_not_before():
    code = (
        "import sys, reports.publication, flows.cli, flows.publish\n"
        "print(sorted({'weasyprint', 'gptables', 'docx'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


@pytest.mark.slow
@pytest.mark.skipif(not can_print(), reason="no PDF: pango and pangoft2 are not on this machine")
def test_a_pack_with_a_pdf_is_the_same_to_the_byte(shelf):
    pack = shelf.publish(YEAR, tables=(POLICE,), formats=("pdf",))
    before = files(pack.folder)
    assert before[f"{STEM}.pdf"].startswith(b"%PDF-1.7")
    assert files(shelf.publish(YEAR, tables=(POLICE,)).folder) == before


def test_where_no_pdf_can_be_made_the_pack_says_so_and_is_made_without(shelf, monkeypatch):
    monkeypatch.setattr(formats_module, "can_print", lambda: False)
    pack = shelf.publish(YEAR, tables=(POLICE,), formats=("pdf", "xlsx"))
    assert f"{STEM}.pdf" not in files(pack.folder)
    assert (manifest(pack)["formats"], manifest(pack)["lacking"]) == (["xlsx"], ["pdf"])
    assert pack.edition.lacking == ("pdf",)
    assert WITHOUT in (pack.folder / "index.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not can_print(), reason="no PDF: pango and pangoft2 are not on this machine")
def test_a_pdf_that_could_not_be_made_is_made_later_and_what_differs_is_named(shelf, monkeypatch):
    with monkeypatch.context() as missing:
        missing.setattr(formats_module, "can_print", lambda: False)
        shelf.publish(YEAR, tables=(POLICE,), formats=("pdf",))
    again = shelf.publish(YEAR, tables=(POLICE,), formats=("pdf",))
    assert again.differing == (f"{STEM}.pdf", "index.html")
    assert f"{STEM}.pdf" in files(again.folder)


def test_a_pack_is_replaced_whole(shelf):
    folder = shelf.publish(YEAR, tables=(POLICE,)).folder
    (folder / "index.html").write_text("edited by hand", encoding="utf-8")
    (folder / "tables" / "left-over.csv").write_text("old", encoding="utf-8")
    shelf.publish(YEAR, tables=(POLICE,))
    assert "edited by hand" not in (folder / "index.html").read_text(encoding="utf-8")
    assert not (folder / "tables" / "left-over.csv").exists()
    assert sorted(path.name for path in shelf.packs.iterdir()) == [
        "2020-21-partnership", "index.html",
    ]  # fmt: skip


def test_what_an_interrupted_run_left_is_cleared_away(shelf):
    for name in (".2020-21-partnership.new", ".2020-21-partnership.old"):
        (shelf.packs / name).mkdir(parents=True)
        (shelf.packs / name / "half.html").write_text("half", encoding="utf-8")
    pack = shelf.publish(YEAR, tables=(POLICE,))
    assert sorted(path.name for path in shelf.packs.iterdir()) == [
        "2020-21-partnership", "index.html",
    ]  # fmt: skip
    assert "half.html" not in files(pack.folder)


def test_a_pack_that_cannot_be_made_leaves_the_old_one(shelf, monkeypatch):
    before = files(shelf.publish(YEAR, tables=(POLICE,)).folder)

    def broken(page):
        raise RuntimeError("no page today")

    monkeypatch.setattr(pack_module, "render", broken)
    with pytest.raises(RuntimeError, match="no page today"):
        shelf.publish(YEAR, tables=(POLICE,))
    assert files(shelf.packs / "2020-21-partnership") == before


def test_a_pack_may_hold_a_choice_of_tables(shelf):
    pack = shelf.publish(YEAR, tables=(POLICE,))
    assert sorted(files(pack.folder)) == [
        "charts/trends.csv", "datapackage.json", "index.html", "manifest.json", "revisions.csv",
        "tables/police-recorded-crime.csv",
    ]  # fmt: skip


# --- the manifest -----------------------------------------------------------------------------


def test_the_manifest_vouches_for_every_file_of_the_pack(shelf):
    pack = shelf.publish(YEAR)
    written = files(pack.folder)
    vouched = manifest(pack)["files"]
    assert set(vouched) == set(written) - {"manifest.json"}
    for name, digest in vouched.items():
        assert hashlib.sha256(written[name]).hexdigest() == digest


def test_the_manifest_names_the_period_the_program_and_the_inputs(shelf):
    shelf.receive("street_crime", Span(Month(2020, 5), Month(2020, 5)), extent=FORCE)
    shelf.receive("police_crime", YEAR.year_before().span, "last-year.csv")
    shelf.receive("police_crime", YEAR.span, "this-year.csv")
    shelf.receive("police_crime", FinancialYear(2018).span, "too-old.csv")
    shelf.receive("police_crime", YEAR.span, "refused.csv", status="rejected")
    shelf.receive("hfrs_incidents", YEAR.span, "avon.csv", extent="E31000001")
    got = manifest(shelf.publish(YEAR, tables=(POLICE,)))
    assert (got["period"], got["period_label"], got["program_version"]) == (
        "2020-21", "Apr 2020 to Mar 2021", "1.2.3",
    )  # fmt: skip
    # The year before is an input as well: its figures are printed beside.
    assert got["inputs"] == [
        {"source": "police_crime", "file_name": "last-year.csv", "sha256": "ab" * 32},
        {"source": "police_crime", "file_name": "this-year.csv", "sha256": "ab" * 32},
        {"source": "street_crime", "file_name": "street_crime-2020-05.csv", "sha256": "ab" * 32},
    ]


def test_the_manifest_names_the_release_and_the_holds_that_were_answered(shelf):
    shelf.receive("police_crime", Q1.span, "q1.csv")
    shelf.receive("fly_tips", YEAR.year_before().year_before().span, "old.ods")
    at = datetime(2021, 4, 20, 9, 30)
    with shelf.engine.begin() as conn:
        for delivery in (1, 2):
            first = deliveries(shelf.engine)[delivery - 1].first_month
            conn.execute(
                insert(HOLD).values(
                    delivery_id=delivery, rule="months-missing", detail="May 2020",
                    first_month=first, last_month=first, is_year_only=False, raised_at=at,
                    released_at=at, released_by="Ann Field", released_because="It was quiet.",
                )
            )  # fmt: skip
    got = manifest(shelf.publish(Q1, tables=(POLICE,)))
    assert (got["release"], got["published_at"]) == (1, "2021-04-30T09:00:00Z")
    # The other one is about months that this pack does not print.
    assert got["holds_released"] == [
        {
            "hold": 1, "file_name": "q1.csv", "rule": "months-missing", "detail": "May 2020",
            "months": "Apr 2020", "released_by": "Ann Field",
            "released_at": "2021-04-20T09:30:00Z", "released_because": "It was quiet.",
        }
    ]  # fmt: skip


def test_a_release_is_printed_again_with_the_names_of_its_day(shelf):
    first = shelf.publish(Q1, tables=(POLICE,))
    before = files(first.folder)
    renamed = replace(ST_ALBANS, district=Area(ST_ALBANS.district.code, "Verulamium"))
    again = shelf.publish(Q1, tables=(POLICE,), home=renamed, partnership="Another name")
    assert (again.is_new, files(again.folder)) == (False, before)


# --- what came and what did not ---------------------------------------------------------------


def test_what_nobody_sent_is_named_as_a_gap(shelf):
    shelf.receive("police_crime", YEAR.span)
    shelf.receive("hfrs_incidents", YEAR.span, extent=COUNTY)
    pack = shelf.publish(YEAR, tables=(POLICE,))
    assert pack.gaps == (
        "Street-level crime, data.police.uk", "CCTV log, The council",
        "Fly-tipping records, The council",
    )  # fmt: skip


def test_a_source_line_says_what_was_read_and_what_was_rejected(shelf):
    shelf.receive("police_crime", Q1.span, "q1.csv", rows=1500, rejected=3)
    line = source_line(shelf.partners[0], Q1, deliveries(shelf.engine))
    assert line.state == "1,500 rows read, 1,497 accepted, 3 rejected."
    assert (line.files, line.is_complete) == (("q1.csv",), True)
    assert (line.title, line.partner) == ("Police recorded crime", "Hertfordshire Constabulary")


def test_a_source_line_says_when_nothing_came_at_all(shelf):
    shelf.receive("police_crime", YEAR.year_before().span)
    line = source_line(shelf.partners[0], Q1, deliveries(shelf.engine))
    assert line.state == (
        "Nothing was received for Apr to Jun 2020. Its figures are shown as [x], not as 0."
    )
    assert (line.files, line.is_complete) == ((), False)


def test_a_source_line_names_the_months_that_are_missing(shelf):
    shelf.receive("street_crime", Span(Month(2020, 5), Month(2020, 5)), extent=FORCE)
    line = source_line(shelf.partners[1], Q1, deliveries(shelf.engine))
    assert line.state == (
        "10 rows read, 10 accepted, 0 rejected. Nothing was received for Apr 2020, Jun 2020: "
        "figures are shown as [x]."
    )
    assert not line.is_complete


def test_an_official_publication_that_nobody_owes_is_no_gap(shelf):
    """No figure of ours is [x] for want of it."""
    defra = Partner("official_fly_tips", "Official statistics of fly-tipping", "Defra")
    line = source_line(defra, Q1, deliveries(shelf.engine))
    assert line.is_complete
    assert line.state == (
        "No edition for Apr to Jun 2020 was received, so that our figures are not held against it."
    )


def test_a_file_that_was_rejected_fills_no_gap(shelf):
    shelf.receive("police_crime", Q1.span, status="rejected")
    assert not source_line(shelf.partners[0], Q1, deliveries(shelf.engine)).is_complete


def test_a_pack_made_from_samples_says_so(shelf):
    def page(pack: Pack) -> str:
        return (pack.folder / "index.html").read_text(encoding="utf-8")

    shelf.receive("police_crime", YEAR.span, "police-crime-2020-21.csv")
    assert SYNTHETIC not in page(shelf.publish(YEAR, tables=(POLICE,)))
    shelf.receive("police_crime", YEAR.span, "synthetic-police-crime-2020-21.csv")
    shelf.set("robbery", since_2020_04=(4,) * 12)
    assert SYNTHETIC in page(shelf.publish(YEAR, tables=(POLICE,)))


# --- headlines --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (7846, 8876, "down 1,030 (\u221211.6%) from 8,876"),
        (910, 746, "up 164 (+22.0%) from 746"),
        (5, 5, "no change"),
        (0, 0, "no change"),
        (4, 0, "up 4 from 0"),
        (100_001, 100_000, "up 1 from 100,000"),
        (5, None, "no comparison: [x]"),
        (None, 5, "no comparison: [x]"),
        (None, None, "no comparison: [x]"),
    ],
)
def test_a_movement_is_said_in_words(now, before, said):
    assert movement(compare(now, before)) == said


def test_headlines_are_the_figures_of_the_tables(shelf):
    shelf.set("all-crime", since_2019_04=(740,) * 12, since_2020_04=(654,) * 12)
    pack = shelf.publish(YEAR)
    key = key_figures(pack.tables, ST_ALBANS)
    assert [(f.label, f.area, f.value, f.movement) for f in key[:2]] == [
        ("All crime", "St Albans", "7,848", "down 1,032 (\u221211.6%) from 8,880"),
        ("Anti-social behaviour (data.police.uk)", "St Albans", "[x]", "no comparison: [x]"),
    ]  # fmt: skip
    assert [f.label for f in key[2:]] == ["CCTV incidents", "Fly-tips", "Deliberate fires"]


def test_a_headline_whose_table_is_left_out_is_left_out_as_well(shelf):
    pack = shelf.publish(YEAR, tables=(POLICE,))
    assert [f.label for f in key_figures(pack.tables, ST_ALBANS)] == ["All crime"]
