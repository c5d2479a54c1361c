"""What `csp config` prints: every setting in force, and where its value comes from."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from flows.settings import CONFIG_NAME, FROM_ENVIRONMENT, load_settings
from flows.show import console, grid

SECRETS = ("CSP_MAIL_PASSWORD", "CSP_ALERT_URLS")
"""Variables that are read where they are needed, and never shown."""
NOBODY = (
    "Nobody is told of anything by e-mail: set the addresses under [alerts] and the server under "
    "[mail], and try csp alerts --test."
)
_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")


def show_config() -> None:
    """Print all settings; raises `SettingsError` with every fault of them."""
    settings = load_settings()
    place = Path(os.environ.get("CSP_CONFIG", CONFIG_NAME))
    written = tomllib.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
    rows = [
        (name, _shown(name, value), _origin(name, written, place))
        for name, value in _flat(settings)
    ]
    rows += [
        (name, "set, not shown" if os.environ.get(name) else "not set", "environment")
        for name in SECRETS
    ]
    console().print(grid("Settings in force", ("Setting", "Value", "From"), rows))
    if not settings.alerts.coordinator or not settings.mail.host:
        console().print(NOBODY)


def _flat(part: BaseModel, above: str = "") -> Iterator[tuple[str, Any]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            yield from _flat(value, f"{above}{name}.")
        elif isinstance(value, dict) and value:
            yield from ((f"{above}{name}.{key}", each) for key, each in value.items())
        else:
            yield f"{above}{name}", value


def _shown(name: str, value: Any) -> str:
    if value in ("", None, [], {}, ()):
        return "-"
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return _PASSWORD.sub("***", str(value)) if name == "warehouse_url" else str(value)


def _origin(name: str, written: Mapping[str, Any], place: Path) -> str:
    if os.environ.get(FROM_ENVIRONMENT.get(name, "")):
        return FROM_ENVIRONMENT[name]
    found: Any = written
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return "default"
        found = found[part]
    return str(place)
