"""What a pack says now: its edition, made from the warehouse, with what this audience may know.

Where nothing has changed since its period was last published, that is the release again.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from reports.audience import hidden_from_public, printed_keys, published, published_before
from reports.boundaries import boundaries_from
from reports.edition import Answer, Edition, Input, Order
from reports.figures import figures_now, months_shown
from reports.manifest import restored
from reports.papers import papers_from
from reports.quality import quality_log
from reports.revisions import Revision, find_revisions, value_of
from reports.sources import source_line
from reports.wards import ward_figures
from schemas.audience import Audience
from schemas.period import Span
from schemas.reporters import extents_of
from warehouse.engine import Engine
from warehouse.read import DeliveryLine, HoldLine, deliveries, holds
from warehouse.releases import ReleaseLine, content_of, releases


def gathered(engine: Engine, order: Order) -> Edition:
    """Return what a pack says now, its revisions and what it must not show still to be found."""
    shown = months_shown(order.period)
    whole = Span(shown[0], shown[-1])
    home = order.home
    ours = extents_of(home)
    used = [d for d in deliveries(engine) if d.extent in ours and d.covers(whole)]
    figures = figures_now(engine, order.tables, order.period, home)
    is_counted = order.audience is Audience.PARTNERSHIP
    if is_counted:
        figures |= ward_figures(engine, figures, order.tables, order.period, home)
    return Edition(
        period=order.period,
        home=home,
        partnership=order.partnership,
        version=order.version,
        tables=order.tables,
        figures=figures,
        truth=figures,
        audience=order.audience,
        inputs=tuple(_inputs(used)),
        sources=tuple(
            source_line(p, order.period, used, is_counted=is_counted) for p in order.partners
        ),
        answers=tuple(
            _answer(hold, is_told=is_counted)
            for hold in holds(engine)
            if hold.extent in ours
            and hold.released_at is not None
            and not hold.is_replaced
            and not set(shown).isdisjoint(hold.span)
        ),
        small_base=order.small_base,
        papers=order.papers,
        log=quality_log(engine, used, is_counted=is_counted),
        formats=order.formats,
        boundaries=order.boundaries if is_counted else None,
    )


def _inputs(used: Sequence[DeliveryLine]) -> list[Input]:
    found = [Input(d.source, d.file_name, d.sha256) for d in used]
    return sorted(found, key=lambda i: (i.source, i.file_name, i.sha256))


def _answer(hold: HoldLine, *, is_told: bool) -> Answer:
    """Return an answer; what it says of figures is not for the public."""
    return Answer(
        hold=hold.id,
        file_name=hold.file_name,
        rule=hold.rule,
        detail=hold.detail if is_told else "",
        months=hold.span.label,
        released_by=hold.released_by or "",
        released_at=f"{hold.released_at:%Y-%m-%dT%H:%M:%SZ}",
        released_because=(hold.released_because or "") if is_told else "",
    )


def as_it_is(engine: Engine, order: Order) -> Edition:
    """Return what a pack would say if it were published now.

    Where no figure, no text, no signature and no boundary has changed since its period was last
    published, that is the release again.
    """
    now = gathered(engine, order)
    before = [
        line
        for line in releases(engine)
        if (line.period_code, line.audience) == (order.period.code, order.audience)
    ]
    is_same = before and before[-1].content_sha256 == content_of(now.truth, *now.rules)
    if is_same and _is_told_alike(before[-1], now):
        return restored(engine, before[-1], order.period)
    revisions = find_revisions(
        engine, now.truth, now.tables, now.period, now.home,
        version=now.version, audience=now.audience,
    )  # fmt: skip
    if now.audience is Audience.PARTNERSHIP:
        return replace(now, revisions=revisions)
    return _for_the_public(engine, now, revisions)


def _for_the_public(engine: Engine, now: Edition, revisions: tuple[Revision, ...]) -> Edition:
    """Return an edition without what the public must not be told, in its revisions as well."""
    told = {revision.key: value_of(now.truth, revision.key) for revision in revisions}
    years = sorted({month.financial_year for month in months_shown(now.period)})
    hidden = hidden_from_public(
        now.truth | told, printed_keys(now.truth, now.period) | told.keys(),
        published_before(engine, years), now.home,
    )  # fmt: skip
    return replace(
        now,
        figures=published(now.truth, hidden.keys),
        revisions=tuple(revision for revision in revisions if revision.key not in hidden.keys),
        veiled=hidden.veiled,
        withheld=hidden.withheld,
    )


def _is_told_alike(line: ReleaseLine, now: Edition) -> bool:
    """Say whether a release has the same texts, signed by the same people, and the same map."""
    told, papers = json.loads(line.manifest), now.papers
    then = papers_from(told)
    return (then.texts, then.sign_off, boundaries_from(told.get("map"))) == (
        papers.texts, papers.sign_off, now.boundaries,
    )  # fmt: skip
