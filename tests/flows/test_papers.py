"""Partners' texts from their folder: what is read, what is refused, what the command says."""

from pathlib import Path

import pytest
from support.command import FINE, WRONG_USE, csp, words

from flows.papers import papers_for
from flows.settings import Settings
from reports.narrative.written import NarrativeError
from schemas.period import FinancialYear, Quarter
from sources.sample.texts import TEXTS, write_texts

YEAR, Q4 = FinancialYear(2020), Quarter(2020, 4)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def write(settings: Settings, name: str, content: bytes | str) -> None:
    path = settings.narrative / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_the_texts_of_a_year_are_read_and_those_of_another_are_not(settings):
    write(settings, "2020-21/police.md", "\ufeffOne.\r\nTwo\u00a0and\x00\u200b three.")
    write(settings, "2019-20/police.md", "Another year.")
    write(settings, "assumptions.md", "- One.")
    papers = papers_for(YEAR, settings)
    assert [(t.section, t.file, t.content) for t in papers.texts] == [
        ("police", "2020-21/police.md", "One.\nTwo\u00a0and three."),
        ("assumptions", "assumptions.md", "- One."),
    ]
    assert [t.section for t in papers_for(Q4, settings).texts] == ["assumptions"]


def test_assumptions_of_the_year_go_before_those_of_all(settings):
    write(settings, "assumptions.md", "- One.")
    write(settings, "2020-21/assumptions.md", "- Two.")
    assert [t.content for t in papers_for(YEAR, settings).texts] == ["- Two."]


def test_without_a_folder_there_are_no_texts(settings):
    assert papers_for(YEAR, settings).texts == ()


def test_all_faults_of_a_folder_are_told_at_once(settings):
    write(settings, "2020-21/polcie.md", "One.")
    write(settings, "2020-21/cctv.md", b"\xff\xfe")
    write(settings, "2020-21/health.md", "x" * 200_001)
    with pytest.raises(NarrativeError) as wrong:
        papers_for(YEAR, settings)
    cctv, health, polcie = wrong.value.faults
    assert "the text is not UTF-8" in cctv
    assert "longer than 200,000 bytes" in health
    assert polcie.endswith("polcie.md: no chapter has this name. Nearest: police.md.")


def test_a_quarter_has_no_chapters(settings):
    write(settings, "2020-21-q4/police.md", "One.")
    with pytest.raises(NarrativeError, match="only the pack of a year"):
        papers_for(Q4, settings)


def test_who_signs_is_said_by_role(settings):
    signed = settings.model_copy(
        update={"sign_off": settings.sign_off.model_copy(update={"analyst": "Ann Field"})}
    )
    lines = {line.role: line.name for line in papers_for(YEAR, signed).sign_off}
    assert lines == {
        "Analyst: prepared the figures": "Ann Field",
        "Assurer: checked them": "",
        "Approver: answers for their publication": "",
    }


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def home(received: Path) -> Path:
    return received / "data"


def test_the_year_is_published_without_a_text(home: Path):
    assert csp("year", "2020-21").exit_code == FINE
    page = (home / "packs" / "2020-21" / "index.html").read_text(encoding="utf-8")
    assert page.count("No text was received from") == 11


def test_wrong_references_of_all_texts_end_with_2_and_write_nothing(home: Path):
    settings = Settings(home=home)
    write(settings, "2020-21/police.md", "One.\n{{ all-crimes.value }}")
    write(settings, "2020-21/cctv.md", "{{ cctv-incidents.valeu }}")
    done = csp("year", "2020-21")
    assert done.exit_code == WRONG_USE
    told = words(done.stderr)
    assert "csp: Nothing was written: partners' texts cannot be printed." in told
    assert "2020-21/police.md, line 2: 'all-crimes.value': there is no measure" in told
    assert "2020-21/cctv.md, line 1: 'cctv-incidents.valeu': there is no 'valeu'." in told
    assert not list((home / "packs").glob("2*"))


def test_a_number_that_nothing_binds_is_a_warning(home: Path):
    write(Settings(home=home), "2020-21/police.md", "The team has 40 officers.")
    done = csp("year", "2020-21")
    assert done.exit_code == FINE
    assert (
        "Warning: 2020-21/police.md, line 1: the number 40 is no reference. Write it as one, or "
        "in quotation marks."
    ) in words(done.stdout)


def test_the_sample_texts_cover_every_chapter_and_hold_no_loose_number(home: Path):
    settings = Settings(home=home)
    written = write_texts(settings.narrative)
    assert len(written) == len(list(TEXTS.glob("*.md"))) == 12
    done = csp("year", "2020-21")
    assert done.exit_code == FINE
    assert "Warning" not in done.stdout
    page = (home / "packs" / "2020-21" / "index.html").read_text(encoding="utf-8")
    assert "No text was received" not in page
    assert "{{" not in page
