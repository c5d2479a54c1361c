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
    except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
        _fail(f"{error.filename} is in the way: {error.strerror}.")


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
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
    receipt: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT.html", help="Write a page to keep or send, and OUT.csv with every row."
        ),
    ] = None,
) -> None:
    """Check a partner's file without loading it: what would be accepted, and what to correct.

    Exit codes: 0 nothing would be rejected (warnings and repairs are told all the same), 1 a row or
    the file would be rejected, 2 wrong use, or the page cannot be written.
    """
    with _reported():
        from flows.check import check_file, receipt_fault  # noqa: PLC0415

        _must_be_files([file])
        if receipt is not None and (fault := receipt_fault(file, receipt)):
            _fail(fault)
        checked = check_file(file, receipt, as_json=as_json)
        if checked.trouble:
            _fail(checked.trouble)
    raise typer.Exit(FINE if checked.is_fine else REJECTED)


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
        for folder in (settings.inbox, settings.archive, settings.packs, settings.receipts):
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
        from flows.receipts import Unwritten, write_receipts  # noqa: PLC0415
        from flows.receive import files_in, receive_file  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.show_outcomes import is_fine, show_outcomes, show_receipts  # noqa: PLC0415

        _must_be_files(files or [])
        settings = load_settings()
        paths = files if files else files_in(settings)
        if not paths:
            typer.echo(f"There is nothing in {settings.inbox}.")
            raise typer.Exit(FINE)
        outcomes: list[Outcome] = []
        with _warehouse(settings) as engine, counting("receiving") as on_rows:
            receipts: list[Path | Unwritten] = []
            for path in paths:
                came = list(receive_file(engine, path, settings, on_rows))
                receipts += write_receipts(engine, came, settings)
                outcomes += came
        show_outcomes(outcomes)
        told = show_receipts(receipts)
    raise typer.Exit(FINE if is_fine(outcomes) and told else REJECTED)


@app.command()
def receipt(
    delivery_id: Annotated[
        int,
        typer.Argument(help="The delivery's number: the second part of its receipt's folder."),
    ],
) -> None:
    """Write the receipt of a delivery again from the warehouse, and say where it is."""
    with _reported():
        from flows.receipts import write_again  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        settings = load_settings()
        with _warehouse(settings) as engine:
            page = write_again(engine, delivery_id, settings)
        if page is None:
            _fail(f"There is no delivery {delivery_id}; the receipts are in {settings.receipts}.")
        typer.echo(page)


holds_app = typer.Typer(
    invoke_without_command=True,
    help="What keeps figures from being published until somebody has asked the partner.",
)
app.add_typer(holds_app, name="holds")


@holds_app.callback()
def list_holds(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were released or replaced.")
    ] = False,
) -> None:
    """List the holds that stand; exit code 1 if there is one."""
    if context.invoked_subcommand is not None:
        return
    with _reported():
        from flows.holding import show_holds  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.read import holds  # noqa: PLC0415

        with _warehouse(load_settings()) as engine:
            is_standing = show_holds(holds(engine), is_all=everything)
    raise typer.Exit(REJECTED if is_standing else FINE)


@holds_app.command("release")
def release_hold(
    number: Annotated[int, typer.Argument(help="The number of the hold, as csp holds lists it.")],
    by: Annotated[str, typer.Option("--by", help="Your name; it is recorded for ever.")],
    because: Annotated[str, typer.Option("--because", help="What the partner said.")],
) -> None:
    """Release a hold, so that its figures can be published."""
    with _reported():
        from datetime import UTC, datetime  # noqa: PLC0415

        from flows.receipts import write_again  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.holds import Release, ReleaseRefused, release  # noqa: PLC0415

        if not by.strip() or not because.strip():
            _fail("A release needs a name and a reason.")
        at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        settings = load_settings()
        with _warehouse(settings) as engine:
            try:
                delivery_id = release(engine, number, Release(by.strip(), because.strip(), at))
            except ReleaseRefused as refusal:
                _fail(str(refusal))
            # The partner's receipt said that this was open.
            write_again(engine, delivery_id, settings)
        typer.echo(f"Hold {number} was released by {by.strip()}.")


@app.command()
def rejected(
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write each rejected row with its reason here.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also rows of files that later ones have replaced.")
    ] = False,
) -> None:
    """List the rows that were rejected: file, row, heading and rule."""
    with _reported():
        from flows.holding import show_rejected, write_rejected  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.read import rejected_rows  # noqa: PLC0415

        with _warehouse(load_settings()) as engine:
            lines = rejected_rows(engine, is_open=not everything)
        if csv is not None:
            try:
                write_rejected(csv, lines)
            except OSError:
                _fail(f"{csv} cannot be written.")
            typer.echo(f"Wrote {len(lines):,} lines to {csv}.")
        elif lines:
            show_rejected(lines)
        else:
            typer.echo("No row is rejected.")
    raise typer.Exit(REJECTED if lines else FINE)


DRAFT = Annotated[
    bool, typer.Option("--draft", help="Write a watermarked draft, whatever holds it.")
]


@app.command()
def quarter(
    period: Annotated[
        str | None,
        typer.Argument(help='2020-21-Q4 or "Jan to Mar 2021"; without it, the last ended quarter.'),
    ] = None,
    draft: DRAFT = False,
) -> None:
    """Write the pack of a financial quarter from what is loaded."""
    with _reported():
        from datetime import UTC, datetime  # noqa: PLC0415

        from flows.publish import quarter_before  # noqa: PLC0415
        from schemas.period import Month, parse_quarter  # noqa: PLC0415

        today = datetime.now(UTC).date()
        wanted = parse_quarter(period) if period else quarter_before(Month.of(today))
        _publish(wanted, draft)


@app.command()
def year(
    period: Annotated[str, typer.Argument(help="2020-21 (April 2020 to March 2021).")],
    draft: DRAFT = False,
) -> None:
    """Write the pack of a financial year from what is loaded."""
    with _reported():
        from schemas.period import parse_year  # noqa: PLC0415

        _publish(parse_year(period), draft)


def _publish(period: "Period", is_draft: bool) -> None:
    from flows.publish import HeldBack, publish, said  # noqa: PLC0415
    from flows.settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    with _warehouse(settings) as engine:
        try:
            pack = publish(engine, period, settings, is_draft=is_draft)
        except HeldBack as held:
            typer.echo(str(held))
            for hold in held.standing:
                typer.echo(f"  {said(hold)}")
            typer.echo(
                "csp holds says what to ask; csp holds release lets a figure go; --draft prints "
                "what there is, watermarked."
            )
            raise typer.Exit(REJECTED) from None
    typer.echo(f"{period.label}: {pack.folder / 'index.html'}")
    for title in pack.gaps:
        typer.echo(f"  {title}: not complete for the period; its figures are shown as [x].")


@app.command()
def status() -> None:
    """Say what has come for each quarter, and what was rejected."""
    with _reported():
        from datetime import UTC, datetime  # noqa: PLC0415

        from flows.settings import load_settings  # noqa: PLC0415
        from flows.status import show_status  # noqa: PLC0415

        settings = load_settings()
        with _warehouse(settings) as engine:
            needs_a_person = show_status(engine, settings, datetime.now(UTC).date())
    raise typer.Exit(REJECTED if needs_a_person else FINE)


@app.command()
def sample(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Where to write the files; sample, or sample-faults with --faults."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 2021,
    faults: Annotated[
        bool, typer.Option("--faults", help="Write files with planted faults, and the truth.")
    ] = False,
) -> None:
    """Write two years of synthetic exports of every source, with the published totals."""
    with _reported():
        from flows.progress import counting  # noqa: PLC0415

        with counting("writing") as on_files:
            if faults:
                from sources.sample.faults.write import write_faults  # noqa: PLC0415

                place = folder or Path("sample-faults")
                written = write_faults(place, seed, on_fault=lambda _fault: on_files(1))
            else:
                from sources.sample import write_samples  # noqa: PLC0415

                place = folder or Path("sample")
                written = write_samples(place, seed=seed, on_file=lambda _path: on_files(1))
    if faults:
        typer.echo(f"Wrote {len(written)} planted faults into {place}, a folder each. They are")
        typer.echo("synthetic; truth.toml says what is wrong and which answer is due.")
    else:
        typer.echo(f"Wrote {len(written)} files into {place}.")


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
