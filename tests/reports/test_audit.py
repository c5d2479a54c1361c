"""`csp audit` without a warehouse: the small tables that it reads, and what it finds in them.

Figures are those of the partnership's annual report of 2020-21, as it printed them.
"""

import csv
import io
import os
from pathlib import Path

import pytest

from reports.audit.checks import Finding, check_table
from reports.audit.layout import NotUnderstood, as_span, read_layout
from reports.audit.printed import Qualifier, read_printed
from reports.audit.stored import hold_against
from schemas.areas import ST_ALBANS
from schemas.period import Month, Span, parse_year

PUBLISHED = Path(os.environ.get("CSP_REALDATA") or "nowhere").parent / "published"

AS_PRINTED = """
    ,April 2020 – March 2021,April 2019 – March 2020,% Change,Numerical Change
    All Crime,7846,8876,-11.6%,-1030
    Violence Against Person,2583,2597,0.5,-14
    Domestic Abuse Crime,1182,1184,- 0.2%,- 2
    Burglary Residential,281,462,- 39.2%,- 181
    Burglary Business & Community,135,206,- 34.5%,- 71
    Vehicle Offences,851,1040,- 18.2%,- 189
    Theft From Person,64,134,- 52.2%,- 70
    Robbery,51,86,- 40.7%,- 35
    Criminal Damage,758,932,- 18.7%,- 174
    Drug Offences,331,236,+ 40.3%,+ 95
    Theft From Shop,916,997,-8.1%,- 81
    Possession of weapons,48,76,- 36.8%,- 28
"""
FIRE_AS_PRINTED = """
    ,Deliberate Fires April 2020 - March 2021,Primary Fires April 2020 - March 2021,Fire Injuries April 2019 - March 2020
    Hertfordshire,- 6% (1103 to 1032),- 15 (1328 to 1130),- 51% (83 to 41)
    St Albans,- 1% (99 to 98),- 13% (157 to 137),Fallen (6 to 4)
"""  # noqa: E501 - one row of headings


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(line.strip() for line in text.strip().splitlines()))


def audited(text: str) -> list[Finding]:
    return check_table(read_layout(rows(text)))


def faults(text: str) -> list[tuple[int, str, str, str]]:
    """Row, rule, what is published and what follows, of each fault."""
    return [
        (f.place.row, f.code, f.published, f.follows) for f in audited(text) if not f.rule.is_remark
    ]


# --- the report's own tables -------------------------------------------------------------------


def test_the_police_table_as_it_was_printed():
    """I01: 0.5 beside -14. I05: eleven rows that do not reach all crime. All else is right."""
    assert faults(AS_PRINTED) == [
        (2, "parts-miss-total", "7846", "10 parts add up to 6,018: 1,828 are not accounted for"),
        (2, "parts-miss-total", "8876", "10 parts add up to 6,766: 2,110 are not accounted for"),
        (3, "sign-wrong", "0.5", "-0.5%"),
        (3, "unit-missing", "0.5", "-0.5%"),
    ]


def test_the_fire_table_as_it_was_printed():
    """I02: a column headed with the year before. I03: no % sign. I04: a word for a number."""
    heading = "Fire Injuries April 2019 - March 2020"
    assert faults(FIRE_AS_PRINTED) == [
        (1, "period-mixed", "Apr 2019 to Mar 2020", "Apr 2020 to Mar 2021"),
        (2, "unit-missing", "- 15 (1328 to 1130)", "-15%"),
        (3, "word-for-number", "Fallen (6 to 4)", "-33.3% (-2)"),
    ]
    mixed = audited(FIRE_AS_PRINTED)[0]
    assert (mixed.place.heading, mixed.label) == (heading, heading)


def test_actions_that_do_not_reach_their_total():
    """I07: 1,508 + 34 + 10 + 4 + 6 are 1,562, and 1,571 was printed."""
    table = """
        measure,value,previous,% change
        Investigation actions,1508,,
        Perpetrator warnings served,34,,
        Tenancy actions,10,,
        Closure orders,4,,
        Injunctions,6,,
        Total actions completed,1571,907,73%
    """
    assert faults(table) == [
        (7, "parts-miss-total", "1571", "5 parts add up to 1,562: 9 are not accounted for")
    ]


def test_a_residual_row_and_a_flag_that_is_no_part_end_the_fault():
    table = f"{AS_PRINTED.rstrip()}\n    Other crime,1828,2110,-13.4%,-282\n"
    assert "parts-miss-total" not in {code for _, code, _, _ in faults(table)}


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="CSP_REALDATA has no folder `published` beside")
def test_the_published_strings_of_the_whole_report():
    """I01, I03, I04, I05 and I07 are found, and nothing else is; I02 was put right in that file."""
    text = (PUBLISHED / "annual_report_2020_21.csv").read_text(encoding="utf-8")
    found = check_table(read_layout(list(csv.reader(io.StringIO(text)))))
    assert [(f.place.row, f.code) for f in found if not f.rule.is_remark] == [
        (2, "parts-miss-total"), (2, "parts-miss-total"),
        (3, "sign-wrong"), (3, "unit-missing"),
        (15, "unit-missing"),
        (19, "word-for-number"),
        (43, "parts-miss-total"),
    ]  # fmt: skip
    assert [(f.place.row, f.code) for f in found if f.rule.is_remark] == [
        (2, "number-form"), (20, "number-form"), (47, "not-checked"), (58, "period-unclear"),
    ]  # fmt: skip


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="CSP_REALDATA has no folder `published` beside")
def test_the_tables_above_are_the_published_ones():
    """What is written here by hand, cell by cell, stands in the report's text."""
    text = (PUBLISHED / "annual_report_2020_21.txt").read_text(encoding="utf-8")
    printed = {tuple(line.rstrip().split("\t")) for line in text.splitlines()}
    assert {tuple(row) for row in (*rows(AS_PRINTED), *rows(FIRE_AS_PRINTED))} <= printed


# --- each rule ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("A,110,100,10%,+10", []),
        ("A,110,100,+10.0%,10", []),
        ("A,90,100,-10%,-10", []),
        ("A,90,100,\u2212 10.0%,\u2212 10", []),
        ("A,100,100,0%,0", []),
        ("A,1001,1000,0.1%,1", []),
        ("A,9999,10000,0.0% [low],-1", []),
        ("A,5,0,[z],5", []),
        ("A,12,8,[u],+4", []),
        ("A,[x],8,[x],[x]", []),
        ("A,578,458,26%,", []),
        ("A,41,83,over 50%,", []),
        ("A,41,83,a fall of nearly 51%,", []),
        ("A,41,83,about 50%,", []),
        ("A,90,100,10%,-10", [("sign-wrong", "-10%")]),
        ("A,90,100,-10%,10", [("sign-wrong", "-10")]),
        ("A,110,100,-10%,+10", [("sign-wrong", "+10%")]),
        ("A,90,100,-11%,-10", [("percent-wrong", "-10%")]),
        ("A,41,83,over 51%,", [("percent-wrong", "-50.6%")]),
        ("A,41,83,nearly 60%,", [("percent-wrong", "-50.6%")]),
        ("A,41,83,a rise of over 50%,", [("sign-wrong", "-51%")]),
        ("A,90,100,-10%,-11", [("change-wrong", "-10")]),
        ("A,5,0,100%,5", [("percent-from-zero", "[z]")]),
        ("A,90,100,Fallen,-10", [("word-for-number", "-10.0% (-10)")]),
        ("A,90,100,-10%,Fewer", [("word-for-number", "-10")]),
        ("A,Several,100,,", [("word-for-number", "a number")]),
    ],
)  # fmt: skip
def test_one_row(row: str, found: list[tuple[str, str]]):
    table = f"label,this,previous,percent change,change\n{row}"
    assert [(code, follows) for _, code, _, follows in faults(table)] == found


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [("1005", "1000", "0.5%"), ("2001", "2000", "0.1%"), ("9995", "10000", "-0.1%")],
)
def test_a_half_is_rounded_away_from_zero(now, before, percent):
    """2,001 from 2,000 is 0.05%: 0.1 by the declared rule, 0.0 by Python's own rounding."""
    assert faults(f"label,this,previous,percent change\nA,{now},{before},{percent}") == []


def test_an_amount_without_its_unit():
    table = "label,unit,value,value as published\nKicks,GBP,15940,15940\nPacks,GBP,500,£ 500"
    assert faults(table) == [(2, "unit-missing", "15940", "£15940")]


def test_percentages_without_any_sign_under_a_heading_that_has_it_are_right():
    assert faults("label,this,previous,% change\nA,90,100,-10.0\nB,80,100,-20.0") == []


def test_a_total_that_the_table_declares():
    table = """
        label,this,previous,part of
        Everything,12,9,
        One,5,4,Everything
        Two,6,5,Everything
    """
    assert faults(table) == [
        (2, "parts-miss-total", "12", "2 parts add up to 11: 1 is not accounted for")
    ]


def test_parts_with_a_mark_are_not_added_up():
    table = "label,this,part of\nEverything,12,\nOne,[c],Everything\nTwo,6,Everything"
    assert faults(table) == []


def test_a_row_under_another_period_than_its_siblings():
    table = """
        label,period,previous period,value,previous
        A,Apr 2020 to Mar 2021,Apr 2019 to Mar 2020,10,12
        B,Apr 2020 to Mar 2021,Apr 2019 to Mar 2020,10,12
        C,Apr 2019 to Mar 2020,Apr 2018 to Mar 2019,10,12
        D,Apr 2020 to Mar 2021,Apr 2018 to Mar 2019,10,12
    """
    assert faults(table) == [
        (4, "period-mixed", "Apr 2019 to Mar 2020", "Apr 2020 to Mar 2021"),
        (5, "period-not-year-before", "Apr 2018 to Mar 2019", "Apr 2019 to Mar 2020"),
    ]


def test_the_same_rows_for_a_quarter_and_a_year_to_date_are_no_mixture():
    table = "label,period,value\nA,2020-21-Q4,1\nA,2020-21-Q4-YTD,4\nB,2020-21-Q4,1\n"
    assert faults(f"{table}B,2020-21-Q4-YTD,4") == []


def test_a_first_quarter_and_its_year_to_date_are_not_added_together():
    """Both are April to June: all tables of such a pack were said to have parts too many."""
    lines = [
        f"{label},{period},{value},{parent}"
        for label, value, parent in (("All", 5, ""), ("A", 2, "All"), ("B", 3, "All"))
        for period in ("2020-21-Q1", "2020-21-Q1-YTD")
    ]
    assert faults("\n".join(["label,period,value,part of", *lines])) == []
    lines[-1] = "B,2020-21-Q1-YTD,4,All"
    assert faults("\n".join(["label,period,value,part of", *lines])) == [
        (3, "parts-miss-total", "5", "2 parts add up to 6: 1 too many")
    ]


def test_titles_may_stand_above_the_headings_and_rows_keep_their_numbers():
    table = "Police recorded crime,,\n,,\nlabel,this,previous,percent change\nA,90,100,10%"
    assert faults(table) == [(4, "sign-wrong", "10%", "-10%")]


def test_ways_of_writing_numbers_are_a_remark():
    table = 'label,this,previous\nA,7846,"25,000"\nB,1000,900'
    (remark,) = audited(table)
    assert remark.code == "number-form"
    assert remark.follows == (
        "1 figure with a comma between thousands and 2 figures without a comma between thousands"
    )


def test_a_percentage_without_its_figures_is_a_remark():
    """I09: "a decrease of nearly 30%" of a figure that was not printed."""
    (remark,) = audited("measure,value,% change\nIncidents,2601,a decrease of nearly 30%")
    assert (remark.code, remark.rule.is_remark) == ("not-checked", True)


def test_a_flow_without_a_readable_period_is_a_remark():
    """I11, I17: "last year", and figures of a day that is not said."""
    (remark,) = audited("measure,kind,period,value\nInterventions,flow,last year,5")
    assert (remark.code, remark.published) == ("period-unclear", "last year")


def test_a_file_with_other_columns_is_told_what_is_expected():
    with pytest.raises(NotUnderstood, match="needs a column of labels"):
        read_layout(rows("name,number\nA,1"))


# --- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("7,846", "7846", ""), ("- 39.2%", "-39.2", ""), ("£ 500", "500", ""),
        ("more than £85,500", "85500", "over"), ("over 1,100", "1100", "over"),
        ("a decrease of nearly 30%", "30", "nearly"), ("310 dvds", "310", ""),
        ("Fallen", None, ""), ("8 - 18", None, ""), ("Y6, Y9 and Y12", None, ""),
        ("Y6", None, ""), ("12 [r]", "12", ""), ("[c]", None, ""), ("", None, ""),
    ],
)  # fmt: skip
def test_a_figure_as_it_is_printed(text, value, qualifier):
    said = read_printed(text)
    assert said.value == (None if value is None else read_printed(value).value)
    assert said.value is None or str(said.value) == value
    assert said.qualifier is Qualifier(qualifier)


@pytest.mark.parametrize(
    "text", ["Apr 2020 to Mar 2021", "April 2020 – March 2021", "2020-21", "2020 -21", "2020/21",
             "2020-04-01/2021-03-31"],
)  # fmt: skip
def test_a_year_as_it_is_printed(text):
    assert as_span(text) == parse_year("2020-21").span


# --- the warehouse -----------------------------------------------------------------------------

STORED = {
    ("robbery", "E07000240", Span(Month(2020, 4), Month(2021, 3))): 51,
    ("robbery", "E07000240", Span(Month(2019, 4), Month(2020, 3))): 86,
    ("primary-fires", "E10000015", Span(Month(2020, 4), Month(2021, 3))): 1130,
}


def test_figures_are_held_against_the_warehouse_and_what_cannot_be_is_counted():
    table = """
        measure,area,period,value,previous
        Robbery,St Albans district (E07000240),2020-21,52,86
        Primary fires,Hertfordshire,2020-21,1130,
        Cadets,St Albans,2020-21,30,
        Robbery,Elsewhere,2020-21,5,
        Robbery,St Albans,at publication,5,
        Drug offences,St Albans,2020-21,331,
    """
    compared = hold_against(
        read_layout(rows(table)), lambda *key: STORED.get(key), ST_ALBANS,
        {"E07000240": "St Albans", "E10000015": "Hertfordshire"}, None,
    )  # fmt: skip
    assert compared.compared == 3
    assert [(f.place.row, f.published, f.follows) for f in compared.findings] == [
        (2, "52", "51 (robbery, St Albans, Apr 2020 to Mar 2021)")
    ]
    assert compared.not_compared == {
        "no measure has its name": 1, "no area has its name": 1, "its period is not known": 1,
        "the warehouse has no figure for it": 1,
    }  # fmt: skip
