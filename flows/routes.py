"""Who is told by which route: mail addresses of csp.toml, and the further routes that are set."""

import os
from collections.abc import Sequence

from flows.settings import Settings
from schemas.alerts import AlertKind

OTHERS = "CSP_ALERT_URLS"
"""Addresses of further routes as Apprise writes them; they hold secrets, so no file holds them."""
COORDINATOR, SECURITY, DATA_TEAM, FURTHER = "coordinator", "security", "data-team", "others"
OURS = frozenset(
    {
        AlertKind.RUN_FAILED,
        AlertKind.RUN_CRASHED,
        AlertKind.RUN_MISSING,
        AlertKind.TROUBLE,
        AlertKind.SERVICE,
    }
)
"""What the data team must mend."""


def recipients(settings: Settings) -> dict[str, Sequence[str]]:
    """Return who gets what is sent by each route that is set."""
    alerts = settings.alerts
    routes: dict[str, Sequence[str]] = {}
    if settings.mail.host:
        routes |= {
            route: addresses
            for route, addresses in (
                (COORDINATOR, alerts.coordinator),
                (SECURITY, alerts.security),
                (DATA_TEAM, alerts.data_team),
            )
            if addresses
        }
    further = os.environ.get(OTHERS, "").split()
    return routes | ({FURTHER: further} if further else {})


def routes_of(kind: AlertKind, routes: dict[str, Sequence[str]]) -> tuple[str, ...]:
    """Return by which of the routes that are set a kind of alert goes."""
    if kind is AlertKind.SECURITY:
        wanted = [SECURITY] if SECURITY in routes else [COORDINATOR]
    else:
        wanted = [COORDINATOR, FURTHER, *([DATA_TEAM] if kind in OURS else [])]
    return tuple(route for route in wanted if route in routes)
