"""Writes official workbooks from small text tables, in the layouts of Defra and the Home Office."""

from collections.abc import Sequence

from support.files import complete

from sources.sample.faults import books
from sources.sample.faults.page import Cell

LIST = [
    ["LA code", "LA name", "Region code", "Region name"],
    ["E07000240", "St Albans", "E12000006", "East"],
    ["E06000060", "Bournemouth, Christchurch and Poole (new)", "E12000009", "South West"],
]
PLACE = {"Year": "2020-21", "ONS Code": "E07000240", "LA Name": "St Albans", "Region": "East"}
INCIDENTS = PLACE | {"Total Incidents": "910"}
ACTIONS = PLACE | {
    "Total Actions": "352",
    "Investigation Actions": "337",
    "Warning Letter Actions": "0",
    "Statutory Notice Actions": "0",
    "Fixed Penalty Notices issued specifically for fly-tipping": "15",
    "Fixed Penalty Notices issued for Household Duty of Care": "0",
    "Duty of Care Inspection Actions": "0",
    "Formal Caution Actions": "0",
    "Prosecution Actions": "0",
    "Injunction Actions": "0",
}
FPN = "Fixed Penalty Notices issued specifically for fly-tipping"
CRIMES = {
    "Financial Year": "2020/21",
    "Financial Quarter": "1",
    "Force Name": "Hertfordshire",
    "CSP Name": "St Albans",
    "Offence Description": "Shoplifting",
    "Offence Group": "Theft offences",
    "Offence Subgroup": "Shoplifting",
    "Offence Code": "46",
    "Offence Count": "236",
}
Hidden = tuple[str, Sequence[Sequence[str]]]


def _cells(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    return [
        [int(text) if text.lstrip("-").isdigit() else text or None for text in row] for row in rows
    ]


def defra(
    incidents: str = "Year\n2020-21",
    actions: str = "Year\n2020-21",
    hidden: Sequence[Hidden] = (("Lookup_", LIST),),
) -> bytes:
    """Defra's workbook: two tables below a title and a banner, and what it hides."""
    title: list[list[Cell]] = [["Fly-tipping in England"], ["TOTAL"]]
    shown = [
        books.Sheet(name, [*title, *_cells(complete(rows, usual))])
        for name, rows, usual in (
            ("LA_incidents", incidents, INCIDENTS),
            ("LA_actions", actions, ACTIONS),
        )
        if rows
    ]
    return books.xlsx_bytes([*shown, *(books.Sheet(n, _cells(g), True) for n, g in hidden)])


def home_office(count: str = "Offence Count", **years: str) -> bytes:
    """The Home Office's workbook: a sheet a year (y2020_21); `count` heads its numbers."""
    usual = {count if name == "Offence Count" else name: text for name, text in CRIMES.items()}
    return books.xlsx_bytes(
        [
            books.Sheet(name.removeprefix("y"), _cells(complete(rows, usual)))
            for name, rows in years.items()
        ]
    )
