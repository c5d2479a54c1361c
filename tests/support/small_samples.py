"""A small sample file of every source for which `support.desk` has no table of its own."""

import tempfile
from functools import cache
from pathlib import Path

from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear
from sources.form import write_form
from sources.sample import official, returns
from sources.sample.files import QUARTERLY, _within

YEAR = FinancialYear(2020)
WITHOUT_A_TABLE = ("grant_spend", "asb_cases", "asb_actions")
ROWS = 25


@cache
def small_files() -> dict[str, bytes]:
    """Return files by name: rows of April to June 2020, one partner's form, official tables."""
    quarter = YEAR.quarters[0]
    with tempfile.TemporaryDirectory() as folder:
        for sample in QUARTERLY:
            if sample.code in WITHOUT_A_TABLE:
                frame = sample.rows(YEAR, 2021)[sample.headings]
                rows = _within(frame, sample.dated_by, quarter.span).head(ROWS)
                path = Path(folder) / f"{sample.stem}-{quarter.slug}{sample.suffix}"
                sample.write(rows, ["Sample", ""], path)
        reporter, figures = next(iter(returns.forms(YEAR).items()))
        form = Path(folder) / f"partner-return-{reporter}-{YEAR.slug}.xlsx"
        write_form(form, ST_ALBANS, (YEAR,), figures, "")
        for name, content in (
            ("crime", official.crime_bytes(YEAR, 2021, "")),
            ("fly-tips", official.fly_tips_bytes(YEAR, "")),
        ):
            Path(folder, f"official-{name}-{YEAR.slug}.xlsx").write_bytes(content)
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
