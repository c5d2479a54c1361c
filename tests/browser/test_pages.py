"""Every page in a browser: axe finds nothing, the keyboard reaches all, a phone shows all.

Standard: WCAG 2.2 AA, by the rules of axe-core. A page at 400% is one 320 pixels wide.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.boundaries import CODE, write_quilt
from support.desk import P, S, police, street
from support.documents import document

from flows.publish import publish
from flows.receipts import write_again
from flows.settings import Map
from flows.status_page import write_page
from reports.formats.html import render
from schemas.period import Quarter

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no page is looked at: there is no chromium here"),
    # Playwright closes its pipes when Python ends, no earlier.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Q1 = Quarter(2020, 1)
CRIMES = "Crime Reference | HO Code\n41/1/20 | 45\n41/2/20 | 28E\n41/3/20 | 34B"
FAULTY = "Crime ID | Crime type | Longitude\na | Robbery | -0.336\nb | Theft | 99\nc | Drugs | x"
PAGES = pytest.mark.parametrize(
    "name", ["pack", "draft", "index", "receipt", "document", "status", "quiet"]
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of each kind (a pack with a map), and a document with every block."""
    from support.desk import Desk

    folder = tmp_path_factory.mktemp("pages")
    with Desk.open("sqlite", folder) as desk:
        desk.accept(P, police(CRIMES))
        drawn = Map(boundaries=write_quilt(folder / "wards.geojson"), code_property=CODE)
        pack = publish(desk.engine, Q1, desk.settings.model_copy(update={"map": drawn}))
        draft = publish(desk.engine, Q1, desk.settings, is_draft=True)
        faulty = desk.hand_in(S, street(FAULTY))
        receipt = write_again(desk.engine, faulty.delivery_id, desk.settings)
        status = write_page(desk.engine, desk.settings, datetime(2021, 9, 20, 9, 30))
    assert receipt is not None
    # The same page before anything came.
    (folder / "new").mkdir()
    with Desk.open("sqlite", folder / "new") as new:
        quiet = write_page(new.engine, new.settings, datetime(2021, 9, 20, 9, 30))
    whole = folder / "document.html"
    whole.write_text(render(document("It fell.")), encoding="utf-8")
    return {
        "pack": pack.folder / "index.html",
        "draft": draft.folder / "index.html",
        "index": pack.folder.parent / "index.html",
        "receipt": receipt,
        "document": whole,
        "status": status,
        "quiet": quiet,
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def look(browser, places):
    """Open a page by its name, as wide as is said."""
    opened = []

    def at(name: str, width: int = 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.goto(places[name].as_uri())
        return page

    yield at
    for page in opened:
        page.close()


def violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@PAGES
def test_axe_finds_no_violation(look, name: str):
    assert violations(look(name)) == []


@PAGES
def test_axe_finds_none_with_everything_unfolded_on_a_phone(look, name: str):
    page = look(name, 390)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == []


def test_the_map_is_a_picture_with_a_name_and_words_that_a_screen_reader_finds(look):
    """Its figures stand in the table of the bars before it: nothing is told by shade alone."""
    page = look("pack")
    picture = page.locator("#map-all-crime svg[role=img]")
    assert picture.count() == 1
    told = page.locator("#" + picture.get_attribute("aria-describedby")).inner_text()
    assert told.startswith("A map of the wards, the darker the more recorded crimes")
    assert page.locator("#wards-all-crime table tbody tr").count() == 22
    assert page.locator("#map-all-crime path").count() == 20


def test_a_fault_would_be_found(look):
    page = look("pack")
    page.evaluate("document.querySelector('h1').style.color = '#1a4a73'")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = " ".join(violations(page))
    assert "html-has-lang" in found
    assert "color-contrast" in found


@PAGES
def test_at_400_percent_a_page_does_not_scroll_sideways(look, name: str):
    page = look(name, 320)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    outside = page.evaluate(
        """[...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.table, svg, .skip, .unseen'))
        .filter(e => e.getBoundingClientRect().right > 321)
        .map(e => e.tagName + ' ' + e.textContent.slice(0, 40))"""
    )
    assert (wide, outside) == (320, [])


@PAGES
def test_the_first_key_leads_past_what_is_before_the_main_part(look, name: str):
    page = look(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


@PAGES
def test_the_keyboard_reaches_every_table_link_and_fold(look, name: str):
    page = look(name, 320)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wanted = page.evaluate(
        "document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length"
    )  # fmt: skip
    reached = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
            )
        )  # fmt: skip
    assert len(reached) == wanted


def test_a_table_that_is_too_wide_scrolls_by_the_keyboard_with_a_visible_frame(look):
    page = look("pack", 320)
    region = page.locator("[role=region]").first
    region.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_what_heads_a_row_stays_in_sight_while_its_figures_scroll(look):
    page = look("pack", 360)
    moved = page.evaluate(
        """() => {
            const region = document.querySelector('[role=region]');
            const label = region.querySelector('tbody th[scope=row]');
            const before = label.getBoundingClientRect().left;
            region.scrollLeft = 150;
            return [region.scrollLeft, label.getBoundingClientRect().left - before];
        }"""
    )
    assert moved == [150, 0]


def test_a_word_that_is_only_heard_does_not_make_the_page_scroll(look):
    """It was placed on the page, not within the table that scrolls, and made the page wider."""
    page = look("index", 320)
    page.evaluate(
        "document.querySelectorAll('#packs td').forEach(td => td.style.minWidth = '200px')"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_in_forced_colours_a_picture_keeps_its_own_on_white(look):
    page = look("pack")
    page.emulate_media(forced_colors="active")
    shown = page.evaluate(
        "(({backgroundColor: b, forcedColorAdjust: a}) => [b, a])"
        "(getComputedStyle(document.querySelector('figure svg')))"
    )
    assert shown == ["rgb(255, 255, 255)", "none"]


def test_in_print_nothing_is_cut_off_and_the_links_are_gone(look):
    page = look("pack", 794)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    cut = page.evaluate(
        """[...document.querySelectorAll('.table')]
        .filter(e => getComputedStyle(e).overflowX !== 'visible').length"""
    )
    assert cut == 0


@PAGES
def test_a_page_loads_nothing_from_elsewhere(browser, places, name: str):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(places[name].as_uri())
    page.close()
    assert asked == [places[name].as_uri()]
