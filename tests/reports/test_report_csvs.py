"""The tidy CSV: its columns are a contract with whatever tool reads it."""

import csv
import io

from reports.formats.csvs import to_csv
from reports.tables import FIRE, POLICE
from schemas.period import FinancialYear, Quarter

YEAR = FinancialYear(2020)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_columns_are_the_contract(shelf):
    first, *_ = to_csv(shelf.fill(POLICE, YEAR)).split("\n")
    assert first == (
        "table,measure,label,area_code,area_name,period,period_label,value,mark,previous,"
        "previous_mark,change,percent_change,percent_mark,change_mark,role,note,"
        "qualifier,as_at,previous_qualifier,previous_as_at,unit"
    )


def test_a_line_says_all_that_its_figures_are(shelf):
    violence, nothing = "violence-against-the-person", (0,) * 11
    shelf.set(violence, since_2019_04=(2597, *nothing), since_2020_04=(2583, *nothing))
    text = to_csv(shelf.fill(POLICE, YEAR))
    assert text.split("\n")[2] == (
        "police-recorded-crime,violence-against-the-person,Violence against the person,E07000240,"
        "St Albans,2020-21,Apr 2020 to Mar 2021,2583,,2597,,-14,-0.5,,,part,,,,,,recorded crimes"
    )


def test_marks_stand_in_columns_of_their_own_and_figures_are_plain(shelf):
    shelf.set("robbery", since_2019_04=(0,) * 12, since_2020_04=(100,) * 12)
    shelf.set("drug-offences", since_2020_04=(1,) * 12)
    shelf.set("all-crime", since_2019_04=(10**5,) * 12, since_2020_04=(10**5,) * 11 + (99_999,))
    got = {row["measure"]: row for row in rows(to_csv(shelf.fill(POLICE, YEAR)))}

    def figures(measure: str) -> list[str]:
        return list(got[measure].values())[7:15]

    # value, mark, previous, previous_mark, change, percent_change, percent_mark, change_mark
    assert figures("all-crime") == ["1199999", "", "1200000", "", "-1", "0.0", "low", ""]
    assert figures("robbery") == ["1200", "", "0", "", "1200", "", "z", ""]
    assert figures("drug-offences") == ["12", "", "", "x", "", "", "x", "x"]
    assert figures("theft-from-shop") == ["", "x", "", "x", "", "", "x", "x"]


def test_a_quarter_has_a_line_for_itself_and_one_for_the_year_to_date(shelf):
    shelf.set("robbery", since_2020_04=(1, 2, 4, 8, 16, 32))
    text = to_csv(shelf.fill(POLICE, Quarter(2020, 2)))
    got = [
        (row["period"], row["period_label"], row["value"])
        for row in rows(text)
        if row["measure"] == "robbery"
    ]
    assert got == [
        ("2020-21-Q2", "Jul to Sep 2020", "56"), ("2020-21-Q2-YTD", "Apr to Sep 2020", "63"),
    ]  # fmt: skip


def test_every_figure_has_the_code_of_its_area(shelf):
    got = rows(to_csv(shelf.fill(FIRE, YEAR)))
    assert [(row["area_code"], row["area_name"]) for row in got] == (
        [("E10000015", "Hertfordshire")] * 3
        + [("E07000240", "St Albans")] * 3
        + [("R07000240", "Rest of Hertfordshire")] * 3
    )


def test_the_text_is_whole_lines_and_the_same_every_time(shelf):
    filled = shelf.fill(FIRE, YEAR)
    text = to_csv(filled)
    assert text == to_csv(filled)
    assert text.endswith("\n")
    assert "\r" not in text
    assert len(text.splitlines()) == 1 + 9
