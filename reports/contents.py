"""The sections of a pack in order: those of a year are the annual report, in chapters."""

from collections.abc import Sequence

from reports.budgets import BudgetTable, budget_tables, quotable_budgets, with_budgets
from reports.chapters import assumptions, chapter_sections
from reports.checks import checks_of
from reports.document import Section, numbered
from reports.edition import Edition
from reports.figures import Filled
from reports.moves import moves_section
from reports.narrative.references import Quotable
from reports.narrative.written import check_texts
from reports.official import quotable, reconciled
from reports.quality import (
    checks_section,
    confidential_section,
    corrections_section,
    deliveries_section,
    scorecard_section,
    sign_off_section,
)
from reports.sections import (
    held_section,
    missing_section,
    official_section,
    revisions_section,
    sources_section,
    table_sections,
)
from schemas.audience import Audience
from schemas.period import FinancialYear


def sections_of(
    edition: Edition,
    tables: Sequence[Filled],
    pictures: Sequence[Section] = (),
    standing: Sequence[str] = (),
) -> tuple[Section, ...]:
    """Return the sections of a pack; `standing` is what stands against the figures of a draft.

    Raises `NarrativeError` where a text refers to a figure that no table prints.
    """
    official = quotable(edition.figures, edition.period, edition.home, edition.small_base)
    budgets = quotable_budgets(tables, edition.figures, edition.period, edition.home)
    figures = Quotable([*tables, *official, *budgets])
    check_texts(edition.papers.texts, figures)
    published = with_budgets(
        table_sections(tables, edition.sources, veiled=edition.veiled, withheld=edition.withheld),
        budgets_of(edition, tables),
    )
    held = held_section(edition.answers, standing)
    quality = _quality(edition, tables, figures)
    if isinstance(edition.period, FinancialYear):
        return numbered(
            (
                *chapter_sections(edition.papers, published, edition.sources, figures),
                *official_section(reconciled(edition.figures, edition.period, edition.home)),
                *pictures,
                revisions_section(edition.revisions),
                Section("Data quality", "quality", (), (held, *quality)),
                sources_section(edition.sources),
            )
        )
    return (
        *published,
        *pictures,
        moves_section(tables, edition.small_base),
        missing_section(tables, edition.sources),
        held,
        revisions_section(edition.revisions),
        Section("Data quality", "quality", (), quality),
        sources_section(edition.sources),
    )


def budgets_of(edition: Edition, tables: Sequence[Filled]) -> tuple[BudgetTable, ...]:
    """Return the tables of spending that an edition holds against budgets."""
    revised = frozenset(revision.key for revision in edition.revisions)
    return budget_tables(tables, edition.figures, edition.home, revised)


def _quality(edition: Edition, tables: Sequence[Filled], figures: Quotable) -> tuple[Section, ...]:
    """Return what is said of how good the figures are, and who answers for them."""
    titles = {source.source: source.title for source in edition.sources}
    return (
        deliveries_section(edition.log, titles),
        scorecard_section(edition.log, titles),
        corrections_section(edition.papers.corrections),
        Section("Assumptions", "assumptions", assumptions(edition.papers, figures)),
        *((confidential_section(),) if edition.audience is Audience.PUBLIC else ()),
        checks_section(checks_of(tables, edition)),
        sign_off_section(edition.papers.sign_off),
    )
