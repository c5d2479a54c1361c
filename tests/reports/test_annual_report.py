"""The annual report and the quarterly extras: chapters, texts, data quality, sign-off."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import insert

from reports.chapters import CHAPTERS, chapter_sections, name_fault
from reports.checks import audit_faults, checks_of
from reports.document import Grid, Section, every_section, plain
from reports.edition import Answer
from reports.gathering import as_it_is
from reports.narrative.references import Quotable
from reports.narrative.written import NarrativeError
from reports.pack import document_of
from reports.papers import NO_PAPERS, CorrectionLine, Papers, SignOff, Text
from reports.quality import (
    QualityLog,
    deliveries_section,
    quality_log,
    scorecard_section,
    sign_off_section,
)
from reports.sections import held_section, missing_section
from reports.tables import POLICE, TABLES
from schemas.period import FinancialYear, Month, Quarter, Span
from warehouse.read import deliveries
from warehouse.releases import releases
from warehouse.tables import ISSUE

YEAR, Q1 = FinancialYear(2020), Quarter(2020, 1)
POLICE_TEXT = Text("police", "2020-21/police.md", "Crime {{ all-crime.moved }}.\n\n## Team\n\nOne.")
SIGNED = (SignOff("Analyst", "Ann Field, 12 May 2021"), SignOff("Approver", ""))


def document(shelf, period, **changes):
    return document_of(as_it_is(shelf.engine, shelf.order(period, **changes)))


def words_of(section: Section) -> str:
    """All that a section says in paragraphs, its subsections left out."""
    return " ".join(block.text for block in section.blocks if hasattr(block, "text"))


def section(told, anchor: str) -> Section:
    return next(s for s in every_section(told.sections) if s.anchor == anchor)


def grid(told, anchor: str) -> Grid:
    found = [b for s in every_section(told.sections) for b in s.blocks if isinstance(b, Grid)]
    return next(block for block in found if block.anchor == anchor)


# --- the annual report -------------------------------------------------------------------------


def test_the_chapters_stand_in_the_order_of_the_report_and_are_numbered(shelf):
    told = document(shelf, YEAR)
    assert [s.heading for s in told.sections] == [
        "1 The partnership and its priorities",
        "2 Projects and funding",
        "3 Police recorded crime and neighbourhood policing",
        "4 Anti-social behaviour",
        "5 CCTV",
        "6 Fly-tipping",
        "7 Probation",
        "8 Trading standards",
        "9 Fire and rescue",
        "10 Young people",
        "11 Health",
        "12 Month by month",
        "13 Revisions",
        "14 Data quality",
        "15 What the partners sent",
    ]


def test_every_table_stands_in_a_chapter():
    """A table whose section no chapter names would stand behind the last one."""
    placed = {title for chapter in CHAPTERS for title in chapter.sections}
    assert [spec.code for spec in TABLES if spec.section not in placed] == []


def test_a_text_that_did_not_come_is_said_by_the_name_of_its_author(shelf):
    told = document(shelf, YEAR)
    assert words_of(section(told, "chapter-police")).startswith(
        "No text was received from Hertfordshire Constabulary."
    )
    assert words_of(section(told, "chapter-health")).startswith(
        "No text was received from health services."
    )


def test_a_text_stands_before_its_tables_and_its_headings_are_subsections(shelf):
    shelf.set("all-crime", since_2020_04=(10,) * 12, since_2019_04=(12,) * 12)
    told = document(shelf, YEAR, papers=Papers((POLICE_TEXT,)))
    chapter = section(told, "chapter-police")
    assert chapter.blocks[0].text == "Crime fell from 144 to 120, by 24 (16.7%)."
    assert [s.heading for s in chapter.subsections] == ["3.1 Team"]
    assert [table.label for table in chapter.tables] == ["Table 4", "Table 5", "Table 6"]


def test_a_wrong_reference_freezes_and_writes_nothing(shelf):
    wrong = Text("police", "2020-21/police.md", "{{ all-crimes.value }}")
    with pytest.raises(NarrativeError):
        shelf.publish(YEAR, papers=Papers((wrong,)))
    assert not shelf.packs.exists()
    assert releases(shelf.engine) == []


def test_texts_are_frozen_and_print_again_to_the_byte(shelf):
    shelf.set("all-crime", since_2020_04=(10,) * 12, since_2019_04=(12,) * 12)
    papers = Papers((POLICE_TEXT,), SIGNED, (CorrectionLine("a", "b", "c", "d", "e", ""),))
    first = shelf.publish(YEAR, papers=papers)
    manifest = json.loads((first.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["texts"] == [
        {
            "section": "police", "file": "2020-21/police.md", "content": POLICE_TEXT.content,
            "sha256": POLICE_TEXT.sha256,
        }
    ]  # fmt: skip
    page = (first.folder / "index.html").read_bytes()
    again = shelf.publish(YEAR, papers=papers, at=datetime(2021, 5, 1))
    assert (again.is_new, again.differing) == (False, ())
    assert (again.folder / "index.html").read_bytes() == page


@pytest.mark.parametrize(
    "changed", [Papers((POLICE_TEXT,), SIGNED), Papers((), (SignOff("Analyst", "Ann Field"),))]
)
def test_another_text_or_signature_is_another_release(shelf, changed):
    """The figures are the same: without this a text put right would never be published."""
    assert shelf.publish(YEAR, papers=Papers((), SIGNED)).edition.release == 1
    assert shelf.publish(YEAR, papers=changed).edition.release == 2


def test_a_number_that_is_no_reference_is_told_with_its_place(shelf):
    text = Text("police", "2020-21/police.md", "The team has 40 officers.")
    pack = shelf.publish(YEAR, papers=Papers((text,)))
    (said,) = pack.unbound
    assert said.startswith("2020-21/police.md, line 1: the number 40 is no reference.")
    checks = grid(document_of(pack.edition), "checks-table").rows
    assert checks[-1][1:] == (said, "NO")


def test_a_file_of_another_name_is_not_overlooked():
    assert name_fault("police") == ""
    assert name_fault("polcie") == "no chapter has this name. Nearest: police.md."


# --- the quarterly pack ------------------------------------------------------------------------


def test_a_quarter_says_what_changed_is_missing_held_and_revised(shelf):
    told = document(shelf, Q1, tables=(POLICE,))
    assert [s.title for s in told.sections] == [
        "Police recorded crime", "Month by month", "What changed most", "What is missing",
        "What is held", "Revisions", "Data quality", "What the partners sent",
    ]  # fmt: skip


def test_what_is_missing_counts_the_figures_that_are_not_available(shelf):
    shelf.set("all-crime", since_2020_04=(1, 1, 1), since_2019_04=(1, 1, 1))
    told = document(shelf, Q1, tables=(POLICE,))
    gaps, lead, counts = section(told, "missing").blocks[:3]
    assert gaps.items[0].term == "Police recorded crime, Hertfordshire Constabulary"
    assert lead.text.startswith("Figures that are not available [x]")
    assert [item.text for item in counts.items] == [
        "Table 1, Police recorded crime: 48 figures of 52."
    ]
    assert words_of(missing_section((), ())).startswith("Nothing is missing")


def test_what_is_held_names_what_stands_and_who_answered_what_stood():
    assert words_of(held_section((), ())) == "Nothing is held."
    stands = held_section((), ("Hold 3: rows are missing",))
    assert words_of(stands).startswith("These findings stand")


# --- data quality ------------------------------------------------------------------------------


def test_deliveries_scores_corrections_assumptions_and_signatures_are_told(shelf):
    shelf.receive("police_crime", Q1.span, "police.csv", rows=200, rejected=10)
    with shelf.engine.begin() as conn:
        conn.execute(
            insert(ISSUE),
            [
                {
                    "delivery_id": 1, "source_row": row, "field": "recorded_on",
                    "header": "Date Recorded", "rule": "date-unreadable",
                    "response": "reject row", "expected": "",
                }
                for row in range(2, 12)
            ],
        )  # fmt: skip
    papers = Papers(
        (Text("assumptions", "assumptions.md", "- Arson is in other crime."),),
        SIGNED,
        (CorrectionLine("police_crime", "one.toml", "Ann", "1 May 2021", "By telephone.", ""),),
    )
    told = document(shelf, Q1, papers=papers)
    assert grid(told, "deliveries-table").rows == (
        ("police.csv", "9 Apr 2021", "accepted", "200", "190", "10", " ".join(4 * ["ab" * 8])),
    )
    scores = dict(zip(grid(told, "scorecard-table").header, grid(told, "scorecard-table").rows[0],
                      strict=True))  # fmt: skip
    assert (scores["Validity"], scores["Uniqueness"]) == ("95.0%", "100.0%")
    assert grid(told, "corrections-table").rows[0][-1] == "By telephone."
    assert section(told, "assumptions").blocks[0].items[0].text == "Arson is in other crime."
    assert grid(told, "sign-off-table").rows == (
        ("Analyst", "Ann Field, 12 May 2021"), ("Approver", "Not signed"),
    )  # fmt: skip
    assert words_of(section(told, "sign-off")).startswith("This pack is not signed off: 1 role")


def test_no_table_is_lost_where_two_sections_have_one_title():
    """Tables of one section that did not stand beside each other: the last ones alone were told."""
    parts = tuple(Section("CCTV", said, (plain(said),)) for said in ("first", "second"))
    told = chapter_sections(NO_PAPERS, parts, (), Quotable([]))
    cctv = next(chapter for chapter in told if chapter.title == "CCTV")
    assert words_of(cctv).endswith("first second")


def test_a_pack_that_all_have_signed_does_not_say_otherwise():
    assert len(sign_off_section((SignOff("Analyst", "Ann"),)).blocks) == 1


@pytest.mark.parametrize("is_counted", [True, False])
def test_a_delivery_that_loses_rows_does_not_pass(shelf, is_counted):
    """In packs for the public, which do not tell rows, the check was of no file at all."""
    shelf.receive("police_crime", YEAR.span)
    (came,) = deliveries(shelf.engine)
    lost = replace(came, rows_read=10, rows_accepted=8, rows_rejected=1)
    edition = as_it_is(shelf.engine, shelf.order(YEAR))
    for used, result in ((came, ("1 file, 0 with a difference", True)),
                         (lost, ("1 file, 1 with a difference", False))):  # fmt: skip
        log = quality_log(shelf.engine, [used], is_counted=is_counted)
        check = checks_of((), replace(edition, log=log))[0]
        assert (check.result, check.is_passed) == result


def test_a_pack_for_the_public_does_not_tell_rows_and_says_so(shelf):
    """It printed "not told" in three columns, and "There is nothing to score"."""
    shelf.receive("police_crime", YEAR.span)
    log = quality_log(shelf.engine, deliveries(shelf.engine), is_counted=False)
    files = deliveries_section(log, {}).blocks[0]
    assert files.header == ("File", "Received", "State", "SHA-256")
    assert "not published" in files.extent
    assert words_of(scorecard_section(log, {})) == (
        "The shares of rows without a fault are not published."
    )
    assert words_of(scorecard_section(QualityLog(), {})) == "No row was received."


def test_the_tables_are_read_again_and_audited(shelf, monkeypatch):
    """The check can fail: a percentage of another sign in the printed table is found."""
    shelf.set("all-crime", since_2020_04=(10,) * 12, since_2019_04=(12,) * 12)
    table = shelf.fill(POLICE, YEAR)
    assert audit_faults([table]) == ()
    printed = "label,value,previous,percent_change\nAll crime,120,144,16.7\n"
    monkeypatch.setattr("reports.checks.to_csv", lambda _table: printed)
    assert audit_faults([table]) == (
        "Police recorded crime, All crime: The sign is not that of the change.",
    )
    (audited,) = [
        c
        for c in checks_of([table], as_it_is(shelf.engine, shelf.order(YEAR)))
        if "csp audit" in c.name
    ]
    assert not audited.is_passed


def test_a_release_of_before_there_were_texts_prints_without(shelf):
    shelf.receive("police_crime", Span(Month(2020, 4), Month(2021, 3)))
    pack = shelf.publish(YEAR)
    assert pack.edition.papers == NO_PAPERS


def test_reasons_that_are_not_told_are_no_empty_column():
    answer = Answer(
        1, "a.csv", "months-missing", "", "Apr 2020", "Ann Field", "2021-04-09 06:30", ""
    )
    for because, last in (("", "On"), ("Asked.", "Because")):
        section = held_section((replace(answer, released_because=because),), ())
        table = section.blocks[-1]
        assert table.header[-1] == last
        assert "9 Apr 2021" in table.rows[0]
        assert all(table.rows[0])
