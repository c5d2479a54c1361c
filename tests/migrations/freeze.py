"""Writes a small warehouse of this program down as SQL: the state that later programs upgrade from.

Run it when a release is made, before there is a step after its newest one:
`python tests/migrations/freeze.py`. A state is never written again: it is what was out there.
The SQL holds rows and views and runs on both databases; a view that they write differently stands
there for each, under its name. The tables are those of the step.
"""

import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

HERE = Path(__file__).parent


def some_deliveries(desk) -> None:
    """Hand in what a warehouse may have seen: a resend, two services' months, a hold, refusals."""
    from support.desk import avon, cctv, fire, police

    files = {
        "police-crime-2019-20-q1.csv": police("""
            Crime Reference | Date Recorded | HO Code | DA
            41/1/19         | 14/04/2019    | 45      | Y
            41/2/19         | 14/05/2019    | 45      | N
            41/3/19         | 30/06/2019    | 34A     | N
            41/4/19         | soon          | 34A     | N
        """),
        # Crime 2 is classified anew, crime 3 is cancelled and left out.
        "police-crime-2019-20-q1-resent.csv": police("""
            Crime Reference | Date Recorded | HO Code | DA
            41/1/19         | 14/04/2019    | 45      | Y
            41/2/19         | 14/05/2019    | 28E     | N
        """),
        "police-crime-2020-21-q1.csv": police("""
            Date Recorded | HO Code
            14/04/2020    | 45
            14/05/2020    | 34A
            soon          | 45
        """),
        # Avon's months came before Hertfordshire's: neither speaks for the other's areas.
        "incidents-2014-15-q2.csv": avon("No. of injuries\n2"),
        "fire-incidents-2014-15-q2.xlsx": fire("""
            Date and Time of Call | Casualties | District
            2014-07-01 12:00      | 3          | St Albans
            2014-08-01 12:00      | 0          | Dacorum
            2014-09-01 12:00      | 0          | Dacorum
        """),
        "cctv-log-2020-21-q1.xlsx": cctv("""
            Start            | End              | Arrests
            2020-04-02 22:10 | 2020-04-02 22:40 | 2
            2020-06-02 22:10 | 2020-06-02 22:40 | 0
        """),
    }
    for name, content in files.items():
        desk.accept(name, content)
    desk.hand_in("unknown.csv", b"Colour,Size\nred,4\n")
    answer_one_hold(desk.engine)
    publish_a_quarter(desk)


def publish_a_quarter(desk) -> None:
    """Publish the one quarter that nothing holds: a release is there, with its figures."""
    from flows.publish import publish
    from schemas.period import Quarter

    publish(desk.engine, Quarter(2014, 2), desk.settings, at=datetime(2025, 7, 3, 9, 30))


def answer_one_hold(engine) -> None:
    """Release the first hold that stands; others go on standing."""
    from warehouse.holds import Release, release
    from warehouse.read import holds

    first, *_others = [hold for hold in holds(engine) if hold.stands]
    release(engine, first.id, Release("Ann Field", "Confirmed.", datetime(2025, 7, 2, 9, 30)))


def as_sql(desk) -> str:
    """Return all rows and views of a desk's warehouse."""
    from sqlalchemy import select

    from warehouse.tables import all_tables
    from warehouse.views import view_selects

    lines = []
    with desk.engine.connect() as conn:
        for table in all_tables().sorted_tables:
            rows = conn.execute(select(table).order_by(*table.primary_key)).all()
            if rows:
                names = ", ".join(column.name for column in table.c)
                values = ",\n".join(f"({', '.join(map(literal, row))})" for row in rows)
                lines.append(f"INSERT INTO {table.name} ({names}) VALUES\n{values};\n")
    for name, query in view_selects().items():
        written = {kind: select_text(query, kind) for kind in ("sqlite", "postgresql")}
        if len(set(written.values())) == 1:
            lines.append(f"CREATE VIEW {name} AS {written['sqlite']};\n")
        else:
            lines += [f"-- {kind}\nCREATE VIEW {name} AS {q};\n" for kind, q in written.items()]
    return "\n".join(lines)


def select_text(query, kind: str) -> str:
    """Return a query as one of the two databases writes it."""
    from sqlalchemy.dialects import postgresql, sqlite

    dialect = {"sqlite": sqlite, "postgresql": postgresql}[kind].dialect()
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True})).replace(
        "%%", "%"
    )


def literal(value: object) -> str:
    """Return a value as it is written in SQL, in a form that both databases read."""
    if value is None or isinstance(value, bool):
        return {None: "NULL", True: "TRUE", False: "FALSE"}[value]
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        value = value.isoformat(" ", timespec="microseconds")
    elif isinstance(value, date):
        value = value.isoformat()
    return "'" + str(value).replace("'", "''") + "'"


def freeze(folder: Path = HERE / "states") -> Path:
    """Write the state of this program; refuses to write one again."""
    from support.databases import SQLITE
    from support.desk import Desk

    from warehouse.prepare import REVISION

    place = folder / f"{REVISION}.sql"
    if place.exists():
        raise SystemExit(f"{place} is there already: it is what was out there.")
    with tempfile.TemporaryDirectory() as made, Desk.open(SQLITE, Path(made)) as desk:
        some_deliveries(desk)
        place.write_text(as_sql(desk), encoding="utf-8")
    return place


if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]
    freeze()
