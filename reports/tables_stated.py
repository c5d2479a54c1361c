"""The published tables of figures that partners state on the partnership's form."""

from reports.spec import Level, Row, TableSpec


def _returned(
    code: str, section: str, title: str, reporter: str, rows: tuple[Row, ...], *notes: str
) -> TableSpec:
    """Declare a table of figures that a partner states on the partnership's form."""
    return TableSpec(
        code, section, title, "Measure", "partner_return", rows, notes, reporter=reporter
    )


PARTNERSHIP = _returned(
    "partnership", "The partnership", "The partnership", "office",
    tuple(
        Row(code)
        for code in (
            "partner-agencies", "partnership-meetings", "partnership-priorities", "schools-funded",
        )
    ),
)  # fmt: skip
NEIGHBOURHOOD = _returned(
    "neighbourhood-policing", "Police recorded crime", "Neighbourhood policing", "policing",
    tuple(
        Row(code)
        for code in (
            "neighbourhood-officers", "neighbourhood-followers", "police-cadets", "echo-feedback",
        )
    ),
    "Feedback through Echo is a total since it began: it has no change from one date to another.",
)  # fmt: skip
CCTV_ESTATE = _returned(
    "cctv-estate", "CCTV", "CCTV cameras", "cctv",
    (Row("cctv-locations"), Row("cctv-redeployable-systems")),
)  # fmt: skip
INVESTIGATIONS = _returned(
    "fly-tipping-investigations", "Fly-tipping", "Fly-tips under investigation", "flytips",
    (Row("fly-tips-under-investigation"),),
    "Investigations that are open at the date, whenever the fly-tip was reported.",
)  # fmt: skip
PROBATION = _returned(
    "probation", "Probation", "National Probation Service", "probation",
    (Row("probation-accommodation", level=Level.REGION),),
    "The service has this figure for the whole region; nothing follows from it for the district.",
)  # fmt: skip
TRADING_STANDARDS = _returned(
    "trading-standards", "Trading standards", "Trading Standards", "trading",
    tuple(
        Row(code, level=Level.COUNTY)
        for code in (
            "trading-standards-interventions", "rogue-trader-money-stopped", "call-blockers",
        )
    ),
    "Call blockers are a total since the scheme began: it has no change from one date to another.",
)  # fmt: skip
SAFE_AND_WELL = _returned(
    "safe-and-well", "Fire and rescue", "Visits of the fire and rescue service", "fire",
    (Row("safe-and-well-visits"), Row("shielding-visits")),
)  # fmt: skip
HEALTH = _returned(
    "health", "Health", "Health", "health",
    (
        Row("thrive-patients", level=Level.LOCALITY),
        Row("thrive-mental-health-percent", level=Level.LOCALITY, note=1),
        Row("respiratory-hubs", level=Level.HEALTH),
    ),
    "The percentage is of presentations, not of patients, and is given as the service reports it: "
    "the counts behind it were not given.",
)  # fmt: skip
