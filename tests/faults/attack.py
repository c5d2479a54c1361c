"""An attacker who has every pack that was published, and wants the counts that they leave out.

He reads the CSV and the pages of all packs of a warehouse made at random, also those that were
revised, writes down every sum that he knows to hold, and solves: by elimination, by what is left
between the least and the greatest that a count can be, and by trying each other value until nothing
fits any more. He shares no line with `reports.disclosure`. He even knows which hidden counts are
small ones, and which figures of two packs are the same.
"""

import csv
import io
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, delete, insert
from support.databases import SQLITE, engine_at, ready_database
from support.page import read

from reports.edition import Order
from reports.pack import Pack
from reports.publication import publish
from reports.spec import Role, TableSpec
from reports.tables import ASB_CASES, CCTV, FIRE, FLY_TIPPING
from reports.trends import MONTHLY
from schemas.areas import ST_ALBANS
from schemas.audience import Audience
from schemas.period import FinancialYear, Month, Period, Quarter, Span
from schemas.spans import span_of
from warehouse.tables import DELIVERY, MEASURE_MONTH

HOME = ST_ALBANS
DISTRICT, COUNTY = HOME.district.code, HOME.county.code
REST = f"R{DISTRICT[1:]}"
GROUPS: tuple[tuple[TableSpec, ...], ...] = ((FIRE,), ASB_CASES, (CCTV,), FLY_TIPPING)
MONTHS = [Month(2019, 4) + n for n in range(24)]
PRIME = 2_147_483_647
ENDLESS = 10**9
"""Greater than any count, and small enough to be added up."""

Values = dict[tuple[str, str, Month], int]
Name = tuple[str, str, Span, int]
"""A figure by what it is of, and by its true value: the same one wherever it is the same."""


# --- a warehouse ------------------------------------------------------------------------------


@dataclass
class Record:
    """A case, call or fire: its month, where it was, and what it adds to which measures."""

    month: Month
    is_ours: bool
    adds: dict[str, int]


def a_record(chance: random.Random, tables: Sequence[TableSpec]) -> Record:
    """Draw one record of a group of tables."""
    adds: dict[str, int] = {}
    if tables[0] is FIRE:
        for measure, most in (("deliberate-fires", 1), ("primary-fires", 1), ("fire-injuries", 2)):
            adds[measure] = chance.randint(0, most)
        return Record(chance.choice(MONTHS), chance.random() < 0.4, adds)
    for spec in tables:
        rows = {role: [r.measure for r in spec.rows if r.role is role] for role in Role}
        adds |= dict.fromkeys(rows[Role.TOTAL], 1)
        if rows[Role.PART]:
            # Some parts are rare, some never come.
            adds[rows[Role.PART][int(len(rows[Role.PART]) * chance.random() ** 3)]] = 1
        for measure in rows[Role.OF_WHICH]:
            adds[measure] = int(chance.random() < 0.3)
        if rows[Role.ALONE] and chance.random() < 0.3:
            adds[chance.choice(rows[Role.ALONE])] = 1
    return Record(chance.choice(MONTHS), True, adds)


def counted(records: Sequence[Record], tables: Sequence[TableSpec]) -> Values:
    """Count records by measure, area and month; what did not happen is 0."""
    areas = (DISTRICT, COUNTY) if tables[0] is FIRE else (DISTRICT,)
    measures = {row.measure for spec in tables for row in spec.rows}
    values = {(m, a, month): 0 for m in measures for a in areas for month in MONTHS}
    for record in records:
        for area in areas if record.is_ours else areas[1:]:
            for measure, number in record.adds.items():
                values[measure, area, record.month] += number
    return values


def store(engine: Engine, values: Values) -> None:
    """Put figures in the place of those that stand."""
    rows = [
        {
            "measure_code": measure, "area_code": area, "month": month.start, "value": value,
            "quarter_code": month.quarter.code, "year_code": month.financial_year.code,
            "delivery_id": 1,
        }
        for (measure, area, month), value in values.items()
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


def packs_of(seed: int) -> Iterator[Pack]:
    """Publish the packs of a random warehouse; between two of them records may change."""
    chance = random.Random(seed)
    tables = chance.choice(GROUPS)
    records = [a_record(chance, tables) for _ in range(chance.choice((10, 40, 120, 400)))]
    with (
        tempfile.TemporaryDirectory() as folder,
        ready_database(SQLITE, Path(folder)) as address,
        engine_at(address) as engine,
    ):
        an_origin(engine)
        store(engine, counted(records, tables))
        at = datetime(2021, 4, 30, 9)
        for period in an_order(chance):
            if chance.random() < 0.3:
                for _ in range(chance.randint(1, 3)):
                    records[chance.randrange(len(records))] = a_record(chance, tables)
                store(engine, counted(records, tables))
            at += timedelta(hours=1)
            order = Order(
                period, HOME, "A Partnership", (), "1.2.3", tables, audience=Audience.PUBLIC
            )
            yield publish(engine, order, Path(folder) / "packs", at, lambda: None)


# --- what he reads ----------------------------------------------------------------------------


@dataclass
class Read:
    """One pack as he has it: figures (None where it says [c]), how rows stand, and their truth."""

    shown: dict[tuple[str, str, Span], int | None]
    roles: dict[str, list[tuple[str, str, str]]]
    truth: dict[tuple[str, str, Span], int]
    number: int = 0
    blank_years: set[tuple[str, FinancialYear]] = field(default_factory=set)

    def name(self, measure: str, area: str, span: Span) -> Name:
        """A figure's name; what no pack shows, or nothing of, is not that of another pack."""
        is_blank = (measure, span.first.financial_year) in self.blank_years
        is_seen = (measure, area, span) in self.shown
        own = measure if is_seen and not is_blank else f"{measure} of pack {self.number}"
        return own, area, span, self.value(measure, area, span)

    def value(self, measure: str, area: str, span: Span) -> int:
        """The true figure, by which it is known again and nothing else."""
        if area == REST:
            return self.value(measure, COUNTY, span) - self.value(measure, DISTRICT, span)
        return sum(self.truth[measure, area, Span(m, m)] for m in span)

    def family(self, key: tuple[str, str, Span]) -> tuple[frozenset[str], FinancialYear]:
        """The measures that stand in one table with this one, and its year."""
        measure, _, span = key
        linked = {measure}
        for rows in [*self.roles.values()] * 2:
            found = {m for role, m, _ in rows if role != "alone"}
            if measure.startswith("action-") or "fly-tips" in found | linked:
                found |= {m for _, m, _ in rows} | {"fly-tips"}
            linked |= found if linked & found else set()
        return frozenset(linked), span.first.financial_year

    def blank(self) -> set[tuple[frozenset[str], FinancialYear]]:
        """The tables of which nothing is shown for a year: there [c] may stand for a 0."""
        rows = {key: value for key, value in self.shown.items() if key[1] != REST}
        shown = {self.family(key) for key, value in rows.items() if value is not None}
        return {self.family(key) for key in rows} - shown

    def can_value(self, measure: str, span: Span) -> bool:
        """Say whether the pack knew of all these months."""
        return all((measure, DISTRICT, Span(m, m)) in self.truth for m in span)


def read_pack(pack: Pack) -> Read:
    """Read the files of a pack; the page must show what the CSV say."""
    found = Read({}, defaultdict(list), {})
    page = read((pack.folder / "index.html").read_text("utf-8"))
    printed = [[td.text for td in table.all("td")] for table in page.all("table")]
    paths = [pack.folder / "tables" / f"{spec.code}.csv" for spec in pack.edition.tables]
    for path, cells in zip(paths, printed, strict=False):
        said = []
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8"))):
            span = span_of(row["period"])
            now, before = (row["measure"], row["area_code"]), span.year_before()
            _note(found, (*now, span), row["value"], row["mark"])
            _note(found, (*now, before), row["previous"], row["previous_mark"])
            if (entry := (row["role"], *now)) not in found.roles[path.stem]:
                found.roles[path.stem].append(entry)
            marks = {*row["mark"].split(), *row["previous_mark"].split()}
            both = not {"c", "x"} & marks
            assert both == bool(row["change"]), "a change tells of what is hidden"
            assert both or (row["percent_change"], row["percent_mark"]) == ("", row["change_mark"])
            said += [row[n] for n in ("value", "previous", "change", "percent_change")]
        shown = [text.replace("\u2212", "-").split(" [")[0] for text in cells]
        plain = ["" if text.startswith("[") else text.strip("+").replace(",", "") for text in shown]
        assert plain == said, "the page shows another figure than the CSV"
    for row in csv.DictReader(io.StringIO((pack.folder / "revisions.csv").read_text("utf-8"))):
        key = row["measure"], row["area_code"], span_of(row["period"])
        _note(found, key, row["is"], row["is_mark"])
    for (measure, area, period), value in pack.edition.truth.items():
        if value is None:
            continue
        found.truth[measure, area, span_of(period)] = value
        if measure in MONTHLY and len(span_of(period)) == 1:
            shown_as = pack.edition.figures[measure, area, period]
            found.shown[measure, area, span_of(period)] = (
                shown_as if isinstance(shown_as, int) else None
            )
    return found


def _note(found: Read, key: tuple[str, str, Span], value: str, mark: str) -> None:
    if mark == "x":
        return
    if value:
        assert mark in {"", "r"}
        found.shown[key] = int(value)
    else:
        assert mark == "c"
        found.shown.setdefault(key, None)


# --- what he works out ------------------------------------------------------------------------


@dataclass
class Attack:
    """All that he knows: names of figures, and equations between those that he does not know."""

    known: dict[Name, int] = field(default_factory=dict)
    least: dict[Name, int] = field(default_factory=dict)
    most: dict[Name, int] = field(default_factory=dict)
    wanted: dict[Name, None] = field(default_factory=dict)
    equations: list[dict[Name, int]] = field(default_factory=list)
    slacks: int = 0
    blanks: int = 0
    packs: int = 0

    def learn(self, pack: Read) -> None:
        """Add what a pack says."""
        blank = pack.blank()
        self.blanks += bool(blank)
        self.packs += 1
        pack.number = self.packs
        pack.blank_years = {(m, year) for families, year in blank for m in families}
        for key, value in pack.shown.items():
            name = pack.name(*key)
            if value is not None:
                assert value == name[3]
                assert value == 0 or value > 4, "a small count is shown"
                self.known[name] = value
                continue
            if key[1] == REST and not 0 < name[3] < 5:
                continue  # a difference of two, of which one is hidden: it may be 0 as well
            is_small = 0 < name[3] < 5
            is_blank = pack.family(key) in blank
            can_be_none = is_blank or key[1] == REST
            if is_small or not is_blank:
                self.wanted[name] = None
            self.least[name] = max(self.least.get(name, 0), int(not can_be_none))
            self.most[name] = 4 if is_small else ENDLESS
        for measure, area in {key[:2] for key in pack.shown}:
            spans = {key[2] for key in pack.shown if key[:2] == (measure, area)}
            self._of_time(pack, measure, area, spans)
        for entries in pack.roles.values():
            self._of_rows(pack, entries)

    def _of_time(self, pack: Read, measure: str, area: str, spans: set[Span]) -> None:
        for span in spans:
            quarters = sorted({m.quarter for m in span})
            if len(span) > 3:
                self._add(pack, (measure, area, span), [(measure, area, q.span) for q in quarters])
        if measure in MONTHLY:
            for quarter in {m.quarter for span in spans for m in span}:
                months = [(measure, area, Span(m, m)) for m in quarter.span]
                self._add(pack, (measure, area, quarter.span), months)

    def _of_rows(self, pack: Read, entries: list[tuple[str, str, str]]) -> None:
        spans = {key[2] for key in pack.shown if len(key[2]) > 1}
        spans |= {m.quarter.span for span in spans for m in span}
        usable = [s for s in spans if all(pack.can_value(m, s) for _, m, _ in entries)]
        for span in usable:
            for area in {area for _, _, area in entries}:
                here = [(role, m) for role, m, a in entries if a == area]
                totals = [m for role, m in here if role == "total"]
                parts = [(m, area, span) for role, m in here if role in {"part", "residual"}]
                if totals and parts:
                    self._add(pack, (totals[0], area, span), parts)
                for role, measure in here:
                    if role == "of which":
                        self._add_slack(pack, (totals[0], area, span), [(measure, area, span)])
                actions = [(m, area, span) for _, m in here if m.startswith("action-")]
                if actions and pack.can_value("fly-tips", span):
                    self._add_slack(pack, ("fly-tips", area, span), actions)
            for _, measure, area in entries:
                if area == REST:
                    parts = [(measure, DISTRICT, span), (measure, REST, span)]
                    self._add(pack, (measure, COUNTY, span), parts)

    def _add(
        self, pack: Read, whole: tuple[str, str, Span], parts: list[tuple[str, str, Span]]
    ) -> dict[Name, int]:
        equation: dict[Name, int] = defaultdict(int)
        equation[pack.name(*whole)] -= 1
        for part in parts:
            equation[pack.name(*part)] += 1
        self.equations.append(equation)
        return equation

    def _add_slack(
        self, pack: Read, whole: tuple[str, str, Span], parts: list[tuple[str, str, Span]]
    ) -> None:
        equation = self._add(pack, whole, parts)
        self.slacks += 1
        equation[f"slack {self.slacks}", "", whole[2], 0] += 1

    def recovered(self) -> list[Name]:
        """Return every hidden figure that he can tell."""
        wanted = [name for name in self.wanted if name not in self.known]
        rows, names = self._matrix()
        derived = _eliminated(rows, len(names))
        system = [_sparse(row) for row in [*rows, *derived]]
        bounds = [(self.least.get(n, 0), self.most.get(n, ENDLESS)) for n in names]
        of = defaultdict(list)
        for e, (terms, _) in enumerate(system):
            for n, _ in terms:
                of[n].append(e)
        narrowed = _narrowed(system, of, bounds, range(len(system)))
        assert narrowed is not None, "what he takes for true cannot be"
        place = {name: n for n, name in enumerate(names)}
        found = []
        for name in wanted:
            if name not in place:
                continue  # it stands in no sum
            low, high = narrowed[place[name]]
            tries = range(low, high + 1) if high - low < 5 else (low, name[3] - 1, name[3] + 1)
            others = {v for v in tries if low <= v <= high and v != name[3]}
            if not any(_fits(system, of, narrowed, place[name], v) for v in others):
                found.append(name)
        return found

    def _matrix(self) -> tuple[list[np.ndarray], list[Name]]:
        """Return his equations over what he does not know; the last column is what they add to."""
        unknown = dict.fromkeys(n for e in self.equations for n in e if n not in self.known)
        place = {name: n for n, name in enumerate(unknown)}
        rows: dict[bytes, np.ndarray] = {}
        for equation in self.equations:
            row = np.zeros(len(place) + 1, dtype="int64")
            for name, times in equation.items():
                if name in self.known:
                    row[-1] -= times * self.known[name]
                else:
                    row[place[name]] += times
            if row[:-1].any():
                rows[row.tobytes()] = row
        return list(rows.values()), list(place)


System = list[tuple[list[tuple[int, int]], int]]
Bounds = list[tuple[int, int]]


def _sparse(row: np.ndarray) -> tuple[list[tuple[int, int]], int]:
    return [(int(n), int(row[n])) for n in np.flatnonzero(row[:-1])], int(row[-1])


def _eliminated(rows: list[np.ndarray], width: int) -> list[np.ndarray]:
    """Return the equations that elimination leaves and whose factors are small whole numbers."""
    if not rows:
        return []
    matrix = np.array(rows) % PRIME
    lead = 0
    for column in range(width):
        below = np.flatnonzero(matrix[lead:, column])
        if not len(below):
            continue
        pivot = lead + int(below[0])
        matrix[[lead, pivot]] = matrix[[pivot, lead]]
        matrix[lead] = matrix[lead] * pow(int(matrix[lead, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != lead]
        matrix[others] = (matrix[others] - np.outer(matrix[others, column], matrix[lead])) % PRIME
        lead += 1
        if lead == len(matrix):
            break
    whole = np.where(matrix > PRIME // 2, matrix - PRIME, matrix)[:lead]
    return [row for row in whole if np.abs(row[:-1]).max() <= 3 and abs(row[-1]) < ENDLESS]


def _fits(system: System, of: dict[int, list[int]], bounds: Bounds, n: int, value: int) -> bool:
    tried = list(bounds)
    tried[n] = (value, value)
    return _narrowed(system, of, tried, of[n]) is not None


def _narrowed(
    system: System, of: dict[int, list[int]], bounds: Bounds, first: Sequence[int]
) -> Bounds | None:
    """Narrow what each count can be until nothing changes; None where nothing is left."""
    bounds = list(bounds)
    waiting = dict.fromkeys(first)
    steps = 0
    while waiting and steps < 50_000:
        e = next(iter(waiting))
        del waiting[e]
        steps += 1
        terms, total = system[e]
        lows = [t * bounds[n][0 if t > 0 else 1] for n, t in terms]
        highs = [t * bounds[n][1 if t > 0 else 0] for n, t in terms]
        low, high = sum(lows), sum(highs)
        if low > total or high < total:
            return None
        for (n, times), mine_low, mine_high in zip(terms, lows, highs, strict=True):
            least, most = total - (high - mine_high), total - (low - mine_low)
            if times < 0:
                least, most = -most, -least
            size = abs(times)
            new = max(bounds[n][0], -(-least // size)), min(bounds[n][1], most // size)
            if new[0] > new[1]:
                return None
            if new != bounds[n]:
                bounds[n] = new
                waiting |= dict.fromkeys(of[n])
    return bounds


# --- a campaign -------------------------------------------------------------------------------


@dataclass
class Result:
    """What came of attacks on several warehouses."""

    warehouses: int = 0
    packs: int = 0
    shown: int = 0
    small: int = 0
    others: int = 0
    blanks: int = 0
    recovered: list[tuple[int, Name]] = field(default_factory=list)


def campaign(count: int, seed: int) -> Result:
    """Attack so many warehouses."""
    result = Result()
    for n in range(seed, seed + count):
        attack = Attack()
        for pack in packs_of(n):
            attack.learn(read_pack(pack))
            result.packs += 1
        result.warehouses += 1
        result.shown += len(attack.known)
        result.small += sum(0 < name[3] < 5 for name in attack.wanted)
        result.others += sum(name[3] >= 5 for name in attack.wanted)
        result.blanks += attack.blanks
        result.recovered += [(n, name) for name in attack.recovered()]
    return result


def lines_of(result: Result) -> list[str]:
    """Say what came of it."""
    return [
        f"{result.warehouses:,} warehouses, {result.packs:,} packs for the public",
        f"{result.shown:,} figures shown, {result.small:,} small ones and {result.others:,} others "
        f"hidden; {result.blanks:,} packs with a table in which nothing could be shown",
        f"{len(result.recovered):,} hidden figures worked out",
        *(f"  warehouse {n}: {name}" for n, name in result.recovered[:10]),
    ]
