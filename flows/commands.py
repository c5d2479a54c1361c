"""What all commands share: exit codes, errors of use as one sentence, the warehouse made ready."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.engine import Engine

FINE, REJECTED, WRONG_USE = 0, 1, 2


@contextmanager
def reported() -> Iterator[None]:
    """Turn errors of use and configuration into one sentence and exit code 2."""
    from flows.settings import SettingsError  # noqa: PLC0415
    from schemas.period import PeriodError  # noqa: PLC0415
    from sources.delivery import CorrectionError  # noqa: PLC0415

    try:
        yield
    except (SettingsError, PeriodError, CorrectionError) as error:
        fail(str(error))
    except PermissionError as error:
        fail(f"No permission for {error.filename}.")
    except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
        fail(f"{error.filename} is in the way: {error.strerror}.")
    except FileNotFoundError as error:
        fail(f"{error.filename}: there is no such file, or no folder for it.")
    except OSError as error:
        from flows.trouble import outage_of  # noqa: PLC0415 - it loads all that files need

        if outage := outage_of(error):
            fail(outage)
        raise


def fail(sentence: str) -> NoReturn:
    """End with one sentence and exit code 2."""
    typer.echo(f"csp: {sentence}", err=True)
    raise typer.Exit(WRONG_USE)


def must_be_files(paths: list[Path]) -> None:
    """Refuse what is no file before anything is done with any of them."""
    for path in paths:
        if path.is_dir():
            fail(f"{path} is a folder; name a file in it.")
        if not path.is_file():
            fail(f"{path}: there is no such file.")


@contextmanager
def warehouse(settings: "Settings") -> "Iterator[Engine]":
    """Open the warehouse; where it cannot be used, at first or later on, say so and end."""
    from flows.receive import opened  # noqa: PLC0415
    from warehouse.engine import WarehouseError  # noqa: PLC0415

    try:
        with opened(settings) as engine:
            yield engine
    except WarehouseError as error:
        fail(str(error))


@contextmanager
def warehouse_as_at(settings: "Settings", day: str | None) -> "Iterator[Engine]":
    """Open the warehouse as it stood at the end of a day (UTC), written 2021-03-31; None: now."""
    from warehouse.as_at import engine_as_at  # noqa: PLC0415

    moment = end_of_day(day) if day else None
    with warehouse(settings) as engine:
        if moment is None:
            yield engine
            return
        past = engine_as_at(engine, moment)
        try:
            yield past
        finally:
            past.dispose()


def end_of_day(text: str) -> datetime:
    """Return the last moment of a day (UTC) that is not to come; any other ends the command."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        fail("--as-at is a day such as 2021-03-31.")
    if day > datetime.now(UTC).date():
        fail(f"--as-at {text} is still to come: what stands then is not known.")
    return datetime.combine(day, time.max)


@contextmanager
def any_warehouse(settings: "Settings") -> "Iterator[Engine]":
    """Open the warehouse in whatever state it is; what cannot be done ends with a sentence."""
    from flows.places import engine_of  # noqa: PLC0415
    from warehouse.engine import WarehouseError  # noqa: PLC0415

    try:
        engine = engine_of(settings)
        try:
            yield engine
        finally:
            engine.dispose()
    except WarehouseError as error:
        fail(str(error))
