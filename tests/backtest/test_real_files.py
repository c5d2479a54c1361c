"""Real partners' files, where `CSP_REALDATA` names the folder that holds them.

They are never part of the project; without them these tests skip. What they must give was counted
on the raw bytes, here or by hand, with nothing of ours.
"""

import csv
import gzip
import io
import os
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from schemas.codes import STREET_CRIME_TYPES
from schemas.measures import street_code
from warehouse.deliveries import Loaded
from warehouse.tables import all_tables

FOLDER = Path(os.environ.get("CSP_REALDATA") or "nowhere")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="CSP_REALDATA names no folder of real files"),
]
STREET_FILES = sorted((FOLDER / "police_street").glob("*-hertfordshire-street.csv.gz"))
AVON_FILE = FOLDER / "fire" / "afrs_attended_incidents_july_2014.csv"
AVON, ST_ALBANS = "E31000001", "E07000240"
ASB = "Anti-social behaviour"


def raw_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a street file as the csv module reads them."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def raw() -> dict[str, list[dict[str, str]]]:
    """The raw rows of every street file by month."""
    return {path.name[:7]: raw_rows(path) for path in STREET_FILES}


@pytest.fixture(scope="session")
def real(kept_house) -> tuple:
    """An installation that has received all of them, and what became of each."""
    return kept_house, kept_house.receive([*STREET_FILES, AVON_FILE])


def ask(house, query: str, **given: object) -> list[tuple]:
    with house.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(query), given)]


# --- read and counted -------------------------------------------------------------------------


def test_every_row_is_accepted_or_rejected(real, raw):
    _, outcomes = real
    assert len(STREET_FILES) == 17
    assert [type(outcome) for outcome in outcomes] == [Loaded] * 18
    for loaded in outcomes:
        assert loaded.status == "accepted", loaded.issues
        assert loaded.read == loaded.accepted + loaded.rejected
        assert loaded.accepted == loaded.new
    *street, avon = outcomes
    assert [o.read for o in street] == [len(raw[o.file_name[:7]]) for o in street]
    assert sum(o.read for o in street) == 46_248 + 108_638
    assert avon.read == 1084
    # Real files are good: what is rejected is a handful of them.
    assert sum(o.rejected for o in outcomes) <= 20


def test_st_albans_counts_are_those_of_an_independent_count(real, raw):
    house, _ = real
    expected: Counter[tuple[str, str]] = Counter()
    for month, rows in raw.items():
        for row in rows:
            if row["LSOA name"].startswith("St Albans "):
                expected[month, row["Crime type"]] += 1
    assert sum(n for (month, _), n in expected.items() if month.startswith("2025")) == 11_988
    assert sum(n for (month, _), n in expected.items() if month < "2020") == 4_838
    stored = ask(
        house,
        "SELECT month, measure_code, value FROM csp_measure_month_v1 WHERE area_code = :area",
        area=ST_ALBANS,
    )
    labels = {street_code(code): label for code, label in STREET_CRIME_TYPES.labels.items()}
    got = {(month[:7], labels[code]): value for month, code, value in stored if code in labels}
    assert got == {
        (month, label): expected[month, label] for month in raw for label in labels.values()
    }
    totals = {month[:7]: value for month, code, value in stored if code == "street-all-crime"}
    assert totals == {
        month: sum(n for (m, kind), n in expected.items() if m == month and kind != ASB)
        for month in raw
    }


def test_identical_rows_of_anti_social_behaviour_are_all_kept(real, raw):
    house, _ = real
    rows = Counter(
        tuple(row.values()) for part in raw.values() for row in part if row["Crime type"] == ASB
    )
    repeats = sum(times - 1 for times in rows.values())
    assert repeats > 5_000, "there are thousands in the raw files"
    ((kept,),) = ask(
        house, "SELECT count(*) FROM csp_street_crime_v1 WHERE crime_type = :asb", asb=ASB
    )
    assert kept == rows.total()


def test_rows_without_a_location_are_counted_for_the_force_area(real, raw):
    house, _ = real
    stored = ask(
        house,
        "SELECT month, value FROM csp_measure_month_v1 "
        "WHERE measure_code = 'street-location-unknown'",
    )
    assert {month[:7]: value for month, value in stored} == {
        month: sum(not row["LSOA name"] for row in rows) for month, rows in raw.items()
    }


def test_avons_incidents_are_those_that_were_counted_by_hand(real):
    house, _ = real
    kinds = dict(ask(house, "SELECT category_code, count(*) FROM csp_hfrs_incident_v1 GROUP BY 1"))
    assert kinds == {"false_alarm": 523, "fire": 344, "special_service": 217}
    ((deliberate,),) = ask(
        house,
        "SELECT value FROM csp_measure_month_v1 WHERE measure_code = 'deliberate-fires' "
        "AND area_code = :area",
        area=AVON,
    )
    assert deliberate == 208


def test_avons_incidents_are_no_figure_of_hertfordshire(real):
    house, _ = real
    assert ask(house, "SELECT * FROM measure_month WHERE measure_code = 'primary-fires' "
                      "AND area_code IN ('E07000240', 'E10000015')") == []  # fmt: skip


# --- published --------------------------------------------------------------------------------


def test_a_quarter_prints_and_says_what_it_cannot_compare(real, raw):
    house, _ = real
    pack = house.publish("2025-26-Q1")
    printed = (pack.folder / "tables" / "street-level-crime.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert len(rows) == 2 * 16
    assert {row["previous_mark"] for row in rows} == {"x"}
    assert {row["percent_mark"] for row in rows} == {"x"}
    assert {row["mark"] for row in rows} == {""}
    months = ("2025-04", "2025-05", "2025-06")
    burglary = sum(
        row["LSOA name"].startswith("St Albans ") and row["Crime type"] == "Burglary"
        for month in months
        for row in raw[month]
    )
    assert {row["value"] for row in rows if row["measure"] == "street-burglary"} == {str(burglary)}
    missing = {gap.partition(", ")[0] for gap in pack.gaps}
    assert "Street-level crime" not in missing
    assert "Police recorded crime" in missing
    # Several partners fill in the same form: who has not is said of each.
    assert len(set(pack.gaps)) == len(pack.gaps)
    page = (pack.folder / "index.html").read_text(encoding="utf-8")
    assert "[x]" in page
    assert "2025-05-hertfordshire-street.csv.gz" in page


# --- what is none of ours ---------------------------------------------------------------------


def everything_but_the_record(house) -> dict[str, Counter]:
    with house.engine.connect() as conn:
        return {
            name: Counter(tuple(row) for row in conn.execute(kept.select()))
            for name, kept in all_tables().tables.items()
            if name not in ("delivery", "issue", "alert")
        }


@pytest.mark.parametrize(
    ("place", "rules"),
    [
        ("offence_codes/crimeCategoriesOFFICIAL.csv", ["layout-unknown"]),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_headings(house, place, rules):
    (refused,) = house.receive([FOLDER / place])
    assert isinstance(refused, Loaded)
    assert (refused.status, [issue.rule for issue in refused.issues]) == ("rejected", rules)
    assert refused.accepted == 0


def test_defras_workbook_is_taken_as_it_is_and_ours_is_all_that_is_kept(house):
    """It hides a sheet, has rows of totals among the others, and ':' where there is no figure."""
    (loaded,) = house.receive([FOLDER / "flytipping/defra_Flytipping.xlsx"])
    assert isinstance(loaded, Loaded)
    assert (loaded.status, loaded.read, loaded.accepted) == ("accepted", 20, 20)
    told = {issue.rule: issue.expected for issue in loaded.issues}
    assert told["rows-elsewhere"] == "6,625 rows of other areas"
    query = (
        "SELECT measure_code, period_code, value FROM csp_measure_stated_v1 "
        "WHERE area_code = 'E07000240' ORDER BY measure_code, period_code"
    )
    found = {(measure, period): value for measure, period, value in ask(house, query)}
    for measure, years in {
        "official-fly-tips": {
            "2012-13": 636,
            "2013-14": 795,
            "2014-15": 1130,
            "2015-16": 1130,
            "2016-17": 1324,
            "2017-18": 910,
            "2018-19": 866,
            "2019-20": 746,
            "2020-21": 910,
            "2021-22": 624,
        },
        # Before 2018-19 they were not told apart from other notices.
        "official-fpn-fly-tipping": {"2018-19": 4, "2019-20": 4, "2020-21": 15, "2021-22": 1},
    }.items():
        assert {p: v for (m, p), v in found.items() if m == measure} == years
    assert found["official-duty-of-care-inspection", "2020-21"] == 25


def test_a_file_that_was_cut_short_is_refused_and_nothing_changes(house, tmp_path: Path):
    whole = STREET_FILES[-1]
    (first,) = house.receive([whole])
    assert first.accepted
    before = everything_but_the_record(house)
    cut = tmp_path / "cut" / whole.name
    cut.parent.mkdir()
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    for _ in range(2):
        (refused,) = house.receive([cut])
        assert (refused.status, [issue.rule for issue in refused.issues]) == (
            "rejected", ["file-unreadable"],
        )  # fmt: skip
    assert everything_but_the_record(house) == before
    assert ask(house, "SELECT status FROM csp_delivery_v1 ORDER BY id") == [
        ("accepted",), ("rejected",),
    ]  # fmt: skip


def test_a_month_sent_again_from_the_site_is_no_change(house, tmp_path: Path):
    (first,) = house.receive([STREET_FILES[0]])
    unpacked = tmp_path / "again" / STREET_FILES[0].name.removesuffix(".gz")
    unpacked.parent.mkdir()
    unpacked.write_bytes(gzip.decompress(STREET_FILES[0].read_bytes()))
    (again,) = house.receive([unpacked])
    assert (again.new, again.superseded, again.unchanged) == (0, 0, first.accepted)
