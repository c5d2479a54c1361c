"""What packs for the public leave out of figures that partners state, and of official ones."""

from collections.abc import Iterable
from datetime import date

from reports.audience import NotShown, hidden_from_public, printed_keys
from reports.relations import World
from schemas.areas import ST_ALBANS
from schemas.measures import MEASURES, Disclosure
from schemas.period import FinancialYear, Period, parse_quarter, parse_year
from schemas.reported import Figure, Stated
from warehouse.releases import Figures

HERE = ST_ALBANS.district.code
YEAR = FinancialYear(2020)
VISITS, ECHO, CAUTIONS = "safe-and-well-visits", "echo-feedback", "action-formal-caution"
PATIENTS, SHARE = "thrive-patients", "thrive-mental-health-percent"
QUARTERS = ("2020-21-Q1", "2020-21-Q2", "2020-21-Q3", "2020-21-Q4")


class Public:
    """Packs for the public, one after the other."""

    def __init__(self) -> None:
        self.before: list[World] = []

    def pack(self, period: str, figures: dict[tuple[str, str], Figure]) -> dict:
        """Publish a pack of figures of the district; return what it prints, [c] as "c"."""
        of = _period(period)
        known: Figures = {(m, HERE, when): value for (m, when), value in figures.items()}
        printed = printed_keys(known, of)
        found = hidden_from_public(known, printed, self.before, ST_ALBANS)
        told = _told(known, found)
        self.before.append(
            World(known, printed, found.keys, found.veiled, found.withheld, frozenset(told))
        )
        return {
            (m, when): "c" if (m, area, when) in found.keys else value
            for (m, area, when), value in known.items()
            if (m, area, when) in printed
        }


def _period(code: str) -> Period:
    return parse_quarter(code) if "Q" in code else parse_year(code)


def _told(figures: Figures, found: NotShown) -> Iterable[tuple]:
    for key, value in figures.items():
        ours = MEASURES[key[0]].counterpart
        if ours and key not in found.keys:
            yield (ours, HERE, YEAR.span, value)


def shown(period: str, **figures: Figure) -> list:
    """Publish one pack with figures of its own period; return what is printed of each."""
    named = {(m.replace("_", "-"), period): value for m, value in figures.items()}
    return list(Public().pack(period, named).values())


def visits(*values: Figure, year: Figure = None) -> dict:
    """The visits of some quarters, and of the year."""
    told = {(VISITS, quarter): value for quarter, value in zip(QUARTERS, values, strict=False)}
    return told if year is None else told | {(VISITS, "2020-21"): year}


def at(value: int, year: int, month: int, qualifier: str = "") -> Stated:
    return Stated(value, qualifier, date(year, month, 30))


# --- what is of people --------------------------------------------------------------------------


def test_a_count_of_people_from_1_to_4_is_left_out_and_a_true_zero_is_not():
    assert [shown("2020-21", safe_and_well_visits=n) for n in (0, 1, 4, 5)] == [
        [0],
        ["c"],
        ["c"],
        [5],
    ]
    assert shown("2020-21", police_cadets=at(4, 2021, 3)) == ["c"]


def test_what_is_of_no_people_is_shown():
    two = at(2, 2021, 3)
    assert shown("2020-21", respiratory_hubs=two, schools_funded=3) == [two, 3]


def test_what_is_not_exact_is_left_out_up_to_5():
    """ "More than 0" is somebody, and "nearly 5" is 4."""
    few = [Stated(0, "more_than"), Stated(3, "about"), Stated(5, "nearly"), Stated(6, "at_least")]
    assert [shown("2020-21", thrive_patients=figure) for figure in few] == [
        ["c"], ["c"], ["c"], [few[-1]]
    ]  # fmt: skip


def test_nobody_has_decided_of_people_for_the_contract_alone():
    """A new measure is of people unless its declaration says otherwise."""
    of = {m.code: m.disclosure for m in MEASURES.values()}
    assert of["all-crime"] is of["call-blockers"] is Disclosure.PEOPLE
    assert of["respiratory-hubs"] is of["rogue-trader-money-stopped"] is Disclosure.OPEN
    assert {m.share_of for m in MEASURES.values() if m.disclosure is Disclosure.SHARE} == {PATIENTS}


# --- quarters and years -------------------------------------------------------------------------


def test_a_small_quarter_is_not_what_a_year_has_beyond_the_others():
    public = Public()
    for quarter, value in zip(QUARTERS, (20, 30, 3), strict=False):
        printed = "c" if value == 3 else value
        assert public.pack(quarter, {(VISITS, quarter): value}) == {(VISITS, quarter): printed}
    printed = public.pack("2020-21", visits(20, 30, 3, 40, year=93))
    assert printed == {(VISITS, "2020-21"): 93}
    # The last quarter would leave one value for the third, and so it is left out.
    assert public.pack(QUARTERS[3], visits(20, 30, 3, 40)) == {(VISITS, QUARTERS[3]): "c"}


def test_a_quarter_that_is_not_stated_is_protected_as_well():
    """Three quarters, and a year that leaves 2 for the last one."""
    public = Public()
    for quarter in QUARTERS[:3]:
        assert public.pack(quarter, {(VISITS, quarter): 10}) == {(VISITS, quarter): 10}
    assert public.pack("2020-21", visits(10, 10, 10, year=32)) == {(VISITS, "2020-21"): "c"}
    assert public.pack("2020-21", visits(10, 10, 10, year=36)) == {(VISITS, "2020-21"): 36}


def test_a_year_in_which_each_person_is_counted_once_tells_less():
    """20 in a year of 10 and 15 says that some were there twice: nobody can take them away."""
    public = Public()
    for quarter, value in zip(QUARTERS, (10, 3, 15, 0), strict=True):
        printed = "c" if value == 3 else value
        assert public.pack(quarter, {(VISITS, quarter): value}) == {(VISITS, quarter): printed}
    assert public.pack("2020-21", visits(10, 3, 15, 0, year=25)) == {(VISITS, "2020-21"): 25}


# --- running totals -----------------------------------------------------------------------------


def test_what_a_running_total_has_grown_by_is_a_count_of_people():
    """412 and then 414: two people have spoken in between."""
    public = Public()
    first, second, third = at(412, 2020, 6), at(414, 2020, 9), at(420, 2020, 12)
    assert public.pack(QUARTERS[0], {(ECHO, QUARTERS[0]): first}) == {(ECHO, QUARTERS[0]): first}
    assert public.pack(QUARTERS[1], {(ECHO, QUARTERS[1]): second}) == {(ECHO, QUARTERS[1]): "c"}
    assert public.pack(QUARTERS[2], {(ECHO, QUARTERS[2]): third}) == {(ECHO, QUARTERS[2]): third}


def test_what_stands_at_a_date_may_be_two_less():
    public, cadets = Public(), "police-cadets"
    for quarter, figure in zip(QUARTERS, (at(12, 2020, 6), at(10, 2020, 9)), strict=False):
        assert public.pack(quarter, {(cadets, quarter): figure}) == {(cadets, quarter): figure}


# --- percentages --------------------------------------------------------------------------------


def share(percent: int, of: Figure) -> list:
    figures = {(PATIENTS, "2020-21"): of, (SHARE, "2020-21"): percent}
    return list(Public().pack("2020-21", figures).values())


def test_a_percentage_is_shown_beside_what_it_is_of():
    assert share(96, 241) == [241, 96]
    assert share(67, 3) == ["c", "c"]
    assert share(67, None) == [None, "c"]


def test_a_percentage_of_few_is_left_out():
    """2 percent of 100, or all but 2 percent of them, would be two people."""
    assert share(2, 100) == share(98, 100) == [100, "c"]
    assert share(0, 100) == [100, 0]
    assert share(100, 100) == [100, 100]


# --- official figures ---------------------------------------------------------------------------


def cautions(ours: Figure, theirs: Figure) -> dict:
    return {(CAUTIONS, "2020-21"): ours, ("official-formal-caution", "2020-21"): theirs}


def both(ours: Figure, theirs: Figure, public: Public | None = None) -> list:
    return list((public or Public()).pack("2020-21", cautions(ours, theirs)).values())


def test_an_official_figure_is_left_out_beside_a_hidden_one_and_where_it_is_small():
    assert both(25, 15) == [25, 15]
    assert both(2, 15) == ["c", "c"]
    assert both(25, 2) == [25, "c"]
    assert both(None, 15) == [None, 15]


def test_an_official_figure_does_not_tell_what_was_hidden_in_an_earlier_release():
    """Ours was 6, and [c]; now it is 9, and the publication says 6 as it always did."""
    key = (CAUTIONS, HERE, "2020-21")
    public = Public()
    keys = frozenset({key})
    public.before.append(World({key: 6}, keys, hidden=keys, withheld=frozenset()))
    assert both(9, 6, public) == [9, "c"]
    assert both(9, 7, public) == [9, 7]


def test_what_a_publication_said_is_known():
    """6 stood there while ours was 9: now that ours is 6 too, it cannot be hidden any more."""
    public = Public()
    assert both(9, 6, public) == [9, 6]
    printed = public.pack("2020-21", cautions(6, 6) | {("fly-tips", "2020-21"): 8})
    # Two fly-tips with no caution: the total goes, since the cautions are known.
    assert printed[CAUTIONS, "2020-21"] == 6
    assert printed["fly-tips", "2020-21"] == "c"


def test_quarters_that_a_pack_of_the_year_is_made_of_are_not_in_it():
    known: Figures = {(VISITS, HERE, when): 9 for when in (*QUARTERS, "2020-21")}
    found = hidden_from_public(known, printed_keys(known, YEAR), [], ST_ALBANS)
    assert {when for _, _, when in found.keys} == set(QUARTERS)
