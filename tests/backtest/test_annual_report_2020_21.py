"""The annual report of 2020-21, printed again to the cell from two years of sample exports.

What the report printed is in `DOMAIN.md`, section 1. Figures here are the published ones; where
the report was wrong the line says how.
"""

import csv
import io
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from support.files import grid

from flows.tracing import trace_named
from reports.pack import SYNTHETIC, Pack
from reports.tables import TABLES
from schemas.measures import MEASURES, Kind, is_stated
from sources.sample import CANARY
from warehouse.deliveries import Loaded
from warehouse.read import HoldLine, holds

pytestmark = pytest.mark.slow

POLICE = """
    2020-21 | 2019-20 | change | %     | measure
    7846    | 8876    | -1030  | -11.6 | all-crime
    2583    | 2597    | -14    | -0.5  | violence-against-the-person
    1182    | 1184    | -2     | -0.2  | domestic-abuse
    281     | 462     | -181   | -39.2 | burglary-residential
    135     | 206     | -71    | -34.5 | burglary-business-and-community
    851     | 1040    | -189   | -18.2 | vehicle-offences
    64      | 134     | -70    | -52.2 | theft-from-person
    51      | 86      | -35    | -40.7 | robbery
    758     | 932     | -174   | -18.7 | criminal-damage
    331     | 236     | 95     | 40.3  | drug-offences
    916     | 997     | -81    | -8.1  | theft-from-shop
    48      | 76      | -28    | -36.8 | possession-of-weapons
    1828    | 2110    | -282   | -13.4 | other-crime
"""
"""Violence was printed as "0.5" beside -14; other crime was left out, so that nothing added up."""

FIRE = """
    area          | 2020-21 | 2019-20 | change | %     | measure
    Hertfordshire | 1032    | 1103    | -71    | -6.4  | deliberate-fires
    Hertfordshire | 1130    | 1328    | -198   | -14.9 | primary-fires
    Hertfordshire | 41      | 83      | -42    | -50.6 | fire-injuries
    St Albans     | 98      | 99      | -1     | -1.0  | deliberate-fires
    St Albans     | 137     | 157     | -20    | -12.7 | primary-fires
    St Albans     | 4       | 6       | -2     |       | fire-injuries
    Rest of Hertfordshire | 934  | 1004 | -70  | -7.0  | deliberate-fires
    Rest of Hertfordshire | 993  | 1171 | -178 | -15.2 | primary-fires
    Rest of Hertfordshire | 37   | 77   | -40  | -51.9 | fire-injuries
"""
"""The county's primary fires were printed as "- 15", its injuries under the year before, and the
district's injuries as "Fallen": of six, no percentage is given. Its county rows include the
district and nothing said so."""

COUNCIL = """
    2020-21 | 2019-20 | change | %      | measure
    578     | 458     | 120    | 26.2   | asb-cases
    0       | 2       | -2     |        | asb-cases-to-trial
    1571    | 907     | 664    | 73.2   | asb-actions
    1508    | 838     | 670    | 80.0   | asb-investigation-actions
    34      | 33      | 1      |        | asb-perpetrator-warnings
    10      | 14      | -4     |        | asb-tenancy-actions
    4       | 2       | 2      |        | asb-closure-orders
    6       | 4       | 2      |        | asb-injunctions
    0       | 3       | -3     |        | asb-evictions
    9       | 13      | -4     |        | asb-other-actions
    371     | 296     | 75     | 25.3   | asb-safeguarding-contacts
    24      | 24      | 0      |        | asb-marac-meetings
    2601    | 3690    | -1089  | -29.5  | cctv-incidents
    310     | 424     | -114   | -26.9  | cctv-discs
    910     | 746     | 164    | 22.0   | fly-tips
    25      | 4       | 21     |        | action-fpn-fly-tipping
    6       | 4       | 2      |        | action-cpw
    0       | 2       | -2     |        | action-prosecution
"""
"""Of these the report printed 578 (458), that no case went to trial, 1,571 (907) with 1,508, 34,
10, 4, 6 and no evictions, which leaves 9 that no row named (I07), 371, "twice a month", 2,601, 310,
25, 6 and that nobody was prosecuted."""


GRANTS = """
    2020-21  | 2019-20  | change    | %     | measure
    16440.00 | 17850.50 | -1410.50  | -7.9  | grant-spend
    15940.00 | 0.00     | 15940.00  |       | grant-kicks
    500.00   | 0.00     | 500.00    |       | grant-your-voice
    0.00     | 17850.50 | -17850.50 | -100.0 | grant-other-projects
    15940.00 | 12600.00 | 3340.00   | 26.5  | grant-from-commissioner
    500.00   | 5250.50  | -4750.50  | -90.5 | grant-from-council
"""
"""In pounds. The report printed £16,440, £15,940 and "£ 500", and no year before."""


def csv_of(pack: Pack, table: str) -> list[dict[str, str]]:
    written = (pack.folder / "tables" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(written)))


def figures(pack: Pack, *tables: str) -> dict[tuple[str, str], list[str]]:
    """Area and measure to value, previous, change and percentage, as the CSVs give them."""
    return {
        (row["area_name"], row["measure"]): [
            row[name] for name in ("value", "previous", "change", "percent_change")
        ]
        for table in tables
        for row in csv_of(pack, table)
    }


@pytest.fixture(scope="session")
def raised(two_years) -> list[HoldLine]:
    """The holds that the samples bring about, before any was answered for."""
    house, _ = two_years
    return [replace(hold, released_at=None) for hold in holds(house.engine)]


@pytest.fixture(scope="session")
def year_pack(two_years, raised) -> Iterator[Pack]:
    """The pack of the year."""
    house, _ = two_years
    return house.publish("2020-21")


@pytest.fixture(scope="session")
def quarter_pack(two_years) -> Iterator[Pack]:
    """The pack of its last quarter."""
    house, _ = two_years
    return house.publish("2020-21-Q4")


def test_the_one_figure_that_defra_gives_otherwise_is_held(raised):
    """The report printed 25 fixed penalty notices, Defra 15 (I10): put before a person."""
    assert [(hold.rule, hold.detail) for hold in raised] == [
        (
            "official-differs",
            "Fixed penalty notice for fly-tipping, Apr 2020 to Mar 2021: 25 here, 15 in Defra "
            "fly-tipping statistics (WasteDataFlow)",
        )
    ]


# --- the report -------------------------------------------------------------------------------


def test_the_police_table_to_the_cell(year_pack: Pack):
    got = figures(year_pack, "police-recorded-crime")
    head, *expected = grid(POLICE)
    assert head[-1] == "measure"
    assert got == {("St Albans", row[-1]): row[:-1] for row in expected}


def test_the_fire_table_to_the_cell(year_pack: Pack):
    got = figures(year_pack, "fire-and-rescue")
    _, *expected = grid(FIRE)
    assert got == {(row[0], row[-1]): row[1:-1] for row in expected}


def test_of_the_reports_small_bases_only_the_smallest_loses_its_percentage(year_pack: Pack):
    """Of 6, 76, 86 and 99 (I27), the last three are not below fifty."""
    marks = {
        (row["previous"], row["percent_mark"])
        for table in ("police-recorded-crime", "fire-and-rescue")
        for row in csv_of(year_pack, table)
        if int(row["previous"]) < 100
    }
    assert marks == {("6", "u"), ("76", ""), ("77", ""), ("83", ""), ("86", ""), ("99", "")}


def test_the_councils_figures_to_the_cell(year_pack: Pack):
    got = figures(
        year_pack,
        "asb-cases-typology",
        "asb-actions",
        "cctv",
        "fly-tipping-land",
        "fly-tipping-actions",
    )
    _, *expected = grid(COUNCIL)
    assert {("St Albans", row[-1]): row[:-1] for row in expected}.items() <= got.items()


def test_what_was_spent_of_the_grants_to_the_penny(year_pack: Pack):
    got = figures(year_pack, "grant-spend", "grant-spend-funders")
    _, *expected = grid(GRANTS)
    assert got == {("St Albans", row[-1]): row[:-1] for row in expected}
    page = (year_pack.folder / "index.html").read_text(encoding="utf-8")
    for shown in ("£16,440", "£15,940", "£500", "+£15,940", "\u2212£1,410.50", "£17,850.50"):
        assert f">{shown}<" in page


def test_every_figure_stands_under_its_own_months(year_pack: Pack, quarter_pack: Pack):
    tables = [path.stem for path in (year_pack.folder / "tables").iterdir()]
    assert len(tables) == len(TABLES)
    for table in tables:
        assert {row["period_label"] for row in csv_of(year_pack, table)} == {"Apr 2020 to Mar 2021"}
        assert {(row["period"], row["period_label"]) for row in csv_of(quarter_pack, table)} == {
            ("2020-21-Q4", "Jan to Mar 2021"), ("2020-21-Q4-YTD", "Apr 2020 to Mar 2021"),
        }  # fmt: skip


def test_every_figure_of_the_year_is_the_sum_of_the_rows_behind_it(two_years, year_pack: Pack):
    house, _ = two_years
    printed = {
        (row["measure"], row["area_code"]): str(int(row["value"].replace(".", "")))
        for table in (path.stem for path in (year_pack.folder / "tables").iterdir())
        for row in csv_of(year_pack, table)
        if not row["area_name"].startswith("Rest of")  # a difference of two that are traced
    }
    assert len(printed) > 90  # amounts of money are printed in pounds, and traced in pence
    wrong = []
    for (measure, area), value in printed.items():
        found = trace_named(house.engine, measure, "2020-21", area, house.settings)
        if found.faults or str(found.total) != value:
            wrong.append((measure, area, value, found.total, found.faults))
    assert wrong == []


def test_no_change_is_printed_with_another_sign_than_its_percentage(year_pack: Pack):
    # The report's "0.5" beside -14 cannot happen.
    for path in sorted((year_pack.folder / "tables").iterdir()):
        for row in csv_of(year_pack, path.stem):
            change, percent = row["change"], row["percent_change"]
            if change and percent and not row["percent_mark"]:
                assert (change[0] == "-") == (percent[0] == "-"), row
                assert (change == "0") == (percent == "0.0"), row


def test_nothing_is_missing_and_the_page_says_that_it_is_synthetic(year_pack: Pack):
    assert year_pack.gaps == ()
    page = (year_pack.folder / "index.html").read_text(encoding="utf-8")
    assert SYNTHETIC in page
    assert "\u22120.5" in page
    unknown = {
        table.code
        for table in TABLES
        for row in csv_of(year_pack, table.code)
        if "x" in (row["mark"], row["previous_mark"])
    }
    # The report gives no year before of what partners stated, but for the hubs.
    assert unknown <= {table.code for table in TABLES if table.reporter}
    assert not any(row["mark"] for code in unknown for row in csv_of(year_pack, code))
    anchors = [*(table.code for table in TABLES), "official-table"]
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


STATED = {
    "neighbourhood-officers": ("St Albans", "40", ""),  # N02
    "neighbourhood-followers": ("St Albans", "25000", "more than"),  # N03
    "echo-feedback": ("St Albans", "1100", "more than"),  # N04
    "police-cadets": ("St Albans", "30", ""),  # N05
    "cctv-locations": ("St Albans", "99", ""),  # C01
    "cctv-redeployable-systems": ("St Albans", "4", ""),  # C04
    "fly-tips-under-investigation": ("St Albans", "120", ""),  # T03
    "probation-accommodation": ("East of England", "500", "more than"),  # O01
    "call-blockers": ("Hertfordshire", "34", ""),  # O02
    "rogue-trader-money-stopped": ("Hertfordshire", "85500", "more than"),  # O03
    "trading-standards-interventions": ("Hertfordshire", "5", ""),  # O04
    "safe-and-well-visits": ("St Albans", "294", ""),  # O05
    "shielding-visits": ("St Albans", "97", ""),  # O06
    "thrive-patients": ("St Albans and Harpenden locality", "241", ""),  # O07
    "thrive-mental-health-percent": ("St Albans and Harpenden locality", "96", ""),  # O08
    "respiratory-hubs": ("NHS Herts Valleys CCG", "2", ""),  # O09
    "schools-funded": ("St Albans", "3", ""),  # G04
    "partnership-priorities": ("St Albans", "5", ""),  # G07
    "partner-agencies": ("St Albans", "9", ""),  # G08
    "partnership-meetings": ("St Albans", "4", ""),  # G09
}


def test_what_partners_state_is_printed_with_its_area_and_its_qualifier(year_pack: Pack):
    rows = [row for table in TABLES if table.reporter for row in csv_of(year_pack, table.code)]
    printed = {row["measure"]: (row["area_name"], row["value"], row["qualifier"]) for row in rows}
    assert printed == STATED
    hubs = next(row for row in rows if row["measure"] == "respiratory-hubs")
    assert (hubs["previous"], hubs["change"], hubs["as_at"]) == ("4", "-2", "2021-03-31")
    assert all(not row["change"] and not row["percent_change"] for row in rows if row["qualifier"])
    assert {row["measure"] for row in rows if row["as_at"]} == {
        code for code in STATED if MEASURES[code].kind is not Kind.FLOW
    }


def test_the_25_fixed_penalty_notices_stand_beside_the_15_of_defra(year_pack: Pack):
    text = (year_pack.folder / "official.csv").read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if "action-fpn-fly-tipping" in line]
    assert ",25,,15,10," in line


# --- what must hold between the figures -------------------------------------------------------


def test_the_year_to_date_of_the_last_quarter_is_the_year(year_pack: Pack, quarter_pack: Pack):
    for path in sorted((year_pack.folder / "tables").iterdir()):
        year = {row["measure"] + row["area_code"]: row for row in csv_of(year_pack, path.stem)}
        to_date = [r for r in csv_of(quarter_pack, path.stem) if r["period"].endswith("YTD")]
        assert len(to_date) == len(year)
        for row in to_date:
            same = year[row["measure"] + row["area_code"]]
            assert {**row, "period": ""} == {**same, "period": ""}


def test_quarters_add_up_to_the_year_for_every_measure_and_area(two_years):
    house, _ = two_years
    with house.engine.connect() as conn:
        quarters = conn.execute(
            text("SELECT measure_code, area_code, quarter_code, value FROM csp_measure_quarter_v1")
        ).all()
        years = conn.execute(
            text("SELECT measure_code, area_code, year_code, value FROM csp_measure_year_v1")
        ).all()
    sums: Counter[tuple[str, str, str]] = Counter()
    for measure, area, quarter, value in quarters:
        assert value is not None
        sums[measure, area, quarter[:7]] += value
    assert dict(sums) == {(m, a, year): value for m, a, year, value in years}
    assert {m for m, *_ in years} == {code for code in MEASURES if not is_stated(code)}


def test_what_was_read_is_what_was_accepted_and_rejected(two_years, samples):
    _, outcomes = two_years
    assert len(outcomes) == len(samples)
    for loaded in outcomes:
        assert isinstance(loaded, Loaded), loaded
        assert loaded.status == "accepted", loaded.issues
        assert loaded.read == loaded.accepted + loaded.rejected
        assert loaded.superseded == 0


def test_the_order_in_which_files_come_makes_no_difference(two_years, samples, house):
    forwards, _ = two_years
    house.receive(samples[::-1])

    def months(engine) -> list[tuple]:
        with engine.connect() as conn:
            return conn.execute(
                text(
                    "SELECT measure_code, area_code, month, value, previous, is_held "
                    "FROM csp_measure_month_v1 ORDER BY measure_code, area_code, month"
                )
            ).all()

    assert months(house.engine) == months(forwards.engine)


def test_all_files_sent_again_change_nothing(two_years, samples, year_pack: Pack):
    house, _ = two_years
    before = {path: path.read_bytes() for path in year_pack.folder.rglob("*") if path.is_file()}
    assert all(outcome.is_known for outcome in house.receive(samples))
    house.publish("2020-21")
    assert {p: p.read_bytes() for p in year_pack.folder.rglob("*") if p.is_file()} == before


# --- nobody is in it --------------------------------------------------------------------------


def test_personal_data_end_before_the_warehouse(two_years, samples, year_pack, quarter_pack):
    house, _ = two_years
    marker = CANARY.encode()
    with house.engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = [
        path
        for folder in (house.settings.home, house.settings.packs)
        for path in folder.rglob("*")
        if path.is_file() and house.settings.archive not in path.parents
    ]
    assert {path.suffix for path in kept} >= {".db", ".html", ".csv", ".json"}
    assert [path.name for path in kept if marker in path.read_bytes()] == []
    # The test would notice it: the samples are full of it.
    assert sum(marker in path.read_bytes() for path in samples if path.suffix == ".csv") >= 8


def test_the_warehouse_can_be_read_by_any_tool_that_reads_sqlite(two_years, tmp_path: Path):
    house, _ = two_years
    with closing(sqlite3.connect(f"file:{house.settings.database}?mode=ro", uri=True)) as conn:
        (found,) = conn.execute(
            "SELECT value, previous, change FROM csp_measure_year_v1 "
            "WHERE measure_code = 'all-crime' AND area_name = 'St Albans' "
            "AND year_code = '2020-21'"
        ).fetchall()
    assert found == (7846, 8876, -1030)
