"""Planted faults of places: other areas, coordinates, LSOAs, wards and districts.

Numbers 13, 15, 16, 17 and 18 of the catalogue.
"""

from schemas.codes import offences
from schemas.period import Month, Quarter, Span
from sources.sample.faults.fault import Fault, accepted, rejected, spoiled
from sources.sample.faults.page import Cell, Page
from sources.sample.faults.plant import cells, each, exchanged, having, kept, put_beside
from sources.sample.people import CANARY

POLICE, STREET = "police_crime", "street_crime"
APRIL = Span(Month(2018, 4), Month(2018, 4))
AFTER_2022 = Quarter(2023, 3).span
"""A quarter with the wards of 2022 and the LSOAs of 2021 in force."""

IN_DACORUM: dict[str, Cell] = {
    "Ward Code": "E05004705",
    "Ward": "Hemel Hempstead Town",
    "LSOA": "E01023398",
    "Easting": "505500",
    "Northing": "206800",
}
IN_BARNET: dict[str, Cell] = {
    "LSOA code": "E01000170",
    "Longitude": "-0.169",
    "Latitude": "51.645",
}


def is_listed(page: Page, place: int) -> bool:
    """Say whether a crime's offence code is still on the list at its date."""
    day, month, year = str(page.get(place, "Date Recorded")).split("/")
    recorded = f"{year}-{month}-{day}"
    return any(
        str(meaning.valid_from) <= recorded <= str(meaning.valid_to)
        for meaning in offences()[str(page.get(place, "HO Code"))]
    )


def without_wards(page: Page) -> None:
    """Leave all cells of the two columns of wards blank."""
    for heading in ("Ward Code", "Ward"):
        each(heading, lambda cell: None)(page)


ABOUT_PLACES = (
    Fault(
        "13a", "another-district", POLICE,
        "Two crimes lie in the next district.",
        (spoiled(cells("District", *["Dacorum"] * 2, rule="area-outside", also=IN_DACORUM)),),
    ),
    Fault(
        "13b", "many-of-another-district", POLICE,
        "Ten crimes, more than 2% of the file, lie in the next district.",
        (spoiled(cells("District", *["Dacorum"] * 10, rule="area-outside", also=IN_DACORUM)),),
        accepted(holds=("area-outside-share",)),
    ),
    Fault(
        "13c", "another-force", STREET,
        "Two rows fall within another police force.",
        (
            spoiled(
                cells("Falls within", *[f"{CANARY} Police"] * 2, rule="force-unexpected"),
                span=APRIL,
            ),
        ),
    ),
    Fault(
        "13d", "no-such-district", POLICE,
        "The district of two crimes does not exist.",
        (spoiled(cells("District", CANARY, f"{CANARY}shire", rule="district-unknown")),),
    ),
    Fault(
        "13e", "another-county", STREET,
        "A crime lies outside the county.",
        (
            spoiled(
                cells("LSOA name", "Barnet 006A", rule="area-outside", also=IN_BARNET), span=APRIL,
            ),
        ),
    ),
    Fault(
        "13f", "file-of-another-force", STREET,
        "Every row falls within another police force.",
        (
            spoiled(
                each("Falls within", lambda _: f"{CANARY} Police", rule="force-unexpected"),
                span=APRIL,
            ),
        ),
        rejected("force-other"),
    ),
    Fault(
        "15a", "columns-exchanged", POLICE,
        "Easting and northing stand in each other's column throughout.",
        (spoiled(exchanged("Easting", "Northing")),),
        accepted("coordinates-exchanged"),
    ),
    Fault(
        "15b", "rows-exchanged", POLICE,
        "Easting and northing of two crimes stand in each other's column.",
        (spoiled(exchanged("Easting", "Northing", 2, rule="location-doubtful")),),
    ),
    Fault(
        "15c", "nought-nought", POLICE,
        "The coordinates of two crimes are 0 and 0.",
        (spoiled(cells("Easting", "0", "0", rule="location-doubtful", also={"Northing": "0"})),),
    ),
    Fault(
        "15d", "masked", POLICE,
        "The coordinates of two crimes are masked to their square kilometre.",
        (
            spoiled(
                cells(
                    "Easting", "514***", "514***", rule="coordinates-masked",
                    also={"Northing": "207***"},
                )
            ),
        ),
    ),
    Fault(
        "15e", "grid-for-degrees", STREET,
        "Two map points are given in metres where degrees are meant.",
        (
            spoiled(
                cells(
                    "Longitude", "514714", "514614", rule="location-doubtful",
                    also={"Latitude": "208195"},
                ),
                span=APRIL,
            ),
        ),
    ),
    Fault(
        "15f", "degrees-for-grid", POLICE,
        "The coordinates of two crimes are given in degrees where metres are meant.",
        (
            spoiled(
                cells(
                    "Easting", "-0.33925", "-0.34033", rule="location-doubtful",
                    also={"Northing": "51.7607"},
                )
            ),
        ),
    ),
    Fault(
        "15g", "degrees-exchanged", STREET,
        "Longitude and latitude stand in each other's column throughout.",
        (spoiled(exchanged("Longitude", "Latitude"), span=APRIL),),
        accepted("coordinates-exchanged"),
    ),
    Fault(
        "16a", "lsoas-of-2011", POLICE,
        "Two crimes of 2023 have LSOAs that were split or redrawn in 2021.",
        (
            spoiled(
                kept(is_listed),
                without_wards,
                cells("LSOA", "E01023679", "E01023729", rule="lsoa-former"),
                span=AFTER_2022,
            ),
        ),
    ),
    Fault(
        "16b", "lsoa-of-another-district", POLICE,
        "Two crimes are said to lie in St Albans, but their LSOAs do not.",
        (spoiled(cells("LSOA", "E01023398", "E01023346", rule="lsoa-elsewhere")),),
    ),
    Fault(
        "16c", "ward-code-in-name-column", POLICE,
        "The ward code of two crimes stands in the column of names.",
        (spoiled(put_beside("Ward Code", "Ward", 2, rule="code-in-name-column")),),
    ),
    Fault(
        "16d", "lsoa-code-in-name-column", STREET,
        "The LSOA code of two crimes stands in the column of names.",
        (
            spoiled(
                put_beside("LSOA code", "LSOA name", 2, rule="code-in-name-column"), span=APRIL,
            ),
        ),
    ),
    Fault(
        "16e", "lsoa-not-known", POLICE,
        "The LSOA of two crimes is given as not known.",
        (spoiled(cells("LSOA", "Not known", "not known", rule="token-absent")),),
    ),
    Fault(
        "17a", "ward-of-a-later-time", POLICE,
        "Two crimes of 2018 have a ward code of 2022.",
        (spoiled(cells("Ward Code", *["E05013947"] * 2, rule="ward-not-of-date")),),
    ),
    Fault(
        "17b", "ward-by-name-only", POLICE,
        "Two crimes have the name of a ward and no code.",
        (spoiled(cells("Ward Code", None, None, rule="ward-by-name-only")),),
    ),
    Fault(
        "17c", "wards-of-an-earlier-time", POLICE,
        "A file of 2023 has the ward codes that were in force until 2022.",
        (
            spoiled(
                kept(is_listed),
                each(
                    "Ward Code", lambda cell: cell, rule="ward-not-of-date",
                    among=having("Ward Code", lambda cell: cell is not None),
                ),
                span=AFTER_2022,
            ),
        ),
    ),
    Fault(
        "18a", "old-district-code", POLICE,
        "The district of two crimes is given by its code of before 2013.",
        (spoiled(cells("District", "E07000100", "E07000100", rule="district-former")),),
    ),
)  # fmt: skip
