"""The command `csp`.

Exit codes: 0 fine, 1 something was rejected, 2 wrong use or configuration. Heavy libraries are
imported where a command needs them, so that `csp check` starts fast and needs no database.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import VERSION

if TYPE_CHECKING:
    from flows.receive import Outcome
    from flows.settings import Settings
    from schemas.period import Period
    from warehouse.engine import Engine

FINE, REJECTED, WRONG_USE = 0, 1, 2

app = typer.Typer(
    name="csp",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Turns a Community Safety Partnership's partner exports into figures it can stand behind.",
)


def main() -> None:
    """Run the command line."""
    # Pandera loads Hypothesis, where it is installed, at its first check; only tests need it there,
    # and it takes a fifth of a second of every `csp check`.
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]
    app()


@contextmanager
def _reported() -> Iterator[None]:
    """Turn errors of use and configuration into one sentence and exit code 2."""
    from flows.settings import SettingsError  # noqa: PLC0415
    from schemas.period import PeriodError  # noqa: PLC0415
    from sources.corrections import CorrectionError  # noqa: PLC0415

    try:
        yield
    except (SettingsError, PeriodError, CorrectionError) as error:
        _fail(str(error))
    except PermissionError as error:
        _fail(f"No permission for {error.filename}.")


def _fail(sentence: str) -> None:
    typer.echo(f"csp: {sentence}", err=True)
    raise typer.Exit(WRONG_USE)


def _must_be_files(paths: list[Path]) -> None:
    """Refuse what is no file before anything is done with any of them."""
    for path in paths:
        if path.is_dir():
            _fail(f"{path} is a folder; name a file in it.")
        if not path.is_file():
            _fail(f"{path}: there is no such file.")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"csp {VERSION}")
        raise typer.Exit


@app.callback()
def options(
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that come before a command."""


@app.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="The export to check: .csv, .csv.gz, .xlsx, .ods, .zip")
    ],
) -> None:
    """Check a partner's file without loading it: what would be accepted, and what to correct."""
    with _reported():
        from flows.examine import Verdict, examine  # noqa: PLC0415
        from flows.progress import counting  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.show import verdict_lines  # noqa: PLC0415
        from sources.corrections import load_corrections  # noqa: PLC0415
        from sources.partners import SOURCES  # noqa: PLC0415

        _must_be_files([file])
        settings = load_settings()
        corrections = load_corrections(settings.corrections, SOURCES)
        clean = checked = True
        with counting("checking") as on_rows:
            verdicts = list(
                examine(file, SOURCES, settings.areas, on_rows, corrections=corrections)
            )
        for verdict in verdicts:
            for line in verdict_lines(verdict):
                typer.echo(line)
            clean &= not isinstance(verdict, Verdict) or verdict.is_clean
        checked = any(isinstance(v, Verdict) for v in verdicts)
        if not checked:
            typer.echo("There is nothing of this partnership's in the archive.")
    raise typer.Exit(FINE if clean and checked else REJECTED)


@app.command()
def correct(
    file: Annotated[Path, typer.Argument(help="The partner's file, as it was sent.")],
    row: Annotated[int, typer.Argument(help="The row, by the number that a spreadsheet shows.")],
    column: Annotated[str, typer.Argument(help="The agreed heading of the column.")],
    *,
    to: Annotated[str, typer.Option(help='What the cell must say; "" makes it blank.')],
    by: Annotated[str, typer.Option(help="Who answers for it.")],
    because: Annotated[str, typer.Option(help="Why, and with whom it was agreed.")],
    until: Annotated[
        str | None, typer.Option(help="The last day on which it is good, as 2026-12-31.")
    ] = None,
    throughout: Annotated[
        bool, typer.Option(help="Correct every cell of the column that holds the same text.")
    ] = False,
) -> None:
    """Put a correction on record: made whenever this file comes, until it no longer fits."""
    with _reported():
        from datetime import date  # noqa: PLC0415

        from flows.correct import Wish, record_correction  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        _must_be_files([file])
        try:
            end = date.fromisoformat(until) if until else None
        except ValueError:
            _fail("--until is a day such as 2026-12-31.")
        if not by.strip() or not because.strip():
            _fail("--by and --because must say something: a correction is answered for.")
        wish = Wish(row, column, to, by, because, date.today(), end, throughout)
        record = record_correction(file, wish, load_settings().corrections)
    typer.echo(f"Wrote {record}. The text that stands there now is kept as its SHA-256 only.")


@app.command()
def init() -> None:
    """Make the folders, the warehouse and a commented csp.toml."""
    with _reported():
        from flows.settings import CONFIG_NAME, EXAMPLE, load_settings  # noqa: PLC0415

        config = Path(CONFIG_NAME)
        if config.exists():
            typer.echo(f"{config} is there already and was left as it is.")
        else:
            config.write_text(EXAMPLE, encoding="utf-8")
            typer.echo(f"Wrote {config}: look through it first.")
        settings = load_settings()
        for folder in (settings.inbox, settings.archive, settings.packs):
            folder.mkdir(parents=True, exist_ok=True)
        with _warehouse(settings):
            typer.echo(f"Made {settings.home}. Put partners' files into {settings.inbox}.")


@contextmanager
def _warehouse(settings: "Settings") -> "Iterator[Engine]":
    from flows.receive import open_warehouse  # noqa: PLC0415
    from warehouse.engine import WarehouseError  # noqa: PLC0415

    try:
        engine = open_warehouse(settings)
    except WarehouseError as error:
        _fail(str(error))
        raise  # never reached: _fail exits
    try:
        yield engine
    finally:
        engine.dispose()


@app.command()
def receive(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files to take; without any, all that lies in the inbox."),
    ] = None,
) -> None:
    """Take partners' files into the warehouse: keep the bytes, check, load."""
    with _reported():
        from flows.progress import counting  # noqa: PLC0415
        from flows.receive import files_in, receive_file  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.show_outcomes import is_fine, show_outcomes  # noqa: PLC0415

        _must_be_files(files or [])
        settings = load_settings()
        paths = files if files else files_in(settings)
        if not paths:
            typer.echo(f"There is nothing in {settings.inbox}.")
            raise typer.Exit(FINE)
        outcomes: list[Outcome] = []
        with _warehouse(settings) as engine, counting("receiving") as on_rows:
            for path in paths:
                outcomes += receive_file(engine, path, settings, on_rows)
        show_outcomes(outcomes)
    raise typer.Exit(FINE if is_fine(outcomes) else REJECTED)


@app.command()
def quarter(
    period: Annotated[
        str | None,
        typer.Argument(help='2020-21-Q4 or "Jan to Mar 2021"; without it, the last ended quarter.'),
    ] = None,
) -> None:
    """Write the pack of a financial quarter from what is loaded."""
    with _reported():
        from datetime import UTC, datetime  # noqa: PLC0415

        from flows.publish import quarter_before  # noqa: PLC0415
        from schemas.period import Month, parse_quarter  # noqa: PLC0415

        today = datetime.now(UTC).date()
        wanted = parse_quarter(period) if period else quarter_before(Month.of(today))
        _publish(wanted)


@app.command()
def year(
    period: Annotated[str, typer.Argument(help="2020-21 (April 2020 to March 2021).")],
) -> None:
    """Write the pack of a financial year from what is loaded."""
    with _reported():
        from schemas.period import parse_year  # noqa: PLC0415

        _publish(parse_year(period))


def _publish(period: "Period") -> None:
    from flows.publish import publish  # noqa: PLC0415
    from flows.settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    with _warehouse(settings) as engine:
        pack = publish(engine, period, settings)
    typer.echo(f"{period.label}: {pack.folder / 'index.html'}")
    for title in pack.gaps:
        typer.echo(f"  {title}: not complete for the period; its figures are shown as [x].")


@app.command()
def status() -> None:
    """Say what has come for each quarter, and what was rejected."""
    with _reported():
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.status import show_status  # noqa: PLC0415

        settings = load_settings()
        with _warehouse(settings) as engine:
            needs_a_person = show_status(engine, settings.areas)
    raise typer.Exit(REJECTED if needs_a_person else FINE)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")] = Path("sample"),
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 2021,
) -> None:
    """Write two years of synthetic exports of every source, with the published totals."""
    with _reported():
        from flows.progress import counting  # noqa: PLC0415
        from sources.sample import write_samples  # noqa: PLC0415

        with counting("writing") as on_files:
            paths = write_samples(folder, seed=seed, on_file=lambda _path: on_files(1))
        typer.echo(f"Wrote {len(paths)} files into {folder}.")


@app.command()
def demo() -> None:
    """Run the main job on sample exports: two years in, two packs out."""
    with _reported():
        from flows.demo import run_demo  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        settings = load_settings()
        with _warehouse(settings) as engine:
            fine = run_demo(engine, settings)
    raise typer.Exit(FINE if fine else REJECTED)


if __name__ == "__main__":
    main()
