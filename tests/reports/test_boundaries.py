"""Boundary files: what is refused and in which words, and how shapes are laid out and drawn."""

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.boundaries import CODE, feature, geojson, quilt, square, wards_in

from reports.boundaries import BoundaryError, boundaries_from, read_boundaries
from reports.cells import Mark
from reports.outlines import laid_out
from reports.ward_charts import SHADES, classes, ward_map
from reports.ward_sections import wards_section
from reports.wards import WardCount, WardTable
from schemas.areas import ST_ALBANS, Area
from schemas.period import FinancialYear

ASHLEY, BATCHWOOD, CLARENCE = "E05004785", "E05004786", "E05004787"
SVG = "{http://www.w3.org/2000/svg}"
YEAR = FinancialYear(2020)


def read(content: bytes, code_property: str = CODE, district: Area = ST_ALBANS.district):
    return read_boundaries(content, "wards.geojson", code_property, district, "Ours.")


def refused(content: bytes, code_property: str = CODE) -> str:
    with pytest.raises(BoundaryError) as error:
        read(content, code_property)
    return str(error.value)


def pair(**codes: str) -> bytes:
    first, second = codes.get("first", ASHLEY), codes.get("second", BATCHWOOD)
    return geojson(feature(first, square(0, 51)), feature(second, square(0.01, 51)))


def table(*values: object, codes=(ASHLEY, BATCHWOOD)) -> WardTable:
    known = [WardCount(code, code, value) for code, value in zip(codes, values, strict=True)]
    return WardTable("fly-tips", tuple(known), (), 2000)


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "wards.geojson is no GeoJSON: it cannot be read as JSON in UTF-8. Download "
         "the wards as GeoJSON, not as a shapefile or KML."),
        (b'{"type": "Topology"}', "wards.geojson is no GeoJSON of areas: it has no list of "
         "features."),
        (geojson(feature(ASHLEY, (0, 51), "Point")),
         "wards.geojson: Every area is drawn neither as a Polygon nor as a MultiPolygon."),
        (geojson(feature(ASHLEY, [[(0, 51), (1, 51), (0, 51)]])),
         "wards.geojson: Every area has an outline of fewer than four points."),
        (geojson(feature(ASHLEY, [[("a", 51)] * 4])),
         "wards.geojson: Every area has coordinates that are no pairs of numbers."),
        (geojson(feature(ASHLEY, square(514_000, 207_000))),
         "wards.geojson: Every area has coordinates that are no degrees: save the file in "
         "longitude and latitude (WGS 84), not in eastings and northings."),
        (geojson({"geometry": None}), "wards.geojson: Every area has no properties."),
    ],
)  # fmt: skip
def test_what_is_no_boundary_file_is_said_in_a_sentence(content: bytes, sentence: str):
    assert refused(content) == sentence


def test_a_missing_code_property_is_named_with_the_one_that_holds_the_codes():
    assert refused(pair(), "WD25CD") == (
        "wards.geojson: Every area has no ward code in the property 'WD25CD'. Ward codes stand in "
        "'WD18CD': name that as code_property."
    )
    assert refused(pair(first="x", second="y"), "code") == (
        "wards.geojson: Every area has no ward code in the property 'code'. It has LAD18CD, WD18CD."
    )
    assert refused(pair(), "LAD18CD").endswith("'WD18CD': name that as code_property.")


def test_wards_of_another_district_are_refused():
    assert refused(pair(first="E05000001", second="E05000002")) == (
        "wards.geojson holds 2 wards, none of them of St Albans (E07000240): E05000001, "
        "E05000002. It is of another district."
    )


def test_all_faults_are_told_at_once_and_many_are_counted():
    bad = [feature("none", square(0, 51)) for _ in range(7)]
    told = refused(geojson(feature(ASHLEY, square(0, 51)), feature(ASHLEY, square(0, 51)), *bad))
    assert told.startswith("wards.geojson: Area 2 has the code of an earlier one, E05004785.")
    assert told.endswith("3 more areas are wrong.")


def test_of_a_file_of_several_districts_the_own_wards_are_taken():
    more = geojson(feature(ASHLEY, square(0, 51)), feature("E05000001", square(5, 53)))
    assert set(read(more).shapes) == {ASHLEY}
    # Of a district whose wards are not listed every ward of the file is taken.
    assert len(read(more, district=Area("E07000096", "Dacorum")).shapes) == 2


# --- how shapes are laid out ------------------------------------------------------------------


def corners(path: str) -> set[tuple[str, str]]:
    return set(re.findall(r"[ML]([0-9.-]+) ([0-9.-]+)", path))


def test_areas_that_lie_side_by_side_share_their_line_when_it_is_made_simpler():
    """Each made simpler by itself they would overlap here and gape there."""
    codes = wards_in(2020)
    found = read(quilt(codes)).shapes
    assert set(found) == set(codes)
    raw = quilt(codes).count(b"[-0.")
    drawn = sum(shape.path.count("L") for shape in found.values())
    assert drawn < raw
    for left, right in ((0, 1), (1, 2), (4, 5)):
        shared = corners(found[codes[left]].path) & corners(found[codes[right]].path)
        assert len(shared) >= 2


def test_points_that_cannot_be_seen_are_left_out_and_no_ward_goes():
    fine = [(n / 10_000, 51.0) for n in range(101)]
    ring = [*fine, (0.01, 51.01), (0.0, 51.01), (0.0, 51.0)]
    speck = square(0.002, 51.002, 0.000001)
    shapes, _ = laid_out({ASHLEY: [ring], BATCHWOOD: speck})
    assert shapes[ASHLEY].path.count("L") == 3
    assert shapes[BATCHWOOD].path


def test_a_hole_is_left_out_of_the_area_and_holds_no_figure():
    hole = [(0.002, 51.002), (0.008, 51.002), (0.008, 51.008), (0.002, 51.008), (0.002, 51.002)]
    shape = read(geojson(feature(ASHLEY, [square(0, 51)[0], hole]))).shapes[ASHLEY]
    assert shape.path.count("M") == 2
    whole = read(geojson(feature(ASHLEY, square(0, 51)))).shapes[ASHLEY]
    assert (shape.x, shape.y) != (whole.x, whole.y)


def test_the_same_file_gives_the_same_map_and_a_manifest_gives_it_again():
    found = read(quilt(wards_in(2020)))
    assert read(quilt(wards_in(2020))) == found
    assert boundaries_from(found.told) == found
    assert boundaries_from(None) is None


def test_a_real_file_gives_twenty_wards_and_a_small_picture():
    folder = os.environ.get("CSP_REALDATA")
    place = Path(folder or "") / "geo/ward_E07000240.geojson"
    if not folder or not place.is_file():
        pytest.skip("CSP_REALDATA has no folder `geo`")
    found = read(place.read_bytes(), "WD25CD")
    assert set(found.shapes) == set(wards_in(2025))
    assert sum(len(shape.path) for shape in found.shapes.values()) < 20_000


# --- how they are drawn -----------------------------------------------------------------------


def drawn(told: WardTable, boundaries) -> ElementTree.Element:
    return ElementTree.fromstring(ward_map(told, boundaries, "map", "A map", "map-words"))


def words(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def shades(svg: ElementTree.Element) -> list[str]:
    return [p.attrib["fill"] for p in svg.findall(f"{SVG}path")]


def test_each_ward_has_its_figure_and_the_legend_says_in_words_what_a_shade_is():
    svg = drawn(table(3, 1200), read(pair()))
    assert words(svg) == ["3", "1,200", "1,200 incidents (1 ward)", "3 incidents (1 ward)"]
    assert shades(svg) == [SHADES[0], SHADES[-1]]


def test_a_ward_without_a_figure_is_hatched_and_says_why():
    """[c] and [x] are told apart by their marks, and from every shade by the lines."""
    content = geojson(
        *(feature(c, square(n / 100, 51)) for n, c in enumerate((ASHLEY, BATCHWOOD, CLARENCE)))
    )
    svg = drawn(table(Mark.CONFIDENTIAL, 7), read(content))
    assert words(svg) == [
        "[c]", "7", "[x]", "7 incidents (1 ward)", "[c] confidential (1 ward)",
        "[x] not available (1 ward)",
    ]  # fmt: skip
    assert shades(svg) == ["url(#map-none)", SHADES[0], "url(#map-none)"]


def test_wards_with_one_count_are_in_one_class_and_none_is_left_out():
    codes = [f"E0500{n}" for n in range(8)]
    assert classes(table(0, 0, 0, 0, 0, 0, 0, 9, codes=codes)) == ((0, 0), (9, 9))
    assert classes(table(1, 2, 3, 4, 5, 6, 7, 8, codes=codes)) == ((1, 2), (3, 4), (5, 6), (7, 8))
    assert classes(table(4, 4)) == ((4, 4),)


def test_a_map_names_its_licence_and_that_it_shows_counts():
    section = wards_section((table(3, 12),), YEAR, ST_ALBANS, read(pair()))
    chart = section.blocks[2]
    assert chart.title == "Map: Fly-tips by ward, St Albans, Apr 2020 to Mar 2021"
    assert chart.alternative == (
        "A map of the wards, the darker the more incidents, with the figure in each: counts, not "
        "rates, so that large or busy wards are dark. Its figures are those of the bars. Ours."
    )


def test_wards_of_another_time_are_not_drawn_and_the_pack_says_so():
    section = wards_section((table(3, 12),), YEAR, ST_ALBANS, read(pair(second=CLARENCE)))
    assert section.blocks[2].text == (
        "There is no map: the boundary file does not have 1 ward of Mar 2021, such as E05004786 "
        "(E05004786). Boundaries of another time are not drawn."
    )
