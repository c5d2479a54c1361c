"""A warehouse whose figures are set by hand: reports see nothing but its views."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert
from support.databases import SQLITE, engine_at, ready_database

from reports.edition import Order
from reports.figures import Filled, figures_now, fill
from reports.pack import Caveat, Pack
from reports.publication import print_again, print_now, publish
from reports.sources import Partner
from reports.spec import TableSpec
from reports.tables import TABLES
from schemas.areas import ST_ALBANS, Home
from schemas.period import Month, Period, Span
from schemas.spans import code_of
from warehouse.read import deliveries
from warehouse.releases import releases
from warehouse.tables import DELIVERY, MEASURE_MONTH, MEASURE_STATED

PARTNERS = (
    Partner("police_crime", "Police recorded crime", "Hertfordshire Constabulary"),
    Partner("street_crime", "Street-level crime", "data.police.uk"),
    Partner("cctv_log", "CCTV log", "The council"),
    Partner("fly_tips", "Fly-tipping records", "The council"),
    Partner("hfrs_incidents", "Fire and rescue incidents", "Hertfordshire Fire and Rescue"),
)


@dataclass(frozen=True)
class Shelf:
    """The warehouse, and the folder that packs are written into."""

    engine: Engine
    packs: Path
    partners: tuple[Partner, ...] = PARTNERS

    def set(
        self, measure: str, area: str = ST_ALBANS.district.code, **months: int | tuple[int, ...]
    ) -> None:
        """Set the figures of a measure: `since_2020_04=(1, 2, 3)` sets three months from April."""
        origin = self._origin()
        rows = []
        for name, given in months.items():
            first = Month.parse(name.removeprefix("since_").replace("_", "-"))
            for ahead, value in enumerate(given if isinstance(given, tuple) else (given,)):
                month = first + ahead
                rows.append(
                    {
                        "measure_code": measure,
                        "area_code": area,
                        "month": month.start,
                        "quarter_code": month.quarter.code,
                        "year_code": month.financial_year.code,
                        "value": value,
                        "delivery_id": origin,
                    }
                )
        with self.engine.begin() as conn:
            conn.execute(insert(MEASURE_MONTH), rows)

    def state(
        self, measure: str, *spans: Span, value: int, area: str = ST_ALBANS.district.code
    ) -> None:
        """Set what stands of a stated measure for each of some periods, instead of what stood."""
        origin = self._origin()
        codes = [code_of(span) for span in spans]
        m = MEASURE_STATED.c
        rows = [
            {
                "measure_code": measure, "area_code": area, "period_code": code,
                "first_month": span.first.start, "last_month": span.last.start,
                "year_code": span.last.financial_year.code, "value": value, "qualifier": "",
                "delivery_id": origin,
            }
            for span, code in zip(spans, codes, strict=True)
        ]  # fmt: skip
        its = (m.measure_code == measure, m.area_code == area, m.period_code.in_(codes))
        with self.engine.begin() as conn:
            conn.execute(delete(MEASURE_STATED).where(*its))
            conn.execute(insert(MEASURE_STATED), rows)

    def _origin(self) -> int:
        """Return a delivery for figures to come from, of which no pack says anything."""
        if not deliveries(self.engine):
            self.receive("", Span(Month(1999, 1), Month(1999, 1)), "by hand", status="rejected")
        return deliveries(self.engine)[0].id

    def receive(
        self,
        source: str,
        span: Span,
        file_name: str = "",
        *,
        rows: int = 10,
        rejected: int = 0,
        status: str = "accepted",
        extent: str = ST_ALBANS.district.code,
    ) -> None:
        """Note a delivery without rows of its own."""
        with self.engine.begin() as conn:
            conn.execute(
                insert(DELIVERY).values(
                    source=source, layout="a layout", extent=extent,
                    file_name=file_name or f"{source}-{span.first.code}.csv", sha256="ab" * 32,
                    size_bytes=1, received_at=datetime(2021, 4, 9, 10, 30), status=status,
                    first_month=span.first.start, last_month=span.last.start,
                    rows_read=rows, rows_accepted=rows - rejected, rows_rejected=rejected,
                    rows_new=0, rows_unchanged=0, rows_superseded=0, program_version="test",
                )
            )  # fmt: skip

    def fill(self, spec: TableSpec, period: Period, home: Home = ST_ALBANS) -> Filled:
        """Fill one table from the figures that stand."""
        return fill(figures_now(self.engine, (spec,), period, home), spec, period, home)

    def order(self, period: Period, **changes: object) -> Order:
        """Order a pack with the partners above."""
        given = {
            "home": ST_ALBANS,
            "partnership": "A Partnership",
            "partners": self.partners,
            "version": "1.2.3",
            "tables": TABLES,
        } | changes
        return Order(period, **given)

    def publish(
        self, period: Period, *, at: datetime = datetime(2021, 4, 30, 9), **changes: object
    ) -> Pack:
        """Publish a pack with the partners above."""
        return publish(self.engine, self.order(period, **changes), self.packs, at, lambda: None)

    def reprint(self, pack: Pack) -> Pack:
        """Write a published pack again, from what was frozen of it."""
        line = next(r for r in releases(self.engine) if r.id == pack.edition.release)
        return print_again(self.engine, line, pack.edition.period, self.packs)

    def draft(self, period: Period, **changes: object) -> Pack:
        """Write a draft of a pack, against which nothing stands."""
        order = self.order(period, **changes)
        return print_now(self.engine, order, self.packs, Caveat(draft=()))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A warehouse without a figure."""
    with ready_database(SQLITE, tmp_path) as address, engine_at(address) as engine:
        yield Shelf(engine, tmp_path / "packs")


@pytest.fixture(scope="module")
def kept_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A warehouse for all tests of a file that only read."""
    folder = tmp_path_factory.mktemp("kept")
    with ready_database(SQLITE, folder) as address, engine_at(address) as engine:
        yield Shelf(engine, folder / "packs")
