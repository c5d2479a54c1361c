"""Publishes the packs of a quarter's and a year's end, unless something holds their figures; looks
back to a day, and prints what was published again."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from flows import VERSION
from flows.clock import utc_now
from flows.holding import said, said_to_all
from flows.log import note
from flows.papers import papers_for
from flows.settings import Settings
from flows.timetable import too_early
from reports.boundaries import Boundaries, BoundaryError, read_boundaries
from reports.edition import Order
from reports.figures import months_shown
from reports.pack import Caveat, Pack
from reports.publication import print_again, print_now
from reports.publication import publish as publish_pack
from reports.sources import Partner
from schemas.audience import Audience
from schemas.period import FinancialYear, Period, Span, parse_period
from schemas.reporters import extents_of
from schemas.words import counted, day_label
from sources.partners import SOURCES
from sources.spec import ReporterExtent, SourceSpec
from warehouse.as_at import engine_as_at
from warehouse.engine import Engine
from warehouse.read import HoldLine, deliveries, holds
from warehouse.releases import releases


class HeldBack(Exception):  # noqa: N818 - it says what happened to the pack
    """Holds stand against figures of a pack, so that it was not published; names each of them."""

    def __init__(self, period: Period, standing: tuple[HoldLine, ...]):
        super().__init__(
            f"The pack of {period.label} was not published: "
            f"{counted(len(standing), 'hold stands', 'holds stand')} against its figures."
        )
        self.code, self.standing = period.code, standing

    @property
    def cause(self) -> str:
        """What it is told once of: these holds, however often the pack is tried."""
        numbers = " ".join(str(hold.id) for hold in self.standing)
        return f"{self.code}:{hashlib.sha256(numbers.encode()).hexdigest()[:16]}"


class CannotPrint(Exception):  # noqa: N818 - it says what happened
    """What was asked for cannot be printed; the message says why."""


def partners_of(settings: Settings) -> tuple[Partner, ...]:
    """Return who sends each source, in the order of the report."""
    return tuple(
        Partner(s.code, s.title, who, reporter)
        for s in SOURCES
        for who, reporter in _senders(s, settings)
    )


def _senders(source: SourceSpec, settings: Settings) -> list[tuple[str, str]]:
    """Return who sends a source, and the code of each of several that send it alike."""
    reporters = [
        (layout.extent.area.name, layout.extent.area.code)
        for layout in source.layouts
        if isinstance(layout.extent, ReporterExtent)
    ]
    return reporters or [(settings.senders[source.code], "")]


def holds_against(engine: Engine, period: Period, settings: Settings) -> tuple[HoldLine, ...]:
    """Return the holds that stand against any month that a pack prints or compares with."""
    home = settings.areas
    ours = extents_of(home)
    shown = set(months_shown(period))
    own_year = set(period.span) if isinstance(period, FinancialYear) else set()
    return tuple(
        hold
        for hold in holds(engine)
        if hold.stands
        and hold.extent in ours
        and not (own_year if hold.is_year_only else shown).isdisjoint(hold.span)
    )


def _order(period: Period, settings: Settings) -> Order:
    return Order(
        period, settings.areas, settings.partnership.name, partners_of(settings), VERSION,
        small_base=settings.numbers.small_base, audience=settings.audience,
        formats=tuple(settings.formats), papers=papers_for(period, settings),
        boundaries=boundaries_of(settings) if settings.audience is Audience.PARTNERSHIP else None,
    )  # fmt: skip


def _findings(standing: Sequence[HoldLine], settings: Settings) -> tuple[str, ...]:
    """Say what stands against the figures of a draft, in figures where its readers have them."""
    say = said if settings.audience is Audience.PARTNERSHIP else said_to_all
    return tuple(map(say, standing))


def boundaries_of(settings: Settings) -> Boundaries | None:
    """Read the boundaries of wards that `csp.toml` names; None where it names none.

    Raises `CannotPrint` where the file is not there, or no map of the district can be drawn
    from it.
    """
    place = settings.map.boundaries
    if place is None:
        return None
    lead = "The map of wards cannot be drawn ([map] in csp.toml)."
    try:
        return read_boundaries(
            place.read_bytes(), str(place), settings.map.code_property, settings.areas.district,
            settings.map.licence,
        )  # fmt: skip
    except FileNotFoundError:
        raise CannotPrint(f"{lead} There is no file {place}.") from None
    except OSError as error:
        raise CannotPrint(f"{lead} {place} cannot be read: {error.strerror}.") from None
    except BoundaryError as fault:
        raise CannotPrint(f"{lead} {fault}") from None


def _must_not_be_held(engine: Engine, period: Period, settings: Settings) -> None:
    standing = holds_against(engine, period, settings)
    if standing:
        raise HeldBack(period, standing)


def _must_have_come(engine: Engine, period: Period, settings: Settings) -> None:
    """Refuse a pack of nothing but [x]: most likely another period was meant."""
    ours = extents_of(settings.areas)
    accepted = [d for d in deliveries(engine) if d.extent in ours and d.status == "accepted"]
    shown = months_shown(period)
    if any(d.covers(Span(shown[0], shown[-1])) for d in accepted):
        return
    months = [month for d in accepted for month in d.months()]
    held = f"What has come is of {Span(min(months), max(months)).label}." if months else ""
    raise CannotPrint(
        f"Nothing has come of {period.label}, nor of what it is compared with, so there is nothing "
        f"to publish. {held}".rstrip()
    )


def publish(
    engine: Engine,
    period: Period,
    settings: Settings,
    *,
    is_draft: bool = False,
    at: datetime | None = None,
) -> Pack:
    """Publish the pack of a period: freeze its figures as a release, and write it.

    It is for the audience that the settings name.

    Raises `HeldBack`, freezing and writing nothing, while a hold stands against its figures; a
    draft is written all the same, watermarked, beside the place of the pack, and freezes nothing.
    Raises `NarrativeError`, with every fault, where partners' texts cannot be printed, and
    `CannotPrint` where the wards cannot be drawn, the period has not ended, or nothing has come of
    any month that the pack shows.
    `at` is the moment of publication (UTC), now unless it is given.
    """
    if not is_draft and (early := too_early(period)):
        raise CannotPrint(early)
    order = _order(period, settings)
    if is_draft:
        standing = holds_against(engine, period, settings)
        caveat = Caveat(draft=_findings(standing, settings))
        return print_now(engine, order, settings.packs, caveat)
    _must_have_come(engine, period, settings)
    pack = publish_pack(
        engine, order, settings.packs, at or utc_now(),
        lambda: _must_not_be_held(engine, period, settings),
    )  # fmt: skip
    again = "" if pack.is_new else "; its figures are the same since"
    note(settings, f"The pack of {period.label} is release {pack.edition.release}{again}.")
    return pack


NOT_FOR_THE_PUBLIC = (
    "--as-at looks back for the partnership alone: what it shows is on no record, so that a small "
    "count might be worked out from it together with a pack for the public. Add --audience "
    "partnership; or print what had been published by then (csp releases lists it, --release "
    "NUMBER prints it again)."
)


def look_back(
    engine: Engine, period: Period, settings: Settings, moment: datetime, *, is_draft: bool = False
) -> Pack:
    """Write the pack of a period from the warehouse as it stood at the end of a day (UTC).

    Nothing is frozen. A hold that stood then holds it back now, unless it is a draft. Raises
    `CannotPrint` where nothing had been received by then, and for the public.
    """
    if settings.audience is Audience.PUBLIC:
        raise CannotPrint(NOT_FOR_THE_PUBLIC)
    came = [d.received_at for d in deliveries(engine)]
    if not came:
        raise CannotPrint("Nothing has been received yet, so there is nothing to look back to.")
    if min(came) > moment:
        raise CannotPrint(
            f"By {day_label(moment)} nothing had been received: the first file came on "
            f"{day_label(min(came))}."
        )
    then = engine_as_at(engine, moment)
    try:
        standing = holds_against(then, period, settings)
        if standing and not is_draft:
            raise HeldBack(period, standing)
        draft = _findings(standing, settings) if is_draft else None
        caveat = Caveat(draft, moment.date(), is_over=moment < utc_now())
        return print_now(then, _order(period, settings), settings.packs, caveat)
    finally:
        then.dispose()


def print_release(engine: Engine, period: Period, settings: Settings, number: int) -> Pack:
    """Write a release of a period again, as it was published.

    Raises `CannotPrint` where there is no release of this number, or it is of another period.
    """
    line = next((line for line in releases(engine) if line.id == number), None)
    if line is None:
        raise CannotPrint(f"There is no release {number}; csp releases lists them.")
    if line.period_code != period.code:
        raise CannotPrint(
            f"Release {number} is of {parse_period(line.period_code).label}, not of {period.label}."
        )
    return print_again(engine, line, period, settings.packs)
