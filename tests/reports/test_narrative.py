"""Partners' texts: references, what is wrong with them, and Markdown made into blocks."""

import pytest

from reports.document import Bullets, Paragraph, Run, Style
from reports.figures import Filled
from reports.narrative.markdown import to_blocks
from reports.narrative.numbers import bare_numbers
from reports.narrative.references import Quotable, WrongReference
from reports.narrative.written import NarrativeError, check_texts, unbound
from reports.papers import Text
from reports.tables import FIRE, POLICE
from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear, Month, Quarter

YEAR = FinancialYear(2020)
COUNTY = ST_ALBANS.county.code


@pytest.fixture(scope="module")
def tables(kept_shelf) -> list[Filled]:
    kept_shelf.set("all-crime", since_2020_04=(10,) * 12, since_2019_04=(12,) * 12)
    kept_shelf.set("robbery", since_2020_04=(1,) * 12, since_2019_04=(2,) * 12)
    kept_shelf.set("primary-fires", since_2020_04=(3,) * 12, since_2019_04=(3,) * 12)
    kept_shelf.set("primary-fires", COUNTY, since_2020_04=(30,) * 12, since_2019_04=(40,) * 12)
    return [kept_shelf.fill(spec, YEAR) for spec in (POLICE, FIRE)]


@pytest.fixture(scope="module")
def figures(tables) -> Quotable:
    return Quotable(tables)


# --- references --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "printed"),
    [
        ("all-crime.value", "120"),
        (" all-crime.previous ", "144"),
        ("all-crime.change", "\u221224"),
        ("all-crime.change_percent", "\u221216.7%"),
        ("all-crime.moved", "fell from 144 to 120, by 24 (16.7%)"),
        ("robbery.change_percent", "[u]"),
        ("drug-offences.value", "[x]"),
        ("drug-offences.change_percent", "[x]"),
        ("primary-fires.value", "36"),
        ("primary-fires.value, county", "360"),
        ("primary-fires.value, Hertfordshire", "360"),
        ("primary-fires.value, E10000015, 2020-21", "360"),
        ("all-crime.value, 2019-20", "144"),
        ("all-crime.value, Apr 2019 to Mar 2020", "144"),
        ('"8 to 18"', "8 to 18"),
        ("\u201c8 to 18\u201d", "8 to 18"),
    ],
)
def test_what_is_printed_for_a_reference(figures, reference, printed):
    assert figures.expand(reference) == printed


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        (
            "all-crimes.value",
            "there is no measure 'all-crimes'. Nearest: all-crime or other-crime.",
        ),
        ("cctv-incidents.value", "no table of this pack prints 'cctv-incidents'."),
        ("all-crime", "is no reference. Write a measure and a column"),
        ("all-crime.percent", "there is no 'percent'. After the dot stands value, previous"),
        ("all-crime.value, county", "no table prints it for 'county'. It is printed for St Albans"),
        ("all-crime.value, 2018-19", "Apr 2020 to Mar 2021."),
        ("all-crime.change, 2019-20", "of the year before there is only the value"),
    ],
)
def test_a_reference_that_leads_nowhere_says_what_is_near(figures, reference, sentence):
    with pytest.raises(WrongReference) as wrong:
        figures.expand(reference)
    assert sentence in str(wrong.value)


def test_a_quarter_prints_its_year_to_date_as_well(kept_shelf, tables):
    """`tables` sets the figures of the shelf."""
    figures = Quotable([kept_shelf.fill(POLICE, Quarter(2020, 2))])
    assert figures.expand("all-crime.value") == "30"
    assert figures.expand("all-crime.value, 2020-21-Q2-YTD") == "60"


def test_every_wrong_reference_is_told_at_once_with_file_and_line(figures):
    texts = (
        Text("police", "2020-21/police.md", "One.\n\n{{ all-crimes.value }} and\n{{ x }}\n"),
        Text("cctv", "2020-21/cctv.md", "{{ all-crime.value }} is right. {{ unended\n"),
    )
    with pytest.raises(NarrativeError) as wrong:
        check_texts(texts, figures)
    first, second, third = wrong.value.faults
    assert first.startswith("2020-21/police.md, line 3: 'all-crimes.value': there is no measure")
    assert second.startswith("2020-21/police.md, line 4: 'x' is no reference.")
    assert third.startswith("2020-21/cctv.md, line 1: '{{' has no partner.")


# --- numbers that nothing binds ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("We have 40 officers and 25,000 followers.", ["40", "25,000"]),
        ("Down by 11.6%, or \u00a3500.", ["11.6%", "\u00a3500"]),
        ("It rose by 5.", ["5"]),
        ("In 2020-21, from April 2020 to March 2021, and 2019/20.", []),
        ("Again from 20 April 2021, and on 1st May.", []),
        ("Covid-19, Y6 and Learn2Live.", []),
        ("[Our page](https://example.org/2/3) and www.example.org/4", []),
        ("1. A list", []),
        ('{{ all-crime.value }} crimes, aged {{ "8 to 18" }}', []),
    ],
)
def test_numbers_that_are_no_reference(line, found):
    assert [number for _, number in bare_numbers(line)] == found


def test_each_is_told_with_its_place():
    text = Text("police", "2020-21/police.md", "{{ all-crime.value,\n county }}\nWe are 40.\n")
    assert unbound([text], Month(2021, 3)) == (
        "2020-21/police.md, line 3: the number 40 is no reference. Write it as one, or in "
        "quotation marks.",
    )


def test_a_month_after_the_period_is_told_with_its_place():
    """I25: sessions that began again on 20 April 2021 stood in the report of 2020-21."""
    text = Text("police", "2020-21/police.md", "In May 2019 and March 2021.\nOn 20 April 2021.\n")
    assert unbound([text], Month(2021, 3)) == (
        "2020-21/police.md, line 2: April 2021 is after the period of the report, which ends in "
        "Mar 2021.",
    )


# --- Markdown ----------------------------------------------------------------------------------


def blocks(content: str):
    return to_blocks(content, lambda reference: f"<{reference.strip()}>", "here")


def test_paragraphs_lists_and_headings():
    lead, parts = blocks("One *two* **three** `four`.\n\n- a\n- b\n\n## Part\n\n1. c\n")
    assert lead == (
        Paragraph(
            (
                Run("One "), Run("two", Style.EMPHASIS), Run(" "), Run("three", Style.STRONG),
                Run(" "), Run("four", Style.CODE), Run("."),
            )
        ),
        Bullets((Paragraph((Run("a"),)), Paragraph((Run("b"),)))),
    )  # fmt: skip
    assert [(part.title, part.anchor) for part in parts] == [("Part", "here-1")]
    assert parts[0].blocks == (Bullets((Paragraph((Run("c"),)),), is_numbered=True),)


def test_html_is_text_and_only_plain_links_lead_anywhere():
    lead, _ = blocks("<b onclick='x'>bold</b> [a](javascript:x) [b](https://example.org)")
    assert "".join(run.text for run in lead[0].runs).startswith("<b onclick='x'>bold</b> ")
    assert {run.to for run in lead[0].runs} == {"", "https://example.org"}


def test_a_figure_is_never_taken_for_markup():
    """A mark such as [x] before a bracket would be a link, an asterisk emphasis."""
    lead, _ = to_blocks("{{ a }}(b) {{ c }}*", lambda _: "[x]*", "here")
    assert "".join(run.text for run in lead[0].runs) == "[x]*(b) [x]**"


def test_lists_within_lists_and_pictures_keep_their_words():
    lead, _ = blocks("- a\n  - b\n\n![A map](map.png)\n\n```\ncode\n```\n")
    assert lead[0] == Bullets((Paragraph((Run("a"),)), Paragraph((Run("b"),))))
    assert [run.text for run in lead[1].runs] == ["A map"]
    assert lead[2] == Paragraph((Run("code", Style.CODE),))
