"""`csp quarter`, `csp releases` and `csp changes`: what is published, and what moves it."""

import json
import shutil
from pathlib import Path

import pytest
from support.command import FINE, WRONG_USE, csp
from support.desk import police
from support.files import files_below, put
from support.story import FIRST, Q1_FILE, RESENT, RESENT_FILE, figures, reasons, revisions

pytestmark = pytest.mark.slow  # each opens warehouses


@pytest.fixture
def home(ready: Path) -> Path:
    """A folder to work in, with the quarter and what is sent after it."""
    put(ready, Q1_FILE, police(FIRST))
    put(ready, RESENT_FILE, police(RESENT))
    put(ready, "csp.toml", b'audience = "partnership"\n')
    return ready


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_what_was_published_and_what_a_delivery_moves_is_said(home: Path):
    assert csp("releases").stdout == "Nothing has been published yet.\n"
    csp("receive", Q1_FILE)
    first = csp("quarter", "2020-21-Q1")
    assert first.exit_code == FINE
    assert lines(first.stdout)[1] == "Release 1: published."
    assert "its figures are the same since." in csp("quarter", "2020-21-Q1").stdout
    received = csp("receive", RESENT_FILE)
    assert f"{RESENT_FILE}: 4 published figures move; csp changes 2 lists them." in lines(
        received.stdout
    )
    listed = lines(csp("releases").stdout)
    assert listed[-1].startswith("1 Apr to Jun 2020 2020-21-Q1 partnership")
    assert listed[-1].endswith(" 5"), "the ward's as well"
    assert "5 published figures have changed" in csp("quarter", "2020-21-Q1").stdout
    assert "published figure" not in csp("receive", RESENT_FILE).stdout, "known already"


def test_changes_lists_records_and_every_figure_that_was_moved(home: Path):
    assert csp("changes").exit_code == WRONG_USE
    csp("receive", Q1_FILE)
    assert lines(csp("changes").stdout)[-1] == "No figure that stood before was moved."
    csp("quarter", "2020-21-Q1")
    csp("receive", RESENT_FILE)
    done = csp("changes")
    assert done.exit_code == FINE
    said = lines(done.stdout)
    assert said[0] == f"Delivery 2: {RESENT_FILE}"
    assert said[2] == (
        "9 rows read, 0 rejected. Records: 0 new, 7 unchanged, 2 changed, 0 vanished."
    )
    assert "All crime St Albans May 2020 3 2 −1" in said
    assert "All crime St Albans Apr to Jun 2020 release 1 9 8 −1" in said
    assert "Burglary: residential St Albans Apr to Jun 2020 release 1 3 4 +1" in said
    assert lines(csp("changes", "1").stdout)[0] == f"Delivery 1: {Q1_FILE}"
    assert csp("changes", "9").stderr == "csp: There is no delivery 9.\n"


def test_options_that_do_not_go_together_are_refused(home: Path):
    csp("receive", Q1_FILE)
    csp("quarter", "2020-21-Q1")
    for more in (("--as-at", "2020-07-09"), ("--draft",), ("--audience", "public")):
        done = csp("quarter", "2020-21-Q1", "--release", "1", *more)
        assert (done.exit_code, done.stderr) == (
            WRONG_USE,
            "csp: --release prints what was published, for whom it was; --as-at, --draft and "
            "--audience do not go with it.\n",
        )
    assert csp("year", "2020-21", "--as-at", "2999-01-01").exit_code == WRONG_USE
    refused = csp("quarter", "2020-21-Q1", "--as-at", "2020-07-09", "--audience", "public")
    assert refused.exit_code == WRONG_USE
    assert "csp: --as-at looks back for the partnership alone" in refused.stderr
    assert csp("quarter", "2020-21-Q1", "--release", "0").exit_code == WRONG_USE
    assert csp("quarter", "2020-21-Q1", "--release", "1").exit_code == FINE
    before = files_below(home / "data/packs/2020-21-q1-partnership")
    assert files_below(home / "data/packs/2020-21-q1-partnership-release-1") == before


def test_a_pack_that_cannot_be_put_in_place_is_told(home: Path):
    csp("receive", Q1_FILE)
    shutil.rmtree(home / "data/packs")  # the page of the status is in it
    (home / "data/packs").write_text("a file where a folder must be", encoding="utf-8")
    done = csp("quarter", "2020-21-Q1")
    assert done.exit_code == WRONG_USE
    assert done.stderr.startswith("csp: Release 1 is published, but its pack could not be put")
    (home / "data/packs").unlink()
    assert csp("quarter", "2020-21-Q1").exit_code == FINE


def test_a_pack_for_the_public_lies_beside_and_hides_what_is_small(home: Path):
    """Nine crimes, three of each of three kinds: the total alone could not be told from them."""
    csp("receive", Q1_FILE)
    assert csp("quarter", "2020-21-Q1").exit_code == FINE
    done = csp("quarter", "2020-21-Q1", "--audience", "public")
    assert lines(done.stdout)[1] == "Release 2: published."
    shown = figures(home / "data/packs/2020-21-q1")
    assert (shown["all-crime"], shown["robbery"], shown["drug-offences"]) == ("9", "c", "0")
    assert figures(home / "data/packs/2020-21-q1-partnership")["robbery"] == "3"
    page = (home / "data/packs/2020-21-q1/index.html").read_text("utf-8")
    assert "Not for publication" not in page
    assert "Received for every month of Apr to Jun 2020." in page
    told = json.loads((home / "data/packs/2020-21-q1/manifest.json").read_text("utf-8"))
    assert (told["audience"], told["release"]) == ("public", 2)
    before = files_below(home / "data/packs/2020-21-q1")
    assert csp("quarter", "2020-21-Q1", "--release", "2").exit_code == FINE
    assert files_below(home / "data/packs/2020-21-q1-release-2") == before
    csp("receive", RESENT_FILE)
    csp("quarter", "2020-21-Q1", "--audience", "public")
    # Of what was hidden nothing is said, also where it moved; nor how many records did.
    assert revisions(home / "data/packs/2020-21-q1") == [
        ("2020-21-Q1", "all-crime", "9", "8", "-1")
    ]
    assert not any("record" in why for why in reasons(home / "data/packs/2020-21-q1"))
