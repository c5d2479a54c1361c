"""The command `csp`.

Exit codes: 0 fine, 1 something was rejected, 2 wrong use or configuration. Heavy libraries are
imported where a command needs them, so that `csp check` starts fast and needs no database.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import VERSION
from flows.cli_audit import audit
from flows.cli_backup import backup, config, restore
from flows.cli_holding import holds_app, rejected
from flows.cli_publishing import changes, quarter, releases, year
from flows.cli_purge import purge
from flows.cli_serve import deploy, serve
from flows.cli_status import status
from flows.cli_trace import trace
from flows.cli_warehouse import dictionary, migrate
from flows.cli_watch import alerts, watch
from flows.commands import FINE, REJECTED, fail, must_be_files, reported, warehouse

if TYPE_CHECKING:
    from flows.receive import Outcome
    from flows.settings import Settings
    from flows.trouble import Unwritten
    from warehouse.deliveries import Again

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
    with reported():
        from flows.check import check_file, receipt_fault  # noqa: PLC0415

        must_be_files([file])
        if receipt is not None and (fault := receipt_fault(file, receipt)):
            fail(fault)
        checked = check_file(file, receipt, as_json=as_json)
        if checked.trouble:
            fail(checked.trouble)
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
    with reported():
        from datetime import date  # noqa: PLC0415

        from flows.clock import today  # noqa: PLC0415
        from flows.correct import Wish, record_correction  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        must_be_files([file])
        try:
            end = date.fromisoformat(until) if until else None
        except ValueError:
            fail("--until is a day such as 2026-12-31.")
        if end is not None and end < today():
            fail(f"--until {end} is past: the correction would never be made.")
        if not by.strip() or not because.strip():
            fail("--by and --because must say something: a correction is answered for.")
        wish = Wish(row, column, to, by, because, today(), end, throughout)
        record = record_correction(file, wish, load_settings().corrections)
    typer.echo(f"Wrote {record}. The text that stands there now is kept as its SHA-256 only.")
    typer.echo(f"csp receive {file} loads the file with it.")


@app.command()
def init() -> None:
    """Make the folders, the warehouse and a commented csp.toml."""
    with reported():
        from flows.clock import today  # noqa: PLC0415
        from flows.forms import FORM, write_forms  # noqa: PLC0415
        from flows.settings import CONFIG_NAME, load_settings  # noqa: PLC0415
        from flows.settings_example import example  # noqa: PLC0415

        config = Path(CONFIG_NAME)
        if config.exists():
            typer.echo(f"{config} is there already and was left as it is.")
        else:
            config.write_text(example(), encoding="utf-8")
            typer.echo(
                f"Wrote {config}: look through it first. If you are not St Albans, write the code "
                "of your district there and give csp init again: the form below lists its areas."
            )
            typer.echo(
                "Nobody is told of anything before [alerts] and [mail] are set there; csp alerts "
                "--test tries them."
            )
        settings = load_settings()
        is_new = not settings.inbox.exists()
        for folder in (settings.inbox, settings.archive, settings.packs, settings.receipts):
            folder.mkdir(parents=True, exist_ok=True)
        write_forms(settings, today())
        with warehouse(settings):
            state = f"Made {settings.home}" if is_new else f"{settings.home} was there already"
            typer.echo(f"{state}. Put partners' files into {settings.inbox}.")
        typer.echo(
            f"Partners without a case system report on the form {settings.forms / FORM}: send it "
            "to them."
        )


@app.command()
def receive(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files to take; without any, all that lies in the inbox."),
    ] = None,
    *,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="These files came before and were replaced, and are to stand again; needs --by "
            "and --because.",
        ),
    ] = False,
    by: Annotated[
        str, typer.Option("--by", help="With --again: your name; it is recorded for ever.")
    ] = "",
    because: Annotated[
        str, typer.Option("--because", help="With --again: why the later file was wrong.")
    ] = "",
) -> None:
    """Take partners' files into the warehouse: keep the bytes, check, load."""
    with reported():
        from flows.known import known_already  # noqa: PLC0415
        from flows.places import files_in  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        must_be_files(files or [])
        decision = _decision(files or [], by.strip(), because.strip(), is_again=again)
        settings = load_settings()
        paths = files if files else files_in(settings)
        if not paths:
            typer.echo(f"There is nothing in {settings.inbox}.")
            raise typer.Exit(FINE)
        if not decision and (known := known_already(paths, settings)):
            from flows.show_outcomes import (  # noqa: PLC0415
                is_fine,
                show_outcomes,
                show_receipts,
            )

            show_outcomes(known.outcomes)
            show_receipts(known.receipts)
            fine = is_fine(known.outcomes)
        else:
            fine = _take_in(paths, settings, decision)
    raise typer.Exit(FINE if fine else REJECTED)


def _decision(files: list[Path], by: str, because: str, *, is_again: bool) -> "Again | None":
    """Return the decision that files are to stand again; one that is not whole ends the command."""
    if not is_again:
        if by or because:
            fail("--by and --because go with --again.")
        return None
    if not files:
        fail("--again needs the names of the files: a decision is not taken for a whole inbox.")
    if not by or not because:
        fail("A file that is to stand again needs a name and a reason: --by and --because.")
    from warehouse.deliveries import Again  # noqa: PLC0415

    return Again(by, because)


def _take_in(paths: list[Path], settings: "Settings", decision: "Again | None" = None) -> bool:
    """Take files and say what came of each; return True where all was fine."""
    from flows.by_hand import by_hand  # noqa: PLC0415
    from flows.progress import counting  # noqa: PLC0415

    outcomes: list[Outcome] = []
    receipts: list[Path | Unwritten] = []
    with by_hand("receive", settings) as run, counting("receiving") as on_rows:
        # Loaded once the run is on record.
        from flows.apart import is_worth_it  # noqa: PLC0415
        from flows.receipt_files import load_ahead  # noqa: PLC0415
        from flows.receipts import write_receipts  # noqa: PLC0415
        from flows.receive import receive_files  # noqa: PLC0415
        from flows.show_alerts import show_sent  # noqa: PLC0415
        from flows.show_outcomes import (  # noqa: PLC0415
            is_fine,
            outages_in,
            show_needless,
            show_not_taken,
            show_outcomes,
            show_receipts,
        )
        from flows.show_releases import show_published_moves  # noqa: PLC0415
        from flows.trouble import Trouble  # noqa: PLC0415
        from schemas.words import counted  # noqa: PLC0415
        from warehouse.runs import FAILED  # noqa: PLC0415

        if any(is_worth_it(path) for path in paths):
            load_ahead()
        left = list(paths)
        for came in receive_files(run.engine, paths, settings, on_rows, decision):
            left.pop(0)
            receipts += write_receipts(run.engine, came, settings)
            outcomes += came
        show_outcomes(outcomes)
        if decision:
            show_needless(outcomes)
        show_not_taken(left)
        told = show_receipts(receipts)
        if outages := outages_in(outcomes):
            run.met(outages[0])
        else:
            show_published_moves(run.engine, outcomes)
            if failed := sum(isinstance(outcome, Trouble) for outcome in outcomes):
                files = counted(failed, "file")
                run.record.ends(FAILED, f"{files} could not be dealt with by a fault here.")
            else:
                show_sent(run.engine, settings)
    return is_fine(outcomes) and told


@app.command()
def receipt(
    delivery_id: Annotated[
        int,
        typer.Argument(
            metavar="NUMBER",
            help="The delivery's number: the second part of its receipt's folder.",
        ),
    ],
) -> None:
    """Write the receipt of a delivery again from the warehouse, and say where it is."""
    with reported():
        from flows.receipts import write_again  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        settings = load_settings()
        with warehouse(settings) as engine:
            page = write_again(engine, delivery_id, settings)
        if page is None:
            fail(f"There is no delivery {delivery_id}; the receipts are in {settings.receipts}.")
        typer.echo(page)


app.add_typer(holds_app, name="holds")
app.command()(rejected)
for command in (
    status,
    quarter,
    year,
    releases,
    changes,
    trace,
    audit,
    purge,
    migrate,
    dictionary,
    serve,
    deploy,
    watch,
    alerts,
    backup,
    restore,
    config,
):
    app.command()(command)


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
    with reported():
        from flows.progress import counting  # noqa: PLC0415

        with counting("writing") as on_files:
            if faults:
                from sources.sample.faults.write import write_faults  # noqa: PLC0415

                place = folder or Path("sample-faults")
                written = write_faults(place, seed, on_fault=lambda _fault: on_files(1))
            else:
                from sources.sample import write_samples  # noqa: PLC0415
                from sources.sample.texts import write_texts  # noqa: PLC0415

                place = folder or Path("sample")
                written = write_samples(place, seed=seed, on_file=lambda _path: on_files(1))
                texts = write_texts(place / "narrative")
    if faults:
        typer.echo(f"Wrote {len(written)} planted faults into {place}, a folder each. They are")
        typer.echo("synthetic; truth.toml says what is wrong and which answer is due.")
    else:
        typer.echo(f"Wrote {len(written)} files into {place}, and {len(texts)} texts of partners")
        typer.echo(f"into {place / 'narrative'}.")


@app.command()
def demo() -> None:
    """Run the main job on sample exports: two years in, two packs out."""
    with reported():
        from flows.demo import run_demo  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        settings = load_settings()
        with warehouse(settings) as engine:
            fine = run_demo(engine, settings)
    raise typer.Exit(FINE if fine else REJECTED)


if __name__ == "__main__":
    main()
