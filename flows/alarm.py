"""Tells a person of trouble here, also when the warehouse itself is what is out.

An alarm goes into the outbox of the warehouse. Where that cannot be reached it is written into a
file of the home, and sent from there; where the disk is full too, it is sent at once or not at all.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flows.letter_parts import Letter, composed
from flows.letters_runs import service_parts, trouble_parts
from flows.log import note
from flows.places import ALARM, OUTBOX, SENT
from flows.post import NotSent, send_now
from flows.settings import Settings
from schemas.alerts import AlertKind
from schemas.words import day_label
from warehouse.engine import Engine, WarehouseError
from warehouse.outbox import Alert, raise_alerts

PARTS = {AlertKind.TROUBLE: trouble_parts, AlertKind.SERVICE: service_parts}
"""The kinds that can be told without a warehouse, and what is written of them."""


def alarm(
    engine: Engine | None,
    settings: Settings,
    detail: str,
    now: datetime,
    kind: AlertKind = AlertKind.TROUBLE,
) -> None:
    """Tell of trouble with machine, disk or warehouse, once a day for the same thing."""
    told = hashlib.sha256(detail.encode()).hexdigest()[:16]
    cause = f"{kind.value}:{now:%Y-%m-%d}:{told}"
    alert = Alert(kind, cause, detail)
    note(settings, f"Trouble: {detail}")
    if engine is not None:
        with contextlib.suppress(WarehouseError):
            raise_alerts(engine, [alert], now)
            return
    with contextlib.suppress(OSError):
        _spool(settings, alert, now)
        send_spooled(settings, now)
        return
    with contextlib.suppress(NotSent):
        send_now(_letter(alert, now, settings), settings, now, cause)


def _spool(settings: Settings, alert: Alert, now: datetime) -> None:
    folder = settings.home / OUTBOX
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{alert.cause.replace(':', '-')}{ALARM}"
    if place.exists() or _sent(place).exists():
        return
    part = place.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump({"cause": alert.cause, "detail": alert.detail, "at": now.isoformat()}, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(place)


def _sent(place: Path) -> Path:
    return place.with_name(place.name.replace(ALARM, SENT))


def spooled(settings: Settings) -> Iterator[tuple[Path, Alert, datetime]]:
    """Yield the alarms that were written while the warehouse was out, sent or not."""
    folder = settings.home / OUTBOX
    for place in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        told = json.loads(place.read_text(encoding="utf-8"))
        kind = AlertKind(told["cause"].partition(":")[0])
        alert = Alert(kind, told["cause"], told["detail"])
        yield place, alert, datetime.fromisoformat(told["at"])


def send_spooled(settings: Settings, now: datetime) -> list[str]:
    """Send the alarms of the home that were not sent yet; return why some could not be."""
    failures = []
    for place, alert, at in spooled(settings):
        if place.name.endswith(SENT):
            continue
        try:
            send_now(_letter(alert, at, settings), settings, now, alert.cause)
        except NotSent as error:
            failures.append(str(error))
            break
        place.replace(_sent(place))
    return failures


def take_in(engine: Engine, settings: Settings) -> None:
    """Give the warehouse, once it is back, the alarms that were written while it was out."""
    for place, alert, at in spooled(settings):
        raise_alerts(engine, [alert], at, is_sent=place.name.endswith(SENT))
        place.unlink()


def _letter(alert: Alert, at: datetime, settings: Settings) -> Letter:
    parts = PARTS[alert.kind](alert.detail)
    return composed(parts, f"{settings.partnership.name}, {day_label(at)}.")
