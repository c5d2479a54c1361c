"""What a source is, and which areas a file of a layout speaks for."""

import pytest

from schemas.areas import ST_ALBANS, Area
from sources.parse import text
from sources.partners import SOURCES, source
from sources.partners.street_crime import is_our_member
from sources.spec import Column, Csv, ElsewhereExtent, Extent, Layout, Sheet, extent_of


def layout(extent: Extent | ElsewhereExtent) -> Layout:
    return Layout("toy", Csv(), (), extent, lambda name: None)


@pytest.mark.parametrize(
    ("extent", "name", "districts"),
    [
        (Extent.DISTRICT, "St Albans", 1),
        (Extent.COUNTY, "Hertfordshire", 10),
        (Extent.FORCE, "Hertfordshire Constabulary", 10),
        (ElsewhereExtent(Area("E31000001", "Avon"), ("E06000022", "E06000023")), "Avon", 2),
    ],
)
def test_the_areas_that_a_file_speaks_for(extent, name: str, districts: int):
    area, codes = extent_of(layout(extent), ST_ALBANS)
    assert area.name == name
    assert len(codes) == districts
    assert ("E07000240" in codes) == isinstance(extent, Extent)


def test_formats_in_a_partners_words():
    assert Csv().described == "a CSV file"
    assert Sheet((".xlsx",)).described == "an Excel workbook (.xlsx)"
    assert Sheet((".ods",)).described == "an OpenDocument spreadsheet (.ods)"


def test_a_column_of_one_heading_or_of_several():
    assert Column("a", "A", text()).headers == ("A",)
    assert Column("a", ("Day", "Month"), text()).headers == ("Day", "Month")


def test_sources_stand_in_the_order_of_the_report():
    assert [s.code for s in SOURCES] == [
        "grant_spend", "police_crime", "street_crime", "asb_cases", "asb_actions", "cctv_log",
        "fly_tips", "hfrs_incidents", "partner_return", "official_crime", "official_fly_tips",
    ]  # fmt: skip
    assert source("fly_tips") is SOURCES[6]
    with pytest.raises(StopIteration):
        source("made_up")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("2025-04-hertfordshire-street.csv", True),
        ("2025-04/2025-04-hertfordshire-street.csv", True),
        ("2025-04/2025-04-hertfordshire-outcomes.csv", False),
        ("2025-04/2025-04-essex-street.csv", False),
        ("2025-04/2025-04-hertfordshire-street.csv.bak", False),
        ("old2025-04-hertfordshire-street.csv", False),
    ],
)
def test_which_member_of_an_archive_is_ours(name: str, ours: bool):
    assert is_our_member(name, ST_ALBANS) is ours
