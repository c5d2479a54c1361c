"""The status page: written beside the packs after each run, and by `csp status --page`."""

from datetime import datetime
from pathlib import Path

from flows.clock import utc_now
from flows.log import note
from flows.places import status_page
from flows.settings import Settings
from flows.status import standing_now, status_of
from flows.trouble import outage_of
from reports.formats.status_html import render_status
from reports.packs_index import write_index
from reports.pages import put_whole
from reports.standing import Standing
from warehouse.engine import Engine, WarehouseError


def put_page(standing: Standing, settings: Settings) -> Path:
    """Write the page, whole or not at all, and return where it is. Raises `OSError`."""
    place = status_page(settings)
    is_first = not place.exists()
    place.parent.mkdir(parents=True, exist_ok=True)
    put_whole(place, render_status(standing))
    if is_first:
        # The list of packs leads to it from now on.
        write_index(settings.packs, settings.partnership.name)
    return place


def page_after(engine: Engine | None, settings: Settings) -> None:
    """Write the page after a run. Where that cannot be, the run stands, and the log says why."""
    now = utc_now()
    try:
        if engine is None:
            put_page(standing_now(settings, now), settings)
        else:
            write_page(engine, settings, now)
    except (OSError, WarehouseError) as error:
        why = outage_of(error) or type(error).__name__
        note(settings, f"The status page could not be written: {why}")


def write_page(engine: Engine, settings: Settings, now: datetime) -> Path:
    """Write the page as things stand at a moment (UTC)."""
    return put_page(status_of(engine, settings, now), settings)
