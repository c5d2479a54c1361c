"""Another county's export, made out of ours: the layout of Avon, with its date in parts."""

from datetime import datetime

from schemas.period import Span
from sources.sample.faults.page import Cell, Page, Row
from sources.sample.people import CANARY

HEADINGS = (
    "Day", "Month", "Year", "Time of Call", "Incident Number", "X Coordinate", "Y Coordinate",
    "Unitary Authority", "Ward", "Incident Category", "Property Category", "Is Primary Fire",
    "Cause of Fire", "Is Fire Confined to Chimney?", "No. of fatalities", "No. of injuries",
    "No. of rescues", "Special Service Type",
)  # fmt: skip
AREAS = ("BANES", "BRISTOL", "N SOM", "S GLOS")


def avon_name(span: Span) -> str:
    """Return the name of a month's file."""
    return f"avon-incidents-{span.first.start:%B_%Y}-synthetic".lower()


def avon(page: Page) -> None:
    """Turn a page of Hertfordshire's incidents into one of Avon's."""
    page.rows = [
        _row(dict(zip(page.headings, row, strict=True)), place)
        for place, row in enumerate(page.rows)
    ]
    page.headings = list(HEADINGS)


def _row(incident: dict[str, Cell], place: int) -> Row:
    called, fire = incident["Date and Time of Call"], incident["Fire Class"]
    if not isinstance(called, datetime):
        raise TypeError("a call has its moment")
    area = AREAS[place % len(AREAS)]
    return [
        str(called.day), f"{called:%B}", str(called.year), f"{called:%H:%M:%S}",
        incident["Incident Number"], "365***", "176***", area, f"WARD OF {area}",
        incident["Incident Category"], incident["Property Category"],
        fire and ("yes" if fire == "Primary" else "no"), incident["Motive"],
        fire and ("yes" if fire == "Chimney" else "no"), "", "", "", CANARY,
    ]  # fmt: skip
