"""Letters: an example of every kind, written by the way that the real ones are written."""

import pytest
from support.command import FINE, WRONG_USE, csp

from flows.letter_examples import Example, examples, show
from flows.settings import Settings
from schemas.alerts import TITLES, AlertKind
from sources.sample.people import CANARY

pytestmark = pytest.mark.slow

NO_WORDS_FOR_A_COORDINATOR = ("Traceback", "Exception", "None", "NULL", "{", "}", "0x", "errno")


@pytest.fixture(scope="module")
def all_of_them() -> list[Example]:
    return list(examples(Settings()))


def texts(of: list[Example]) -> dict[str, str]:
    return {each.title: show(1, each) for each in of}


def test_there_is_one_of_every_kind_a_digest_and_the_test(all_of_them: list[Example]):
    titles = [each.title for each in all_of_them]
    assert titles == [
        *(TITLES[kind] for kind in AlertKind),
        "Several things at once",
        "The test letter (csp alerts --test)",
    ]


def test_each_says_what_to_do_and_what_follows(all_of_them: list[Example]):
    for title, text in list(texts(all_of_them).items())[:-1]:
        assert "\nWhat to do\n" in text, title
        assert "\nIf nothing is done\n" in text, title
        assert "\nFrom:     csp@example.org\nTo:       " in text, title
        assert "Subject:  [csp] " in text, title


def test_what_is_asked_for_has_a_day(all_of_them: list[Example]):
    said = texts(all_of_them)
    for kind in (
        AlertKind.FILE_REJECTED, AlertKind.ROWS_REJECTED, AlertKind.HOLD_RAISED,
        AlertKind.PACK_HELD,
    ):  # fmt: skip
        assert "by 25 Jul 2018" in " ".join(said[TITLES[kind]].split()), kind
    assert "by 21 Oct 2018" in said[TITLES[AlertKind.DELIVERY_OVERDUE]]
    for kind in (AlertKind.RUN_FAILED, AlertKind.RUN_CRASHED, AlertKind.RUN_MISSING):
        assert "today" in said[TITLES[kind]], kind


def test_no_letter_quotes_a_cell_or_speaks_of_the_program(all_of_them: list[Example]):
    for title, text in texts(all_of_them).items():
        assert CANARY not in text, title
        for word in NO_WORDS_FOR_A_COORDINATOR:
            assert word not in text, (title, word)


def test_a_digest_has_one_signature_at_its_end(all_of_them: list[Example]):
    """Mail programs hide what stands below a signature: each part of a digest had one."""
    text = texts(all_of_them)["Several things at once"]
    assert text.count("\n-- \n") == 1
    assert "\n4. " in text.partition("\n-- \n")[0]


def test_names_and_addresses_are_those_of_the_partnership(elsewhere, monkeypatch):
    (elsewhere / "csp.toml").write_text(
        '[partnership]\nname = "Watford CSP"\n[alerts]\ncoordinator = ["ann@watford.test"]\n'
        '[partners]\npolice_crime = "The police of Watford"\n'
    )
    assert csp("alerts", "--examples", "--test").exit_code == WRONG_USE
    done = csp("alerts", "--examples")
    assert done.exit_code == FINE
    assert "To:       ann@watford.test" in done.stdout
    assert "Watford CSP" in done.stdout
    assert "Ask The police of Watford for a corrected export" in done.stdout
    assert not (elsewhere / "csp-data").exists(), "nothing of the partnership's is touched"
