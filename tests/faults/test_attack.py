"""A slice of the attacks on hidden figures, and that the attacker can win; `make torture` runs all.

What he is held to stands in `faults.attack`.
"""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.databases import SQLITE, engine_at, ready_database

from faults import attack
from faults.attack_reading import read_pack
from faults.attack_returns import Returns
from faults.attack_solving import Answer, Solver
from faults.attack_worlds import DISTRICT, HOME, MONTHS, an_origin, packs_of, store
from reports import audience, disclosure, gathering, relations, relations_stated
from reports.cells import Mark
from reports.disclosure import Hiding, Item, State, is_primary
from reports.edition import Order
from reports.pack import files_of
from reports.papers import Papers, Text
from reports.publication import publish
from reports.relations_stated import Statements
from reports.spec import Role
from reports.tables import CCTV, POLICE
from reports.tables_stated import HEALTH, NEIGHBOURHOOD
from schemas.audience import Audience
from schemas.measures import is_stated
from schemas.period import FinancialYear, Month, Quarter
from schemas.reported import Stated, value_of

pytestmark = pytest.mark.slow


def test_no_hidden_figure_is_worked_out_from_all_packs_of_a_warehouse():
    result = attack.campaign(40, seed=1)
    assert (result.recovered, result.undecided) == ([], []), attack.lines_of(result)
    assert result.packs > 200
    assert min(result.shown, result.small) > 1_000
    assert result.others > 200


def test_a_total_that_is_what_it_was_before_it_was_put_right_is_known():
    """435, then 438, then 435 again behind a pack that printed 433 of the date before alone."""
    result = attack.campaign(1, 9005)
    assert (result.recovered, result.undecided) == ([], []), attack.lines_of(result)


@pytest.mark.parametrize("seed", [3053, 3095])
def test_a_figure_that_may_be_0_in_one_pack_alone_is_no_0(seed: int):
    """One pack said that [c] may stand for 0, a later one printed the same figure and did not."""
    result = attack.campaign(1, seed)
    assert (result.recovered, result.undecided) == ([], []), attack.lines_of(result)
    assert result.veiled


def test_what_one_order_of_his_search_does_not_decide_another_one_does():
    """Six figures of two warehouses were undecided, others in each process."""
    result = attack.campaign(1, 60019)
    assert (result.recovered, result.undecided) == ([], []), attack.lines_of(result)
    assert result.small > 200


# --- the attacker can win ---------------------------------------------------------------------


def the_small_ones_alone(items, sums) -> Hiding:
    del sums
    small = {key for key, item in items.items() if item.state is State.HIDDEN}
    return Hiding(frozenset(small), frozenset())


def no_sums(self, *args):
    del self, args
    return ()


def no_other_release(engine, years):
    del engine, years
    return []


def nothing_beyond(state: Callable) -> Callable:
    """Return what takes every figure that is printed nowhere for one that may be known."""

    def found(place, value, told, *, is_open):
        is_printed = place in told.printed
        return state(place, value, told, is_open=is_open) if is_printed else State.UNSEEN

    return found


class OpenBeyond(Item):
    """What is beyond a row "of which" is taken for one that may be known."""

    def __new__(cls, value, state, cost=0, *, is_printed=True, is_veiled=False):
        if not is_printed and state is State.HIDDEN and not cost:
            state = State.UNSEEN
        return Item(value, state, cost, is_printed, is_veiled)


def the_strongest_alone(items, name, item) -> None:
    """Take what one pack says of a figure for what all say of it."""
    known = items.get(name)
    strength = relations._STRENGTH.index
    if known is None or strength(item.state) > strength(known.state):
        items[name] = item


def counted_alone(figures):
    """Take figures that partners state for none of people."""
    return {
        key: value for key, value in audience_protects(figures).items() if not is_stated(key[0])
    }


def none_of_them(*args):
    del args
    return frozenset()


def beside_hidden_ones_alone(figures, printed, hidden, found) -> set:
    """Show an official figure that ours was, when it was hidden in an earlier release."""
    del found
    return {
        key
        for key, ours in audience._official(printed & figures.keys()).items()
        if figures[key] is not None and (ours in hidden or audience.is_small(figures[key]))
    }


def in_the_new_release_alone(self) -> None:
    del self._totals[:-1]
    adds_growth(self)


def where_all_are_known(self, whole, parts, *, is_complete) -> None:
    """Forget what a year has beyond its quarters."""
    if whole[-1] <= sum(part[-1] for part in parts):
        adds_whole(self, whole, parts, is_complete=is_complete)


audience_protects, adds_growth = audience.protected, Statements.add_growth
adds_whole = Statements._add_whole

WEAKENED = {
    "secondary suppression": (1, audience, "suppressed", the_small_ones_alone),
    "quarters, months and years": (1, relations._Reader, "_of_time", no_sums),
    "the rest of the county": (14, relations._Reader, "_of_areas", no_sums),
    "rows and totals": (1, relations._Reader, "_of_measures", no_sums),
    "releases of before": (1, gathering, "published_before", no_other_release),
    "what is printed nowhere": (6, relations, "_state", nothing_beyond(relations._state)),
    "what is beyond a row of which": (5, relations, "Item", OpenBeyond),
    "how small a hidden figure is known to be": (1, disclosure.Item, "most", None),
    "that no zero is hidden": (1, disclosure.Item, "least", 0),
    "where a pack does not say that it may be 0": (3095, relations, "_merge", the_strongest_alone),
    "what partners state": (9000, audience, "protected", counted_alone),
    "what is not exact": (9001, audience, "is_small", lambda figure: is_primary(value_of(figure))),
    "percentages of few": (9000, audience, "_shares", none_of_them),
    "quarters that are stated": (9000, relations_stated, "_wholes", none_of_them),
    "what a year leaves for a quarter": (9000, Statements, "_add_whole", where_all_are_known),
    "running totals": (9000, Statements, "_add_growth", none_of_them),
    "running totals of other packs": (9012, Statements, "add_growth", in_the_new_release_alone),
    "official figures": (9003, audience, "_official_ones", none_of_them),
}
"""What is taken from the defence, each by itself: a warehouse where he sees it, and what is put in
whose place."""


@pytest.mark.parametrize("name", WEAKENED)
def test_the_attacker_wins_where_the_defence_lacks_one_thing(
    monkeypatch: pytest.MonkeyPatch, name: str
):
    """An attacker who cannot win would prove nothing."""
    seed, *weakened = WEAKENED[name]
    monkeypatch.setattr(*weakened)
    try:
        assert attack.campaign(1, seed).recovered, f"he does not see that {name} is lacking"
    except AssertionError as error:
        if "is shown" not in str(error):
            raise


FEW, MANY = {"robbery": 3, "possession-of-weapons": 6}, {"robbery": 7, "possession-of-weapons": 9}
SAID = {
    "what a publication says of what was hidden": ([FEW, MANY], "_official_ones",
                                                   beside_hidden_ones_alone),
    "what a publication has said before": ([MANY, FEW], "_told_officially", none_of_them),
}  # fmt: skip
"""Two releases of a year beside 6 offences with weapons of the Home Office: ours in one of them."""


@pytest.mark.parametrize("is_weak", [False, True])
@pytest.mark.parametrize("name", SAID)
def test_official_figures_tell_nothing_of_another_release(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, is_weak: bool
):
    worlds, lacking, weakened = SAID[name]
    if is_weak:
        monkeypatch.setattr(audience, lacking, weakened)
    returns = Returns(random.Random(0), HOME)
    year = FinancialYear(2020)
    returns.official = {
        ("official-possession-of-weapons", DISTRICT): {year.span: Stated(6)},
    }  # fmt: skip
    attacker = attack.Attack()
    with ready_database(SQLITE, tmp_path) as address, engine_at(address) as engine:
        an_origin(engine)
        returns.store(engine)
        for number, crimes in enumerate(worlds):
            values = {
                (row.measure, DISTRICT, month): 0 for row in POLICE.rows for month in MONTHS
            }  # fmt: skip
            parts = {
                row.measure: 100 for row in POLICE.rows if row.role in (Role.PART, Role.RESIDUAL)
            }
            parts |= crimes
            for measure, value in (parts | {"all-crime": sum(parts.values())}).items():
                values[measure, DISTRICT, Month(2021, 2)] = value
            store(engine, values)
            order = Order(
                year, HOME, "A Partnership", (), "1.2.3", (POLICE,), audience=Audience.PUBLIC
            )
            at = datetime(2021, 5, 1 + number)
            attacker.packs.append(
                read_pack(publish(engine, order, tmp_path / "packs", at, lambda: None))
            )
    told = [key for key, answer in attacker.answers().items() if answer is not Answer.SAFE]
    assert bool(told) == is_weak, told


def test_what_follows_from_equations_alone_is_found():
    """Two sums over the same three figures, of which two can be told and none is small."""
    sums = [{"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1}, {"a": 1, "b": -1, "d": 1}]
    totals = [{"t": -20}, {"u": -13}, {"v": -7}]
    equations = [{**terms, **total} for terms, total in zip(sums, totals, strict=True)]
    truth = {"a": 6, "b": 7, "c": 7, "d": 8, "t": 1, "u": 1, "v": 1}
    known = {"t": 1, "u": 1, "v": 1}
    answers = Solver.over(equations, known, truth, {"d": (8, 8)}).ask(["a", "b", "c", "d"])
    assert answers == dict.fromkeys(["a", "b", "c", "d"], Answer.RECOVERED)
    answers = Solver.over(equations, known, truth, {}).ask(["a", "b", "c", "d"])
    assert [name for name, answer in answers.items() if answer is Answer.RECOVERED] == ["c"]


# --- what is not shown is not there -----------------------------------------------------------


def test_no_file_of_a_pack_is_made_of_a_figure_that_it_does_not_show():
    """With every true figure taken from it, a pack prints the same to the byte, in all formats."""
    checked = 0
    for pack in packs_of(12, formats=("xlsx", "docx", "pdf")):
        told = pack.edition
        assert Mark.CONFIDENTIAL in told.figures.values()
        bare = files_of(replace(told, truth={}))
        assert bare == files_of(told)
        assert {name for name in bare if name.startswith("community-safety")}
        checked += 1
        if checked == 2:
            break
    assert checked == 2


def test_a_hidden_figure_stands_nowhere_in_the_files_of_a_pack(tmp_path: Path):
    """Neither in a hidden part of a workbook, nor in the words or the points of a picture."""
    hidden = {"cctv-theft-from-shop": 7_321, "cctv-drugs": 3}
    values = {
        (row.measure, DISTRICT, month): 0
        for row in CCTV.rows
        for month in MONTHS
    }  # fmt: skip
    for measure, value in {**hidden, "cctv-incidents": 7_324}.items():
        values[measure, DISTRICT, Month(2021, 2)] = value
    values["cctv-arrests", DISTRICT, Month(2021, 2)] = 8_642
    with ready_database(SQLITE, tmp_path) as address, engine_at(address) as engine:
        an_origin(engine)
        store(engine, values)
        order = Order(
            Quarter(2020, 4), HOME, "A Partnership", (), "1.2.3", (CCTV,),
            audience=Audience.PUBLIC, formats=("xlsx", "docx"),
        )  # fmt: skip
        pack = publish(engine, order, tmp_path / "packs", datetime(2021, 4, 30), lambda: None)
    quarter = Quarter(2020, 4).span
    shown = {key[0]: value for key, value in read_pack(pack).shown.items() if key[2] == quarter}
    assert (shown["cctv-incidents"], shown["cctv-arrests"]) == (7_324, 8_642)
    assert [shown[measure] for measure in hidden] == [None, None]
    for path in sorted(path for path in pack.folder.rglob("*") if path.is_file()):
        told = words_of(path)
        assert not re.search("7.?321", told), path.name
        if path.suffix in {".html", ".xlsx", ".docx"} or path.name == "cctv.csv":
            assert re.search("8.?642", told), f"{path.name} is not read as it should be"


def test_a_hidden_figure_of_a_partner_stands_nowhere_either(tmp_path: Path):
    """7,319 pieces of feedback, 2 fewer than a year later, and a percentage of three patients."""
    text = Text(
        "police", "police.md",
        "Feedback {{ echo-feedback.value }} after {{ echo-feedback.previous }}; "
        "cadets {{ police-cadets.value }}.",
    )  # fmt: skip
    spring, year = datetime(2020, 3, 31).date(), datetime(2021, 3, 31).date()
    span, locality = FinancialYear(2020).span, HOME.locality.code
    returns = Returns(random.Random(0), HOME)
    returns.stated = {
        ("echo-feedback", DISTRICT): {
            spring: Stated(7_319, "", spring), year: Stated(7_321, "", year),
        },
        ("police-cadets", DISTRICT): {year: Stated(8_642, "", year)},
        ("thrive-patients", locality): {span: Stated(3)},
        ("thrive-mental-health-percent", locality): {span: Stated(67)},
    }  # fmt: skip
    with ready_database(SQLITE, tmp_path) as address, engine_at(address) as engine:
        an_origin(engine)
        returns.store(engine)
        order = Order(
            FinancialYear(2020), HOME, "A Partnership", (), "1.2.3", (NEIGHBOURHOOD, HEALTH),
            audience=Audience.PUBLIC, formats=("xlsx", "docx"), papers=Papers((text,)),
        )  # fmt: skip
        pack = publish(engine, order, tmp_path / "packs", datetime(2021, 4, 30), lambda: None)
    page = (pack.folder / "index.html").read_text("utf-8")
    assert "Feedback 7,321 (as at 31 Mar 2021) after [c]; cadets 8,642" in page
    health = (pack.folder / "tables/health.csv").read_text("utf-8")
    assert [line.split(",")[7:9] for line in health.splitlines()[1:3]] == [["", "c"], ["", "c"]]
    for path in sorted(path for path in pack.folder.rglob("*") if path.is_file()):
        told = words_of(path)
        assert not re.search("7.?319", told), path.name
        if path.suffix in {".html", ".xlsx", ".docx"} or path.name == "neighbourhood-policing.csv":
            assert re.search("8.?642", told), f"{path.name} is not read as it should be"


def words_of(path: Path) -> str:
    """Return all that is written in a file, every part of an archive included."""
    if path.suffix in {".xlsx", ".docx"}:
        with ZipFile(path) as archive:
            return " ".join(
                archive.read(name).decode(errors="replace") for name in archive.namelist()
            )
    return path.read_text("utf-8")
