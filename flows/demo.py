"""`csp demo`: the main job on sample exports, run by Prefect as a schedule would run it."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import typer

from flows.clock import utc_now
from flows.commands import fail
from flows.holding import said, state_of
from flows.own_server import NotStarted, OwnServer
from flows.places import files_in
from flows.prefect_env import quiet
from flows.settings import Settings
from flows.show import console, grid
from schemas.period import FinancialYear, Quarter
from sources.partners import SOURCES
from sources.sample import write_samples
from sources.sample.texts import write_texts
from warehouse.engine import Engine
from warehouse.holds import Release, release
from warehouse.read import DeliveryLine, deliveries, holds

QUARTER, YEAR = Quarter(2020, 4), FinancialYear(2020)
SYNTHETIC = "synthetic"
RECONCILED = "The samples follow the published report, which differs from Defra's figure."


def run_demo(engine: Engine, settings: Settings) -> bool:
    """Write samples, receive them, publish two packs; return True when all of it was accepted."""
    foreign = [path.name for path in files_in(settings) if SYNTHETIC not in path.name]
    foreign += [d.file_name for d in deliveries(engine) if SYNTHETIC not in d.file_name]
    if foreign:
        fail(
            f"{settings.home} holds files that are no samples; the demonstration does not mix with "
            "them. Set CSP_HOME to another folder."
        )
    typer.echo("Writing two years of synthetic exports, receiving and publishing them ...")
    try:
        packs = _run_flow(engine, settings)
    except NotStarted as error:
        fail(str(error))
    received = deliveries(engine)
    _show(received, packs)
    typer.echo(f"  {settings.receipts}: a receipt for each file, to be sent back to the partner")
    _show_holds(engine)
    return all(d.status == "accepted" and not d.rows_rejected for d in received)


@contextmanager
def _prefect(settings: Settings) -> Iterator[Callable[[], None]]:
    """Give Prefect a home of its own beside the data and a server for the run.

    Yields what returns once the server answers. A server that is named already is used as it is.
    """
    wanted = quiet(settings) | {
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        "PREFECT_LOGGING_LEVEL": "ERROR",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    os.environ["CSP_HOME"] = str(settings.home)
    if os.environ.get("PREFECT_API_URL"):
        yield lambda: None
        return
    with OwnServer(Path(os.environ["PREFECT_HOME"])) as server:
        os.environ["PREFECT_API_URL"] = server.address
        try:
            yield server.wait
        finally:
            del os.environ["PREFECT_API_URL"]


def _run_flow(engine: Engine, settings: Settings) -> list[Path]:
    """Write the samples and run the flows; return the folders of the packs."""
    with _prefect(settings) as is_ready, ThreadPoolExecutor(max_workers=1) as pool:
        # Prefect's server takes as long to start as the samples take to be written: both at once.
        samples = pool.submit(write_samples, settings.inbox)
        from prefect import flow  # noqa: PLC0415 - its settings are read when it is imported

        from flows.scheduled import publish_pack, receive  # noqa: PLC0415

        @flow(name="demonstration")
        def demonstration() -> list[Path]:
            receive()
            answer_holds(engine)
            return [Path(publish_pack(QUARTER.code)), Path(publish_pack(YEAR.code))]

        write_texts(settings.narrative)
        samples.result()
        is_ready()
        return demonstration()


def answer_holds(engine: Engine) -> None:
    """Release the one hold that the published figures themselves bring about.

    The report printed 25 fixed penalty notices, Defra's statistics 15: which is right, or whether
    they count different notices, is not known, and the sample exports follow the report.
    """
    at = utc_now()
    for hold in holds(engine):
        if hold.stands and hold.rule == "official-differs":
            release(engine, hold.id, Release("csp demo", RECONCILED, at))


def _show_holds(engine: Engine) -> None:
    for hold in holds(engine):
        typer.echo(f"{said(hold)}\n  State: {state_of(hold)}")


def _show(received: list[DeliveryLine], packs: list[Path]) -> None:
    rows = []
    for source in SOURCES:
        mine = [d for d in received if d.source == source.code]
        refused = sum(d.status == "rejected" for d in mine)
        figures = (
            len(mine), refused, sum(d.rows_read for d in mine),
            sum(d.rows_accepted for d in mine), sum(d.rows_rejected for d in mine),
        )  # fmt: skip
        rows.append((source.title, *(f"{n:,}" for n in figures)))
    heads = ("Source", "Files", "Files rejected", "Rows read", "Accepted", "Rejected")
    console().print(grid("What came", heads, rows, numbers=5))
    typer.echo("Where to look:")
    for folder in packs:
        typer.echo(f"  {folder / 'index.html'}")
