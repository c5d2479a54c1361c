"""`csp.toml` and the environment: all that differs from one partnership to the next.

What stands in the environment (`CSP_HOME`, `CSP_WAREHOUSE_URL`) goes before the file, the file
before the defaults, which are those of St Albans.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reports.cells import SMALL_BASE
from schemas.areas import ST_ALBANS, Area, Home
from schemas.thresholds import Thresholds

CONFIG_NAME = "csp.toml"

GssCode = Annotated[str, Field(pattern=r"^[EW][0-9]{8}$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Percent = Annotated[float, Field(ge=0, le=100)]
DEFAULTS = Thresholds()


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


class Limits(_Part):
    """The limits by which a delivery is judged as a whole; see `schemas.plausibility`."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    rejected: Percent = DEFAULTS.rejected
    repeated: Percent = DEFAULTS.repeated
    outside_area: Percent = DEFAULTS.outside_area
    outside_months: Percent = DEFAULTS.outside_months
    unmapped: Percent = DEFAULTS.unmapped
    unplaced_jump: Percent = DEFAULTS.unplaced_jump
    thin: Percent = DEFAULTS.thin
    unit_ratio: Annotated[float, Field(gt=1, le=100)] = DEFAULTS.unit_ratio
    robust: Annotated[float, Field(gt=0, le=100)] = DEFAULTS.robust
    usual_share: Annotated[float, Field(gt=0, le=1000)] = DEFAULTS.usual_share
    vanished: Percent = DEFAULTS.vanished
    other_period: Percent = DEFAULTS.other_period
    moved: Percent = DEFAULTS.moved
    moved_least: Annotated[int, Field(ge=1)] = DEFAULTS.moved_least
    small_category: Annotated[int, Field(ge=0, le=1000)] = DEFAULTS.small_category


class Numbers(_Part):
    """How figures are printed: from an earlier one below `small_base` no percentage is given."""

    small_base: Annotated[int, Field(ge=0, le=1000)] = SMALL_BASE


class Retention(_Part):
    """How long received bytes and personal columns are kept; None: nothing is agreed."""

    months: Annotated[int, Field(ge=1, le=1200)] | None = None


class SignOff(_Part):
    """Who answers for a pack, by role; "" where nobody has signed."""

    analyst: Annotated[str, Field(max_length=120)] = ""
    assurer: Annotated[str, Field(max_length=120)] = ""
    approver: Annotated[str, Field(max_length=120)] = ""


class Settings(_Part):
    """All settings in force.

    `partners` gives the name of who sends a source, by its code. `due_days` gives the days after
    a quarter's end by which its file is due, where that is not the end of the next quarter; 0:
    nothing is expected. `limits` are those by which a delivery is judged as a whole, `numbers` how
    figures are printed. `retention` is the age that `csp purge` goes by.
    """

    home: Path = Path("csp-data")
    warehouse_url: str = ""
    partnership: Partnership = Partnership()
    partners: dict[str, Name] = {}
    due_days: dict[str, Annotated[int, Field(ge=0, le=366)]] = {}
    limits: Limits = Limits()
    numbers: Numbers = Numbers()
    retention: Retention = Retention()
    narrative_folder: Path | None = None
    sign_off: SignOff = SignOff()

    @property
    def narrative(self) -> Path:
        """Where partners' texts are, a folder a year."""
        return self.narrative_folder or self.home / "narrative"

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
    def receipts(self) -> Path:
        """Where receipts for partners are written, a folder a delivery."""
        return self.home / "receipts"

    @property
    def database(self) -> Path:
        """The SQLite warehouse, where no other address is set."""
        return self.home / "warehouse.db"

    @property
    def thresholds(self) -> Thresholds:
        """The limits by which a delivery is judged as a whole."""
        return Thresholds(**self.limits.model_dump())

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


CHECKS_ON = {
    "PANDERA_VALIDATION_ENABLED": ("true", "True", "1"),
    "PANDERA_VALIDATION_DEPTH": ("SCHEMA_AND_DATA",),
}
"""Pandera reads these when it is loaded: any other value would let every row through unchecked."""


def _refuse_without_checks() -> None:
    for name, allowed in CHECKS_ON.items():
        if name in os.environ and os.environ[name] not in allowed:
            raise SettingsError(
                f"{name} switches the checks off; csp does not run without them. Unset it."
            )


def load_settings(config: Path | None = None) -> Settings:
    """Read the settings; raises `SettingsError` with every fault of them at once."""
    _refuse_without_checks()
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
        told = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError(f"{place}: {told}.") from None
    from sources.partners import SOURCES  # noqa: PLC0415 - pandas is not needed to read settings

    codes = [source.code for source in SOURCES]
    faults = [
        f"{table}.{name} is no source"
        for table, named in (("partners", settings.partners), ("due_days", settings.due_days))
        for name in named
        if name not in codes
    ]
    if faults:
        raise SettingsError(f"{place}: {'; '.join(faults)}. Sources are {', '.join(codes)}.")
    return settings


EXAMPLE = f"""\
# Settings of csp. Every line that starts with "# " and a name shows a default; change it by taking
# the "# " away. CSP_HOME and CSP_WAREHOUSE_URL in the environment go before what stands here.

# Where inbox/, archive/, packs/, receipts/ and warehouse.db are, seen from the folder that csp
# is run in.
# home = "csp-data"

# Another warehouse than the SQLite file in home, for example
# warehouse_url = "postgresql+psycopg://user@host/database"

# Where partners' texts for the annual report are, a folder a year (narrative/2020-21/police.md);
# left out, narrative/ in home.
# narrative_folder = "narrative"

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
{{partners}}

[due_days]
# A quarter's file is due by the end of the next quarter (SI 2007/1831). Another date, in days after
# the quarter's end; 0 where nothing is expected.
# fly_tips = 30

[limits]
# When a delivery is held back from publication until somebody has asked the partner. Percentages of
# the rows of a file: rejected, standing twice, outside the area or the months, with unknown codes.
# rejected = {DEFAULTS.rejected}
# repeated = {DEFAULTS.repeated}
# outside_area = {DEFAULTS.outside_area}
# outside_months = {DEFAULTS.outside_months}
# unmapped = {DEFAULTS.unmapped}
# How many percentage points more rows without a location than usual are told.
# unplaced_jump = {DEFAULTS.unplaced_jump}
# A month with less than this percentage of the usual rows is taken to be incomplete.
# thin = {DEFAULTS.thin}
# A month with this many times the usual rows, or this part of them, is taken to count another unit.
# unit_ratio = {DEFAULTS.unit_ratio}
# A month is unusual where it lies further from the median of the twelve nearest ones than all of:
# this many scaled median absolute deviations (and square roots), this percentage of the median.
# robust = {DEFAULTS.robust}
# usual_share = {DEFAULTS.usual_share}
# Percentage of earlier references that may be missing, and that may come from another period.
# vanished = {DEFAULTS.vanished}
# other_period = {DEFAULTS.other_period}
# A resend may move a figure of a quarter by this percentage, or by fewer cases than moved_least.
# moved = {DEFAULTS.moved}
# moved_least = {DEFAULTS.moved_least}
# A rejected row of a category with fewer cases than this in the quarter holds the quarter.
# small_category = {DEFAULTS.small_category}

[numbers]
# From an earlier figure below this one no percentage is printed, but the counts, the change, and
# [u]: of 6 injuries, one more is a rise of 17 per cent. 0 prints them all.
# small_base = {SMALL_BASE}

[retention]
# After how many months csp purge removes received bytes; left out, it asks each time. Whatever the
# information sharing agreement says.
# months = 24

[sign_off]
# Who answers for a pack; a name, and the day if you like. Left out, the pack says "Not signed".
# analyst = "Ann Field, 12 May 2021"
# assurer = ""
# approver = ""
"""


def example() -> str:
    """Return the commented csp.toml: every setting with its default, and every source."""
    from sources.partners import SOURCES  # noqa: PLC0415 - pandas is not needed to read settings

    return EXAMPLE.format(partners="\n".join(f'# {s.code} = "{s.partner}"' for s in SOURCES))
