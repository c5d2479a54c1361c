"""Every rule once: its code, what happens when it is broken, and the sentence the partner reads.

The responses and the faults behind them are those of the fault catalogue (`DOMAIN.md` section 4).
Sentences never carry a cell's value: they name the column and what was expected there.
"""

from dataclasses import dataclass
from enum import StrEnum


class Response(StrEnum):
    """What the pipeline does when a rule is broken."""

    REJECT_FILE = "reject file"
    REJECT_ROW = "reject row"
    HOLD = "hold publication"
    WARN = "warn"
    FIX = "fix and log"


class Dimension(StrEnum):
    """The six dimensions of the Government Data Quality Framework (December 2020)."""

    COMPLETENESS = "completeness"
    UNIQUENESS = "uniqueness"
    CONSISTENCY = "consistency"
    TIMELINESS = "timeliness"
    VALIDITY = "validity"
    ACCURACY = "accuracy"


@dataclass(frozen=True)
class Rule:
    """One thing that must hold, with the answer to its breach.

    `sentence` says what is wrong and `remedy` what to do about it, both for the partner's analyst;
    they may name `{column}` (the partner's own header) and `{expected}` (the declared form).
    """

    code: str
    response: Response
    dimension: Dimension
    sentence: str
    remedy: str


_RULES = (
    # --- the whole file -------------------------------------------------------------------
    Rule(
        "file-missing",
        Response.REJECT_FILE,
        Dimension.COMPLETENESS,
        "There is no file at this place.",
        "Check the path; it must name a file, not a folder.",
    ),
    Rule(
        "file-empty",
        Response.REJECT_FILE,
        Dimension.COMPLETENESS,
        "The file is empty.",
        "Export again and check the size before sending. A nil return still has its headings.",
    ),
    Rule(
        "file-unreadable",
        Response.REJECT_FILE,
        Dimension.VALIDITY,
        "The file cannot be opened as {expected}: it is damaged, cut short or of another kind.",
        "Send it again; if it was zipped or copied on the way, make a new copy from the source.",
    ),
    Rule(
        "file-encoding",
        Response.REJECT_FILE,
        Dimension.VALIDITY,
        "The text is not {expected}.",
        "Export again as {expected}.",
    ),
    Rule(
        "lines-unreconciled",
        Response.REJECT_FILE,
        Dimension.VALIDITY,
        "The file has more lines than rows: a cell runs over several lines, or a quotation mark is "
        "never closed, so that rows may have been swallowed.",
        "Take line breaks and stray quotation marks out of the cells and export again.",
    ),
    Rule(
        "rows-none",
        Response.REJECT_FILE,
        Dimension.COMPLETENESS,
        "The file has its headings, but not one row.",
        "If nothing happened in the period, put the word nil into the file name and send it again.",
    ),
    Rule(
        "layout-unknown",
        Response.REJECT_FILE,
        Dimension.VALIDITY,
        "The column headings are those of no export that this partnership has agreed. {expected}",
        "Send the agreed export, or tell the data team that the layout has changed.",
    ),
    Rule(
        "header-missing",
        Response.REJECT_FILE,
        Dimension.COMPLETENESS,
        "There is no column headed '{column}'. {expected}",
        "Put the column back, or tell the data team its new name.",
    ),
    Rule(
        "header-doubled",
        Response.REJECT_FILE,
        Dimension.UNIQUENESS,
        "Two columns are headed '{column}'.",
        "Leave only the one that is meant.",
    ),
    Rule(
        "months-unknown",
        Response.REJECT_FILE,
        Dimension.TIMELINESS,
        "It cannot be told which months the file covers. {expected}",
        "Put the period into the file name, for example police-crime-2020-21-q4.csv.",
    ),
    Rule(
        "nothing-accepted",
        Response.REJECT_FILE,
        Dimension.VALIDITY,
        "Not one row of the file could be accepted.",
        "Look at the faults of the rows: they usually have one cause.",
    ),
    # --- columns --------------------------------------------------------------------------
    Rule(
        "column-undeclared",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The column '{column}' is not part of the agreed layout. It was not read and not stored.",
        "Leave it out, above all if it holds personal data.",
    ),
    Rule(
        "header-alias",
        Response.FIX,
        Dimension.CONSISTENCY,
        "The column '{column}' was read as {expected}.",
        "Nothing to do; the agreed heading would be better.",
    ),
    # --- rows: the text -------------------------------------------------------------------
    Rule(
        "row-width",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "The row has more or fewer cells than the header.",
        "Look for a comma or a quotation mark inside a cell and export again.",
    ),
    Rule(
        "value-missing",
        Response.REJECT_ROW,
        Dimension.COMPLETENESS,
        "'{column}' is blank.",
        "Fill it in: a row cannot be counted without it.",
    ),
    Rule(
        "date-unreadable",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' is not a date written as {expected}.",
        "Write every date of the column as {expected}.",
    ),
    Rule(
        "time-unreadable",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' is not a date and time written as {expected}.",
        "Write every date and time of the column as {expected}.",
    ),
    Rule(
        "number-unreadable",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' is not {expected}.",
        "Give {expected}, with nothing else in the cell.",
    ),
    Rule(
        "word-unknown",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' holds a word that is not on its list: {expected}.",
        "Use a word of the list, or tell the data team about the new one.",
    ),
    Rule(
        "district-unknown",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' names no local authority district of England or Wales.",
        "Give the district's name or its ONS code (for example E07000240).",
    ),
    # --- rows: the value ------------------------------------------------------------------
    Rule(
        "text-malformed",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' does not look as it should.",
        "Check the cell against its description in the data dictionary.",
    ),
    Rule(
        "code-unlisted",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' holds a code that is not on its list.",
        "Use a code of the list, or tell the data team about the new one.",
    ),
    Rule(
        "value-too-low",
        Response.REJECT_ROW,
        Dimension.ACCURACY,
        "'{column}' is lower than it can be.",
        "Check the figure.",
    ),
    Rule(
        "value-too-high",
        Response.REJECT_ROW,
        Dimension.ACCURACY,
        "'{column}' is higher than it can be.",
        "Check the figure.",
    ),
    Rule(
        "offence-unmapped",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The offence code is not on the list of notifiable offences of its date. The crime is "
        "counted in all crime and in other crime only.",
        "Check the code; a new one is added to the list by the data team.",
    ),
    Rule(
        "district-unmapped",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The LSOA's name leads to no district of England or Wales, so the row is in no district.",
        "Check the name; a new district is added to the list by the data team.",
    ),
    # --- rows: fields that must agree -----------------------------------------------------
    Rule(
        "dates-disordered",
        Response.REJECT_ROW,
        Dimension.CONSISTENCY,
        "One of its dates lies before the date that it must follow.",
        "Check the dates of the row; most often two are exchanged.",
    ),
    Rule(
        "recorded-before-committed",
        Response.REJECT_ROW,
        Dimension.CONSISTENCY,
        "The crime is recorded before it is committed.",
        "Check the two dates.",
    ),
    Rule(
        "fire-without-class",
        Response.REJECT_ROW,
        Dimension.COMPLETENESS,
        "The incident is a fire, but not said to be primary, secondary or chimney.",
        "Give the class of the fire.",
    ),
    Rule(
        "crime-without-id",
        Response.REJECT_ROW,
        Dimension.COMPLETENESS,
        "The crime has no id. Only anti-social behaviour and British Transport Police have none.",
        "Give the crime id.",
    ),
    Rule(
        "force-unexpected",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "The row falls within another police force.",
        "Send the file of this partnership's force.",
    ),
    # --- rows against the rest of the delivery --------------------------------------------
    Rule(
        "outside-months",
        Response.REJECT_ROW,
        Dimension.TIMELINESS,
        "The row lies outside the months that the file covers.",
        "Send it in the file of its own month.",
    ),
    Rule(
        "row-repeated",
        Response.REJECT_ROW,
        Dimension.UNIQUENESS,
        "The row stands in the file before, with the same content. It was counted once.",
        "Nothing to do; the export should list each record once.",
    ),
    Rule(
        "key-conflict",
        Response.REJECT_ROW,
        Dimension.UNIQUENESS,
        "The reference stands in the file more than once, with different contents.",
        "Say which of the rows is right and send the file again.",
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _RULES}
"""All rules by code."""


def rule(code: str) -> Rule:
    """Return a rule by its code; an unknown code is a fault of the program."""
    return RULES[code]
