"""A desk at which tests hand in partners' files, and read what the warehouse makes of them.

Files are written as small text tables. Where a table shows only a few columns of the agreed layout,
the others hold what stands in `POLICE`, `STREET`, `FIRE` and so on, which has nothing wrong;
"{row}" there becomes the row's own number, so that references differ.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, Engine, column, select, table, update
from support.databases import ready_database
from support.files import complete, csv_bytes, ods_bytes, put, xlsx_bytes
from support.post import TODAY, Table, shown

from flows.receive import receive_file
from flows.settings import Settings
from schemas.areas import ST_ALBANS
from schemas.audience import Audience
from schemas.period import Month, Span
from sources.gate import Gate
from sources.inbox import Delivery, recognise, take
from sources.partners import SOURCES
from sources.spec import extent_of
from warehouse.deliveries import Again, Loaded, Parcel
from warehouse.engine import make_engine
from warehouse.known import month_values
from warehouse.mart import Reach
from warehouse.tables import DELIVERY, all_tables
from warehouse.views import view_selects

HERTS, BTP = "Hertfordshire Constabulary", "British Transport Police"
DISTRICT, COUNTY, FORCE = (a.code for a in (ST_ALBANS.district, ST_ALBANS.county, ST_ALBANS.force))
EVER = Span(Month(1990, 1), Month(2090, 12))
DAY_ONE, HOUR, DAY = datetime(2020, 7, 9, 12), timedelta(hours=1), timedelta(days=1)
"""When the first of several files comes, where a test is about days of receipt."""

P, S, C, F, H, A = (
    "police-crime-2020-21-q1.csv",
    "2025-04-hertfordshire-street.csv",
    "cctv-log-2020-21-q1.xlsx",
    "fly-tips-2020-21-q1.ods",
    "hfrs-incidents-2020-21-q1.xlsx",
    "afrs-july-2014.csv",
)
"""Names of files in whose months the rows below lie: police, street, CCTV, fly-tips, fire, Avon."""

POLICE = {
    "Crime Reference": "41/{row}/20",
    "Date Recorded": "14/04/2020",
    "Committed From": "",
    "Committed To": "",
    "HO Code": "45",
    "Outcome Type": "18",
    "Status": "Recorded",
    "District": "St Albans",
    "Ward Code": "E05009028",
    "Ward": "Verulam",
    "LSOA": "E01023728",
    "Easting": "514000",
    "Northing": "207000",
    "DA": "N",
    "Hate": "N",
    "Knife": "N",
    "Alcohol": "N",
    "Cyber": "N",
}
STREET = {
    "Crime ID": "",
    "Month": "2025-04",
    "Reported by": HERTS,
    "Falls within": HERTS,
    "Longitude": "-0.336",
    "Latitude": "51.752",
    "Location": "On or near Hill Street",
    "LSOA code": "E01023728",
    "LSOA name": "St Albans 014B",
    "Crime type": "Anti-social behaviour",
    "Last outcome category": "",
    "Context": "",
}
CCTV = {
    "Log No": "C/{row}",
    "Start": "2020-04-01 22:10",
    "End": "2020-04-01 22:40",
    "Camera": "7",
    "Incident Type": "Drugs",
    "Reported By": "Police",
    "Police Called": "Y",
    "Arrests": "0",
    "Footage Reviewed": "N",
    "Discs Given to Police": "0",
}
FLY_TIPS = {
    "Case Reference": "FT/{row}",
    "Date Reported": "2020-04-01",
    "Reported By": "Public",
    "Land Type": "Highway",
    "Waste Type": "Green",
    "Size": "Single Item",
    "Easting": "515000",
    "Northing": "207000",
    "Ward Code": "E05009028",
    "Ward": "Verulam",
    "Status": "Cleared",
    "Date Cleared": "",
    "Investigated": "N",
    "Action": "",
    "Action Date": "",
    "Clearance Cost (£)": "85.5",
}
FIRE = {
    "Incident Number": "H/000{row}",
    "Date and Time of Call": "2020-04-01 22:10",
    "Incident Category": "Fire",
    "Fire Class": "Primary",
    "Motive": "Accidental",
    "Property Category": "Dwelling",
    "Fatalities": "0",
    "Casualties": "0",
    "Rescues": "0",
    "District": "St Albans",
    "Ward Code": "E05009028",
    "Ward": "Verulam",
    "Easting": "515000",
    "Northing": "207000",
}
AVON_FIRE = {
    "Day": "1",
    "Month": "July",
    "Year": "2014",
    "Time of Call": "01:54:02",
    "Incident Number": "00553{row}-01072014",
    "X Coordinate": "376***",
    "Y Coordinate": "165***",
    "Unitary Authority": "BANES",
    "Ward": "ABBEY",
    "Incident Category": "Fire",
    "Property Category": "Dwelling",
    "Is Primary Fire": "yes",
    "Cause of Fire": "Accidental",
    "Is Fire Confined to Chimney?": "no",
    "No. of fatalities": "",
    "No. of injuries": "",
    "No. of rescues": "",
}


def police(rows: str) -> bytes:
    """The force's extract; one row a crime, in St Albans, a vehicle crime of April 2020."""
    return csv_bytes(complete(rows, POLICE))


def street(rows: str) -> bytes:
    """The street file; a letter alone stands for a crime id of 64 such letters."""
    head, *body = complete(rows, STREET)
    return csv_bytes([head, *([r[0] * 64 if len(r[0]) == 1 else r[0], *r[1:]] for r in body)])


def cctv(rows: str) -> bytes:
    """The control room's log."""
    return xlsx_bytes(complete(rows, CCTV))


def fly_tips(rows: str) -> bytes:
    """The council's cases."""
    return ods_bytes(complete(rows, FLY_TIPS))


def fire(rows: str) -> bytes:
    """The county's incidents."""
    return xlsx_bytes(complete(rows, FIRE))


def avon(rows: str) -> bytes:
    """Another county's incidents, of July 2014."""
    return csv_bytes(complete(rows, AVON_FIRE), encoding="cp1252")


@dataclass(frozen=True)
class Desk:
    """One warehouse with an inbox of its own."""

    engine: Engine
    settings: Settings
    address: str | URL

    @classmethod
    @contextmanager
    def open(cls, kind: str, folder: Path) -> Iterator["Desk"]:
        """Open a desk with an empty warehouse in a database of this kind."""
        with ready_database(kind, folder) as address:
            engine = make_engine(address)
            try:
                settings = Settings(home=folder, audience=Audience.PARTNERSHIP, formats=())
                yield cls(engine, settings, address)
            finally:
                engine.dispose()

    def hand_in(self, name: str, content: bytes, again: Again | None = None) -> Loaded:
        """Hand in one file and return what became of it, in the way that `csp receive` does."""
        path = put(self.settings.inbox, name, content)
        (outcome,) = receive_file(self.engine, path, self.settings, again=again)
        assert isinstance(outcome, Loaded), outcome
        return outcome

    def accept(self, name: str, content: bytes, again: Again | None = None) -> Loaded:
        """Hand in a file that is accepted."""
        loaded = self.hand_in(name, content, again)
        assert loaded.status == "accepted", loaded.issues
        return loaded

    def came(self, name: str, content: bytes, at: datetime = DAY_ONE) -> Loaded:
        """Hand in a file that is accepted, as if it had come at this moment."""
        loaded = self.accept(name, content)
        self.stamp(loaded.delivery_id, at)
        return loaded

    def stamp(self, delivery_id: int, received_at: datetime) -> None:
        """Say that a delivery came at another time than it did."""
        with self.engine.begin() as conn:
            conn.execute(
                update(DELIVERY).where(DELIVERY.c.id == delivery_id).values(received_at=received_at)
            )

    def opened(self, name: str, content: bytes) -> tuple[Parcel, Gate]:
        """Take a file up to the point where its rows would be loaded."""
        path = put(self.settings.inbox, name, content)
        (delivery,) = take(path, self.settings.archive, SOURCES, ST_ALBANS)
        assert isinstance(delivery, Delivery)
        found = recognise(delivery, SOURCES)
        gate = Gate.open(found, ST_ALBANS, TODAY)
        area, lad_codes = extent_of(found.layout, ST_ALBANS)
        return Parcel(
            file_name=delivery.name,
            sha256=delivery.sha256,
            size_bytes=delivery.size,
            received_at=datetime(2025, 7, 1, 9, 30),
            program_version="test",
            source=found.source.code,
            layout=found.layout.name,
            reach=Reach(area, lad_codes, None if area.code == DISTRICT else ST_ALBANS.county),
            span=gate.span,
        ), gate

    def shows(self, view: str, columns: str) -> Table:
        """Return columns of a view as text, in the order of delivery and row, blanks as "-"."""
        typed = view_selects()[view].selected_columns
        source = table(view, *(column(c.name, c.type) for c in typed))
        order = [
            source.c[n].nulls_first() for n in ("delivery_id", "source_row", "id") if n in source.c
        ]
        query = select(*(source.c[n] for n in columns.split())).order_by(*order)
        with self.engine.connect() as conn:
            return [
                [_as_text(n, v) for n, v in zip(columns.split(), row, strict=True)]
                for row in conn.execute(query)
            ]

    def months(self, measure: str, area: str = DISTRICT) -> dict[str, int]:
        """Return the stored values of a measure in an area, by month as 2020-04."""
        found = month_values(self.engine, [measure], EVER)
        return {
            month.code: value
            for (_, place, month), value in sorted(found.items(), key=lambda item: item[0][2])
            if place == area
        }

    def content(self, *without: str) -> dict[str, Counter]:
        """Return all that the tables hold, but for those that are named."""
        with self.engine.connect() as conn:
            return {
                name: Counter(tuple(row) for row in conn.execute(select(kept)))
                for name, kept in all_tables().tables.items()
                if name not in without
            }

    def count(self, name: str) -> int:
        """Return how many rows a table has."""
        return self.content()[name].total()


def _as_text(name: str, value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.strftime("%Y-%m" if name == "month" else "%Y-%m-%d")
    return "-" if value is None or value == "" else shown(name, value)
