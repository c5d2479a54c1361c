"""Every figure of the partnership's annual report of 2020-21 stands in the report that csp makes.

The 62 lines of the published list are walked one by one: each is a figure of a table, with its
area, its period and its unit, or it is declared text, which a chapter prints.
"""

import csv
import html
import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from flows.audit import audit_file
from reports.chapters import CHAPTERS
from reports.checks import audit_faults
from reports.narrative.references import REFERENCE, Quotable
from reports.narrative.written import NarrativeError, check_texts
from reports.official import quotable
from reports.pack import Pack
from reports.papers import Text
from schemas.measures import MEASURES
from sources.sample.texts import write_texts

PUBLISHED = Path(os.environ.get("CSP_REALDATA") or "nowhere").parent / "published"
LIST = PUBLISHED / "annual_report_2020_21.csv"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not LIST.is_file(), reason="CSP_REALDATA has no folder `published` beside"),
]

DISTRICT, COUNTY, REGION = "E07000240", "E10000015", "E12000006"
HEALTH, LOCALITY = "E38000079", "L00000001"


@dataclass(frozen=True)
class Figure:
    """A line of the list that is a figure of a table; `times` turns the stated rate into it."""

    measure: str
    area: str = DISTRICT
    column: str = "value"
    times: int = 1


@dataclass(frozen=True)
class Words:
    """A line that is no figure of a table: the words that a chapter prints for it."""

    chapter: str
    words: str


CARRIED: Mapping[str, Figure | Words] = {
    "P01": Figure("all-crime"),
    "P02": Figure("violence-against-the-person"),
    "P03": Figure("domestic-abuse"),
    "P04": Figure("burglary-residential"),
    "P05": Figure("burglary-business-and-community"),
    "P06": Figure("vehicle-offences"),
    "P07": Figure("theft-from-person"),
    "P08": Figure("robbery"),
    "P09": Figure("criminal-damage"),
    "P10": Figure("drug-offences"),
    "P11": Figure("theft-from-shop"),
    "P12": Figure("possession-of-weapons"),
    "F01": Figure("deliberate-fires", COUNTY),
    "F02": Figure("primary-fires", COUNTY),
    "F03": Figure("fire-injuries", COUNTY),
    "F04": Figure("deliberate-fires"),
    "F05": Figure("primary-fires"),
    "F06": Figure("fire-injuries"),
    "G01": Figure("grant-kicks"),
    "G02": Figure("grant-your-voice"),
    "G03": Figure("grant-spend"),
    "G04": Figure("schools-funded"),
    "G05": Words("projects", "8 to 18"),
    "G06": Words("projects", "years 6, 9 and 12"),
    "G07": Figure("partnership-priorities"),
    "G08": Figure("partner-agencies"),
    "G09": Figure("partnership-meetings"),
    "N01": Figure("all-crime", column="percent_change"),
    "N02": Figure("neighbourhood-officers"),
    "N03": Figure("neighbourhood-followers"),
    "N04": Figure("echo-feedback"),
    "N05": Figure("police-cadets"),
    "N06": Words("police", "13 to 18"),
    "A01": Figure("asb-cases"),
    "A02": Figure("asb-investigation-actions"),
    "A03": Figure("asb-perpetrator-warnings"),
    "A04": Figure("asb-tenancy-actions"),
    "A05": Figure("asb-closure-orders"),
    "A06": Figure("asb-injunctions"),
    "A07": Figure("asb-evictions"),
    "A08": Figure("asb-cases-to-trial"),
    "A09": Figure("asb-actions"),
    "A10": Figure("asb-safeguarding-contacts"),
    "A11": Figure("asb-marac-meetings", times=12),
    "C01": Figure("cctv-locations"),
    "C02": Figure("cctv-incidents"),
    "C03": Figure("cctv-discs"),
    "C04": Figure("cctv-redeployable-systems"),
    "C05": Words("cctv", "three months"),
    "T01": Figure("action-prosecution"),
    "T02": Figure("action-fpn-fly-tipping"),
    "T03": Figure("fly-tips-under-investigation"),
    "T04": Figure("action-cpw"),
    "O01": Figure("probation-accommodation", REGION),
    "O02": Figure("call-blockers", COUNTY),
    "O03": Figure("rogue-trader-money-stopped", COUNTY),
    "O04": Figure("trading-standards-interventions", COUNTY),
    "O05": Figure("safe-and-well-visits"),
    "O06": Figure("shielding-visits"),
    "O07": Figure("thrive-patients", LOCALITY),
    "O08": Figure("thrive-mental-health-percent", LOCALITY),
    "O09": Figure("respiratory-hubs", HEALTH),
}
"""Each line of the list by its id."""


@pytest.fixture(scope="session")
def report(two_years) -> Pack:
    """The annual report with partners' texts."""
    house, _ = two_years
    write_texts(house.settings.narrative)
    return house.publish("2020-21")


@pytest.fixture(scope="session")
def published() -> list[dict[str, str]]:
    return lines_of_the_list()


def lines_of_the_list() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(LIST.read_text(encoding="utf-8"))))


@pytest.fixture(scope="session")
def printed(report: Pack) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of all tables, by measure and area."""
    return {
        (row["measure"], row["area_code"]): row
        for path in (report.folder / "tables").iterdir()
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    }


@pytest.fixture(scope="session")
def chapters(report: Pack) -> dict[str, str]:
    """The words of each chapter of the page."""
    page = (report.folder / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'<h2 id="chapter-([a-z-]+)">(.*?)(?=<h2 id=|<footer)', page, re.DOTALL)
    return {code: " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())
            for code, text in found}  # fmt: skip


def test_every_line_of_the_list_is_declared(published):
    assert len(published) == 62
    assert {line["id"] for line in published} == CARRIED.keys()


@pytest.mark.parametrize("number", CARRIED)
def test_a_published_figure_stands_in_the_report(number, published, printed, chapters):
    carried = CARRIED[number]
    (line,) = [line for line in published if line["id"] == number]
    if isinstance(carried, Words):
        assert carried.words in chapters[carried.chapter]
    elif carried.measure not in MEASURES:
        pytest.skip(f"no measure {carried.measure} is declared yet")
    else:
        assert list(faults(line, carried, printed)) == []


def faults(line, carried: Figure, printed) -> Iterator[str]:
    """Say how a figure of the report differs from a published one: area, period, unit, value."""
    row = printed.get((carried.measure, carried.area))
    if row is None:
        yield f"no table prints {carried.measure} of {carried.area}"
        return
    if (row["period"], row["period_label"]) != ("2020-21", "Apr 2020 to Mar 2021"):
        yield "another period"
    if not MEASURES[carried.measure].unit or not row["area_name"]:
        yield "no unit or no area"
    if carried.column == "percent_change":
        if not Decimal(row["percent_change"]) < -11:
            yield "all crime did not fall by over 11%"
        return
    said = Decimal((line["value"] or line["value_as_published"]).rstrip("%")) * carried.times
    if not row["value"] or Decimal(row["value"]) != said:
        yield f"{row['value'] or row['mark']} and not {said}"
    if line["previous"] and row["previous"] != line["previous"]:
        yield f"{row['previous'] or row['previous_mark']} the year before, not {line['previous']}"
    if line["qualifier"] and line["qualifier"] not in row.values():
        yield f"'{line['qualifier']}' is not said"


def test_no_fault_is_found_in_the_tables_of_the_report(report):
    """What csp audit finds in the published strings, it must not find in our own."""
    assert audit_faults(report.tables) == ()


def audited(two_years, path: Path) -> tuple[int, list[tuple[str, str, str]]]:
    """How many figures csp audit compares with the warehouse, and which it finds other there."""
    house, _ = two_years
    compared = audit_file(path, house.settings).compared
    assert compared is not None
    return compared.compared, [(f.label, f.published, f.follows) for f in compared.findings]


def test_the_audit_holds_the_published_strings_against_what_partners_state_too(two_years):
    """Figures of forms were never looked up: 15 of them were said not to be there."""
    assert audited(two_years, LIST) == (58, [])


@pytest.mark.parametrize(
    ("measure", "planted", "follows"),
    [
        ("shielding-visits", "98", "97 (shielding-visits, St Albans, Apr 2020 to Mar 2021)"),
        ("thrive-patients", "214",
         "241 (thrive-patients, St Albans and Harpenden locality, Apr 2020 to Mar 2021)"),
        ("grant-spend", "16400", "16,440.00 (grant-spend, St Albans, Apr 2020 to Mar 2021)"),
        ("official-fpn-fly-tipping", "25",
         "15 (official-fpn-fly-tipping, St Albans, Apr 2020 to Mar 2021)"),
        ("neighbourhood-officers", "41",
         "40 (neighbourhood-officers, St Albans, Apr 2020 to Mar 2021)"),
    ],
)  # fmt: skip
def test_a_planted_difference_from_what_is_stated_is_found(
    two_years, tmp_path: Path, measure: str, planted: str, follows: str
):
    area = "St Albans and Harpenden locality" if measure == "thrive-patients" else ""
    table = tmp_path / "report.csv"
    row = f"{measure},{planted},{area},2020-21"
    table.write_text(f"label,value,area,period\n{row}\n", encoding="utf-8")
    assert audited(two_years, table) == (1, [(measure, planted, follows)])


def test_every_reference_of_the_sample_texts_has_a_figure(two_years, report: Pack):
    """Every chapter quotes its figures, and none of them says that it is not available."""
    edition = report.edition
    known = quotable(edition.figures, edition.period, edition.home, edition.small_base)
    figures = Quotable([*report.tables, *known])
    blank, quoting = [], set()
    for text in edition.papers.texts:
        for found in REFERENCE.finditer(text.content):
            said = figures.expand(found[1])
            quoting.add(text.section)
            if "[x]" in said:
                blank.append(f"{text.file}: {found[1].strip()}")
    assert blank == []
    assert quoting == {chapter.code for chapter in CHAPTERS}


def test_a_wrong_reference_to_an_official_figure_is_said_with_file_and_line(report: Pack):
    edition = report.edition
    known = quotable(edition.figures, edition.period, edition.home, edition.small_base)
    text = Text("fly-tipping", "2020-21/fly-tipping.md", "Defra\n{{ official-fly-tip.value }}")
    with pytest.raises(NarrativeError) as wrong:
        check_texts([text], Quotable([*report.tables, *known]))
    (fault,) = wrong.value.faults
    assert fault.startswith("2020-21/fly-tipping.md, line 2: 'official-fly-tip.value'")
    assert "Nearest: official-fly-tips" in fault
