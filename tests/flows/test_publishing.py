"""What is published stands: it is frozen, printed again, looked back to, and told of when it moves.

The story: a crime of April to June is classified anew and another one is cancelled, in a file that
comes with the next quarter's.
"""

import csv
import json
import re
import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from support.command import FINE, WRONG_USE, csp
from support.databases import POSTGRESQL, SQLITE
from support.desk import Desk, police
from support.files import put

from flows.publish import CannotPrint, HeldBack, look_back, print_release, publish
from reports import publication
from reports.edition import Order
from reports.pack import Caveat
from reports.publication import print_now
from schemas.audience import Audience
from schemas.issues import LawBroken
from schemas.period import FinancialYear, Quarter
from warehouse.releases import releases

pytestmark = pytest.mark.slow  # each opens warehouses

Q1, Q2, YEAR = Quarter(2020, 1), Quarter(2020, 2), FinancialYear(2020)
JULY, OCTOBER = datetime(2020, 7, 9, 12), datetime(2020, 10, 8, 12)
HOUR = timedelta(hours=1)
HEAD = "Crime Reference | Date Recorded | HO Code | Status\n"
FIRST = HEAD + "".join(
    f"41/{n}/20 | 14/0{month}/2020 | {code} | Recorded\n"
    for n, (month, code) in enumerate([(m, c) for m in (4, 5, 6) for c in ("45", "34B", "28E")], 1)
)
RESENT = FIRST.replace("41/1/20 | 14/04/2020 | 45", "41/1/20 | 14/04/2020 | 28E").replace(
    "41/5/20 | 14/05/2020 | 34B | Recorded", "41/5/20 | 14/05/2020 | 34B | Cancelled"
)
SECOND = HEAD + "".join(f"41/{n}/20 | 14/0{n - 13}/2020 | 45 | Recorded\n" for n in (20, 21, 22))
Q1_FILE, RESENT_FILE = "police-crime-2020-21-q1.csv", "police-crime-2020-21-q1 again.csv"


def end(year: int, month: int, day: int) -> datetime:
    """The last moment of a day."""
    return datetime.combine(date(year, month, day), time.max)


def story(desk: Desk) -> dict[str, bytes]:
    """Load and publish the first quarter, then load the second and the first again."""
    desk.came(Q1_FILE, police(FIRST), JULY)
    first = publish(desk.engine, Q1, desk.settings, at=JULY + HOUR)
    published = files(first.folder)
    desk.came("police-crime-2020-21-q2.csv", police(SECOND), OCTOBER)
    desk.came(RESENT_FILE, police(RESENT), OCTOBER)
    return published


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def figures(folder: Path) -> dict[str, str]:
    """The quarter's figures of a pack with their marks: "4", "4 r"."""
    with (folder / "tables/police-recorded-crime.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["measure"]: f"{row['value']} {row['mark']}".strip()
            for row in csv.DictReader(file)
            if not row["period"].endswith("YTD")
        }


def revisions(folder: Path) -> list[tuple[str, ...]]:
    with (folder / "revisions.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["period"], row["measure"], row["was"], row["is"], row["difference"])
            for row in csv.DictReader(file)
        ]


def reasons(folder: Path) -> set[str]:
    with (folder / "revisions.csv").open(encoding="utf-8", newline="") as file:
        return {row["why"] for row in csv.DictReader(file)}


def tables(folder: Path) -> dict[str, object]:
    """What must be the same to the byte: every CSV, and every table of the page."""
    found: dict[str, object] = {
        name: content for name, content in files(folder).items() if name.endswith(".csv")
    }
    page = (folder / "index.html").read_text("utf-8")
    return found | {"tables": re.findall(r"<table.*?</table>", page, re.DOTALL)}


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
    assert files(first.folder) == published
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
    before = files(first.folder)
    # What came meanwhile changes no figure of the pack.
    either.came("police-crime-2020-21-q2.csv", police(SECOND), OCTOBER)
    again = publish(either.engine, Q1, either.settings, at=OCTOBER + HOUR)
    assert files(again.folder) == before
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
    assert json.loads(files(healed.folder)["manifest.json"])["published_at"] == (
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
    assert json.loads(files(again.folder)["manifest.json"])["differing"] == ["index.html"]


# --- looking back -----------------------------------------------------------------------------


def test_looking_back_gives_the_tables_of_that_day_to_the_byte(either: Desk):
    either.came(Q1_FILE, police(FIRST), JULY)
    first = publish(either.engine, Q1, either.settings, at=JULY + HOUR)
    then = tables(first.folder)
    either.came(RESENT_FILE, police(RESENT), OCTOBER)
    publish(either.engine, Q1, either.settings, at=OCTOBER + HOUR)
    pack = look_back(either.engine, Q1, either.settings, end(2020, 7, 9))
    assert pack.folder.name == "2020-21-q1-partnership-as-at-2020-07-09"
    assert tables(pack.folder) == then
    assert "Looking back: these are the tables as they stood at the end of 9 Jul 2020. They are " \
        "those of release 1." in (pack.folder / "index.html").read_text("utf-8")  # fmt: skip
    assert json.loads(files(pack.folder)["manifest.json"])["as_at"] == "2020-07-09"
    later = look_back(either.engine, Q1, either.settings, end(2020, 10, 8))
    assert tables(later.folder) == tables(either.settings.packs / "2020-21-q1-partnership")
    assert [line.id for line in releases(either.engine)] == [1, 2]


def test_looking_back_to_what_was_never_published(either: Desk):
    story(either)
    pack = look_back(either.engine, Q1, either.settings, end(2020, 10, 8))
    assert figures(pack.folder)["robbery"] == "2 r"
    assert reasons(pack.folder) == {
        "police-crime-2020-21-q1 again.csv, received 8 Oct 2020: 2 records changed"
    }
    assert "They were not published in this form." in (pack.folder / "index.html").read_text(
        "utf-8"
    )
    assert len(releases(either.engine)) == 1


def test_nothing_is_looked_back_to_for_the_public(desk: Desk):
    """It would be a published file that no later pack reckons with."""
    desk.came(Q1_FILE, police(FIRST), JULY)
    public = desk.settings.model_copy(update={"audience": Audience.PUBLIC})
    for is_draft in (False, True):
        with pytest.raises(CannotPrint, match=r"^--as-at looks back for the partnership alone: "):
            look_back(desk.engine, Q1, public, end(2020, 7, 9), is_draft=is_draft)
    order = Order(Q1, public.areas, "A Partnership", (), "1.2.3", audience=Audience.PUBLIC)
    with pytest.raises(LawBroken, match="no pack for the public looks back"):
        print_now(desk.engine, order, public.packs, Caveat(as_at=JULY.date()))
    assert not list(public.packs.glob("*as-at*"))


def test_a_hold_that_stood_then_holds_it_then(desk: Desk):
    months = ["04"] * 12 + ["06"] * 12
    rows = "".join(f"41/{n}/20 | 14/{m}/2020 | 45 | Recorded\n" for n, m in enumerate(months, 1))
    desk.came(Q1_FILE, police(HEAD + rows), JULY)
    day = end(2020, 7, 9)
    with pytest.raises(HeldBack):
        look_back(desk.engine, Q1, desk.settings, day)
    pack = look_back(desk.engine, Q1, desk.settings, day, is_draft=True)
    assert pack.folder.name == "2020-21-q1-partnership-as-at-2020-07-09-draft"
    assert '<body class="draft">' in (pack.folder / "index.html").read_text("utf-8")


def test_what_cannot_be_printed_says_why(desk: Desk):
    def refused(action) -> str:
        with pytest.raises(CannotPrint) as reason:
            action()
        return str(reason.value)

    engine, settings = desk.engine, desk.settings
    assert refused(lambda: look_back(engine, Q1, settings, end(2020, 7, 9))) == (
        "Nothing has been received yet, so there is nothing to look back to."
    )
    desk.came(Q1_FILE, police(FIRST), JULY)
    assert refused(lambda: look_back(engine, Q1, settings, end(2020, 7, 8))) == (
        "By 8 Jul 2020 nothing had been received: the first file came on 9 Jul 2020."
    )
    publish(engine, Q1, settings)
    assert refused(lambda: print_release(engine, YEAR, settings, 1)) == (
        "Release 1 is of Apr to Jun 2020, not of Apr 2020 to Mar 2021."
    )
    assert refused(lambda: print_release(engine, Q1, settings, 2)) == (
        "There is no release 2; csp releases lists them."
    )


# --- the commands -----------------------------------------------------------------------------


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
    before = files(home / "data/packs/2020-21-q1-partnership")
    assert files(home / "data/packs/2020-21-q1-partnership-release-1") == before


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
    before = files(home / "data/packs/2020-21-q1")
    assert csp("quarter", "2020-21-Q1", "--release", "2").exit_code == FINE
    assert files(home / "data/packs/2020-21-q1-release-2") == before
    csp("receive", RESENT_FILE)
    csp("quarter", "2020-21-Q1", "--audience", "public")
    # Of what was hidden nothing is said, also where it moved; nor how many records did.
    assert revisions(home / "data/packs/2020-21-q1") == [
        ("2020-21-Q1", "all-crime", "9", "8", "-1")
    ]
    assert not any("record" in why for why in reasons(home / "data/packs/2020-21-q1"))
