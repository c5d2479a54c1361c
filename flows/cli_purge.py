"""`csp purge`: received bytes and personal columns past the agreed age."""

from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, fail, reported, warehouse


def purge(
    *,
    older_than: Annotated[
        str | None,
        typer.Option(
            help="2y, 24m or 730d, or a day such as 2021-03-31; without it, the months that "
            "csp.toml sets under retention."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Your name; it is recorded for ever.")] = (
        None
    ),
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without it, only say what would go.")
    ] = False,
) -> None:
    """Remove received bytes and personal columns that are past the agreed age: a dry run first.

    Counts, rows, figures, packs and receipts stay. Exit codes: 0 fine; 1 bytes are missing, or
    could not be removed; 2 wrong use.
    """
    with reported():
        from flows.clock import day_of, utc_now  # noqa: PLC0415
        from flows.purging import (  # noqa: PLC0415
            AgeError,
            carry_out,
            day_before_which,
            look,
            show_done,
            show_plan,
        )
        from flows.settings import load_settings  # noqa: PLC0415
        from sources.archive import ArchiveLocked  # noqa: PLC0415
        from warehouse.purge import Order  # noqa: PLC0415

        settings = load_settings()
        now = utc_now()
        months = settings.retention.months
        age = older_than or (f"{months}m" if months else "")
        if not age:
            fail(
                "Say from which age on, as --older-than 2y, or agree on it in csp.toml as "
                "[retention] months."
            )
        try:
            day = day_before_which(age, day_of(now))
        except AgeError as error:
            fail(str(error))
        if yes and not (by or "").strip():
            fail("--yes needs --by: a purge is answered for by name.")
        with warehouse(settings) as engine:
            if not yes:
                done = look(engine, settings, day)
                show_plan(done, day, settings)
            else:
                order = Order(day, (by or "").strip(), now)
                try:
                    done = carry_out(engine, settings, order)
                except ArchiveLocked:
                    fail(
                        f"{settings.archive} cannot be locked, so that nobody knows whether a file "
                        "is being received. Put it on a file system with locks."
                    )
                show_done(done, order, settings)
    raise typer.Exit(FINE if done.is_fine else REJECTED)
