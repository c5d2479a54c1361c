"""One module a partner export, and the list of them in the order of the report."""

from sources.partners.asb_actions import ASB_ACTIONS
from sources.partners.asb_cases import ASB_CASES
from sources.partners.cctv_log import CCTV_LOG
from sources.partners.fly_tips import FLY_TIPS
from sources.partners.grant_spend import GRANT_SPEND
from sources.partners.hfrs_incidents import HFRS_INCIDENTS
from sources.partners.official_crime import OFFICIAL_CRIME
from sources.partners.official_fly_tips import OFFICIAL_FLY_TIPS
from sources.partners.partner_return import PARTNER_RETURN
from sources.partners.police_crime import POLICE_CRIME
from sources.partners.street_crime import STREET_CRIME
from sources.spec import SourceSpec

SOURCES: tuple[SourceSpec, ...] = (
    GRANT_SPEND,
    POLICE_CRIME,
    STREET_CRIME,
    ASB_CASES,
    ASB_ACTIONS,
    CCTV_LOG,
    FLY_TIPS,
    HFRS_INCIDENTS,
    PARTNER_RETURN,
    OFFICIAL_CRIME,
    OFFICIAL_FLY_TIPS,
)


def source(code: str) -> SourceSpec:
    """Return a source by its code; an unknown code is a fault of the program."""
    return next(s for s in SOURCES if s.code == code)


def is_publication(code: str) -> bool:
    """Say whether a source is a national publication, which no partner sends; "" is none."""
    return any(layout.keeps_own for one in SOURCES if one.code == code for layout in one.layouts)


def is_download(code: str) -> bool:
    """Say whether a source is a file that its publisher gives to everybody; "" is none."""
    return any(one.is_download for one in SOURCES if one.code == code)
