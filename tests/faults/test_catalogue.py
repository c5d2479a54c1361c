"""The fault catalogue (`DOMAIN.md` section 4): each planted fault gets its declared answer.

The faults are declared in `sources/sample/faults`: small files made by the sample generator and
spoiled on purpose, and the truth as it was known when they were spoiled. Here they go the whole
way, from bytes through the gate into a warehouse, and the answer that they get is held against the
answer that is due: what became of the file, each rule with its row numbers, each hold. Nothing
beside the declared answer may be said either.

One fault alone: `pytest tests/faults/test_catalogue.py -k 19c-`. With -v the table of all.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.answers import (
    Heard,
    Histories,
    Told,
    checked,
    due,
    figures_there,
    fires,
    given,
    hand_in,
    is_archived,
    leaks,
    status_on,
)

from schemas.period import FinancialYear, Month, Quarter, Span
from schemas.rules import RULES, Response
from sources.sample import CANARY
from sources.sample.faults import CATALOGUE, Bench, Fault, Status
from sources.sample.faults.bench import SAMPLES
from sources.sample.faults.fault import clean
from warehouse.read import deliveries

APRIL = Span(Month(2018, 4), Month(2018, 4))
BENCH = Bench()
BY_NAME = {fault.slug: fault for fault in CATALOGUE}
SENT = [fault for fault in CATALOGUE if fault.answer.status is not Status.NOTHING]

pytestmark = pytest.mark.slow  # a warehouse a fault

NAMED_TESTS = {
    "file-missing": "tests/faults/test_no_file.py",
    "code-unlisted": "tests/schemas/test_check.py",
    "file-too-large": "tests/faults/test_hostile_files.py",
    "file-bomb": "tests/faults/test_hostile_files.py",
    "correction-stale": "tests/flows/test_correct.py",
    "column-corrected": "tests/spec/test_spec_corrections.py",
    "form-empty": "tests/spec/test_spec_partner_return.py",
    "kind-not-of-measure": "tests/spec/test_spec_partner_return.py",
    "reporter-unknown": "tests/spec/test_spec_partner_return.py",
    "percent-too-high": "tests/spec/test_spec_partner_return.py",
    "kind-without-its-period": "tests/spec/test_spec_partner_return.py",
    "area-unknown": "tests/spec/test_spec_partner_return.py",
    "period-unreadable": "tests/spec/test_spec_partner_return.py",
    "percent-differs": "tests/spec/test_spec_partner_return.py",
    "rows-of-area-none": "tests/spec/test_spec_official_fly_tips.py",
    "rows-elsewhere": "tests/spec/test_spec_official_fly_tips.py",
    "year-unreadable": "tests/spec/test_spec_official_fly_tips.py",
    "table-unclear": "tests/spec/test_spec_official_fly_tips.py",
}
"""Rules that no planted file can break, and the tests that show that they fire.

There is no file to plant for one that is missing; no text of a partner's gets past the parsers to
be an unlisted code; bombs and monsters have tests of their own; corrections are ours.
"""


@pytest.mark.parametrize("name", [fault.slug for fault in SENT])
def test_a_planted_fault_gets_the_answer_due(
    name: str,
    histories: Histories,
    tmp_path: Path,
    heard: Heard,
    record_property: Callable[[str, str], None],
) -> None:
    fault = BY_NAME[name]
    planted = fault.plant(BENCH)
    record_property("fault", name)
    *earlier, last = planted.files
    with histories.after(earlier, tmp_path) as desk:
        loaded = hand_in(desk, last)
        answer, wanted = given(desk, loaded), due(fault, planted)
        record_property("answer due", shown(wanted))
        record_property("answer given", shown(answer))
        is_taken = checked(desk, last)
        status_on(desk, last.received_on)
        assert answer == wanted
        assert loaded.read == loaded.accepted + loaded.rejected
        assert figures_there(desk, fault.answer.absent) == [], "figures that must be [x]"
        assert fault.answer.replaced in (None, loaded.superseded)
        assert is_taken == (fault.answer.status is not Status.REJECTED), "csp check differs"
        assert is_archived(desk, last) or fault.answer.status is Status.REJECTED
        assert fault.answer.is_kept or not is_archived(desk, last), "kept, but must not be"
        assert loaded.delivery_id in {d.id for d in deliveries(desk.engine)}, "not recorded"
        assert leaks(desk, heard.printed(), heard.caplog.records) == [], "the canary is out"


@pytest.mark.parametrize("name", [n for n, f in BY_NAME.items() if f not in SENT])
def test_what_does_not_come_is_told_and_not_counted_as_0(
    name: str,
    histories: Histories,
    tmp_path: Path,
    heard: Heard,
    record_property: Callable[[str, str], None],
) -> None:
    fault = BY_NAME[name]
    planted = fault.plant(BENCH)
    with histories.after(planted.files, tmp_path) as desk:
        status_on(desk, planted.files[-1].received_on + timedelta(days=30))
        printed = heard.printed()
        missing = [words for words in fault.answer.says if words.lower() not in printed.lower()]
        record_property("fault", name)
        record_property("answer due", f"csp status says {', '.join(fault.answer.says)}")
        record_property("answer given", f"csp status does not say {', '.join(missing)}")
        assert missing == []
        assert figures_there(desk, fault.answer.absent) == [], "figures that must be [x]"
        assert leaks(desk, printed, heard.caplog.records) == [], "the canary is out"


def shown(told: Told) -> str:
    """Return an answer in a line."""
    parts = [told.status, *told.of_file]
    parts += [f"{rule} in {len(rows)} rows" for rule, rows in told.rows.items()]
    return ", ".join([*parts, *(f"HOLD {rule}" for rule in told.holds)])


# --- clean files ----------------------------------------------------------------------------


@pytest.mark.parametrize("source", sorted(SAMPLES))
def test_a_clean_file_raises_nothing(source: str, histories: Histories, tmp_path: Path) -> None:
    span = (
        Span(Month(2018, 4), Month(2018, 4)) if source == "street_crime" else Quarter(2018, 1).span
    )
    (sent,) = Fault("0", "clean", source, "", (clean(span),)).plant(BENCH).files
    with histories.after([], tmp_path) as desk:
        loaded = hand_in(desk, sent)
        assert given(desk, loaded) == Told("accepted")
        assert loaded.accepted == loaded.read > 0


@pytest.mark.parametrize("source", sorted(SAMPLES))
def test_two_clean_years_raise_nothing(source: str, histories: Histories, tmp_path: Path) -> None:
    """False alarms come from history as well: volumes swing, and no category stands still."""
    quarters = [q.span for year in (2017, 2018) for q in FinancialYear(year).quarters]
    spans = [Span(m, m) for m in quarters[0]] if source == "street_crime" else quarters
    files = Fault("0", "clean", source, "", tuple(map(clean, spans))).plant(BENCH).files
    with histories.after(files[:-1], tmp_path) as desk:
        assert given(desk, hand_in(desk, files[-1])) == Told("accepted")


# --- the catalogue is whole -----------------------------------------------------------------


def test_all_33_faults_of_the_catalogue_are_planted() -> None:
    assert {fault.catalogue_number for fault in CATALOGUE} == set(range(1, 34))
    assert [
        n for n, count in Counter(fault.number for fault in CATALOGUE).items() if count > 1
    ] == []


def test_every_rule_is_shown_to_fire(root: Path) -> None:
    planted = [(fault, fault.plant(BENCH)) for fault in CATALOGUE]
    silent = {code for code in RULES if not any(fires(code, *pair) for pair in planted)}
    assert silent == set(NAMED_TESTS)
    unshown = [
        f"{code} in {test}"
        for code, test in NAMED_TESTS.items()
        if not (root / test).is_file() or code not in (root / test).read_text("utf-8")
    ]
    assert unshown == []


def test_answers_name_rules_in_the_place_where_they_belong() -> None:
    """A hold is no finding about the file, and what rejects a file says so by its response."""
    wrong = []
    for fault in CATALOGUE:
        holds = {code for code in fault.answer.holds if RULES[code].response is not Response.HOLD}
        refusing = {
            code for code in fault.answer.of_file
            if RULES[code].response is Response.REJECT_FILE
        }  # fmt: skip
        if holds or bool(refusing) != (fault.answer.status is Status.REJECTED):
            wrong.append(fault.slug)
    assert wrong == []


def test_every_fault_carries_the_canary() -> None:
    """A leak can only be found where there is something to leak."""
    bare = []
    for fault in CATALOGUE:
        sent = fault.plant(BENCH).files[-1]
        if sent.name.endswith(".csv") and CANARY.encode() not in sent.content:
            bare.append(fault.slug)
    no_text = ["22e-utf-16", "22i-picture", "31j-workbook-called-text"]
    assert sorted(bare) == sorted([*no_text, "24d-empty", "24e-headings-only"])
