"""A slice of the campaign of twins; `make torture` makes them from two years of all sources."""

import pytest

from faults.inboxes import whole
from faults.twins import WAYS, Made, faults_of, faults_of_figures, made, reordered
from schemas.period import FinancialYear, Quarter

pytestmark = pytest.mark.slow

PERIODS = (Quarter(2020, 1), FinancialYear(2020))
INBOX = {name: content for name, content in whole(120).items() if name != "archive.zip"}


@pytest.fixture(scope="module")
def first() -> Made:
    return made("SQLite", INBOX, PERIODS)


def test_the_packs_print_what_came(first: Made):
    assert len(first.packs) > 10
    assert {name.split("/")[0] for name in first.packs} == {
        "2020-21-q1-partnership-draft", "2020-21-partnership-draft",
    }  # fmt: skip


def test_neither_database_nor_parts_nor_processes_change_a_byte(first: Made):
    *_, last = WAYS
    assert faults_of(first, made(last, INBOX, PERIODS)) == []


def test_the_order_of_rows_changes_no_figure(first: Made):
    second = made("SQLite", reordered(INBOX, 7), PERIODS)
    assert first.record != second.record
    assert faults_of_figures(first, second) == []
