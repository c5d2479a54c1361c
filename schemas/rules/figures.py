"""Rules of rows that state figures: those of partners' forms and of official publications."""

from schemas.rules.rule import Dimension, Response, Rule

FIGURE_RULES: tuple[Rule, ...] = (
    Rule(
        "area-unknown",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' names no area that the partnership knows.",
        "Use the name or the code of a district, county or region of England, or an area of the "
        "form's list. Tell the data team of an area that has no code.",
    ),
    Rule(
        "period-unreadable",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' is no period with its date: {expected}.",
        "Choose a period from the form's list, or 'at a date' or 'to date' and fill in the date.",
    ),
    Rule(
        "year-unreadable",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' is not {expected}.",
        "Take the file as it was published, with nothing changed.",
    ),
    Rule(
        "table-unclear",
        Response.REJECT_ROW,
        Dimension.COMPLETENESS,
        "The row has no total, or one of incidents and one of actions: it states no figure.",
        "Look whether the publication gives the total of this year; without it the figure is [x].",
    ),
    Rule(
        "kind-not-of-measure",
        Response.REJECT_ROW,
        Dimension.CONSISTENCY,
        "The kind of figure is not that of the measure: one is a flow, a stock or a running total "
        "for good.",
        "Take the kind that the form's list of measures gives, and a figure of that kind.",
    ),
    Rule(
        "kind-without-its-period",
        Response.REJECT_ROW,
        Dimension.CONSISTENCY,
        "What happened is reported for a month, quarter or year; what stands, or has added up, is "
        "reported at or to a date, not for a period.",
        "Choose a month, quarter or year for a flow, and 'at a date' or 'to date' with the date "
        "for the others.",
    ),
    Rule(
        "percent-too-high",
        Response.REJECT_ROW,
        Dimension.ACCURACY,
        "The percentage is above 100.",
        "Check the figure; most often a count stands in place of the percentage.",
    ),
    Rule(
        "percent-differs",
        Response.REJECT_ROW,
        Dimension.CONSISTENCY,
        "The percentage is not its numerator of its denominator, or one of the two is missing.",
        "Give both counts with the percentage that they make, or leave both blank.",
    ),
)
