"""The page of a receipt: what a screen reader finds in it, and that no text in it can act."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from support.page import Tag, read

from reports.formats import page as page_module
from reports.formats.receipt_html import render_receipt
from reports.receipt import Finding, HoldLine, LoadCounts, Receipt, RowNumbers, TrendLine
from schemas.period import Month, Span

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
Q1 = Span(Month(2020, 4), Month(2020, 6))
RECEIPT = Receipt(
    partnership="A Partnership", file_name="police q1.csv", version="1.2.3", source="police_crime",
    title="Police recorded crime", partner="The force", layout="partnership extract",
    sha256="ab" * 32, size_bytes=12_345, received=date(2020, 7, 9), delivery_id=4, span=Q1,
    read=10_400, accepted=400, loaded=LoadCounts(390, 10, 5),
    findings=(
        Finding("word-unknown", "Status", "Recorded or Cancelled",
                RowNumbers(n for n in range(2, 12_002) if n % 6)),
        Finding("personal-data", "Ward", rows=RowNumbers([14, 15, 16])),
        Finding("offence-unmapped", rows=RowNumbers([40])),
        Finding("column-undeclared", "column S"),
        Finding("date-serial", "Committed From", rows=RowNumbers([50, 51])),
    ),
    holds=(HoldLine("Too many rows were rejected: 96%."),
           HoldLine("Few rows.", "released by A. Person", is_open=False)),
    months=((Month(2020, 4), 300), (Month(2020, 6), 100)),
    trend=(
        TrendLine(1, "police-old.csv", date(2020, 4, 8), "accepted", 100, 99, Q1),
        TrendLine(4, "police q1.csv", date(2020, 7, 9), "accepted", 10_400, 400, Q1),
    ),
)  # fmt: skip
REFUSED = Receipt(
    "A Partnership", "other.csv", "1.2.3", is_rejected=True,
    findings=(Finding("sheet-hidden", expected="2"), Finding("header-missing", "DA")),
)  # fmt: skip
CLEAN = replace(RECEIPT, findings=(), holds=(), read=400, is_check=True, received=None, loaded=None,
                delivery_id=None, trend=())  # fmt: skip


@pytest.fixture(params=[RECEIPT, REFUSED, CLEAN], ids=["full", "refused", "clean"])
def tree(request: pytest.FixtureRequest) -> Tag:
    return read(render_receipt(request.param, "faults.csv"))


def test_the_page_has_a_language_a_title_and_one_main_heading(tree: Tag):
    (html,) = tree.all("html")
    assert html.given["lang"] == "en-GB"
    (title,) = tree.all("title")
    assert title.text.endswith(".csv")
    (h1,) = tree.all("h1")
    assert h1.text.split()[0] in ("Receipt", "Check")
    assert [len(tree.all(name)) for name in ("main", "header", "footer")] == [1, 1, 1]


def test_headings_go_down_one_level_at_a_time(tree: Tag):
    levels = [int(tag.name[1]) for tag in tree.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_id_is_used_once_and_every_name_leads_to_one(tree: Tag):
    ids = Counter(tag.given["id"] for tag in tree.all() if "id" in tag.given)
    assert [name for name, times in ids.items() if times > 1] == []
    named = [tag.given["aria-labelledby"] for tag in tree.all() if "aria-labelledby" in tag.given]
    assert set(named) <= set(ids)
    links = [tag.given["href"] for tag in tree.all("a")]
    assert links[0] == "#main"
    assert set(links[1:]) <= {"faults.csv"}


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(tree: Tag):
    assert tree.all("script", "link", "img", "iframe", "object", "form") == []
    assert not [name for tag in tree.all() for name in tag.given if name.startswith("on")]
    assert [tag for tag in tree.all() if "style" in tag.given] == []
    (style,) = tree.all("style")
    assert "@import" not in style.text
    assert "url(" not in style.text


def test_every_table_has_its_caption_and_every_cell_its_headings(tree: Tag):
    for table in tree.all("table"):
        assert table.children[0].name == "caption"
        assert table.children[0].text
        heads = table.all("th")
        assert {th.given["scope"] for th in heads} <= {"col", "row", "colgroup", "rowgroup"}
        assert all(th.text for th in heads)
        ids = {th.given["id"] for th in heads if "id" in th.given}
        for row in table.all("tbody")[0].all("tr"):
            assert row.children[0].name == "th"
        for cell in table.all("td"):
            assert set((cell.given["headers"] or "").split()) <= ids
            assert cell.text, "nothing is told by a bar or a colour alone"


def test_drawings_are_hidden_from_screen_readers_and_stand_beside_words(tree: Tag):
    for drawn in tree.all("svg"):
        assert drawn.given["aria-hidden"] == "true"
    for drawn in tree.all("span"):
        if drawn.given.get("class") == "bar":
            assert drawn.text


def test_the_verdict_comes_first_but_for_a_security_notice():
    full, clean = read(render_receipt(RECEIPT, "f.csv")), read(render_receipt(CLEAN, "f.csv"))
    assert [h2.text for h2 in full.all("h2")] == [
        "Security notice",
        "Accepted, but 10,000 of 10,400 rows were rejected and the figures are held back",
        "Held until somebody has decided", "What was found", "Quality of the data",
        "What was accepted", "Compared with earlier deliveries", "The file",
    ]  # fmt: skip
    assert [h2.text for h2 in clean.all("h2")] == [
        "The file would be accepted: all 400 rows", "Quality of the data",
        "What would be accepted", "The file",
    ]  # fmt: skip
    (notice,) = [s for s in full.all("section") if s.given.get("class") == "security"]
    assert "'Ward' holds what looks like personal data. Rows 14 to 16." in notice.text


def test_a_fault_says_what_is_wrong_in_which_rows_and_what_to_do():
    table = read(render_receipt(RECEIPT, "f.csv")).all("table")[0]
    heads = [th.text for th in table.all("thead")[0].all("th")]
    assert heads == ["What is wrong", "Outcome", "In which rows", "What to do"]
    rows = {row.children[0].text: [td.text for td in row.all("td")] for row in table.all("tr")}
    assert list(rows) == [
        "What is wrong",
        "Security: rejected rows",
        "'Ward' holds what looks like personal data.",
        "Rejected rows",
        "'Status' holds a word that is not on its list: Recorded or Cancelled.",
        "Warnings: nothing is rejected for them",
        "The offence code is not on the list of notifiable offences of its date. The crime is "
        "counted in all crime and in other crime only.",
        "A column that is not part of the agreed layout (column S) was not read and not stored.",
        "Repairs: mended on the way, nothing is rejected for them",
        RECEIPT.findings[-1].sentence,
    ]
    outcome, where, remedy = rows[RECEIPT.findings[0].sentence]
    assert outcome == "10,000 rejected"
    assert where.startswith("Rows 2 to 5, 7 to 11, 13 to 17")
    assert where.endswith("and 9,941 more")
    assert remedy.startswith("Use a word of the list")


def test_a_file_that_was_refused_before_its_rows_has_no_counts_and_no_scores():
    main = read(render_receipt(REFUSED, "f.csv")).all("main")[0]
    assert "The file was rejected" in main.text
    assert main.all("ul")[-1].given.get("class") is None
    assert [h2.text for h2 in main.all("h2")][1:] == [
        "The file was rejected: nothing of it is counted", "What was found", "The file",
    ]  # fmt: skip


def test_earlier_deliveries_stand_above_this_one():
    trend = read(render_receipt(RECEIPT, "f.csv")).all("table")[-1]
    rows = [[part.text for part in row.children] for row in trend.all("tbody")[0].all("tr")]
    assert rows == [
        ["police-old.csv (Apr to Jun 2020)", "8 Apr 2020", "Accepted", "100", "99", "1.0%"],
        ["police q1.csv (Apr to Jun 2020): this file", "9 Jul 2020", "Accepted", "10,400", "400",
         "96.2%"],
    ]  # fmt: skip


def test_whatever_a_name_holds_comes_out_as_text():
    receipt = replace(
        RECEIPT, partnership=SCRIPT, file_name=SCRIPT, title=SCRIPT, partner=SCRIPT, layout=SCRIPT,
        version=SCRIPT, holds=(HoldLine(SCRIPT, SCRIPT, SCRIPT),),
        findings=(Finding("word-unknown", SCRIPT, SCRIPT, RowNumbers([3])),
                  Finding("personal-data", SCRIPT, SCRIPT, RowNumbers([3]))),
        trend=tuple(replace(line, file_name=SCRIPT, status=SCRIPT) for line in RECEIPT.trend),
    )  # fmt: skip
    text = render_receipt(receipt, SCRIPT)
    tree = read(text)
    assert tree.all("script", "img") == []
    assert SCRIPT not in text
    assert tree.all("h1")[0].text == f"Receipt {SCRIPT}"
    assert SCRIPT in tree.all("table")[0].text


def test_the_link_to_the_csv_survives_any_name():
    tree = read(render_receipt(RECEIPT, "50% of #1?.csv"))
    assert tree.all("a")[1].given["href"] == "50%25%20of%20%231%3F.csv"


def test_the_same_receipt_gives_the_same_bytes():
    assert render_receipt(RECEIPT, "f.csv") == render_receipt(RECEIPT, "f.csv")


def test_every_colour_of_words_can_be_read_on_its_ground():
    """4.5 to 1 at least, for the tones of verdict and chips (WCAG 2.2, 1.4.3)."""
    folder = Path(page_module.__file__).parent
    sheet = (folder / "receipt.css").read_text(encoding="utf-8")
    pairs = re.findall(r"background: (#[0-9a-f]{6}); color: (#[0-9a-f]{6})", sheet)
    assert len(pairs) == 4
    common = (folder / "page.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", common))
    pairs += [("#ffffff", named["soft"]), (named["wash"], named["brand"]), ("#ffffff", "#931a10")]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
