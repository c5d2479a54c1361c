"""The commented csp.toml that `csp init` writes: every setting with its default."""

from flows.settings import DEFAULTS, ONS_LICENCE, Alerts, Mail, Schedule, Server
from flows.settings_areas import Partnership
from reports.cells import SMALL_BASE
from schemas.audience import Audience
from schemas.measures_official import CRIME_TOLERANCE_PERCENT

EXAMPLE = f"""\
# Settings of csp. Every line that starts with "# " and a name shows a default; change it by taking
# the "# " away. CSP_HOME and CSP_WAREHOUSE_URL in the environment go before what stands here.

# Where inbox/, archive/, packs/, receipts/ and warehouse.db are, seen from the folder that csp
# is run in.
# home = "csp-data"

# Another warehouse than the SQLite file in home, for example
# warehouse_url = "postgresql+psycopg://user@host/database"

# For whom packs are made, where the command does not say: "public" leaves out counts of 1 to 4 and
# what would give them away; "partnership" has every figure, and is not for publication.
# audience = "{Audience.PUBLIC.value}"

# Where partners' texts for the annual report are, a folder a year (narrative/2020-21/police.md);
# left out, narrative/ in home.
# narrative_folder = "narrative"

# Where the log is: a file a month, a line an event, without anything that stands in a partner's
# cells; left out, log/ in home.
# log_folder = "log"

# What a pack is printed in beside its page. The PDF needs the library pango of the system.
# CSP_FORMATS in the environment goes before it, as "pdf,xlsx" or "none".
# formats = ["pdf", "xlsx", "docx"]

# The first quarter of which partners owe you their exports, as "2026-27-Q2": nobody is told that an
# earlier one is overdue. Left out, they owe whatever was not overdue already on the day on which
# the first file was received: who begins today is not owed the years before.
# expected_from = ""

[partnership]
# Another district than St Albans: district_code alone is enough (schemas/codes/districts.csv has
# them). The name, the county, the force and the region follow from it; there is no area of the
# health service and no locality then, unless you name them. What you write here goes before it.
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
# Areas for which partners state figures: the region, the health service's area, and the locality (a
# code of our own: L and eight digits). "" as a code where nobody does.
# region_code = "{Partnership().region_code}"
# region_name = "{Partnership().region_name}"
# health_code = "{Partnership().health_code}"
# health_name = "{Partnership().health_name}"
# locality_code = "{Partnership().locality_code}"
# locality_name = "{Partnership().locality_name}"

[partners]
# Who sends each export, as printed in packs and messages. Another district than St Albans writes
# its own here; left out, they are "the council (CCTV)", "the fire and rescue service" and the like.
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
# By how many percent of the official figure ours of a whole year may differ from it before the pack
# of the year is held, by measure (csp dictionary lists them). Left out, it is 0 for fly-tipping,
# which the council itself reports, and {CRIME_TOLERANCE_PERCENT} for recorded crime.
# official.fly-tips = 0
# official.all-crime = {CRIME_TOLERANCE_PERCENT}

[numbers]
# From an earlier figure below this one no percentage is printed, but the counts, the change, and
# [u]: of 6 injuries, one more is a rise of 17 per cent. 0 prints them all.
# small_base = {SMALL_BASE}

[map]
# Boundaries of the wards, from which packs for the partnership draw maps: a GeoJSON file in
# longitude and latitude, as the ONS's Open Geography Portal gives it, of the wards that were in
# force in the months of the pack. Seen from the folder that csp is run in; left out, no maps.
# boundaries = "geo/wards.geojson"
# The property of the file that holds the code of a ward (E05...).
# code_property = "WD25CD"
# What is printed under each map; the ONS asks for the year of the boundaries at its end.
# licence = "{ONS_LICENCE}"

[retention]
# After how many months csp purge removes received bytes; left out, it asks each time. Whatever the
# information sharing agreement says.
# months = 24

[sign_off]
# Who answers for a pack; a name, and the day if you like. Left out, the pack says "Not signed".
# analyst = "Ann Field, 12 May 2021"
# assurer = ""
# approver = ""

[alerts]
# Who is told by e-mail: lists of addresses. The coordinator hears of every file that is rejected or
# held, of what is due and overdue, of packs, and of runs that failed or did not happen.
# coordinator = ["coordinator@example.org"]
# The data team hears of failed and missing runs and of trouble with disk or warehouse as well.
# data_team = ["data@example.org"]
# Security notices (personal data where there must be none) go here alone; to the coordinator
# where this is empty.
# security = ["information-governance@example.org"]
# sender = "{Alerts().sender}"
# reply_to = "data@example.org"
# How many days before an export is due its partner is to be reminded.
# reminder_days = {Alerts().reminder_days}
# After so many letters a day, what can wait goes into one letter of the next day.
# mails_a_day = {Alerts().mails_a_day}

[mail]
# The mail server. The password is read from CSP_MAIL_PASSWORD in the environment; where that is not
# set, from the Secret block of this name on Prefect's server. No file of csp holds it.
# password_block = "{Mail().password_block}"
# host = "smtp.example.org"
# port = {Mail().port}
# "starttls", "tls", or "none" (only on this machine or a network that is trusted).
# security = "{Mail().security}"
# user = "csp"
# timeout_seconds = {Mail().timeout_seconds}

[schedule]
# When csp serve runs what, in local time; not between 01:00 and 02:00.
# receive = "{Schedule().receive}"
# watch = "{Schedule().watch}"
# The pack of a quarter is made on this day of January, April, July and October.
# quarter_end = "{Schedule().quarter_end}"
# quarter_end_day = {Schedule().quarter_end_day}
# The pack of a year (April to March) is made on this day.
# year_end = "{Schedule().year_end}"
# year_end_day = {Schedule().year_end_day}
# year_end_month = {Schedule().year_end_month}

[server]
# Where csp serve puts its Prefect server and that one's pages. They ask for no password, so that
# only this machine reaches them; anybody who can reach another address can start and stop runs.
# Where PREFECT_API_URL is set in the environment, that server is used and none is started.
# host = "{Server().host}"
# port = {Server().port}
"""


def example() -> str:
    """Return the commented csp.toml: every setting with its default, and every source."""
    from sources.partners import SOURCES  # noqa: PLC0415 - pandas is not needed to read settings

    return EXAMPLE.format(partners="\n".join(f'# {s.code} = "{s.partner}"' for s in SOURCES))
