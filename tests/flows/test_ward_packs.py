"""Counts by ward in published packs of the partnership: frozen, revised, drawn, never public.

The story: four crimes in two wards are published; then the force finds that one of them happened in
the other ward.
"""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.boundaries import CODE, write_quilt
from support.command import FINE, WRONG_USE, csp
from support.databases import POSTGRESQL, SQLITE
from support.desk import Desk, police
from support.files import files_below, put

from flows.audit import audit_file
from flows.publish import CannotPrint, look_back, print_release, publish
from flows.settings import Map
from flows.tracing import trace_named
from schemas.audience import Audience
from schemas.geography import is_ward
from schemas.measures import MEASURES
from schemas.named import NameUnclear
from schemas.period import FinancialYear, Quarter
from warehouse.changes import differing_now
from warehouse.read import area_names
from warehouse.releases import figures_of, releases
from warehouse.trace_parts import Figure, NotWorkedOut
from warehouse.trace_wards import trace_ward

pytestmark = pytest.mark.slow  # each opens warehouses

Q1, YEAR = Quarter(2020, 1), FinancialYear(2020)
JULY, OCTOBER = datetime(2020, 7, 9, 12), datetime(2020, 10, 8, 12)
HOUR = timedelta(hours=1)
ASHLEY, VERULAM, DISTRICT = "E05004785", "E05004803", "E07000240"
HEAD = "Crime Reference | Date Recorded | HO Code | Ward Code | LSOA\n"
FIRST = HEAD + "".join(
    f"41/{n}/20 | 14/0{month}/2020 | 45 | {ward} | \n"
    for n, (month, ward) in enumerate([(4, ASHLEY), (5, ASHLEY), (6, ASHLEY), (6, VERULAM)], 1)
)
RESENT = FIRST.replace(
    "41/2/20 | 14/05/2020 | 45 | E05004785", "41/2/20 | 14/05/2020 | 45 | E05004803"
)
FILE, AGAIN = "police-crime-2020-21-q1.csv", "police-crime-2020-21-q1 again.csv"


def settings(desk: Desk, audience: Audience = Audience.PARTNERSHIP, boundaries: Path | None = None):
    drawn = Map(boundaries=boundaries, code_property=CODE) if boundaries else Map()
    return desk.settings.model_copy(update={"audience": audience, "map": drawn})


def by_ward(folder: Path) -> dict[str, str]:
    """What the pack's CSV says of each ward in which something happened, and of the rest."""
    with (folder / "charts/wards.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["area_name"]: f"{row['value']} {row['mark']}".strip()
            for row in csv.DictReader(file)
            if (row["value"], row["mark"]) != ("0", "")
        }


def test_wards_are_published_frozen_and_printed_again_to_the_byte(either: Desk):
    either.came(FILE, police(FIRST), JULY)
    pack = publish(either.engine, Q1, settings(either), at=JULY + HOUR)
    assert by_ward(pack.folder) == {"Ashley": "3", "Verulam": "1", "St Albans": "4"}
    frozen = figures_of(either.engine, 1)
    assert (frozen["all-crime", ASHLEY, Q1.code], frozen["all-crime", VERULAM, Q1.code]) == (3, 1)
    assert sum(area.startswith("E05") for _, area, _ in frozen) == 20
    assert area_names(either.engine)[VERULAM] == "Verulam"
    published = files_below(pack.folder)
    either.came(AGAIN, police(RESENT), OCTOBER)
    again = print_release(either.engine, Q1, settings(either), 1)
    assert again.differing == ()
    assert files_below(again.folder) == published


def test_a_pack_by_ward_and_by_month_is_audited_figure_by_figure(either: Desk):
    """What no ward is known of stood under the district's code: as a false figure of the district.

    Wards and months were not held against the warehouse.
    """
    either.came(FILE, police(f"{FIRST}41/5/20 | 14/06/2020 | 45 |  | \n"), JULY)
    folder = publish(either.engine, Q1, settings(either), at=JULY + HOUR).folder
    there = either.settings.model_copy(update={"warehouse_url": either.address})
    by_ward = audit_file(folder / "charts/wards.csv", there)
    assert by_ward.findings == ()
    assert by_ward.compared is not None
    assert by_ward.compared.compared == 20 + 1
    assert by_ward.compared.not_compared == {"no area has its name": 1}
    wrong = folder.with_name("wrong.csv")
    text = (folder / "charts/wards.csv").read_text(encoding="utf-8")
    wrong.write_text(
        text.replace(",Verulam,2020-21-Q1,Apr to Jun 2020,1,", ",Verulam,2020-21-Q1,,2,")
    )
    assert [(f.published, f.follows) for f in audit_file(wrong, there).faults] == [
        ("2", "1 (all-crime, Verulam, Apr to Jun 2020)")
    ]
    by_month = audit_file(folder / "charts/trends.csv", there)
    assert by_month.findings == ()
    assert by_month.compared is not None
    assert by_month.compared.compared > 3 * len(("all-crime", "theft-from-shop"))


def test_figures_by_ward_of_elsewhere_or_of_months_that_are_not_there_are_not_compared(
    either: Desk,
):
    either.came(FILE, police(FIRST), JULY)
    table = either.settings.home / "table.csv"
    table.write_text(
        "measure,area,period,value\n"
        "all-crime,E05013855,2020-21-Q1,7\n"  # of Dacorum
        "all-crime,E05004785,2020-21-Q2,7\n"  # no file is of these months
        "deliberate-fires,E05004785,2020-21-Q1,7\n"
    )
    there = either.settings.model_copy(update={"warehouse_url": either.address})
    compared = audit_file(table, there).compared
    assert compared is not None
    assert (compared.compared, compared.findings) == (0, ())
    assert compared.not_compared == {"the warehouse has no figure for it": 3}


def test_a_ward_that_moves_is_marked_and_explained_though_the_district_does_not(either: Desk):
    either.came(FILE, police(FIRST), JULY)
    publish(either.engine, Q1, settings(either), at=JULY + HOUR)
    either.came(AGAIN, police(RESENT), OCTOBER)
    assert differing_now(either.engine, DISTRICT) == {1: 2}
    pack = publish(either.engine, Q1, settings(either), at=OCTOBER + HOUR)
    assert (pack.edition.release, pack.is_new) == (2, True)
    assert by_ward(pack.folder) == {"Ashley": "2 r", "Verulam": "2 r", "St Albans": "4"}
    assert [(r.label, r.area.name, r.was, r.now, r.why) for r in pack.edition.revisions] == [
        ("All crime", name, was, 2, f"{AGAIN}, received 8 Oct 2020: 1 record changed")
        for name, was in (("Ashley", 3), ("Verulam", 1))
    ]
    page = (pack.folder / "index.html").read_text("utf-8")
    assert ">2\N{NO-BREAK SPACE}[r]</td>" in page
    # The district's own figure is the same, and so is what the year makes of it.
    year = publish(either.engine, YEAR, settings(either), at=OCTOBER + 2 * HOUR)
    assert year.edition.revisions == ()
    assert differing_now(either.engine, DISTRICT) == {1: 2}


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_looking_back_wards_are_as_they_stood(kind: str, tmp_path: Path):
    with Desk.open(kind, tmp_path) as desk:
        desk.came(FILE, police(FIRST), JULY)
        desk.came(AGAIN, police(RESENT), OCTOBER)
        then = look_back(desk.engine, Q1, settings(desk), JULY + HOUR)
    assert by_ward(then.folder) == {"Ashley": "3", "Verulam": "1", "St Albans": "4"}


def test_a_pack_for_the_public_has_no_ward_whatever_is_set(either: Desk, tmp_path: Path):
    place = write_quilt(tmp_path / "wards.geojson")
    either.came(FILE, police(FIRST), JULY)
    open_ = settings(either, Audience.PUBLIC, place)
    packs = [
        publish(either.engine, Q1, open_, at=JULY + HOUR),
        publish(either.engine, Q1, open_, is_draft=True),
        print_release(either.engine, Q1, open_, 1),
    ]
    with pytest.raises(CannotPrint):
        look_back(either.engine, Q1, open_, JULY + 2 * HOUR)
    for pack in packs:
        told = b"".join(files_below(pack.folder).values())
        assert b"E05" not in told
        assert b"Verulam" not in told
    assert not any(area.startswith("E05") for _, area, _ in figures_of(either.engine, 1))


def test_the_map_is_frozen_with_its_release(either: Desk, tmp_path: Path):
    """A boundary file that is exchanged later must not change what was published."""
    place = write_quilt(tmp_path / "wards.geojson")
    either.came(FILE, police(FIRST), JULY)
    without = publish(either.engine, Q1, settings(either), at=JULY + HOUR)
    drawn = publish(either.engine, Q1, settings(either, boundaries=place), at=JULY + HOUR)
    assert (without.edition.release, drawn.edition.release, drawn.is_new) == (1, 2, True)
    same = publish(either.engine, Q1, settings(either, boundaries=place), at=OCTOBER)
    assert (same.edition.release, same.is_new) == (2, False)
    published = files_below(drawn.folder)
    page = published["index.html"].decode()
    assert 'id="map-all-crime"' in page
    assert "Contains OS data © Crown copyright and database right." in page
    place.unlink()
    again = print_release(either.engine, Q1, settings(either), 2)
    assert again.differing == ()
    assert files_below(again.folder) == published
    first = print_release(either.engine, Q1, settings(either), 1)
    assert b'id="map-all-crime"' not in files_below(first.folder)["index.html"]


def test_what_is_for_the_partnership_says_so_and_claims_no_licence(desk: Desk):
    desk.came(FILE, police(FIRST), JULY)
    kept = publish(desk.engine, Q1, settings(desk), at=JULY + HOUR)
    open_ = publish(desk.engine, Q1, settings(desk, Audience.PUBLIC), at=JULY + HOUR)
    draft = publish(desk.engine, Q1, settings(desk, Audience.PUBLIC), is_draft=True)
    told = [json.loads(files_below(p.folder)["datapackage.json"]) for p in (kept, open_, draft)]
    assert [package["name"] for package in told[:2]] == [
        "community-safety-2020-21-q1-partnership", "community-safety-2020-21-q1",
    ]  # fmt: skip
    assert ["licenses" in package for package in told] == [False, True, False]
    assert told[0]["handling"] == (
        "For the partnership only. Contains small numbers. Not to be published."
    )
    pages = [files_below(p.folder)["index.html"].decode() for p in (kept, open_, draft)]
    assert ["Open Government Licence v3.0" in page for page in pages] == [False, True, False]
    assert ["<strong>For the partnership only." in page for page in pages] == [True, False, False]


def test_a_map_that_cannot_be_drawn_stops_the_pack_before_anything_is_frozen(either: Desk):
    either.came(FILE, police(FIRST), JULY)
    with pytest.raises(CannotPrint, match="There is no file"):
        publish(either.engine, Q1, settings(either, boundaries=Path("gone.geojson")))
    assert releases(either.engine) == []


def test_the_command_says_what_is_wrong_with_the_boundary_file(ready: Path):
    Path("csp.toml").write_text(
        'audience = "partnership"\n[map]\nboundaries = "wards.geojson"\ncode_property = "WD25CD"\n'
    )
    lead = "csp: The map of wards cannot be drawn ([map] in csp.toml). "
    missing = csp("quarter", "2020-21-Q1")
    assert (missing.exit_code, missing.stderr) == (
        WRONG_USE, f"{lead}There is no file wards.geojson.\n",
    )  # fmt: skip
    write_quilt(Path("wards.geojson"))
    wrong = csp("config")
    assert wrong.exit_code == WRONG_USE
    assert wrong.stderr == (
        f"{lead}wards.geojson: Every area has no ward code in the property 'WD25CD'. Ward codes "
        "stand in 'WD18CD': name that as code_property.\n"
    )
    Path("csp.toml").write_text('[map]\nboundaries = "wards.geojson"\ncode_property = "WD18CD"\n')
    assert csp("config").exit_code == FINE
    assert csp("receive", put(ready, FILE, police(FIRST))).exit_code == FINE
    assert csp("quarter", "2020-21-Q1", "--audience", "partnership").exit_code == FINE


def test_every_figure_of_a_ward_is_traced_to_its_rows(either: Desk):
    """A ward that moved stood in the pack, and `csp trace` knew of no such area."""
    either.came(FILE, police(FIRST), JULY)
    either.came(AGAIN, police(RESENT), OCTOBER)
    pack = publish(either.engine, Q1, settings(either), at=OCTOBER + HOUR)
    printed = {
        key: value for key, value in pack.edition.figures.items() if is_ward(key[1]) and value
    }
    assert printed == {
        ("all-crime", ASHLEY, Q1.code): 2, ("all-crime", VERULAM, Q1.code): 2
    }  # fmt: skip
    rows = {}
    for (measure, ward, period), value in printed.items():
        found = trace_named(either.engine, measure, period, ward, either.settings)
        assert (found.printed, found.total, found.faults) == (value, value, ())
        rows[ward] = {part.record.line.id: list(part.rows) for part in found.behind}
    # Rows 2 and 4 are those of the first file; row 3 came anew with the second.
    assert rows == {ASHLEY: {1: [2, 4]}, VERULAM: {1: [5], 2: [3]}}


def test_a_ward_without_crimes_has_a_true_0_and_one_without_files_no_figure(either: Desk):
    either.came(FILE, police(FIRST), JULY)
    none = trace_named(either.engine, "all-crime", Q1.code, "E05004786", either.settings)
    assert (none.printed, none.rows, none.gaps) == (0, 0, ())
    assert [line.id for line in none.repeated] == [1]
    unknown = trace_named(either.engine, "all-crime", "2020-21-Q2", ASHLEY, either.settings)
    assert unknown.printed is None
    assert unknown.gaps


def test_nothing_sensitive_is_traced_by_ward(either: Desk):
    either.came(FILE, police(FIRST), JULY)
    with pytest.raises(NameUnclear, match="There is no area"):
        trace_named(either.engine, "domestic-abuse", Q1.code, ASHLEY, either.settings)
    figure = Figure(MEASURES["domestic-abuse"], ASHLEY, Q1.span)
    with pytest.raises(NotWorkedOut):
        trace_ward(either.engine, figure, DISTRICT, ())
