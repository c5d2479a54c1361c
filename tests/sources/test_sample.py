"""The samples: exact totals, the same bytes on every run, accepted by the gate to the last row."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from support.taken import Taken
from support.totals import (
    ACTIONS_2020_21,
    ASB_ACTIONS,
    ASB_CASES,
    CCTV_INCIDENTS,
    CONTACTS_2020_21,
    DISCS_2020_21,
    FIRE,
    FLY_TIPS,
    LAND,
    POLICE,
)

from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear
from sources.partners import source
from sources.sample import CANARY, write_samples
from sources.sample.files import QUARTERLY

pytestmark = pytest.mark.slow

YEARS = (FinancialYear(2019), FinancialYear(2020))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("samples")
    write_samples(made)
    return made


@pytest.fixture(scope="module")
def gates(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Taken]:
    archive = tmp_path_factory.mktemp("archive")
    return {path.name: Taken(path, archive) for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def frames(gates: dict[str, Taken]) -> dict[str, pd.DataFrame]:
    """All accepted rows by source, with their financial year (0 or 1)."""
    found = {}
    for code in {taken.code for taken in gates.values()}:
        frame = pd.concat([t.accepted for t in gates.values() if t.code == code])
        found[code] = frame.assign(year=(frame["month"] >= "2020-04-01").astype(int))
    return found


def both_years(marked: pd.Series, years: pd.Series) -> tuple[int, int]:
    by_year = marked.astype("int64").groupby(years).sum()
    return int(by_year.loc[0]), int(by_year.loc[1])


# --- the files ----------------------------------------------------------------------------


def test_there_is_a_file_a_quarter_of_each_source_and_a_street_file_a_month(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    forms = {name for name in names if name.startswith("partner-return-")}
    assert len(forms) == 9
    official = {name for name in names if name.startswith("official-")}
    assert len(official) == 2 * 2
    assert len(names) == 2 * (4 * len(QUARTERLY) + 12) + len(forms) + len(official)
    assert {
        "grant-spend-2020-21-q4-synthetic.csv",
        "police-crime-2020-21-q4-synthetic.csv",
        "asb-cases-2020-21-q4-synthetic.csv",
        "asb-actions-2020-21-q4-synthetic.xlsx",
        "hfrs-incidents-2020-21-q4-synthetic.xlsx",
        "cctv-log-2020-21-q4-synthetic.xlsx",
        "fly-tips-2020-21-q4-synthetic.ods",
        "2021-03-hertfordshire-street-synthetic.csv",
    } <= names


def test_paths_come_back_in_order_and_are_told_one_by_one(tmp_path: Path) -> None:
    told: list[Path] = []
    written = write_samples(tmp_path / "new" / "folder", YEARS[1:], on_file=told.append)
    assert told == written
    assert [path.name for path in written[: len(QUARTERLY) + 3]] == [
        "grant-spend-2020-21-q1-synthetic.csv",
        "police-crime-2020-21-q1-synthetic.csv",
        "asb-cases-2020-21-q1-synthetic.csv",
        "asb-actions-2020-21-q1-synthetic.xlsx",
        "hfrs-incidents-2020-21-q1-synthetic.xlsx",
        "cctv-log-2020-21-q1-synthetic.xlsx",
        "fly-tips-2020-21-q1-synthetic.ods",
        "2020-04-hertfordshire-street-synthetic.csv",
        "2020-05-hertfordshire-street-synthetic.csv",
        "2020-06-hertfordshire-street-synthetic.csv",
    ]


def test_the_same_seed_gives_the_same_bytes_whichever_years_are_written(
    folder: Path, tmp_path: Path
) -> None:
    for year in reversed(YEARS):
        write_samples(tmp_path, [year])
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in folder.iterdir()
    }


def test_another_seed_gives_other_rows(folder: Path, tmp_path: Path) -> None:
    alike = [
        path.name
        for path in write_samples(tmp_path, YEARS[1:], seed=7)
        if path.read_bytes() == (folder / path.name).read_bytes()
    ]
    # Stated figures are the published ones, whatever is drawn.
    stated = ("partner-return-", "official-fly-tips-")
    assert not [name for name in alike if not name.startswith(stated)]


def test_nothing_in_a_workbook_tells_when_it_was_written(folder: Path) -> None:
    for path in [*folder.glob("*.xlsx"), *folder.glob("*.ods")]:
        with zipfile.ZipFile(path) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_other_years_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"2019-20 and 2020-21.*asked for was 2021-22"):
        write_samples(tmp_path, [FinancialYear(2020), FinancialYear(2021)])
    assert not list(tmp_path.iterdir())


def test_every_file_says_that_it_is_synthetic(folder: Path) -> None:
    for path in folder.iterdir():
        assert "synthetic" in path.name
        inside = contents(path)
        if "street" in path.name:
            assert inside.startswith(
                b"Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
                b"LSOA name,Crime type,Last outcome category,Context\n"
            )
            assert b"On or near Synthetic Street" in inside
        else:
            assert b"SYNTHETIC SAMPLE DATA - " in inside


def test_the_assumed_total_of_cctv_is_said_to_be_one(folder: Path) -> None:
    said = {path.name: b"is an assumption" in contents(path) for path in folder.glob("cctv*")}
    assert {name for name, is_said in said.items() if is_said} == {
        f"cctv-log-2019-20-q{quarter}-synthetic.xlsx" for quarter in (1, 2, 3, 4)
    }


# --- the gate -----------------------------------------------------------------------------


def test_every_row_is_accepted_without_a_false_alarm(gates: dict[str, Taken]) -> None:
    of_rows = {name: list(taken.issues["rule"]) for name, taken in gates.items()}
    street = {name for name in gates if "street" in name}
    # As in the real street files, a few rows lie beyond the county, and that is told.
    assert {name for name, rules in of_rows.items() if rules} == street
    assert {rule for rules in of_rows.values() for rule in rules} == {"area-outside"}
    assert {len(of_rows[name]) for name in street} <= {5, 6}
    of_files = {
        name: {
            *(issue.rule for issue in (*taken.gate.file_issues, *taken.closing.file_issues)),
            *taken.closing.issues["rule"],
        }
        for name, taken in gates.items()
    }
    # All but the street files, which stand exactly as published, carry a notice above their rows;
    # on a partner's form it stands where every form has one.
    plain = street | {name for name in gates if name.startswith("partner-return")}
    due = {name: set() if name in plain else {"header-below"} for name in gates}
    # Official tables have other areas too; the Home Office's begins with its headings.
    due |= {name: {"rows-elsewhere"} for name in gates if name.startswith("official-crime")}
    due |= {
        name: {"header-below", "rows-elsewhere"}
        for name in gates
        if name.startswith("official-fly-tips")
    }
    assert of_files == due
    assert all(t.gate.read == t.gate.accepted == len(t.accepted) for t in gates.values())


def test_references_are_unique_over_the_whole_sample(frames: dict[str, pd.DataFrame]) -> None:
    for code, column in {
        "grant_spend": "payment_reference",
        "police_crime": "crime_reference",
        "asb_cases": "case_reference",
        "asb_actions": "action_reference",
        "hfrs_incidents": "incident_number",
        "cctv_log": "log_number",
        "fly_tips": "case_reference",
    }.items():
        assert frames[code][column].is_unique


def test_an_export_knows_nothing_that_happened_after_it_was_made(gates: dict[str, Taken]) -> None:
    """Actions against fly-tips were dated up to two months after the quarter of their export.

    An export is made three weeks after its quarter; what happened in these weeks, it may know.
    """
    late = {}
    for name, taken in gates.items():
        ended = pd.Timestamp(taken.gate.span.last.end)
        days = taken.accepted.select_dtypes("datetime").max().max()
        assert days < ended + pd.Timedelta(days=22), name
        late[taken.code] = late.get(taken.code, False) or days >= ended + pd.Timedelta(days=1)
    # An incident of the control room may end after the midnight at which its quarter does.
    assert {code for code, is_late in late.items() if is_late} == {
        "asb_cases", "cctv_log", "fly_tips",
    }  # fmt: skip


def test_the_canary_is_in_the_bytes_and_in_no_accepted_row(
    folder: Path, gates: dict[str, Taken]
) -> None:
    for path in folder.iterdir():
        accepted = gates[path.name].accepted
        # Neither a published file nor a form has a place for personal data.
        has_none = "street" in path.name or path.name.startswith("partner-return")
        assert (CANARY.encode() in contents(path)) != has_none
        for column in accepted.select_dtypes(["category", "str"]):
            texts = accepted[column].dropna().astype("str")
            assert not texts.str.contains(CANARY).any(), (path.name, column)


# --- the totals ---------------------------------------------------------------------------


@pytest.mark.parametrize("row", POLICE)
def test_police_table(frames: dict[str, pd.DataFrame], row: str) -> None:
    crimes = frames["police_crime"]
    counted = crimes["is_counted"].fillna(False)
    marked = {
        "all-crime": counted,
        "domestic-abuse": counted & crimes["is_domestic_abuse"],
        "residual": counted & crimes["report_row_code"].isna(),
    }.get(row, counted & crimes["report_row_code"].eq(row))
    assert both_years(marked, crimes["year"]) == POLICE[row]


@pytest.mark.parametrize(("where", "what"), FIRE)
def test_fire_table(frames: dict[str, pd.DataFrame], where: str, what: str) -> None:
    fires = frames["hfrs_incidents"].query("category_code == 'fire'")
    if where == "home":
        fires = fires[fires["lad_code"].eq(ST_ALBANS.district.code)]
    marked = {
        "deliberate": fires["motive_code"].eq("deliberate"),
        "primary": fires["fire_class_code"].eq("primary"),
        "injuries": fires["injury_count"],
    }[what]
    assert both_years(marked, fires["year"]) == FIRE[where, what]


def test_fires_overlap_and_other_incidents_hurt_people_too(frames: dict[str, pd.DataFrame]) -> None:
    incidents = frames["hfrs_incidents"]
    both = incidents["motive_code"].eq("deliberate") & incidents["fire_class_code"].eq("primary")
    assert min(both_years(both, incidents["year"])) > 100
    assert set(incidents["lad_code"].unique()) == set(ST_ALBANS.lad_codes)
    special = incidents[incidents["category_code"].eq("special_service")]
    assert special["injury_count"].sum() > 500
    hurt = incidents.query("category_code == 'fire' and injury_count > 0")
    assert (hurt["injury_count"] > 1).any()
    assert hurt["fire_class_code"].eq("primary").all()


def test_grant_totals(frames: dict[str, pd.DataFrame]) -> None:
    paid = frames["grant_spend"].query("year == 1")
    assert paid.groupby("project_code", observed=True)["spend_pence"].sum().to_dict() == {
        "kicks": 15_940_00,
        "your_voice": 500_00,
    }
    assert set(paid["funder_code"]) == {"commissioner", "council"}


def test_asb_case_totals(frames: dict[str, pd.DataFrame]) -> None:
    cases = frames["asb_cases"]
    assert both_years(cases["case_reference"].notna(), cases["year"]) == ASB_CASES
    assert both_years(cases["has_gone_to_trial"], cases["year"])[1] == 0
    assert cases["typology_code"].notna().all()
    # Neither typology follows from the other: every pair of the two occurs.
    assert len(cases.groupby(["typology_code", "police_type_code"], observed=True)) == 4 * 3
    assert cases["status_code"].eq("closed").equals(cases["closed_on"].notna())
    assert (cases["closed_on"] - cases["opened_on"]).dt.days.max() < 4 * 31


def test_asb_action_totals(frames: dict[str, pd.DataFrame]) -> None:
    actions = frames["asb_actions"]
    kind = actions["action_class_code"]
    is_action = kind.isin(["investigation", "enforcement"])
    assert both_years(is_action, actions["year"]) == ASB_ACTIONS
    assert both_years(kind.eq("safeguarding"), actions["year"])[1] == CONTACTS_2020_21
    # Twice a month.
    assert set(actions[kind.eq("marac")].groupby("month").size()) == {2}
    assert both_years(kind.eq("marac"), actions["year"]) == (24, 24)


def test_every_action_is_of_a_case_that_was_open(frames: dict[str, pd.DataFrame]) -> None:
    actions, cases = frames["asb_actions"], frames["asb_cases"].set_index("case_reference")
    of_cases = actions[actions["case_reference"].notna()]
    opened = of_cases["case_reference"].astype("str").map(cases["opened_on"])
    assert (of_cases["case_opened_on"] == opened).all()
    assert (of_cases["action_on"] >= opened).all()
    assert of_cases["case_reference"].duplicated().any()


def test_cctv_totals(frames: dict[str, pd.DataFrame]) -> None:
    log = frames["cctv_log"]
    assert both_years(log["log_number"].notna(), log["year"]) == CCTV_INCIDENTS
    assert both_years(log["disc_count"], log["year"])[1] == DISCS_2020_21
    assert (log["disc_count"] > 1).any()
    assert (log["started_at"].dt.date < log["ended_at"].dt.date).any()
    assert log["arrest_count"].sum() > 0


def test_fly_tip_totals(frames: dict[str, pd.DataFrame]) -> None:
    cases = frames["fly_tips"]
    for year, (total, land) in enumerate(zip(FLY_TIPS, LAND, strict=True)):
        found = cases[cases["year"] == year]
        assert len(found) == total
        assert found["land_type_code"].astype("str").value_counts().to_dict() == land
    now = cases[cases["year"] == 1]
    actions = now["action_code"].astype("str").value_counts()
    assert {code: actions.get(code, 0) for code in ACTIONS_2020_21} == ACTIONS_2020_21
    assert now["status_code"].eq("under_investigation").sum() == 120
    assert cases.query("year == 0")["action_code"].eq("prosecution").sum() >= 1
    assert cases["size_code"].isna().equals(cases["cleared_on"].isna())


# --- the form -----------------------------------------------------------------------------


def test_police_extract_has_what_makes_it_hard(frames: dict[str, pd.DataFrame]) -> None:
    crimes = frames["police_crime"]
    assert {"cancelled", "transferred"} <= set(crimes["status_code"])
    age = (crimes["recorded_on"] - crimes["committed_from_on"]).dt.days
    assert age.max() > 5 * 365
    nowhere = crimes["lsoa_code"].isna()
    assert 0.005 < nowhere.mean() < 0.02
    assert crimes.loc[nowhere, "easting_m"].isna().all()
    assert set(crimes["lad_code"].unique()) == {ST_ALBANS.district.code}


def test_restrictions_of_spring_2020_show(frames: dict[str, pd.DataFrame]) -> None:
    crimes = frames["police_crime"].query("is_counted == True")
    spring = crimes["month"].between("2020-04-01", "2020-06-01")
    share = {
        row: spring[crimes["report_row_code"].eq(row) & crimes["year"].eq(1)].mean()
        for row in ("theft-from-shop", "drug-offences")
    }
    assert share["theft-from-shop"] < 0.22
    assert share["drug-offences"] > 0.30


def test_street_files_are_like_the_real_ones(frames: dict[str, pd.DataFrame]) -> None:
    street = frames["street_crime"]
    here = street[street["lad_code"].eq(ST_ALBANS.district.code)]
    monthly = here.groupby("month").size()
    assert len(monthly) == 24
    assert monthly.between(700, 1010).all()
    is_asb = street["crime_type"].eq("Anti-social behaviour")
    assert 0.22 < is_asb.mean() < 0.28
    assert street["crime_type"].nunique() == 14
    assert street.loc[is_asb, ["crime_id", "last_outcome"]].isna().all(axis=None)
    transport = street["reported_by"].eq("British Transport Police")
    assert transport.any()
    assert street.loc[transport, "crime_id"].isna().all()
    assert street["crime_id"].dropna().is_unique
    assert is_asb[street.duplicated()].all()
    assert street.duplicated().groupby(street["month"]).any().all()
    nowhere = street["lsoa_code"].isna()
    assert 0.005 < nowhere.mean() < 0.02
    assert street.loc[nowhere, "location_name"].eq("No Location").all()
    assert set(ST_ALBANS.lad_codes) < set(street["lad_code"].dropna())


def test_headings_are_those_of_the_layouts(folder: Path) -> None:
    layout = source("police_crime").layouts[0]
    lines = (folder / "police-crime-2020-21-q4-synthetic.csv").read_text("utf-8").splitlines()
    headings = next(line for line in lines if line.startswith("Crime Reference,")).split(",")
    declared = [header for column in layout.columns for header in column.headers]
    assert headings == [*declared, *layout.left_out]


def contents(path: Path) -> bytes:
    """The bytes of a file; of a workbook, those of its parts."""
    if path.suffix == ".csv":
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())
