"""What programs are told of the CSV files of a pack."""

import csv
import io
import json
from dataclasses import replace

from support.documents import document

from reports.formats.csvs import (
    BUDGET_COLUMNS,
    COLUMNS,
    OFFICIAL_COLUMNS,
    REVISION_COLUMNS,
    TREND_COLUMNS,
    WARD_COLUMNS,
    to_csv,
)
from reports.formats.data_package import MEANINGS, data_package
from schemas.period import Quarter

Q4 = Quarter(2020, 4)


def told(**changes: object) -> dict:
    document_ = replace(document(period=Q4), **{"is_draft": False} | changes)
    return json.loads(data_package(document_, Q4, "pack", ["revisions.csv"]))


def test_every_column_has_a_type_and_a_meaning_and_no_other_has():
    assert set(MEANINGS) == {
        *COLUMNS, *BUDGET_COLUMNS, *REVISION_COLUMNS, *TREND_COLUMNS, *OFFICIAL_COLUMNS,
        *WARD_COLUMNS,
    }  # fmt: skip
    assert all(sentence.endswith(".") for _, sentence in MEANINGS.values())


def test_a_package_names_licence_publisher_and_months():
    package = told()
    assert [licence["name"] for licence in package["licenses"]] == ["OGL-UK-3.0"]
    assert package["contributors"] == [{"title": "It fell.", "role": "publisher"}]
    assert package["period"] == {
        "code": "2020-21-Q4", "label": "Jan to Mar 2021", "start": "2021-01-01",
        "end": "2021-03-31",
    }  # fmt: skip


def test_what_is_not_for_everybody_has_no_licence_and_says_who_may_have_it():
    kept = told(handling="For the partnership only.")
    assert "licenses" not in kept
    assert kept["handling"] == "For the partnership only."
    assert "licenses" not in told(is_draft=True)


def test_each_csv_file_is_described_as_it_is():
    tables = {table.csv: table for table in document(period=Q4).tables}
    package = told()
    paths = [resource["path"] for resource in package["resources"]]
    assert paths == [*tables, "revisions.csv"]
    for resource in package["resources"][:-1]:
        table = tables[resource["path"]]
        header, *rows = csv.reader(io.StringIO(to_csv(table.filled)))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        for row in rows:
            for field, text in zip(fields, row, strict=True):
                if text and field["type"] != "string":
                    float(text)
        marks = {m for row in csv.DictReader(io.StringIO(to_csv(table.filled)))
                 for name in row if name.endswith("mark") for m in row[name].split()}  # fmt: skip
        assert marks <= set(resource["marks"])
        assert {row[1] for row in rows} == {m["code"] for m in resource["measures"]}
        assert resource["notes"] == list(table.notes)


def test_units_are_those_of_the_measures():
    police = told()["resources"][0]
    assert police["measures"][0] == {
        "code": "all-crime", "label": "All crime", "unit": "recorded crimes",
    }  # fmt: skip
