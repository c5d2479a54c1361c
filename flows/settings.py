"""`csp.toml` and the environment: all that differs from one partnership to the next.

What stands in the environment (`CSP_HOME`, `CSP_WAREHOUSE_URL`) goes before the file, the file
before the defaults, which are those of St Albans.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.areas import ST_ALBANS, Area, Home

CONFIG_NAME = "csp.toml"

GssCode = Annotated[str, Field(pattern=r"^[EW][0-9]{8}$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class SettingsError(Exception):
    """The configuration is wrong; the message lists every fault with its place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Partnership(_Part):
    """Who we are and where: names as printed, areas by GSS code."""

    name: Name = "St Albans Community Safety Partnership"
    district_code: GssCode = ST_ALBANS.district.code
    district_name: Name = ST_ALBANS.district.name
    county_code: GssCode = ST_ALBANS.county.code
    county_name: Name = ST_ALBANS.county.name
    force_code: GssCode = ST_ALBANS.force.code
    force_name: Name = ST_ALBANS.force.name
    force_slug: Annotated[str, Field(pattern=r"^[a-z-]+$")] = ST_ALBANS.force_slug


class Settings(_Part):
    """All settings in force. `partners` gives the name of who sends a source, by its code."""

    home: Path = Path("csp-data")
    warehouse_url: str = ""
    partnership: Partnership = Partnership()
    partners: dict[str, Name] = {}

    @property
    def inbox(self) -> Path:
        """Where partners' files are put."""
        return self.home / "inbox"

    @property
    def archive(self) -> Path:
        """Where received bytes are kept."""
        return self.home / "archive"

    @property
    def packs(self) -> Path:
        """Where packs are written."""
        return self.home / "packs"

    @property
    def corrections(self) -> Path:
        """Where corrections are on record."""
        return self.home / "corrections"

    @property
    def database(self) -> Path:
        """The SQLite warehouse, where no other address is set."""
        return self.home / "warehouse.db"

    @property
    def areas(self) -> Home:
        """The partnership's areas."""
        p = self.partnership
        return Home(
            district=Area(p.district_code, p.district_name),
            county=Area(p.county_code, p.county_name),
            force=Area(p.force_code, p.force_name),
            force_slug=p.force_slug,
        )


def load_settings(config: Path | None = None) -> Settings:
    """Read the settings; raises `SettingsError` with every fault of them at once."""
    place = config or Path(os.environ.get("CSP_CONFIG", CONFIG_NAME))
    values: dict[str, Any] = {}
    if place.is_file():
        try:
            values = tomllib.loads(place.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{place}: {error}") from None
    elif config or "CSP_CONFIG" in os.environ:
        raise SettingsError(f"{place}: there is no such file.")
    for name, variable in (("home", "CSP_HOME"), ("warehouse_url", "CSP_WAREHOUSE_URL")):
        if os.environ.get(variable):
            values[name] = os.environ[variable]
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        # The faulty input is left out of the message: an address may hold a password.
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError(f"{place}: {faults}.") from None
    from sources.partners import SOURCES  # noqa: PLC0415 - pandas is not needed to read settings

    unknown = sorted(set(settings.partners) - {source.code for source in SOURCES})
    if unknown:
        known = ", ".join(source.code for source in SOURCES)
        raise SettingsError(f"{place}: partners.{unknown[0]} is no source. Sources are {known}.")
    return settings


EXAMPLE = f"""\
# Settings of csp. Every line that starts with "# " and a name shows a default; change it by taking
# the "# " away. CSP_HOME and CSP_WAREHOUSE_URL in the environment go before what stands here.

# Where inbox/, archive/, packs/ and warehouse.db are, from the folder that csp is run in.
# home = "csp-data"

# Another warehouse than the SQLite file in home, for example
# warehouse_url = "postgresql+psycopg://user@host/database"

[partnership]
# name = "{Partnership().name}"
# Areas by their GSS code and printed name.
# district_code = "{Partnership().district_code}"
# district_name = "{Partnership().district_name}"
# county_code = "{Partnership().county_code}"
# county_name = "{Partnership().county_name}"
# force_code = "{Partnership().force_code}"
# force_name = "{Partnership().force_name}"
# The force as data.police.uk writes it in file names.
# force_slug = "{Partnership().force_slug}"

[partners]
# Who sends each export, as printed in packs and messages.
# police_crime = "Hertfordshire Constabulary"
# street_crime = "data.police.uk"
# cctv_log = "St Albans City and District Council (CCTV)"
# fly_tips = "St Albans City and District Council (environmental enforcement)"
# hfrs_incidents = "Hertfordshire Fire and Rescue Service"
"""
