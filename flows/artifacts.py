"""What a run shows of itself in Prefect's pages: what came, how good it is, what is held, the pack.

Counts, file names, rules and sentences alone: nothing that stands in a cell, and no figure.
"""

from collections.abc import Sequence
from pathlib import Path

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)

from flows.holding import said
from reports.quality import quality_log
from reports.receipt import show_share
from schemas.period import parse_period
from schemas.words import counted
from sources.partners import SOURCES, source
from warehouse.engine import Engine
from warehouse.read import DeliveryLine, HoldLine, deliveries, holds, issues

TITLES = {each.code: each.title for each in SOURCES}


def show_what_came(engine: Engine, after: int) -> None:
    """Show the deliveries behind a number: rows and rules of each, their scores, and the holds."""
    everything = deliveries(engine)
    came = [d for d in everything if d.id > after]
    standing = [hold for hold in holds(engine) if hold.stands]
    if not came:
        create_markdown_artifact("No new file lay in the inbox.", key="what-came")
    else:
        create_table_artifact(
            what_came(engine, came, standing), key="what-came", description="What came"
        )
        if scores := scorecard(engine, came):
            create_table_artifact(
                scores, key="scorecard",
                description="Rows without a fault, by source and dimension of quality",
            )  # fmt: skip
    show_holds(standing)


def what_came(
    engine: Engine, came: Sequence[DeliveryLine], standing: Sequence[HoldLine]
) -> list[dict[str, str | int]]:
    """Return a line a delivery: its rows, the rules that were broken and how often, its holds."""
    found = issues(engine, [d.id for d in came])
    return [
        {
            "file": d.file_name,
            "source": TITLES.get(d.source, "not recognised"),
            "state": d.status,
            "rows read": d.rows_read,
            "accepted": d.rows_accepted,
            "rejected": d.rows_rejected,
            "holds": sum(hold.delivery_id == d.id for hold in standing),
            "rules": ", ".join(
                f"{issue.rule} ({counted(issue.rows, 'row')})"
                if issue.first_row is not None
                else issue.rule
                for issue in found
                if issue.delivery_id == d.id
            ),
        }
        for d in came
    ]


def scorecard(engine: Engine, came: Sequence[DeliveryLine]) -> list[dict[str, str]]:
    """Return a line a source: the share of rows without a fault in each dimension."""
    lines: dict[str, dict[str, str]] = {}
    for score in quality_log(engine, came).scores:
        line = lines.setdefault(score.source, {"source": TITLES.get(score.source, score.source)})
        line[score.dimension] = show_share(score.good, score.read) if score.read else "no rows"
    return list(lines.values())


def show_holds(standing: Sequence[HoldLine]) -> None:
    """Show what keeps figures from being published, and whom to ask."""
    if not standing:
        create_markdown_artifact("Nothing is held.", key="holds")
        return
    lines = [
        {"hold": hold.id, "partner": source(hold.source).partner, "what is wrong": said(hold)}
        for hold in standing
    ]
    create_table_artifact(lines, key="holds", description="Held until somebody answers (csp holds)")


def show_pack(folder: Path, period: str) -> None:
    """Show where the pack of a period is."""
    page = folder.resolve() / "index.html"
    create_link_artifact(
        page.as_uri(),
        str(page),
        key="pack",
        description=f"The pack of {parse_period(period).label}",
    )
