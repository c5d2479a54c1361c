"""`csp.toml` and the environment: all that differs from one partnership to the next.

What stands in the environment (`CSP_HOME`, `CSP_WAREHOUSE_URL`, `CSP_FORMATS`) goes before the
file, the file before the defaults, which are those of St Albans; of another district they are
what the lists say of it.
"""

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from flows.settings_areas import Name, Partnership, misfits, said_of
from reports.cells import SMALL_BASE
from schemas.areas import Area, Home
from schemas.audience import Audience
from schemas.official import official_measures
from schemas.period import PeriodError, parse_quarter
from schemas.thresholds import Thresholds

CONFIG_NAME = "csp.toml"
FROM_ENVIRONMENT = {
    "home": "CSP_HOME", "warehouse_url": "CSP_WAREHOUSE_URL", "formats": "CSP_FORMATS",
}  # fmt: skip
"""Settings that the environment may give, and by which variable; it goes before the file."""
NO_FORMATS = "none"


def _time_of_day(time: str) -> str:
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", time):
        raise ValueError("a time of day is written as 06:30")
    if time.startswith("01:"):
        raise ValueError("not between 01:00 and 02:00, when clocks are changed")
    return time


def _quarter(written: str) -> str:
    try:
        return parse_quarter(written).code if written else ""
    except PeriodError:
        raise ValueError("a quarter is written as 2026-27-Q2") from None


Percent = Annotated[float, Field(ge=0, le=100)]
QuarterCode = Annotated[str, AfterValidator(_quarter)]
TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
DEFAULTS = Thresholds()


def _reconciled(measures: dict[str, float]) -> dict[str, float]:
    known = [measure.counterpart for measure in official_measures()]
    if unknown := [code for code in measures if code not in known]:
        raise ValueError(
            f"{', '.join(unknown)}: no official figure is known of it. Known are those of "
            f"{', '.join(known)}"
        )
    return measures


Tolerances = Annotated[dict[str, Percent], AfterValidator(_reconciled)]
"""By how many percent of the official figure ours may differ from it, by our measure."""


class SettingsError(Exception):
    """The configuration is wrong; the message lists every fault with its place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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
    official: Tolerances = {}


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


ONS_LICENCE = (
    "Boundaries: Office for National Statistics, licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right."
)


class Map(_Part):
    """The file of ward boundaries (GeoJSON) that packs for the partnership draw maps from, if any.

    `code_property` is the property that holds the GSS code of a ward, `licence` is printed under
    each map.
    """

    boundaries: Path | None = None
    code_property: Annotated[str, Field(max_length=60)] = ""
    licence: Annotated[str, Field(max_length=400)] = ONS_LICENCE

    @model_validator(mode="after")
    def _names_the_code(self) -> "Map":
        if self.boundaries is not None and not self.code_property:
            raise ValueError(
                "code_property must name the property that holds the wards' codes, such as WD25CD"
            )
        return self


Address = Annotated[str, Field(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$", max_length=254)]


class Alerts(_Part):
    """Who is told what, by e-mail address; nobody is where a list is empty.

    `data_team` hears of what went wrong here, too. Security notices go to `security` alone; where
    it is empty they go to the coordinator. `mails_a_day` is after how many letters a day what can
    wait is put into the next day's.
    """

    coordinator: list[Address] = []
    data_team: list[Address] = []
    security: list[Address] = []
    sender: Address = "csp@localhost"
    reply_to: Address | None = None
    reminder_days: Annotated[int, Field(ge=0, le=90)] = 14
    mails_a_day: Annotated[int, Field(ge=1, le=1000)] = 10


class Mail(_Part):
    """The mail server.

    The password stands in the environment, `CSP_MAIL_PASSWORD`, or in a Secret block of Prefect's
    server, which `password_block` names.
    """

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_block: Annotated[str, Field(pattern=r"^[a-z0-9-]*$")] = ""
    timeout_seconds: Annotated[int, Field(ge=1, le=300)] = 30


class Schedule(_Part):
    """When what is run, in local time (Europe/London); days of the month, times as 06:30.

    The hour from 01:00 to 02:00 is left out: once a year it is skipped, once it comes twice.
    """

    receive: TimeOfDay = "06:30"
    watch: TimeOfDay = "07:30"
    quarter_end: TimeOfDay = "06:00"
    quarter_end_day: Annotated[int, Field(ge=1, le=28)] = 15
    year_end: TimeOfDay = "06:00"
    year_end_day: Annotated[int, Field(ge=1, le=28)] = 15
    year_end_month: Annotated[int, Field(ge=4, le=12)] = 5


class Server(_Part):
    """The Prefect server that `csp serve` starts: where runs, and people's browsers, find it.

    Its pages ask for no password: whoever can reach the address can start and stop runs.
    """

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:-]+$")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 4200

    @property
    def address(self) -> str:
        """Where this machine finds it."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


class Settings(_Part):
    """All settings in force.

    `audience` is whom packs are made for. `partners` gives the name of who sends a source, by its
    code. `due_days` gives the days after a quarter's end by which its file is due, where that is
    not the end of the next quarter; 0: nothing is expected. `expected_from` is the first quarter of
    which partners owe their exports; where it is "", they owe what was due on the day on which the
    first file came, or later. `limits` are those by which a delivery
    is judged as a whole, `numbers` how figures are printed. `retention` is the age that `csp purge`
    goes by. `formats` are those that a pack is printed in beside its page, `map` the boundaries
    that wards are drawn in. `alerts`, `mail` and `schedule` say who is told of what, by which
    server, and when what is run; `server` is where the server is that keeps to the schedule.
    """

    home: Path = Path("csp-data")
    warehouse_url: str = ""
    audience: Audience = Audience.PUBLIC
    partnership: Partnership = Partnership()
    partners: dict[str, Name] = {}
    due_days: dict[str, Annotated[int, Field(ge=0, le=366)]] = {}
    expected_from: QuarterCode = ""
    limits: Limits = Limits()
    numbers: Numbers = Numbers()
    retention: Retention = Retention()
    narrative_folder: Path | None = None
    log_folder: Path | None = None
    sign_off: SignOff = SignOff()
    map: Map = Map()
    formats: tuple[Literal["pdf", "xlsx", "docx"], ...] = ("pdf", "xlsx", "docx")
    alerts: Alerts = Alerts()
    mail: Mail = Mail()
    schedule: Schedule = Schedule()
    server: Server = Server()

    @property
    def senders(self) -> dict[str, str]:
        """Who sends each source, by its code: as `partners` has it, or as is usual."""
        from sources.partners import SOURCES  # noqa: PLC0415 - pandas is not needed to read settings

        return {s.code: s.sender(self.areas) for s in SOURCES} | self.partners

    @property
    def narrative(self) -> Path:
        """Where partners' texts are, a folder a year."""
        return self.narrative_folder or self.home / "narrative"

    @property
    def log(self) -> Path:
        """Where the log is, a file a month."""
        return self.log_folder or self.home / "log"

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
    def forms(self) -> Path:
        """Where the blank forms for partners are."""
        return self.home / "forms"

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
            region=Area(p.region_code, p.region_name) if p.region_code else None,
            health=Area(p.health_code, p.health_name) if p.health_code else None,
            locality=Area(p.locality_code, p.locality_name) if p.locality_code else None,
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
    for name, variable in FROM_ENVIRONMENT.items():
        given = os.environ.get(variable)
        if given and name == "formats":
            values[name] = [] if given == NO_FORMATS else given.split(",")
        elif given:
            values[name] = given
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        # The faulty input is left out of the message: an address may hold a password.
        told = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: "
            f"{said_of(fault['type'], fault['loc'], fault['msg'], Settings)}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError(f"{place}: {told}.") from None
    if wrong := misfits(settings.partnership):
        raise SettingsError(f"{place}: {wrong}")
    if settings.partners or settings.due_days:
        _refuse_unknown_sources(settings, place)
    return settings


def _refuse_unknown_sources(settings: Settings, place: Path) -> None:
    """Raise `SettingsError` where something is set for a source that there is not."""
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
