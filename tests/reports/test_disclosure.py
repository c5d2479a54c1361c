"""Which figures are hidden, and that none of them can be worked out: small tables, by hand."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure import Hiding, Item, State, Sum, is_primary, suppressed

small = st.integers(0, 7)


def table(sums: list[Sum], shown: set[str] = frozenset(), **values: int) -> set:
    """Hide what must be hidden of some figures; dearer are those that come first."""
    return set(hiding(sums, shown, **values).hidden)


def hiding(sums: list[Sum], shown: set[str] = frozenset(), **values: int) -> Hiding:
    """Hide what must be hidden, and say what is told all the same."""
    items = {}
    for place, (name, value) in enumerate(values.items()):
        state = State.HIDDEN if is_primary(value) else State.OPEN if value else State.ZERO
        state = State.SHOWN if name in shown else state
        items[name] = Item(value, state, 100 - place)
    return suppressed(items, sums)


def test_counts_from_one_to_four_are_small_and_zero_is_not():
    assert [n for n in range(7) if is_primary(n)] == [1, 2, 3, 4]
    assert not is_primary(None)


def test_a_small_count_is_hidden_with_another_one_of_its_sum():
    total = Sum("total", ("a", "b", "c"))
    assert table([total], total=30, a=20, b=7, c=3) == {"c", "b"}
    assert table([total], total=24, a=20, b=2, c=2) == {"b", "c"}


def test_a_true_zero_is_shown_and_protects_nothing():
    assert table([Sum("total", ("a", "b"))], total=3, a=3, b=0) == {"total", "a"}
    assert table([], nothing=0) == set()


def test_two_small_counts_that_can_only_be_one_thing_need_a_third():
    """Of two counts of at most four each, eight can only be four and four."""
    hidden = table([Sum("total", ("a", "b"))], total=8, a=4, b=4)
    assert hidden == {"total", "a", "b"}


def test_a_quarter_is_not_what_the_year_has_beyond_the_others():
    sums = [
        Sum("year", ("q1", "q2")), Sum("year-b", ("q1-b", "q2-b")),
        Sum("year-all", ("year", "year-b")), Sum("q1-all", ("q1", "q1-b")),
        Sum("q2-all", ("q2", "q2-b")), Sum("year-all", ("q1-all", "q2-all")),
    ]  # fmt: skip
    figures = {
        "year-all": 60, "q1-all": 30, "q2-all": 30, "year": 23, "year-b": 37, "q1": 3, "q2": 20,
        "q1-b": 27, "q2-b": 10,
    }  # fmt: skip
    assert table(sums, **figures) == {"q1", "q1-b", "q2", "q2-b"}
    # What a year of before has told is known: the year to date must go in its place.
    assert table(sums, {"q2", "q2-b", "q2-all"}, **figures) == {"q1", "q1-b", "year", "year-b"}


def test_the_county_stays_where_its_rest_is_printed_nowhere():
    """The fire service's injuries of the whole county were [c] beside the district's: what is
    printed nowhere counted as a loss, as dear as the county."""
    items = {
        "county": Item(82, State.OPEN, 10),
        "district": Item(4, State.HIDDEN, 10),
        "rest": Item(78, State.UNSEEN, 10, is_printed=False),
    }
    found = suppressed(items, [Sum("county", ("district", "rest"))])
    assert found.hidden == {"district"}


def test_where_nothing_helps_any_more_it_is_said_of_all_that_is_linked():
    """That it is hidden would say that it is not 0, and so that it is 1."""
    sums = [Sum("year", ("q1", "q2")), Sum("total", ("q2", "other"))]
    figures = {"year": 6, "q1": 5, "q2": 1, "other": 0, "total": 1, "apart": 3}
    assert hiding(sums, {"year", "q1"}, **figures).told == set(figures) - {"apart"}


def test_four_small_counts_of_a_small_year_are_all_one():
    """Four quarters that are hidden, and so not 0, in a year of 4 at most."""
    year = Sum("year", ("q1", "q2", "q3", "q4"))
    figures = {"year": 4, "q1": 1, "q2": 1, "q3": 1, "q4": 1}
    assert hiding([year], **figures).told == set(figures)
    # Where it is said that [c] may stand for 0 there, nobody can tell.
    items = {
        name: Item(value, State.HIDDEN, is_veiled=name in {"q4", "year"})
        for name, value in figures.items()
    }
    assert suppressed(items, [year]).told == set()


def test_who_knows_which_figures_are_small_knows_that_the_others_are_not():
    """A figure of 5 that is hidden beside a small one cannot be 4: it is no small one."""
    assert table([Sum("total", ("a", "b"))], total=9, a=5, b=4) == {"a", "b"}
    known = hiding([Sum("total", ("a", "b"))], {"total"}, total=6, a=5, b=1)
    assert known.told == {"total", "a", "b"}


def test_of_what_is_printed_nowhere_nobody_knows_whether_it_is_small():
    rest = Item(2, State.HIDDEN, is_printed=False)
    assert (rest.least, rest.most) == (0, None)
    shown, other = Item(10, State.SHOWN), Item(8, State.OPEN, cost=1)
    items = {"total": shown, "of which": other, "beyond": rest}
    assert suppressed(items, [Sum("total", ("of which", "beyond"))]).hidden == {
        "of which", "beyond"
    }  # fmt: skip


@settings(max_examples=settings().max_examples // 2)
@given(st.tuples(st.tuples(small, small), st.tuples(small, small)))
def test_no_hidden_figure_of_a_table_has_one_possible_value(rows):
    """Every table that fits what is shown is tried; he knows which of the hidden are small."""
    width = 2
    values = {f"{r}{c}": rows[r][c] for r in range(2) for c in range(width)}
    values |= {f"row{r}": sum(rows[r]) for r in range(2)}
    values |= {f"column{c}": rows[0][c] + rows[1][c] for c in range(width)}
    values["all"] = sum(map(sum, rows))
    sums = [Sum(f"row{r}", tuple(f"{r}{c}" for c in range(width))) for r in range(2)]
    sums += [Sum(f"column{c}", (f"0{c}", f"1{c}")) for c in range(width)]
    sums += [Sum("all", ("row0", "row1")), Sum("all", tuple(f"column{c}" for c in range(width)))]
    found = hiding(sums, **values)
    hidden = found.hidden
    possible = {name: set() for name in hidden - found.told}
    for cells in itertools.product(range(12), repeat=2 * width):
        tried = {f"{r}{c}": cells[r * width + c] for r in range(2) for c in range(width)}
        if any(tried[n] != values[n] for n in tried if n not in hidden):
            continue
        for r in range(2):
            tried[f"row{r}"] = sum(tried[f"{r}{c}"] for c in range(width))
        for c in range(width):
            tried[f"column{c}"] = tried[f"0{c}"] + tried[f"1{c}"]
        tried["all"] = tried["row0"] + tried["row1"]
        fits = all(
            tried[n] == values[n]
            if n not in hidden
            else is_primary(tried[n]) == is_primary(values[n]) and tried[n] > 0
            for n in values
        )
        if fits:
            for name, values_of_it in possible.items():
                values_of_it.add(tried[name])
    assert not {n for n, found in possible.items() if len(found) < 2}
