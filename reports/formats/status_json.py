"""How things stand as one JSON document, for monitors: what `csp status --json` prints.

Version 1 of the document:

    version   1; a change that breaks readers makes it 2
    program   the version of csp
    at        the moment that it speaks of, "2020-07-20T09:30:00Z"
    schema    a sentence on the tables of the warehouse; "" while it is out
    is_whole  false where something could not be read
    needs     one object a thing that needs a person, what is broken here first; [] if nothing does:
      about     "warehouse", "schema", "run", "run-missing", "alerts", "file-rejected", "overdue",
                "hold" or "rows-rejected"
      what, to_do   in sentences
    quarters  one object a quarter, the oldest first:
      code, label   "2020-21-Q1", "Apr to Jun 2020"
      pack      the last one of the audience in csp.toml: {"release", "published_at", "audience"},
                or null
      exports   one object a source, in the order of the report:
        source    its code
        state     "overdue", "held", "rejected", "published", "after the pack", "accepted",
                  "in part", "due" or "nothing"
        due       the last day on which it is in time, or null
        months    how many of the three were accepted
        accepted, rejected   rows
        refused   files rejected as a whole and not replaced
        holds     those that stand
        overdue   true or false
    years     packs of financial years: {"code", "release", "published_at", "audience"}
    runs      the last of each kind: {"kind", "period", "state", "host", "started_at", "ended_at",
              "detail"}; state is "running", "done", "held", "failed" or "crashed"
    alerts    {"unsent", "since", "why"}
    deliveries, rejected_rows   counts

Keys may be added to version 1, so readers must pass over those that they do not know. No value of
a cell is ever in it.
"""

import json
from datetime import datetime
from typing import Any

from reports.standing import PackState, QuarterState, Standing

VERSION = 1


def status_json(standing: Standing) -> str:
    """Return the document."""
    document = {
        "version": VERSION,
        "program": standing.version,
        "at": _moment(standing.at),
        "schema": standing.schema,
        "is_whole": standing.is_whole,
        "needs": [
            {"about": need.about.value, "what": need.what, "to_do": need.to_do}
            for need in standing.needs
        ],
        "quarters": [_quarter(state) for state in standing.quarters],
        "years": [{"code": year.code, **_pack(pack)} for year, pack in standing.years.items()],
        "runs": [
            {
                "kind": run.kind,
                "period": run.period_code,
                "state": run.state,
                "host": run.host,
                "started_at": _moment(run.started_at),
                "ended_at": _moment(run.ended_at),
                "detail": run.detail,
            }
            for run in standing.runs
        ],
        "alerts": {
            "unsent": standing.alerts.count,
            "since": _moment(standing.alerts.since),
            "why": standing.alerts.why,
        },
        "deliveries": standing.deliveries,
        "rejected_rows": standing.rejected_rows,
    }
    return json.dumps(document, ensure_ascii=False)


def _quarter(state: QuarterState) -> dict[str, Any]:
    return {
        "code": state.quarter.code,
        "label": state.quarter.label,
        "pack": _pack(state.pack) if state.pack else None,
        "exports": [
            {
                "source": export.source,
                "state": export.word.value,
                "due": export.due.isoformat() if export.due else None,
                "months": export.months,
                "accepted": export.accepted,
                "rejected": export.rejected,
                "refused": export.refused,
                "holds": export.holds,
                "overdue": export.is_overdue,
            }
            for export in state.exports
        ],
    }


def _pack(pack: PackState) -> dict[str, Any]:
    return {
        "release": pack.release,
        "published_at": _moment(pack.published_at),
        "audience": pack.audience,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
