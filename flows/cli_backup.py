"""`csp backup`, `csp restore` and `csp config`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import fail, reported, warehouse

KEEP = 7


def backup(
    *,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where backups are; backups in CSP_HOME without it."),
    ] = None,
    keep: Annotated[int, typer.Option(min=1, help="How many backups are kept.")] = KEEP,
) -> None:
    """Copy warehouse and archive, as they are at this moment, into a new folder.

    Runs and readers go on meanwhile. A backup that is cut off leaves the earlier ones whole.
    """
    with reported():
        from flows.backup import BackupRefused, back_up  # noqa: PLC0415
        from flows.clock import utc_now  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from schemas.words import counted  # noqa: PLC0415

        settings = load_settings()
        folder = to or settings.home / "backups"
        with warehouse(settings) as engine:
            try:
                made = back_up(engine, settings, folder, utc_now(), keep)
            except BackupRefused as error:
                fail(str(error))
        typer.echo(f"{made.folder}: {counted(made.files, 'file')}, {made.size:,} bytes.")
        if made.removed:
            typer.echo(f"{counted(made.removed, 'older backup')} removed (--keep {keep}).")


def restore(
    folder: Annotated[Path, typer.Argument(help="The backup: a folder that csp backup made.")],
) -> None:
    """Bring a backup back into an empty warehouse, SQLite or PostgreSQL.

    A warehouse that is there is left as it is, and the command ends with exit code 2.
    """
    with reported():
        from flows.backup import BackupRefused, bring_back  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from schemas.words import counted  # noqa: PLC0415

        try:
            count = bring_back(folder, load_settings())
        except BackupRefused as error:
            fail(str(error))
        typer.echo(f"The warehouse is that of {folder.name}; {counted(count, 'archived file')}.")


def config() -> None:
    """Print the settings in force, and where each comes from; secrets are masked."""
    with reported():
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.show_config import show_config  # noqa: PLC0415

        show_config()
        settings = load_settings()
        if settings.map.boundaries is not None:
            from flows.publish import CannotPrint, boundaries_of  # noqa: PLC0415

            try:
                boundaries_of(settings)
            except CannotPrint as reason:
                fail(str(reason))
