"""The fast way in and out for each database, inside the transaction of the load.

SQLite takes rows through its driver's `executemany`, PostgreSQL through COPY. Both use the
connection that the load's transaction runs on, so that rows and bookkeeping stand or fall together.
"""

import io
from collections.abc import Iterator, Mapping
from itertools import chain, count, repeat
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv
from sqlalchemy import ColumnElement, Connection, Date, Select, Table, literal_column, select

from warehouse.engine import is_sqlite, told

ROWS_A_STATEMENT = 20
"""Several rows a statement spare SQLite a tenth of its work; 20 rows of our widest fact stay far
below the 32,766 values that it takes."""
ROWS_AT_ONCE = 50_000
"""Rows that exist as Python's numbers at one time."""
IDS_AT_ONCE = 10_000
"""Ids that one statement names."""
ARRAY_HEAD = 20
IN_ARRAY = np.dtype([("length", ">i4"), ("value", ">i8")])
"""How PostgreSQL sends an array of big integers: bytes ahead of them, and each of them."""


def insert(conn: Connection, table: Table, columns: Mapping[str, pd.Series]) -> None:
    """Insert equally long typed columns into a table; nulls become NULL."""
    if not columns or not len(next(iter(columns.values()))):
        return
    with told(conn):
        if is_sqlite(conn):
            _insert_sqlite(conn, table, columns)
        else:
            _copy_postgresql(conn, table, columns)


def _insert_sqlite(conn: Connection, table: Table, columns: Mapping[str, pd.Series]) -> None:
    values = {
        name: _plain(column, is_day=isinstance(table.c[name].type, Date))
        for name, column in columns.items()
    }
    rows = len(next(iter(values.values())))
    together = rows // ROWS_A_STATEMENT * ROWS_A_STATEMENT
    # A value that all rows have is handed over once a statement, not once a row.
    alike = {name: v[0] for name, v in values.items() if v[0] == v[-1] and v.count(v[0]) == rows}
    varied = [v for name, v in values.items() if name not in alike]
    # The values of a statement are drawn from strides of the columns, so that rows never exist.
    strides = [v[at:together:ROWS_A_STATEMENT] for at in range(ROWS_A_STATEMENT) for v in varied]
    rest = [v[together:] for v in varied]
    driver: Any = conn.connection.driver_connection
    for columns_of_values, at_once in ((strides, ROWS_A_STATEMENT), (rest, 1)):
        statement = _statement(table.name, list(values), list(alike), at_once)
        statements = (together if at_once > 1 else rows - together) // at_once
        repeated = [repeat(value, statements) for value in alike.values()]
        driver.executemany(statement, zip(*repeated, *columns_of_values, strict=True))


def _statement(table: str, columns: list[str], alike: list[str], rows: int) -> str:
    """Return an INSERT of so many rows whose first values are those that all rows share."""
    numbers = count(len(alike) + 1)
    marks = ", ".join(
        "("
        + ", ".join(
            f"?{alike.index(name) + 1 if name in alike else next(numbers)}" for name in columns
        )
        + ")"
        for _ in range(rows)
    )
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES {marks}'


def _plain(column: pd.Series, *, is_day: bool) -> list[Any]:
    """Return a column as Python values in the forms that SQLAlchemy stores in SQLite."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = _with_null(column.cat.categories.to_numpy(object))
        plain: list[Any] = texts[column.cat.codes.to_numpy()].tolist()
        return plain
    if column.dtype.kind == "M":
        codes, distinct = pd.factorize(column)
        form = "%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M:%S.%f"
        texts = _with_null(pd.DatetimeIndex(distinct).strftime(form).to_numpy(object))
        return texts[codes].tolist()
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        return column.to_numpy().tolist()
    if not column.hasnans:
        return column.tolist()
    if pd.api.types.is_extension_array_dtype(column.dtype):
        return column.array.to_numpy(object, na_value=None).tolist()
    objects = column.to_numpy(object)
    objects[column.isna().to_numpy()] = None
    return objects.tolist()


def _with_null(texts: np.ndarray) -> np.ndarray:
    """Put None behind the texts, where the code -1 of a missing value finds it."""
    return np.concatenate([texts, np.array([None], dtype=object)])


def _copy_postgresql(conn: Connection, table: Table, columns: Mapping[str, pd.Series]) -> None:
    arrays = {}
    for name, column in columns.items():
        array = pa.Array.from_pandas(column)
        if pa.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        if isinstance(table.c[name].type, Date):
            array = array.cast(pa.timestamp("s")).cast(pa.date32())
        arrays[name] = array
    text = io.BytesIO()
    arrow_csv.write_csv(
        pa.table(arrays), text, arrow_csv.WriteOptions(include_header=False, quoting_style="needed")
    )
    names = ", ".join(f'"{name}"' for name in columns)
    driver: Any = conn.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN (FORMAT csv)') as copy,
    ):
        copy.write(text.getbuffer())


def supersede(conn: Connection, fact: Table, ids: np.ndarray, delivery_id: int) -> None:
    """Say of rows, by their ids, which delivery replaced them."""
    if not len(ids):
        return
    driver: Any = conn.connection.driver_connection
    with told(conn):
        if is_sqlite(conn):
            driver.executemany(
                f'UPDATE "{fact.name}" SET superseded_by = ? WHERE id = ?',
                zip(repeat(delivery_id, len(ids)), ids.tolist(), strict=True),
            )
        else:
            driver.execute(
                f'UPDATE "{fact.name}" SET superseded_by = %s WHERE id = ANY(%s::bigint[])',
                (delivery_id, ids.tolist()),
            )


def numbers(conn: Connection, query: Select[Any]) -> tuple[np.ndarray, ...]:
    """Return the columns of a query, big integers and none of them null, as int64 arrays.

    The first one is an id.
    """
    names = [column.name for column in query.selected_columns]
    text = str(query.compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True}))
    driver: Any = conn.connection.driver_connection
    # Column by column, so that what came and what is made of it are never there both as a whole.
    columns: list[list[np.ndarray]] = [[np.empty(0, dtype="int64")] for _ in names]
    with told(conn):
        for part in (_fetched if is_sqlite(conn) else _packed)(driver, text, names):
            for column, values in zip(columns, part.T, strict=True):
                column.append(np.ascontiguousarray(values))
    return tuple(np.concatenate(columns.pop(0)) for _ in names)


def numbers_of(conn: Connection, fact: Table, column: str, ids: np.ndarray) -> np.ndarray:
    """Return the numbers that stand in a column of rows, by their ids; in no order."""
    found = [np.empty(0, dtype="int64")]
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ", ".join(map(str, ids[start : start + IDS_AT_ONCE].tolist()))
        there: ColumnElement[bool] = literal_column(f"id IN ({some})")
        found.append(numbers(conn, select(fact.c.id, fact.c[column]).where(there))[1])
    return np.concatenate(found)


def _fetched(driver: Any, query: str, names: list[str]) -> Iterator[np.ndarray]:
    """Yield rows of numbers as SQLite's driver gives them, many at a time."""
    cursor = driver.execute(query)
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        values = chain.from_iterable(rows)
        found = np.fromiter(values, dtype="int64", count=len(rows) * len(names))
        yield found.reshape(-1, len(names))


def _packed(driver: Any, query: str, names: list[str]) -> Iterator[np.ndarray]:
    """Yield rows of numbers that PostgreSQL packs into arrays, some 100,000 at a time."""
    arrays = ", ".join(f'array_send(array_agg("{name}"))' for name in names)
    packed = f'SELECT {arrays} FROM ({query}) AS found GROUP BY "{names[0]}" >> 17'
    with driver.cursor(binary=True) as cursor:
        for row in cursor.stream(packed):
            columns = [np.frombuffer(array, IN_ARRAY, offset=ARRAY_HEAD)["value"] for array in row]
            yield np.column_stack(columns).astype("int64")
