"""What views say of days, in the words of each database."""

from datetime import date
from typing import Any

from sqlalchemy import Date, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class YearBefore(FunctionElement[date]):
    """The same day of the year before; meant for the first of a month."""

    type = Date()
    inherit_cache = True


class DayText(FunctionElement[str]):
    """A day as text, `2020-04-01`."""

    type = String()
    inherit_cache = True


@compiles(YearBefore, "sqlite")
def _year_before_sqlite(element: YearBefore, compiler: SQLCompiler, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, '-1 year')"


@compiles(YearBefore, "postgresql")
def _year_before_postgresql(element: YearBefore, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} - INTERVAL '1 year' AS DATE)"


@compiles(DayText, "sqlite")
def _day_text_sqlite(element: DayText, compiler: SQLCompiler, **kw: Any) -> str:
    # So they are stored; said to be a text, or no index on a text can be used.
    return f"CAST({compiler.process(element.clauses, **kw)} AS TEXT)"


@compiles(DayText, "postgresql")
def _day_text_postgresql(element: DayText, compiler: SQLCompiler, **kw: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **kw)}, 'YYYY-MM-DD')"
