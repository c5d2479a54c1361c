"""`csp quarter`, `csp year`, `csp releases` and `csp changes`."""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import FINE, REJECTED, WRONG_USE, end_of_day, fail, reported, warehouse
from schemas.audience import Audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.settings import Settings
    from reports.pack import Pack
    from schemas.period import Period
    from warehouse.engine import Engine
    from warehouse.runs import Running

DRAFT = Annotated[
    bool, typer.Option("--draft", help="Write a watermarked draft, whatever holds it.")
]
AS_AT = Annotated[
    str | None,
    typer.Option(
        "--as-at", metavar="DATE",
        help="The tables as they stood at the end of this day (UTC), as 2021-07-15; for the "
        "partnership alone.",
    ),
]  # fmt: skip
FOR = Annotated[
    Audience | None,
    typer.Option(
        "--audience",
        help="public: small counts are left out, and what tells them. partnership: every figure, "
        "not for publication. Without it, what csp.toml says; public, if it says nothing.",
    ),
]
RELEASE = Annotated[
    int | None,
    typer.Option("--release", metavar="NUMBER", help="A release again, as it was published."),
]


def quarter(
    period: Annotated[
        str | None,
        typer.Argument(help='2020-21-Q4 or "Jan to Mar 2021"; without it, the last ended quarter.'),
    ] = None,
    *,
    draft: DRAFT = False,
    as_at: AS_AT = None,
    release: RELEASE = None,
    audience: FOR = None,
) -> None:
    """Publish the pack of a financial quarter: what it prints is frozen as a release."""
    with reported():
        from flows.clock import today  # noqa: PLC0415
        from flows.timetable import quarter_before  # noqa: PLC0415
        from schemas.period import Month, parse_quarter  # noqa: PLC0415

        wanted = parse_quarter(period) if period else quarter_before(Month.of(today()))
        _print(wanted, Wanted(audience, as_at, release, is_draft=draft))


def year(
    period: Annotated[str, typer.Argument(help="2020-21 (April 2020 to March 2021).")],
    *,
    draft: DRAFT = False,
    as_at: AS_AT = None,
    release: RELEASE = None,
    audience: FOR = None,
) -> None:
    """Publish the pack of a financial year: what it prints is frozen as a release."""
    with reported():
        from schemas.period import parse_year  # noqa: PLC0415

        _print(parse_year(period), Wanted(audience, as_at, release, is_draft=draft))


@dataclass(frozen=True)
class Wanted:
    """Which pack of a period is wanted."""

    audience: Audience | None
    as_at: str | None
    release: int | None
    is_draft: bool

    @property
    def is_looking(self) -> bool:
        """Nothing is published: a draft, a look back, or a release again."""
        return self.is_draft or self.release is not None or self.as_at is not None


def _must_fit(period: "Period", wanted: Wanted) -> None:
    """Refuse what does not go together, and what cannot be published yet."""
    from flows.timetable import too_early  # noqa: PLC0415

    if wanted.release is not None and (wanted.is_draft or wanted.as_at or wanted.audience):
        fail(
            "--release prints what was published, for whom it was; --as-at, --draft and --audience "
            "do not go with it."
        )
    if not wanted.is_looking and (early := too_early(period)):
        fail(early)


def _print(period: "Period", wanted: Wanted) -> None:
    from flows.settings import load_settings  # noqa: PLC0415

    is_draft, release = wanted.is_draft, wanted.release
    _must_fit(period, wanted)
    moment = None if wanted.as_at is None else end_of_day(wanted.as_at)
    settings = load_settings()
    if wanted.audience is not None:
        settings = settings.model_copy(update={"audience": wanted.audience})
    with _at_work(period, settings, is_looking=wanted.is_looking) as (engine, record):
        # Loaded once the run is on record.
        from flows.holding import said  # noqa: PLC0415
        from flows.publish import (  # noqa: PLC0415
            CannotPrint,
            HeldBack,
            look_back,
            print_release,
            publish,
        )
        from flows.show_alerts import show_sent  # noqa: PLC0415
        from reports.narrative.written import NarrativeError  # noqa: PLC0415
        from reports.publication import NotInPlace  # noqa: PLC0415
        from warehouse.runs import FAILED, HELD  # noqa: PLC0415

        try:
            if release is not None:
                pack = print_release(engine, period, settings, release)
            elif moment is not None:
                pack = look_back(engine, period, settings, moment, is_draft=is_draft)
            else:
                pack = publish(engine, period, settings, is_draft=is_draft)
                if not is_draft:
                    show_sent(engine, settings)
        except CannotPrint as reason:
            # Who typed it reads it; nobody else has to be told of each attempt.
            record.ends(FAILED, str(reason), is_told=False)
            fail(str(reason))
        except NotInPlace as reason:
            record.ends(FAILED, str(reason))
            fail(str(reason))
        except NarrativeError as wrong:
            record.ends(FAILED, "Partners' texts cannot be printed.", is_told=False)
            typer.echo("csp: Nothing was written: partners' texts cannot be printed.", err=True)
            for fault in wrong.faults:
                typer.echo(f"  {fault}", err=True)
            raise typer.Exit(WRONG_USE) from None
        except HeldBack as held:
            record.ends(HELD, str(held), cause=held.cause)
            typer.echo(str(held))
            for hold in held.standing:
                typer.echo(f"  {said(hold)}")
            typer.echo(
                "csp holds says what to ask; csp holds release lets a figure go; --draft prints "
                "what there is, watermarked."
            )
            raise typer.Exit(REJECTED) from None
    _show(period, pack, is_published=not (is_draft or wanted.as_at or release))


@contextmanager
def _at_work(
    period: "Period", settings: "Settings", *, is_looking: bool
) -> "Iterator[tuple[Engine, Running]]":
    """Open the warehouse: to publish, which is a run on record, or only to look at a pack."""
    from flows.by_hand import by_hand  # noqa: PLC0415
    from schemas.period import Quarter  # noqa: PLC0415
    from warehouse.runs import Running  # noqa: PLC0415

    if is_looking:
        with warehouse(settings) as engine:
            yield engine, Running(0)
        return
    kind = "quarter-end" if isinstance(period, Quarter) else "year-end"
    with by_hand(kind, settings, period.code) as run:
        yield run.engine, run.record


def _show(period: "Period", pack: "Pack", *, is_published: bool) -> None:
    from flows import VERSION  # noqa: PLC0415
    from reports.sections import WITHOUT  # noqa: PLC0415
    from schemas.words import day_label  # noqa: PLC0415

    edition = pack.edition
    typer.echo(f"{period.label}: {pack.folder / 'index.html'}")
    if is_published and edition.published_at is not None:
        state = (
            "published"
            if pack.is_new
            else f"published {day_label(edition.published_at)}; its figures are the same since"
        )
        typer.echo(f"  Release {edition.release}: {state}.")
    for title in pack.gaps:
        typer.echo(f"  {title}: not complete for the period; its figures are shown as [x].")
    for warning in pack.unbound:
        typer.echo(f"  Warning: {warning}")
    if "pdf" in edition.lacking:
        typer.echo(f"  {WITHOUT}")
    if edition.revisions:
        count = len(edition.revisions)
        typer.echo(
            f"  {count} published {'figure has' if count == 1 else 'figures have'} changed: see "
            "Revisions in the pack."
        )
    if pack.differing:
        typer.echo(
            f"  Published by csp {edition.version}, printed by csp {VERSION}: the figures are "
            f"those that were published, but these files differ: {', '.join(pack.differing)}."
        )


def releases() -> None:
    """List what was published, and how much of it is another figure now."""
    with reported():
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.show_releases import show_releases  # noqa: PLC0415

        settings = load_settings()
        with warehouse(settings) as engine:
            show_releases(engine, settings.areas)
    raise typer.Exit(FINE)


def changes(
    delivery: Annotated[
        int | None,
        typer.Argument(metavar="NUMBER", help="The delivery's number; without it, the last one."),
    ] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Also figures of areas that no pack prints.")
    ] = False,
) -> None:
    """Say what a delivery changed: its records, and every figure that it moved."""
    with reported():
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.show_releases import show_changes  # noqa: PLC0415

        settings = load_settings()
        with warehouse(settings) as engine:
            if not show_changes(engine, settings.areas, delivery, is_all=everything):
                fail(
                    "Nothing has been received yet."
                    if delivery is None
                    else f"There is no delivery {delivery}."
                )
    raise typer.Exit(FINE)
