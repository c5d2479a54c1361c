"""The index of packs: which there are, newest first, and what stands of each."""

import json

from support.page import read

from reports.packs_index import UNREAD, write_index
from schemas.period import FinancialYear, Quarter

YEAR, Q1 = FinancialYear(2020), Quarter(2020, 1)


def rows(packs) -> list[list[str]]:
    tree = read((packs / "index.html").read_text("utf-8"))
    return [[cell.text for cell in tr.children] for tr in tree.all("tbody")[0].all("tr")]


def test_packs_stand_by_their_months_with_what_they_are(shelf):
    shelf.publish(Q1)
    shelf.publish(YEAR, formats=("xlsx", "docx"))
    shelf.draft(Q1)
    assert rows(shelf.packs) == [
        ["Apr 2020 to Mar 2021", "Year", "Partnership", "Published", "Release 2, 30 Apr 2021",
         "DOCX of Apr 2020 to Mar 2021, 2020-21-partnership , "
         "XLSX of Apr 2020 to Mar 2021, 2020-21-partnership"],
        ["Apr to Jun 2020", "Quarter", "Partnership", "Published", "Release 1, 30 Apr 2021",
         "the page alone"],
        ["Apr to Jun 2020", "Quarter", "Partnership", "Draft: not for publication", "",
         "the page alone"],
    ]  # fmt: skip


def test_every_link_of_the_index_leads_to_a_file(shelf):
    shelf.publish(YEAR, formats=("xlsx",))
    tree = read((shelf.packs / "index.html").read_text("utf-8"))
    links = [a.given["href"] for a in tree.all("a")[1:]]
    assert links == [
        "2020-21-partnership/index.html",
        "2020-21-partnership/community-safety-2020-21-partnership.xlsx",
    ]  # fmt: skip
    assert all((shelf.packs / link).is_file() for link in links)


def test_a_pack_that_cannot_be_read_is_named_and_hides_no_other(shelf):
    shelf.publish(Q1)
    (shelf.packs / "broken").mkdir()
    (shelf.packs / "broken" / "manifest.json").write_text("{", encoding="utf-8")
    (shelf.packs / "odd").mkdir()
    (shelf.packs / "odd" / "manifest.json").write_text(json.dumps([]), encoding="utf-8")
    write_index(shelf.packs, "A Partnership")
    assert [row[3] for row in rows(shelf.packs)] == ["Published", UNREAD, UNREAD]


def test_half_a_pack_is_no_pack(shelf):
    shelf.publish(Q1)
    (shelf.packs / ".2020-21.new").mkdir()
    (shelf.packs / ".2020-21.new" / "manifest.json").write_text("{}", encoding="utf-8")
    write_index(shelf.packs, "A Partnership")
    assert len(rows(shelf.packs)) == 1
    assert [path.name for path in shelf.packs.glob(".*.new")] == [".2020-21.new"]


def test_the_same_packs_give_the_same_index(shelf):
    shelf.publish(Q1)
    before = (shelf.packs / "index.html").read_bytes()
    shelf.publish(Q1)
    assert (shelf.packs / "index.html").read_bytes() == before


def test_the_name_of_a_folder_cannot_act(shelf):
    shelf.publish(Q1)
    (shelf.packs / '"><script>x').mkdir()
    (shelf.packs / '"><script>x' / "manifest.json").write_text("{", encoding="utf-8")
    write_index(shelf.packs, "<b>A</b>")
    tree = read((shelf.packs / "index.html").read_text("utf-8"))
    assert tree.all("script", "b") == []
