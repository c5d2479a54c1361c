"""What is published stands: it is frozen, printed again, and told of when it moves."""

import json
from pathlib import Path

import pytest
from support.databases import POSTGRESQL, SQLITE
from support.desk import Desk, police
from support.files import files_below
from support.story import (
    FIRST,
    HOUR,
    JULY,
    OCTOBER,
    Q1,
    Q1_FILE,
    Q2,
    SECOND,
    figures,
    reasons,
    revisions,
    story,
)

from flows.publish import print_release, publish
from reports import publication
from schemas.period import Quarter
from warehouse.releases import releases

pytestmark = pytest.mark.slow  # each opens warehouses

# --- the story ----------------------------------------------------------------------------------


def test_crimes_that_move_are_marked_and_explained_and_the_first_release_stands(either: Desk):
    published = story(either)
    again = publish(either.engine, Q1, either.settings, at=OCTOBER + HOUR)
    shown = figures(again.folder)
    assert (again.edition.release, again.is_new) == (2, True)
    # Crime 1 is a burglary now, crime 5 no crime; what stayed as it was carries no mark.
    assert shown["all-crime"] == "8 r"
    assert shown["vehicle-offences"] == "2 r"
    assert shown["burglary-residential"] == "4 r"
    assert shown["robbery"] == "2 r"
    assert shown["drug-offences"] == "0"
    assert revisions(again.folder) == [
        ("2020-21-Q1", "all-crime", "9", "8", "-1"),
        ("2020-21-Q1", "burglary-residential", "3", "4", "1"),
        ("2020-21-Q1", "vehicle-offences", "3", "2", "-1"),
        ("2020-21-Q1", "robbery", "3", "2", "-1"),
        # Of the ward in which all of them happened.
        ("2020-21-Q1", "all-crime", "9", "8", "-1"),
    ]
    why = "police-crime-2020-21-q1 again.csv, received 8 Oct 2020: 2 records changed"
    assert reasons(again.folder) == {why}
    page = (again.folder / "index.html").read_text("utf-8")
    assert ">8 [r]</td>" in page
    assert "[r] revised: another figure was published before; see Revisions" in page
    assert f"<li>{why}.</li>" in page
    first = print_release(either.engine, Q1, either.settings, 1)
    assert first.folder.name == "2020-21-q1-partnership-release-1"
    assert files_below(first.folder) == published
    assert first.differing == ()


def test_the_next_pack_tells_of_the_quarter_that_it_does_not_print(either: Desk):
    """Its year to date would not be the sum of what was circulated, and nobody would know why."""
    story(either)
    pack = publish(either.engine, Q2, either.settings, at=OCTOBER + HOUR)
    assert figures(pack.folder)["all-crime"] == "3"
    assert [line[:2] for line in revisions(pack.folder)] == [
        ("2020-21-Q1", "all-crime"), ("2020-21-Q1", "burglary-residential"),
        ("2020-21-Q1", "vehicle-offences"), ("2020-21-Q1", "robbery"),
    ]  # fmt: skip


def test_a_pack_is_compared_with_its_own_last_edition(desk: Desk):
    """Another pack prints the new figure in between: readers of the old edition were not told."""
    story(desk)
    compared = publish(desk.engine, Quarter(2021, 1), desk.settings, at=OCTOBER)
    assert ("2020-21-Q1", "all-crime", "9", "8", "-1") in revisions(compared.folder)
    assert "8,r" in (compared.folder / "tables/police-recorded-crime.csv").read_text("utf-8")
    again = publish(desk.engine, Q1, desk.settings, at=OCTOBER)
    assert figures(again.folder)["all-crime"] == "8 r"


def test_both_databases_print_the_same_and_give_the_same_reasons(tmp_path: Path):
    made = []
    for kind in (SQLITE, POSTGRESQL):
        folder = tmp_path / kind
        folder.mkdir()
        with Desk.open(kind, folder) as opened:
            story(opened)
            settings = opened.settings.model_copy(update={"formats": ("pdf", "xlsx", "docx")})
            pack = publish(opened.engine, Q1, settings, at=OCTOBER + HOUR)
            made.append({path.name: path.read_bytes() for path in pack.folder.rglob("*.*")
                         if path.is_file()})  # fmt: skip
    assert made[0] == made[1]
    assert {name.rsplit(".", 1)[-1] for name in made[0]} >= {"html", "xlsx", "docx", "csv", "json"}


# --- publishing again -------------------------------------------------------------------------


def test_the_same_figures_again_are_no_new_release_and_the_same_bytes(either: Desk):
    either.came(Q1_FILE, police(FIRST), JULY)
    first = publish(either.engine, Q1, either.settings, at=JULY + HOUR)
    before = files_below(first.folder)
    # What came meanwhile changes no figure of the pack.
    either.came("police-crime-2020-21-q2.csv", police(SECOND), OCTOBER)
    again = publish(either.engine, Q1, either.settings, at=OCTOBER + HOUR)
    assert files_below(again.folder) == before
    assert (again.edition.release, again.is_new) == (1, False)
    assert [line.id for line in releases(either.engine)] == [1]


def test_a_run_that_ends_between_warehouse_and_folder_is_healed(desk: Desk, monkeypatch):
    desk.came(Q1_FILE, police(FIRST), JULY)

    def killed(folder, content):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publication, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(desk.engine, Q1, desk.settings, at=JULY + HOUR)
    assert [line.id for line in releases(desk.engine)] == [1]
    assert not desk.settings.packs.exists()
    healed = publish(desk.engine, Q1, desk.settings, at=OCTOBER)
    assert (healed.edition.release, healed.is_new) == (1, False)
    assert json.loads(files_below(healed.folder)["manifest.json"])["published_at"] == (
        "2020-07-09T13:00:00Z"
    )


def test_a_draft_freezes_nothing(desk: Desk):
    desk.came(Q1_FILE, police(FIRST), JULY)
    pack = publish(desk.engine, Q1, desk.settings, is_draft=True)
    assert pack.folder.name == "2020-21-q1-partnership-draft"
    assert releases(desk.engine) == []
    assert "Release" not in (pack.folder / "index.html").read_text("utf-8")


def test_a_release_that_this_program_prints_otherwise_says_so(desk: Desk, monkeypatch):
    desk.came(Q1_FILE, police(FIRST), JULY)
    publish(desk.engine, Q1, desk.settings)
    real = publication.files_of
    monkeypatch.setattr(
        publication, "files_of",
        lambda edition, *more: {n: t.replace(b"Shorthand", b"Marks") for n, t in
                                real(edition, *more).items()},
    )  # fmt: skip
    again = print_release(desk.engine, Q1, desk.settings, 1)
    assert again.differing == ("index.html",)
    assert json.loads(files_below(again.folder)["manifest.json"])["differing"] == ["index.html"]
