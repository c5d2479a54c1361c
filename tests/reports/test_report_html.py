"""The page of a pack: what a screen reader finds in it, and that no text in it can act."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from support.page import Tag, read

from reports.cells import compare
from reports.document import (
    Bullets,
    Chart,
    Document,
    Grid,
    KeyFigure,
    Notice,
    Paragraph,
    Run,
    Section,
    Style,
    numbered,
    plain,
)
from reports.figures import Filled, Line, fill, windows
from reports.formats.csvs import to_csv
from reports.formats.html import render
from reports.formats.texts import kept_together
from reports.layout import row_label
from reports.sections import (
    key_figures_section,
    revisions_section,
    sources_section,
    table_sections,
)
from reports.sources import SourceLine
from reports.spec import Role
from reports.tables import CCTV, CCTV_ESTATE, FIRE, POLICE, STREET, TABLES, TRADING_STANDARDS
from schemas.areas import ST_ALBANS, Area
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Quarter
from schemas.reported import Stated

YEAR, Q1 = FinancialYear(2020), Quarter(2020, 1)
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


LINE = SourceLine("Police crime", "The force", "police_crime", "2 rows read.", ("a.csv",), True)
GAP = SourceLine("CCTV log", "The council", "cctv_log", "Nothing was received.", (), False)
FIGURE = KeyFigure("All crime", "St Albans", "7,846", "down 1,030")


def page_of(
    shelf, period=YEAR, home=ST_ALBANS, specs=(POLICE, FIRE), sources=(LINE, GAP), **changes
) -> Document:
    filled = [shelf.fill(spec, period, home) for spec in specs]
    page = Document(
        title="Annual tables", subtitle=period.label, publisher="A Partnership",
        opening=(key_figures_section((FIGURE,)),),
        sections=(
            *table_sections(filled, sources), revisions_section(()), sources_section(sources),
        ),
    )  # fmt: skip
    return replace(page, **changes)


@pytest.fixture(scope="module", params=[YEAR, Q1], ids=["year", "quarter"])
def tree(kept_shelf, request) -> Tag:
    """A page of each kind with all tables, read back."""
    return read(render(page_of(kept_shelf, request.param, specs=TABLES)))


# --- the page ---------------------------------------------------------------------------------


def test_the_page_has_a_language_a_title_and_one_main_heading(tree: Tag):
    (html,) = tree.all("html")
    assert html.given["lang"] == "en-GB"
    (title,) = tree.all("title")
    assert title.text.endswith("2020: A Partnership") or title.text.endswith("2021: A Partnership")
    (h1,) = tree.all("h1")
    assert h1.text.startswith("Annual tables")
    assert [len(tree.all(name)) for name in ("main", "header", "footer", "nav")] == [1, 1, 1, 1]


def test_headings_go_down_one_level_at_a_time(tree: Tag):
    levels = [int(tag.name[1]) for tag in tree.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(tag.text for tag in tree.all("h1", "h2"))


def test_every_id_is_used_once_and_every_link_within_the_page_leads_somewhere(tree: Tag):
    ids = Counter(tag.given["id"] for tag in tree.all() if "id" in tag.given)
    assert [name for name, times in ids.items() if times > 1] == []
    links = [tag.given["href"] or "" for tag in tree.all("a")]
    assert links[0] == "#main"
    within = [link[1:] for link in links if link.startswith("#")]
    assert set(within) <= set(ids)
    assert {table.code for table in TABLES} <= set(within)
    labels = [tag.given["aria-labelledby"] for tag in tree.all() if "aria-labelledby" in tag.given]
    assert labels
    assert set(labels) <= set(ids)


def test_links_out_of_the_page_are_the_packs_own_files(tree: Tag):
    out = [tag.given["href"] for tag in tree.all("a") if not tag.given["href"].startswith("#")]
    assert out == [f"tables/{table.code}.csv" for table in TABLES]


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(tree: Tag):
    assert tree.all("script", "link", "img", "iframe", "object", "form") == []
    assert not [name for tag in tree.all() for name in tag.given if name.startswith("on")]
    (style,) = tree.all("style")
    assert "@import" not in style.text
    assert "url(" not in style.text


def test_nothing_is_styled_in_place_but_the_bold_of_totals(tree: Tag):
    styles = Counter(tag.given["style"] for tag in tree.all() if "style" in tag.given)
    assert set(styles) == {"font-weight: bold;"}
    bold = [t for t in tree.all("th") if "style" in t.given]
    assert [tag.text for tag in bold] == [
        MEASURES[row.measure].label
        for table in TABLES
        for row in table.rows
        if row.role is Role.TOTAL
    ]


# --- tables -----------------------------------------------------------------------------------


def test_every_table_begins_with_its_caption(tree: Tag):
    tables = tree.all("table")
    assert len(tables) == len(TABLES)
    for number, (table, spec) in enumerate(zip(tables, TABLES, strict=True), start=1):
        assert table.children[0].name == "caption"
        assert len(table.all("caption")) == 1
        assert table.children[0].text.startswith(f"Table {number}: {spec.title}")


def test_a_caption_says_where_when_and_in_what_unit(shelf):
    tree = read(render(page_of(shelf)))
    police, fire = [caption.text for caption in tree.all("caption")]
    assert police == (
        "Table 1: Police recorded crime [note 1] [note 3] St Albans, Apr 2020 to Mar "
        "2021. Number of recorded crimes."
    )
    assert fire.endswith(
        "Hertfordshire, St Albans and Rest of Hertfordshire, Apr 2020 to Mar 2021. Number of "
        "fires, unless another unit is stated."
    )


def test_every_heading_cell_says_what_it_heads(tree: Tag):
    for table in tree.all("table"):
        heads = table.all("th")
        assert {th.given["scope"] for th in heads} <= {"col", "row", "colgroup", "rowgroup"}
        assert all(th.text for th in heads)
        rows = table.all("tbody")[0].all("tr")
        assert all(row.children[0].name == "th" for row in rows)


def test_every_figure_names_its_headings_which_are_there(tree: Tag):
    for table in tree.all("table"):
        ids = {th.given["id"] for th in table.all("th") if "id" in th.given}
        cells = table.all("td")
        assert cells
        for cell in cells:
            named = (cell.given["headers"] or "").split()
            assert len(named) >= 2
            assert set(named) <= ids
            assert cell.text, "a figure is a number or a reason, never blank"


def test_whole_pounds_are_money_on_the_page_and_a_plain_number_in_the_tidy_csv():
    """Keeps away: a page that says 6 where pounds are meant, or a CSV in which £6 is a text."""
    key = ("rogue-trader-money-stopped", ST_ALBANS.county.code)
    filled = fill(
        {(*key, "2020-21"): 6, (*key, "2019-20"): 2_000}, TRADING_STANDARDS, YEAR, ST_ALBANS
    )
    page = Document(
        title="Annual tables", subtitle=YEAR.label, publisher="A Partnership",
        sections=table_sections([filled], (LINE,)),
    )  # fmt: skip
    table = read(render(page)).all("table")[0]
    row = next(r for r in table.all("tr") if r.all("th")[0].text.startswith("Money stopped"))
    assert [cell.text for cell in row.all("td")] == ["£6", "£2,000", "\u2212£1,994", "\u221299.7"]
    (line,) = (r for r in to_csv(filled).split("\n") if r.split(",")[1:2] == [key[0]])
    assert "Apr 2020 to Mar 2021,6,,2000,,-1994,-99.7" in line


def test_a_row_has_its_figures_in_the_order_of_the_headings(shelf):
    shelf.set("robbery", since_2019_04=(9,) * 12, since_2020_04=(4,) * 12)
    table = read(render(page_of(shelf))).all("table")[0]
    assert [th.text for th in table.all("thead")[0].all("th")] == [
        "Offence", "Apr 2020 to Mar 2021", "Apr 2019 to Mar 2020", "Change", "Change (%)",
    ]  # fmt: skip
    (row,) = [tr for tr in table.all("tr") if tr.children[0].text == "Robbery"]
    assert [cell.text for cell in row.all("td")] == ["48", "108", "\u221260", "\u221255.6"]


def test_a_quarter_has_two_groups_of_columns(shelf):
    table = read(render(page_of(shelf, Q1))).all("table")[0]
    groups = [th for th in table.all("th") if th.given["scope"] == "colgroup"]
    assert [(th.text, th.given["colspan"]) for th in groups] == [
        ("Quarter", "4"), ("Year to date", "4"),
    ]  # fmt: skip
    assert len(table.all("tbody")[0].all("tr")[0].all("td")) == 8


def test_rows_of_several_areas_stand_under_the_name_of_theirs(shelf):
    table = read(render(page_of(shelf))).all("table")[-1]
    rows = [tr.children[0].text for tr in table.all("tbody")[0].all("tr")]
    assert rows == [
        "Hertfordshire", "Deliberate fires", "Primary fires", "Fire injuries (people)",
        "St Albans", "Deliberate fires", "Primary fires", "Fire injuries (people)",
        "Rest of Hertfordshire", "Deliberate fires", "Primary fires", "Fire injuries (people)",
    ]  # fmt: skip


def test_a_rows_label_says_that_it_overlaps_and_what_else_it_counts(shelf):
    police = shelf.fill(POLICE, YEAR)
    assert row_label(police.lines[0], police) == "All crime"
    assert row_label(police.lines[-1], police) == "of which: Domestic abuse crime [note 2]"
    cctv = shelf.fill(CCTV, YEAR)
    assert row_label(cctv.lines[-1], cctv).endswith("(discs) [note 1]")


def test_the_shorthand_of_a_table_is_explained_with_it_and_no_other(shelf):
    shelf.set("robbery", since_2019_04=(0,) * 12, since_2020_04=(4,) * 12)
    for measure in FIRE.measures[:3]:
        for area in (ST_ALBANS.district.code, ST_ALBANS.county.code):
            many = 2 if area == ST_ALBANS.county.code else 1
            shelf.set(measure, area, since_2019_04=(5 * many,) * 12, since_2020_04=(4 * many,) * 12)
    legends = [p.text for p in read(render(page_of(shelf))).all("p") if p.text.startswith("Short")]
    assert legends[0] == (
        "Shorthand: [x] not available: no complete data were received for the period; [z] not "
        "applicable: a change, or a percentage change (as from zero), would have no meaning."
    )
    assert len(legends) == 1, "the fire table has no marks, so no legend"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Apr 2020 to Mar 2021", "Apr_2020 to Mar_2021"),
        ("more than 25,000 (as at 31 Mar 2021)", "more than 25,000 (as at 31_Mar_2021)"),
        ("of which: Domestic abuse crime [note 2]", "of which: Domestic abuse crime [note_2]"),
        ("24 Nov 2026", "24_Nov_2026"),
        ("St Albans", "St_Albans"),
    ],
)
def test_a_date_a_month_and_a_note_are_not_broken_over_two_lines(text: str, told: str):
    assert kept_together(text).replace("\N{NO-BREAK SPACE}", "_") == told


def test_a_figure_with_its_date_may_stand_on_two_lines_and_no_other():
    """Keeps away: a table of figures each with its date that is wider than the sheet."""
    stated, row = Stated(99, as_at=date(2021, 3, 31)), CCTV_ESTATE.rows[0]
    line = Line(row, MEASURES[row.measure], ST_ALBANS.district, (compare(stated, 95),))
    table = Filled(CCTV_ESTATE, windows(YEAR), (line,))
    page = Document("A", "B", "C", sections=table_sections((table,), ()))
    cells = read(render(page)).all("td")
    assert [cell.text for cell in cells] == ["99 (as at 31 Mar 2021)", "95", "+4", "+4.2"]
    dated = [[span.given for span in cell.all("span")] for cell in cells]
    assert dated == [[{"class": "dated"}], [], [], []]


def test_notes_and_source_stand_with_each_table(shelf):
    main = read(render(page_of(shelf, specs=(POLICE, CCTV, FIRE)))).all("main")[0]
    lists = [ol for ol in main.all("ol") if ol.given.get("class") == "notes"]
    assert [item.text for ol in lists for item in ol.children] == [
        *POLICE.notes, *CCTV.notes, *FIRE.notes, *FIRE.county_notes,
    ]  # fmt: skip
    sources = [p.text for p in main.all("p") if p.text.startswith("Source:")]
    # Only what is not complete says so again beside its table.
    assert sources == ["Source: The force.", "Source: The council. Nothing was received."]


def test_tables_of_a_section_stand_under_one_heading(tree: Tag):
    headings = [h2.text for h2 in tree.all("h2")]
    assert headings == [
        "Key figures", "Contents", *dict.fromkeys(table.section for table in TABLES),
        "Revisions", "What the partners sent",
    ]  # fmt: skip


def test_files_are_listed_and_counted(shelf):
    line = SourceLine("Police", "Force", "police_crime", "Fine.", ("a.csv", "b.csv"), True)
    sources = (line, replace(line, files=("a.csv",)))
    tree = read(render(page_of(shelf, specs=(), sources=sources)))
    assert [s.text for s in tree.all("summary")] == ["2 files", "1 file"]
    assert [li.text for li in tree.all("details")[0].all("li")] == ["a.csv", "b.csv"]


def test_a_notice_is_shown_where_there_is_one(shelf):
    plain = read(render(page_of(shelf, specs=())))
    notices = (Notice("Synthetic data."), Notice("A draft:", ("One.", "Two.")))
    told = read(render(page_of(shelf, specs=(), notices=notices)))
    assert [p.text for p in plain.all("p") if p.given.get("class") == "notice"] == []
    assert [p.text for p in told.all("p") if p.given.get("class") == "notice"] == [
        "Synthetic data."
    ]
    (draft,) = [div for div in told.all("div") if div.given.get("class") == "notice"]
    assert [tag.text for tag in draft.all("p", "li")] == ["A draft:", "One.", "Two."]


def test_a_page_without_tables_is_a_page_all_the_same(shelf):
    tree = read(render(page_of(shelf, specs=(), sources=(), opening=())))
    assert tree.all("table") == []
    assert [h2.text for h2 in tree.all("h2")] == [
        "Contents", "Revisions", "What the partners sent",
    ]  # fmt: skip


# --- what is written into it ------------------------------------------------------------------


def test_whatever_a_name_holds_comes_out_as_text(shelf):
    home = replace(
        ST_ALBANS,
        district=Area(ST_ALBANS.district.code, f"District {SCRIPT}"),
        county=Area(ST_ALBANS.county.code, f"County {SCRIPT}"),
    )
    shelf.set("robbery", since_2019_04=(9,) * 12, since_2020_04=(4,) * 12)
    line = SourceLine(SCRIPT, SCRIPT, "police_crime", SCRIPT, (SCRIPT,), False)
    figure = KeyFigure(SCRIPT, SCRIPT, SCRIPT, SCRIPT)
    page = render(
        page_of(
            shelf, home=home, publisher=SCRIPT, title=SCRIPT, subtitle=SCRIPT, language=SCRIPT,
            lead=(plain(SCRIPT),), closing=(Paragraph((Run(SCRIPT, Style.STRONG, SCRIPT),)),),
            notices=(Notice(SCRIPT, (SCRIPT,)),), sources=(line,),
            opening=(key_figures_section((figure,)),),
        )
    )  # fmt: skip
    tree = read(page)
    assert tree.all("script", "img") == []
    assert not [name for tag in tree.all() for name in tag.given if name.startswith("on")]
    assert SCRIPT not in page
    # It is shown as it was given, everywhere.
    assert [h1.text for h1 in tree.all("h1")] == [f"{SCRIPT} {SCRIPT}"]
    assert [li.text for li in tree.all("details")[0].all("li")] == [SCRIPT]
    groups = [th.text for th in tree.all("table")[-1].all("th") if "County" in th.text]
    assert groups == [f"County {SCRIPT}", f"Rest of County {SCRIPT}"]


def test_every_block_of_a_document_finds_its_place_on_the_page():
    grid = Grid(
        "sent", "What came", ("File", "Rows"), (("a.csv", "2"), ("b.csv", "10")), "In order.",
        right=frozenset({1}), groups=("April", "May"),
    )  # fmt: skip
    words = Paragraph((Run("See "), Run("all", Style.EMPHASIS), Run(" of it", to="#sent")))
    chart = Chart(
        "trend", "All crime by month", "<svg viewBox='0 0 1 1'></svg>", "It fell.",
        replace(grid, anchor="trend-data", groups=()),
    )  # fmt: skip
    inner = Section("Deliveries", "deliveries", (grid, chart))
    outer = Section("Quality", "quality", (words, Bullets((words, plain("Two.")))), (inner,))
    page = Document("T", "S", "P", sections=numbered((Section("First", "first"), outer)))
    tree = read(render(page))
    assert [tag.text for tag in tree.all("h2", "h3")] == [
        "Contents", "1 First", "2 Quality", "2.1 Deliveries",
    ]  # fmt: skip
    (nav,) = tree.all("nav")
    assert [(a.text, a.given["href"]) for a in nav.all("a")] == [
        ("1 First", "#first"), ("2 Quality", "#quality"), ("2.1 Deliveries", "#deliveries"),
    ]  # fmt: skip
    assert [em.text for em in tree.all("em")] == ["all", "all"]
    assert [[cell.text for cell in tr.children] for tr in tree.all("table")[0].all("tr")] == [
        ["File", "Rows"], ["April"], ["a.csv", "2"], ["May"], ["b.csv", "10"],
    ]  # fmt: skip
    (figure,) = tree.all("figure")
    assert [tag.text for tag in figure.all("figcaption")] == ["All crime by month"]
    assert [(p.given["id"], p.text) for p in figure.all("p")] == [("trend-words", "It fell.")]
    assert len(figure.all("table")) == 1, "the figures stand with their picture"


@pytest.mark.parametrize(
    "given", [{"rows": (("a",),)}, {"groups": ("only one", "two")}], ids=["a cell", "a heading"]
)
def test_a_grid_that_lacks_something_is_none(given):
    with pytest.raises(ValueError, match="every row"):
        Grid(**({"anchor": "a", "title": "T", "header": ("A", "B"), "rows": (("a", "b"),)} | given))


def test_the_same_page_gives_the_same_text(shelf):
    shelf.set("robbery", since_2019_04=(9,) * 12, since_2020_04=(4,) * 12)
    assert render(page_of(shelf)) == render(page_of(shelf))


def test_street_level_figures_say_that_they_are_another_source(shelf):
    text = read(render(page_of(shelf, specs=(STREET,)))).all("main")[0].text
    assert STREET.title in text
    assert "never mixed" in text
