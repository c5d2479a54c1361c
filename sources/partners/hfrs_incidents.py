"""Fire and rescue incidents: Hertfordshire's workbook, and Avon's published CSV."""

import pandas as pd

from schemas.areas import AVON_FIRE, Home
from schemas.codes import IRS_CATEGORIES, IRS_FIRE_CLASSES, IRS_MOTIVES
from schemas.records.hfrs_incident import HfrsIncident
from sources.coverage import month_in_name, period_in_name
from sources.dates import moment, sheet_date_time
from sources.parse import (
    category,
    code,
    district,
    exactly,
    integer,
    mask_precision,
    masked_metres,
    metres,
    text,
    words,
)
from sources.spec import Column, Csv, ElsewhereExtent, Extent, Layout, Sheet, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month of the call."""
    del home
    return frame.assign(month=frame["called_at"].dt.to_period("M").dt.to_timestamp())


HERTFORDSHIRE = Layout(
    name="Hertfordshire incident export",
    format=Sheet((".xlsx",)),
    columns=(
        Column("incident_number", "Incident Number", text()),
        Column("called_at", "Date and Time of Call", sheet_date_time(has_serials=True)),
        Column("category_code", "Incident Category", words(IRS_CATEGORIES)),
        Column("fire_class_code", "Fire Class", words(IRS_FIRE_CLASSES)),
        Column("motive_code", "Motive", words(IRS_MOTIVES)),
        Column("property_category", "Property Category", category()),
        Column("fatality_count", "Fatalities", integer()),
        Column("injury_count", "Casualties", integer()),
        Column("rescue_count", "Rescues", integer()),
        Column("lad_code", "District", district()),
        Column("ward_code", "Ward Code", code()),
        Column("ward_name", "Ward", category()),
        Column("easting_m", "Easting", metres()),
        Column("northing_m", "Northing", metres()),
    ),
    extent=Extent.COUNTY,
    span_in_name=period_in_name,
    left_out=("Address", "Officer in Charge"),
)

AVON = Layout(
    name="Avon attended incidents",
    format=Csv(encoding="cp1252"),
    columns=(
        Column("incident_number", "Incident Number", text()),
        Column(
            "called_at",
            ("Day", "Month", "Year", "Time of Call"),
            moment(
                "%d %B %Y %H:%M:%S",
                "day, month in words, year, time as 23:59:59",
                shape=r"[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}",
            ),
        ),
        Column("category_code", "Incident Category", words(IRS_CATEGORIES)),
        # Whether a fire kept to its chimney is asked of buildings only: blank, it did not.
        Column(
            "fire_class_code",
            ("Is Primary Fire", "Is Fire Confined to Chimney?"),
            exactly(
                {
                    "yes -": "primary",
                    "yes no": "primary",
                    "no -": "secondary",
                    "no no": "secondary",
                    "no yes": "chimney",
                }
            ),
        ),
        Column(
            "motive_code",
            "Cause of Fire",
            words(
                IRS_MOTIVES,
                also={
                    "Deliberate – others property": "deliberate",
                    "Deliberate – own property": "deliberate",
                    "Deliberate – unknown owner": "deliberate",
                },
            ),
        ),
        Column("property_category", "Property Category", category()),
        Column("fatality_count", "No. of fatalities", integer(), blank_is="0"),
        Column("injury_count", "No. of injuries", integer(), blank_is="0"),
        Column("rescue_count", "No. of rescues", integer(), blank_is="0"),
        Column(
            "lad_code",
            "Unitary Authority",
            exactly(
                {
                    "BANES": "E06000022",
                    "BRISTOL": "E06000023",
                    "N SOM": "E06000024",
                    "S GLOS": "E06000025",
                }
            ),
        ),
        Column("ward_name", "Ward", category()),
        Column("easting_m", "X Coordinate", masked_metres()),
        Column("northing_m", "Y Coordinate", masked_metres()),
        Column("location_precision_m", "X Coordinate", mask_precision()),
    ),
    extent=ElsewhereExtent(AVON_FIRE.area, AVON_FIRE.lad_codes),
    span_in_name=month_in_name,
    left_out=(
        "Origin of Call",
        "Property Type",
        "Is Property Derelict?",
        "Is Property Occupied at the Incident?",
        "Property Normally Occupied?",
        "How Fire Was Discovered?",
        "Main Cause of Fire",
        "Ignition Source",
        "Ignition Source Powered",
        "Item First Damaged",
        "Item Responsible for Spread of Fire",
        "Main action by Other Than FRS",
        "Main Action by FRS",
        "Special Service Type",
        "Road Traffic Collision",
        "False Alarm Reason",
        "Victims Involved?",
        "Were Alarm Systems Present?",
        "No. of fire fatalities",
    ),
)

HFRS_INCIDENTS = SourceSpec(
    code="hfrs_incidents",
    partner="Hertfordshire Fire and Rescue Service",
    elsewhere="the fire and rescue service",
    title="Fire and rescue incidents",
    record=HfrsIncident,
    layouts=(HERTFORDSHIRE, AVON),
    conform=conform,
)
