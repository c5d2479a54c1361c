"""Warehouses made at random, with few and small counts, and all packs for the public of each.

They are hard ones: rows that never come, months that no file covers, packs out of their order and
given again, and records that change, come and go between two of them. Many have partner returns and
official figures as well (`attack_returns`).
"""

import random
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, insert
from support.databases import SQLITE, engine_at, ready_database

from faults.attack_returns import RETURNS, Returns
from reports.edition import Order
from reports.pack import Pack
from reports.publication import publish
from reports.spec import Role, TableSpec
from reports.tables import (
    ASB_ACTIONS,
    ASB_CASES,
    CCTV,
    FIRE,
    FLY_TIPPING,
    POLICE,
    STREET,
    TABLES,
)
from schemas.areas import ST_ALBANS
from schemas.audience import Audience
from schemas.period import FinancialYear, Month, Period, Quarter
from warehouse.tables import DELIVERY, MEASURE_MONTH

HOME = ST_ALBANS
DISTRICT, COUNTY, FORCE = HOME.district.code, HOME.county.code, HOME.force.code
GROUPS: tuple[tuple[TableSpec, ...], ...] = (
    (FIRE,), ASB_CASES, (CCTV,), FLY_TIPPING, (POLICE,), (STREET,), (ASB_ACTIONS,)
)  # fmt: skip
MONTHS = [Month(2019, 4) + n for n in range(24)]

OF_WHICH = (0.3, 0.9)
"""How often a record is one "of which": seldom, or nearly always, so that few are left beyond."""

Values = dict[tuple[str, str, Month], int]


@dataclass
class Record:
    """A case, call or fire: its month, where it was, and what it adds to which measures."""

    month: Month
    is_ours: bool
    adds: dict[str, int]


def a_record(chance: random.Random, tables: Sequence[TableSpec], often: float = 0.3) -> Record:
    """Draw one record of a group of tables."""
    adds: dict[str, int] = {}
    if tables[0] is FIRE:
        for measure, most in (("deliberate-fires", 1), ("primary-fires", 1), ("fire-injuries", 2)):
            adds[measure] = chance.randint(0, most)
        return Record(chance.choice(MONTHS), chance.random() < 0.4, adds)
    for spec in tables:
        rows = {role: [r.measure for r in spec.rows if r.role is role] for role in Role}
        adds |= dict.fromkeys(rows[Role.TOTAL], 1)
        if parts := rows[Role.PART] + rows[Role.RESIDUAL]:
            # Some parts are rare, some never come.
            adds[parts[int(len(parts) * chance.random() ** 3)]] = 1
        for measure in rows[Role.OF_WHICH]:
            adds[measure] = int(chance.random() < often)
        if rows[Role.ALONE] and chance.random() < 0.3:
            adds[chance.choice(rows[Role.ALONE])] = 1
    return Record(chance.choice(MONTHS), True, adds)


def counted(records: Sequence[Record], tables: Sequence[TableSpec]) -> Values:
    """Count records by measure, area and month; what did not happen is 0."""
    areas = (DISTRICT, COUNTY) if tables[0] is FIRE else (DISTRICT, FORCE)
    measures = {row.measure for spec in tables for row in spec.rows}
    values = {(m, a, month): 0 for m in measures for a in areas for month in MONTHS}
    for record in records:
        for area in areas if record.is_ours else areas[1:]:
            for measure, number in record.adds.items():
                values[measure, area, record.month] += number
    return values


def store(engine: Engine, values: Values, missing: Collection[Month] = ()) -> None:
    """Put figures in the place of those that stand; of some months no file has come."""
    rows = [
        {
            "measure_code": measure, "area_code": area, "month": month.start, "value": value,
            "quarter_code": month.quarter.code, "year_code": month.financial_year.code,
            "delivery_id": 1,
        }
        for (measure, area, month), value in values.items()
        if month not in missing
    ]  # fmt: skip
    with engine.begin() as conn:
        conn.execute(delete(MEASURE_MONTH))
        conn.execute(insert(MEASURE_MONTH), rows)


def an_origin(engine: Engine) -> None:
    """Note a delivery for figures to come from, of which no pack says anything."""
    with engine.begin() as conn:
        conn.execute(
            insert(DELIVERY).values(
                source="", layout="", extent="", file_name="by hand", sha256="ab" * 32,
                size_bytes=1, received_at=datetime(2019, 1, 1), status="rejected",
                first_month=Month(1999, 1).start, last_month=Month(1999, 1).start,
                rows_read=0, rows_accepted=0, rows_rejected=0, rows_new=0, rows_unchanged=0,
                rows_superseded=0, program_version="test",
            )
        )  # fmt: skip


def an_order(chance: random.Random) -> list[Period]:
    """Draw in which order packs are published; most times in that of the calendar."""
    periods: list[Period] = [Quarter(2020, n) for n in (1, 2, 3, 4)]
    periods.append(FinancialYear(2020))
    if chance.random() < 0.3:
        periods = [Quarter(2019, 4), FinancialYear(2019), *periods]
    if chance.random() < 0.2:
        chance.shuffle(periods)
    again = [period for period in periods if chance.random() < 0.3]
    return [*periods, *again]


def packs_of(seed: int, formats: tuple[str, ...] = ()) -> Iterator[Pack]:
    """Publish the packs of a random warehouse; between two of them records may change."""
    chance = random.Random(seed)
    tables, often = chance.choice(GROUPS), chance.choice(OF_WHICH)
    records = [a_record(chance, tables, often) for _ in range(chance.choice((10, 40, 120, 400)))]
    missing = set(chance.sample(MONTHS, 2)) if chance.random() < 0.15 else set()
    # Drawn by a chance of their own, so that the records of a seed stay what they are.
    returns = Returns(random.Random(f"returns {seed}"), HOME)
    has_returns = returns.chance.random() < 0.6
    if has_returns:
        returns.draw()
    with (
        tempfile.TemporaryDirectory() as folder,
        ready_database(SQLITE, Path(folder)) as address,
        engine_at(address) as engine,
    ):
        an_origin(engine)
        drawn = {*tables, *(RETURNS if has_returns else ())}
        all_tables = tuple(spec for spec in TABLES if spec in drawn)
        store(engine, counted(records, tables), missing)
        returns.publish(counted(records, tables), tables)
        returns.store(engine)
        at = datetime(2021, 4, 30, 9)
        for period in an_order(chance):
            if chance.random() < 0.3:
                _change(records, chance, lambda: a_record(chance, tables, often))
                # What was late may have come by then.
                missing = missing if chance.random() < 0.5 else set()
                store(engine, counted(records, tables), missing)
                returns.publish(counted(records, tables), tables)
            if has_returns and returns.chance.random() < 0.4:
                returns.change()
            returns.store(engine)
            at += timedelta(hours=1)
            order = Order(
                period, HOME, "A Partnership", (), "1.2.3", all_tables,
                audience=Audience.PUBLIC, formats=formats,
            )  # fmt: skip
            yield publish(engine, order, Path(folder) / "packs", at, lambda: None)


def _change(records: list[Record], chance: random.Random, draw: Callable[[], Record]) -> None:
    """Have a few records become others, go, or come."""
    for _ in range(chance.randint(1, 3)):
        what = chance.randrange(4)
        if what == 0 and len(records) > 1:
            records.pop(chance.randrange(len(records)))
        elif what == 1:
            records.append(draw())
        else:
            records[chance.randrange(len(records))] = draw()
