"""The form on which partners state figures: what is accepted, rejected and derived.

One row is one figure. Whose form it is, the first row says; every partner has its own measures.
"""
# ruff: noqa: E501 - the files are shown as they are

from dataclasses import replace

from openpyxl import load_workbook
from support.files import complete, xlsx_bytes
from support.post import Post, table

from schemas.areas import Area, home_of
from schemas.period import FinancialYear
from sources.form import write_form

USUAL = {
    "Partner": "Trading Standards",
    "Measure": "Successful interventions",
    "Area": "Hertfordshire",
    "Period": "Apr 2020 to Mar 2021",
    "Date": "",
    "Kind": "in the period",
    "Value": "5",
    "Numerator": "",
    "Denominator": "",
    "Qualifier": "",
    "Previous value": "",
    "What is counted": "",
}
YEAR = "partner-return-trading-2020-21.xlsx"


def form(rows: str, **usual: str) -> bytes:
    return xlsx_bytes(complete(rows, USUAL | usual))


HEALTH = {"Partner": "Health", "Measure": "thrive-mental-health-percent", "Area": "locality"}


def test_a_filled_form(post: Post):
    got = post.send(
        YEAR,
        form("""
        Measure                                    | Period               | Date       | Kind                       | Value | Qualifier
        Successful interventions                   | Apr to Jun 2020      |            | in the period              | 2     |
        trading-standards-interventions            | 2020-21              |            | flow                       | 5     |
        Money stopped from going to rogue traders  | Apr 2020             |            | in the period              | 85,500 | more than
        Call blockers installed                    | to date              | 2021-03-31 | running total to a date    | 34    | Estimate
        """),
    )
    assert got.span.label == "Apr 2020 to Mar 2021"
    assert (got.read, got.rejected) == (4, [])
    assert got.shows(
        "month measure_code area_code period_code as_at_on value qualifier_code"
    ) == table("""
        2020-06 | trading-standards-interventions | E10000015 | 2020-21-Q1    | -          | 2     | -
        2021-03 | trading-standards-interventions | E10000015 | 2020-21       | -          | 5     | -
        2020-04 | rogue-trader-money-stopped      | E10000015 | 2020-04-01    | -          | 85500 | more_than
        2021-03 | call-blockers                   | E10000015 | at 2021-03-31 | 2021-03-31 | 34    | estimated
    """)


def test_a_partnerships_own_areas_are_read_by_the_names_that_its_form_offers(post: Post):
    """The form of another partnership listed its locality, and the filled form was rejected."""
    bristol = home_of("E06000023")
    assert bristol is not None
    home = replace(
        bristol,
        health=Area("E54000039", "NHS Bristol & Somerset"),
        locality=Area("L00000002", "Bristol's inner city & east"),
    )
    got = post.send(
        "partner-return-health-2020-21.xlsx",
        form(
            """
        Measure          | Area                          | Period           | Date       | Kind  | Value
        thrive-patients  | Bristol's inner city & east   | Apr to Jun 2020  |            | flow  | 12
        thrive-patients  | locality                      | Jul to Sep 2020  |            | flow  | 12
        respiratory-hubs | NHS Bristol & Somerset        | at a date        | 2021-03-31 | stock | 2
        """,
            Partner="Health",
        ),
        home,
    )
    assert (got.rejected, got.issues) == ([], [])
    assert [line[0] for line in got.shows("area_code")] == ["L00000002", "L00000002", "E54000039"]


def test_a_form_offers_a_district_that_is_its_own_county_once(tmp_path):
    """Bristol stood there as district, as county, and as "Bristol, City of"."""
    bristol = home_of("E06000023")
    assert bristol is not None
    write_form(tmp_path / "form.xlsx", bristol, [FinancialYear(2020)])
    cells = [c.value for row in load_workbook(tmp_path / "form.xlsx")["Lists"] for c in row]
    assert [text for text in cells if "Bristol" in str(text)] == ["Bristol"]
    assert [text for text in cells if "St Albans" in str(text)] == []


def test_what_is_rejected(post: Post):
    got = post.send(
        YEAR,
        form("""
        Measure                  | Area       | Period               | Date       | Kind          | Value | Qualifier
        Successful interventions | St Albnas  |                      |            | in the period | five  | roughly 5
        Thrive patients          |            | Apr to Jun 2020      | 2020-06-30 |               |       |
        Successful interventions | East of England | May to Jul 2020 |            | in the period | 5     |
        Call blockers installed  | Hertfordshire | Jan to Mar 2021   |            | running total to a date | 34 |
        Successful interventions | Hertfordshire | at a date         | 2021-03-31 | at a date     | 5     |
        Successful interventions | Hertfordshire | Apr 2021          |            | in the period | 5     |
        Successful interventions | Hertfordshire | Jul to Sep 2020   |            | in the period | -5    |
        Successful interventions | Hertfordshire | Apr to Sep 2020   |            | in the period | 5     |
        Successful interventions | Hertfordshire | Oct to Dec 2020   |            | in the period | 5     |
        """),
    )
    assert got.issues == [
        "row 2: area_code area-unknown",
        "row 2: period_code value-missing",
        "row 2: qualifier_code word-unknown",
        "row 2: value number-unreadable",
        "row 3: area_code value-missing",
        "row 3: kind_code value-missing",
        "row 3: measure_code word-unknown",
        "row 3: period_code period-unreadable",
        "row 3: value value-missing",
        "row 4: period_code period-unreadable",
        "row 5: kind-without-its-period",
        "row 6: kind-not-of-measure",
        "row 7: ends_on outside-months",
        "row 8: value value-too-low",
        "row 9: period_code period-unreadable",
    ]
    assert got.shows("row period_code") == table("10 | 2020-21-Q3")


def test_a_figure_that_stands_twice(post: Post):
    got = post.send(
        YEAR,
        form("""
        Period          | Value
        Apr to Jun 2020 | 2
        2020-21-Q1      | 3
        Jul to Sep 2020 | 4
        Jul to Sep 2020 | 4
        """),
    )
    assert got.issues == ["row 2: key-conflict", "row 3: key-conflict", "row 5: row-repeated"]
    assert got.shows("row value") == table("4 | 4")


def test_a_percentage_is_its_numerator_of_its_denominator_or_is_said_alone(post: Post):
    got = post.send(
        "partner-return-health-2020-21.xlsx",
        form(
            """
            Period   | Value | Numerator | Denominator
            Apr 2020 | 96    |           |
            May 2020 | 96    | 231       | 241
            Jun 2020 | 97    | 231       | 241
            Jul 2020 | 96    | 231       |
            Aug 2020 | 101   |           |
            Sep 2020 | 100   | 7         | 7
            """,
            **HEALTH,
        ),
    )
    assert got.issues == [
        "row 4: percent-differs",
        "row 5: percent-differs",
        "row 6: percent-too-high",
    ]
    assert got.shows("row area_code") == table("""
        2 | L00000001
        3 | L00000001
        7 | L00000001
    """)


def test_a_form_is_one_partners_own(post: Post):
    """Keeps away: a form that replaces what another partner has stated."""
    got = post.send(YEAR, form("Partner\nTrading Standards\nHealth"))
    assert got.issues == ["row 3: reporter_code word-unknown"]
    assert post.refused(YEAR, form("Partner\nFriends of the park")) == ["Partner: reporter-unknown"]
    assert post.refused(YEAR, form("Partner")) == ["form-empty"]
    assert post.refused("partner-return.xlsx", form("Value\n5")) == ["months-unknown"]


def test_the_blank_form_fits_once_it_is_filled_in_and_no_sheet_of_it_is_hidden(
    post: Post, tmp_path
):
    from openpyxl import load_workbook

    from schemas.areas import ST_ALBANS
    from schemas.period import FinancialYear
    from sources.form import write_form

    path = tmp_path / "form.xlsx"
    write_form(path, ST_ALBANS, [FinancialYear(2020)])
    assert post.refused(YEAR, path.read_bytes()) == ["form-empty"]
    book = load_workbook(path)
    assert [sheet.sheet_state for sheet in book] == ["visible"] * 3
    assert book.properties.language == "en-GB"
    assert book.properties.title
    rules = {
        str(v.sqref).split(":")[0]: v.type for v in book["Figures"].data_validations.dataValidation
    }
    assert rules == {
        "A2": "list", "B2": "list", "C2": "list", "D2": "list", "E2": "date", "F2": "list",
        "G2": "whole", "H2": "whole", "I2": "whole", "J2": "list", "K2": "whole",
        "L2": "textLength",
    }  # fmt: skip
    for place, value in {
        "A2": "Health",
        "B2": "Respiratory hubs",
        "C2": "Herts Valleys CCG",
        "D2": "at a date",
        "F2": "at a date",
        "G2": 2,
    }.items():
        book["Figures"][place] = value
    from datetime import date

    book["Figures"]["E2"] = date(2021, 3, 31)
    book.save(path)
    got = post.send("partner-return-health-2020-21.xlsx", path.read_bytes())
    assert (got.read, got.issues, got.file_issues) == (1, [], [])
    assert got.shows("measure_code period_code value") == table(
        "respiratory-hubs | at 2021-03-31 | 2"
    )
