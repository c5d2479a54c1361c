"""The records: found by themselves, each with an identity that names its own columns."""

from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of, records, schema_of


def test_every_record_is_known_by_the_code_of_its_source():
    assert list(RECORDS) == [
        "asb_actions",
        "asb_cases",
        "cctv_log",
        "fly_tips",
        "grant_spend",
        "hfrs_incidents",
        "official_crime",
        "official_fly_tips",
        "partner_return",
        "police_crime",
        "street_crime",
    ]
    assert records() == RECORDS
    assert {source: identity_of(record).source for source, record in RECORDS.items()} == {
        source: source for source in RECORDS
    }


def test_keys_and_dates_are_columns_and_facts_are_not_shared():
    faults = []
    for source, record in RECORDS.items():
        identity, fields = identity_of(record), fields_of(record)
        faults += [f"{source}: key {k} is no column" for k in identity.key if k not in fields]
        if not fields[identity.dated_by].required:
            faults.append(f"{source}: a row may lack {identity.dated_by}, which dates it")
        if fields[identity.dated_by].dtype != "datetime64[ns]":
            faults.append(f"{source}: {identity.dated_by} is no date")
    assert faults == []
    assert len({identity_of(record).fact for record in RECORDS.values()}) == len(RECORDS)


def test_only_declared_columns_exist_and_each_schema_is_built_once():
    for record in RECORDS.values():
        assert schema_of(record).strict is True
        assert schema_of(record) is schema_of(record)


def test_only_street_crime_may_lack_a_district():
    assert [s for s, r in RECORDS.items() if not fields_of(r)["lad_code"].required] == [
        "street_crime"
    ]
