"""A table of texts, as great-tables makes it: the same bytes, whatever the texts came in."""

import pandas as pd
import pytest
from great_tables import GT

from reports.formats.great import great_table

CELLS = {
    "month": ["Apr 2020", "May & June <2020>", "None"],
    "area": ["Here", "Here", "There"],
    "rows": ["1,204", "", "<b>7</b>"],
    "note": ["a b", "–", "nan"],
}


@pytest.mark.parametrize("groups", ["", "area"])
def test_an_arrow_table_is_printed_as_a_pandas_frame_is(groups: str):
    # great-tables calls its support of Arrow experimental: this holds it to what it does elsewhere.
    given = GT(pd.DataFrame(CELLS), id="months", rowname_col="month", groupname_col=groups or None)
    ours = great_table(CELLS, "months", stub="month", groups=groups)
    printed = [
        table.tab_stubhead(label="Month").cols_align("right", columns=["rows"])
        .fmt(lambda drawn: drawn, columns="rows").as_raw_html()
        for table in (given, ours)
    ]  # fmt: skip
    assert printed[0] == printed[1]
    assert "May &amp; June &lt;2020&gt;" in printed[1]
    assert "<b>7</b>" in printed[1]
