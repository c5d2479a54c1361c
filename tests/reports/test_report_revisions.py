"""What changed since it was published: which figures, from what to what, and why."""

import csv
import io
from datetime import datetime

import pytest
from sqlalchemy import insert, select, update
from support.page import read

from reports.cells import Mark
from reports.document import Document
from reports.formats.csvs import revisions_csv
from reports.formats.html import render
from reports.pack import Pack
from reports.revisions import Revision
from reports.sections import revisions_section
from reports.tables import GRANTS, POLICE
from schemas.areas import ST_ALBANS, Area
from schemas.period import FinancialYear, Month, Quarter
from warehouse.tables import DELIVERY, HOLD, MEASURE_MONTH

YEAR, Q1, Q2 = FinancialYear(2020), Quarter(2020, 1), Quarter(2020, 2)
MAY, LATER = Month(2020, 5), datetime(2021, 5, 31, 9)
DISTRICT = ST_ALBANS.district


def publish(shelf, period) -> Pack:
    return shelf.publish(period, tables=(POLICE,))


def draft(shelf, period) -> Pack:
    return shelf.draft(period, tables=(POLICE,))


def told(pack: Pack) -> list[tuple]:
    return [(r.measure, r.period, r.was, r.now, r.release) for r in pack.edition.revisions]


def replaced(shelf, value: int | None, file_name: str, month: Month = MAY, **counts: int) -> int:
    """Have a delivery replace the robberies of a month; None takes them away."""
    shelf.receive("police_crime", Q1.span, file_name)
    with shelf.engine.begin() as conn:
        number = (
            conn.execute(select(DELIVERY.c.id).order_by(DELIVERY.c.id.desc())).scalars().first()
        )
        given = {"rows_new": 0, "rows_changed": 0, "rows_vanished": 0} | counts
        conn.execute(update(DELIVERY).where(DELIVERY.c.id == number).values(**given))
        m = MEASURE_MONTH.c
        current = (m.measure_code == "robbery", m.month == month.start, m.superseded_by.is_(None))
        conn.execute(update(MEASURE_MONTH).where(*current).values(superseded_by=number))
        if value is not None:
            conn.execute(
                insert(MEASURE_MONTH).values(
                    measure_code="robbery", area_code=DISTRICT.code, month=month.start,
                    quarter_code=month.quarter.code, year_code=month.financial_year.code,
                    value=value, delivery_id=number,
                )
            )  # fmt: skip
    return number


def corrected_by_hand(shelf, value: int) -> None:
    """Change a stored figure as a new program would: no delivery has anything to do with it."""
    m = MEASURE_MONTH.c
    with shelf.engine.begin() as conn:
        conn.execute(
            update(MEASURE_MONTH)
            .where(m.measure_code == "robbery", m.month == MAY.start)
            .values(value=value)
        )


# --- which ------------------------------------------------------------------------------------


def test_nothing_is_revised_at_first_and_all_that_moved_is_afterwards(shelf):
    shelf.set("robbery", since_2019_04=(9,) * 12, since_2020_04=(4,) * 12)
    assert told(publish(shelf, Q1)) == []
    number = replaced(shelf, 6, "again.csv", rows_new=2)
    again = publish(shelf, Q1)
    assert told(again) == [("robbery", Q1.code, 12, 14, 1)]
    assert again.edition.revisions[0].deliveries == (number,)
    (line,) = [x for table in again.tables for x in table.lines if x.measure.code == "robbery"]
    quarter, to_date = line.comparisons
    assert quarter.value.marks == to_date.value.marks == (Mark.REVISED,)
    assert [cell.marks for cell in quarter.cells[1:]] == [(), (), (Mark.UNRELIABLE,)]


def test_a_figure_of_the_year_before_is_marked_in_its_own_column(shelf):
    shelf.set("robbery", since_2020_04=(4,) * 12, since_2021_04=(5,) * 3)
    publish(shelf, Q1)
    replaced(shelf, 6, "again.csv", rows_new=2)
    pack = publish(shelf, Quarter(2021, 1))
    (line,) = [x for table in pack.tables for x in table.lines if x.measure.code == "robbery"]
    value, previous, *_ = line.comparisons[0].cells
    assert (value.marks, previous.marks) == ((), (Mark.REVISED,))


def test_what_was_not_known_is_revised_when_it_is_and_the_other_way_round(shelf):
    shelf.set("robbery", since_2020_04=(4, 4))
    publish(shelf, Q1)
    replaced(shelf, 1, "june.csv", Month(2020, 6), rows_new=1)
    assert told(publish(shelf, Q1)) == [("robbery", Q1.code, None, 9, 1)]
    replaced(shelf, None, "blank.csv", rows_changed=4)
    pack = publish(shelf, Q1)
    assert told(pack) == [("robbery", Q1.code, 9, None, 2)]
    page = (pack.folder / "index.html").read_text(encoding="utf-8")
    assert ">[x][r]</td>" in page
    csv_text = (pack.folder / "tables/police-recorded-crime.csv").read_text(encoding="utf-8")
    assert "2020-21-Q1,Apr to Jun 2020,,x r,,x,,,x" in csv_text


def test_the_year_tells_of_each_quarter_that_was_published_but_no_month(shelf):
    shelf.set("robbery", since_2020_04=(4,) * 12)
    publish(shelf, Q1)
    publish(shelf, Q2)
    replaced(shelf, 5, "again.csv", rows_new=1)
    assert told(publish(shelf, YEAR)) == [
        ("robbery", "2020-21-Q1", 12, 13, 1),
        ("robbery", "2020-21-Q2-YTD", 24, 25, 2),
    ]
    # Told of until those packs are published again, and printed nowhere with a mark.
    assert told(publish(shelf, Q2)) == [
        ("robbery", "2020-21-Q1", 12, 13, 1),
        ("robbery", "2020-21-Q2-YTD", 24, 25, 2),
    ]


def test_a_budget_of_an_earlier_quarters_pack_is_not_revised_by_the_next_one(shelf):
    """Keeps away: budgets, which are no sum of months, were told as revised to [x] later on."""
    all_granted = ("grant-budget", "grant-budget-your-voice", "grant-budget-from-council")

    def granted(*packs: Quarter, pence: int) -> None:
        for measure in all_granted:
            shelf.state(measure, *(pack.year_to_date for pack in packs), value=pence)

    granted(Q1, Q2, Quarter(2020, 3), Quarter(2020, 4), pence=75_000)
    first = shelf.publish(Q1, tables=GRANTS)
    assert first.edition.figures["grant-budget", DISTRICT.code, Q1.code] == 75_000
    for period in (Q2, YEAR, Q1):
        assert told(shelf.publish(period, tables=GRANTS)) == []
    granted(Q1, pence=80_000)
    assert told(shelf.publish(Q2, tables=GRANTS)) == []
    assert told(shelf.publish(Q1, tables=GRANTS)) == [
        (measure, Q1.code, 75_000, 80_000, 1) for measure in all_granted
    ]


def test_a_figure_that_came_back_is_as_it_was_published(shelf):
    shelf.set("robbery", since_2020_04=(4,) * 12)
    first = publish(shelf, Q1)
    replaced(shelf, 6, "again.csv", rows_new=2)
    replaced(shelf, 4, "and again.csv", rows_vanished=2)
    again = publish(shelf, Q1)
    assert (again.is_new, again.edition) == (False, first.edition)


# --- why --------------------------------------------------------------------------------------


def why(pack: Pack) -> str:
    (revision,) = pack.edition.revisions
    return revision.why


def test_the_reason_names_the_files_and_what_became_of_their_records(shelf):
    shelf.set("robbery", since_2020_04=(4,) * 12)
    publish(shelf, Q1)
    replaced(shelf, 6, "a.csv", rows_new=1200, rows_changed=1, rows_vanished=3)
    assert why(draft(shelf, Q1)) == (
        "a.csv, received 9 Apr 2021: 1 record changed, 3 records no longer there and 1,200 records "
        "new"
    )
    for name in ("b.csv", "c.csv"):
        replaced(shelf, 7 if name == "b.csv" else 8, name)
    publish(shelf, Q1)
    replaced(shelf, 9, "d.csv", rows_new=1)
    assert why(draft(shelf, Q1)) == "d.csv, received 9 Apr 2021: 1 record new"


def test_of_many_files_three_are_named(shelf):
    shelf.set("robbery", since_2020_04=(4,) * 12)
    publish(shelf, Q1)
    for value, name in enumerate(("a.csv", "b.csv", "c.csv", "d.csv", "e.csv"), start=5):
        replaced(shelf, value, name, rows_new=1)
    assert why(draft(shelf, Q1)).endswith(
        "c.csv, received 9 Apr 2021: 1 record new; and 2 more files"
    )


def test_a_file_whose_records_are_the_same_says_so(shelf):
    shelf.set("robbery", since_2020_04=(4,) * 12)
    publish(shelf, Q1)
    replaced(shelf, 5, "a.csv")
    assert why(draft(shelf, Q1)) == (
        "a.csv, received 9 Apr 2021: its records are the same, its figures were worked out anew"
    )


def test_where_no_file_explains_it_the_program_does(shelf):
    shelf.set("robbery", since_2020_04=(4,) * 12)
    publish(shelf, Q1)
    corrected_by_hand(shelf, 5)
    assert why(draft(shelf, Q1)) == "worked out anew by csp 1.2.3"


@pytest.mark.parametrize("source", ["police_crime", "cctv_log"])
def test_a_hold_that_was_released_since_is_a_reason_for_the_figures_of_its_source(shelf, source):
    shelf.set("robbery", since_2020_04=(4,) * 12)
    shelf.receive(source, Q1.span)
    publish(shelf, Q1)
    corrected_by_hand(shelf, 5)
    with shelf.engine.begin() as conn:
        number = (
            conn.execute(select(DELIVERY.c.id).order_by(DELIVERY.c.id.desc())).scalars().first()
        )
        conn.execute(
            insert(HOLD).values(
                delivery_id=number, rule="months-missing", detail="", first_month=MAY.start,
                last_month=MAY.start, is_year_only=False, raised_at=LATER, released_at=LATER,
                released_by="Ann Field", released_because="May was quiet.",
            )
        )  # fmt: skip
    assert why(draft(shelf, Q1)) == (
        "hold 1 was released on 31 May 2021: May was quiet."
        if source == "police_crime"
        else "worked out anew by csp 1.2.3"
    )


# --- how it is printed ------------------------------------------------------------------------

AREA = Area("E07000240", "St Albans")


def revision(measure: str, was: int | None, now: int | None, why: str) -> Revision:
    return Revision(measure, measure.title(), AREA, Q1.code, was, now, 1, (14, 15), why)


def test_figures_that_share_a_reason_share_a_note():
    found = [
        revision("robbery", 1068, 1067, "=a.csv <b>"),
        revision("burglary", None, 4, "hold 3"),
        revision("theft", 0, 1, "=a.csv <b>"),
    ]
    page = Document("T", "S", "P", sections=(revisions_section(found),))
    tree = read(render(page))
    rows = [[cell.text for cell in tr.children] for tr in tree.all("tbody")[0].all("tr")]
    assert rows == [
        ["Apr to Jun 2020"],
        ["Robbery", "St Albans", "1,068", "1,067", "−1", "release 1", "[note 1]"],
        ["Burglary", "St Albans", "[x]", "4", "[x]", "release 1", "[note 2]"],
        ["Theft", "St Albans", "0", "1", "+1", "release 1", "[note 1]"],
    ]
    assert [li.text for li in tree.all("ol")[-1].all("li")] == ["=a.csv <b>.", "hold 3."]


def test_the_csv_has_every_reason_in_full_and_none_that_acts():
    found = [revision("robbery", None, 4, "=a.csv"), revision("theft", 5, None, "b.csv")]
    first, _ = csv.DictReader(io.StringIO(revisions_csv(found)))
    assert first == {
        "period": "2020-21-Q1", "period_label": "Apr to Jun 2020", "measure": "robbery",
        "label": "Robbery", "area_code": "E07000240", "area_name": "St Albans", "was": "",
        "was_mark": "x", "is": "4", "is_mark": "", "difference": "", "release": "1",
        "deliveries": "14 15", "why": "'=a.csv",
    }  # fmt: skip


def test_a_pack_in_which_nothing_was_revised_says_so(shelf):
    page = (publish(shelf, Q1).folder / "index.html").read_text(encoding="utf-8")
    assert "No figure printed here differs from what was published of it before." in page


def test_quarters_say_that_they_are_provisional_and_years_do_not(shelf):
    def page(period) -> str:
        return (publish(shelf, period).folder / "index.html").read_text(encoding="utf-8")

    assert "Figures of Apr 2020 to Mar 2021 are provisional [p] until the tables of" in page(Q1)
    assert "[p]" not in page(YEAR)
