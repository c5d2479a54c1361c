"""The blank forms that partners are given."""

from datetime import date

from flows.settings import Settings
from schemas.period import Month
from sources.form import write_form

FORM = "partner-return.xlsx"


def write_forms(settings: Settings, today: date) -> None:
    """Write the blank form, with the periods of this financial year and the two around it."""
    year = Month.of(today).financial_year
    settings.forms.mkdir(parents=True, exist_ok=True)
    years = (year.year_before(), year, (year.span.last + 1).financial_year)
    write_form(settings.forms / FORM, settings.areas, years)
