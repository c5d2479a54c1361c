"""Rules of single rows."""

from schemas.rules.rule import Dimension, Response, Rule

AS_PUBLISHED = "Nothing to do: it is how the publisher gives the place."

ROW_RULES: tuple[Rule, ...] = (
    # --- rows: the text
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
    # --- rows: the value
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
    # --- rows: fields that must agree
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
        "action-without-case",
        Response.WARN,
        Dimension.COMPLETENESS,
        "The action names no case. It was counted, but nobody can tell what it was about.",
        "Give the reference of the case that the action belongs to.",
    ),
    Rule(
        "spend-over-budget",
        Response.WARN,
        Dimension.CONSISTENCY,
        "More is spent than the budget it is spent from. It was counted as it stands.",
        "Check the two amounts; most often the pence are missing or stand without their point.",
    ),
    Rule(
        "force-unexpected",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "The row falls within another police force.",
        "Send the file of this partnership's force.",
    ),
    # --- rows against the rest of the delivery
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
        "The same record stands in the file more than once, with different contents.",
        "Say which of the rows is right and send the file again.",
    ),
    # --- rows: what is mended, and what is only told
    Rule(
        "row-no-record",
        Response.FIX,
        Dimension.CONSISTENCY,
        "The row is no record but a total, a note or the end of the export. It was left out.",
        "Nothing to do; an export without it would be better.",
    ),
    Rule(
        "headings-repeated",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The row repeats the headings: two exports were pasted together. It was left out, and the "
        "rows below it were read as the others.",
        "See whether the rows below it belong into this file. If not, export again; if they do, "
        "take the second row of headings out, or send each export as a file of its own.",
        public_remedy="Download each of the two files, and hand in each by itself, as it came.",
    ),
    Rule(
        "reference-scientific",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' was turned into a number by a spreadsheet (4.1E+12); its last digits are lost.",
        "Export again straight from the source, or format the column as text before anything else.",
    ),
    Rule(
        "reference-as-date",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' was turned into a date by a spreadsheet.",
        "Export again straight from the source, or format the column as text before anything else.",
    ),
    Rule(
        "date-month-first",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' has the month before the day.",
        "Write every date of the column with the day first (31/12/2020).",
    ),
    Rule(
        "date-serial",
        Response.FIX,
        Dimension.VALIDITY,
        "'{column}' held a spreadsheet's number for a date; it was read as that date.",
        "Format the column as a date.",
    ),
    Rule(
        "date-serial-undeclared",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' holds a spreadsheet's number in place of a date.",
        "Format the column as a date, written as {expected}.",
    ),
    Rule(
        "date-as-text",
        Response.FIX,
        Dimension.VALIDITY,
        "'{column}' held a date as text (31/12/2020); it was read as that date.",
        "Format the column as a date.",
    ),
    Rule(
        "date-future",
        Response.REJECT_ROW,
        Dimension.ACCURACY,
        "'{column}' lies in the future.",
        "Check the date; most often day and month are exchanged or the year is wrong.",
    ),
    Rule(
        "time-midnight",
        Response.FIX,
        Dimension.VALIDITY,
        "'{column}' gives the time as 24:00; it was read as 00:00 of the next day.",
        "Nothing to do; 00:00 would be better.",
    ),
    Rule(
        "time-skipped",
        Response.WARN,
        Dimension.ACCURACY,
        "'{column}' is a time that no clock showed: it lies in the hour that summer time leaves "
        "out.",
        "Check whether the system writes local time.",
    ),
    Rule(
        "number-with-commas",
        Response.FIX,
        Dimension.VALIDITY,
        "'{column}' has commas between its thousands; they were taken out.",
        "Nothing to do; digits alone would be better.",
    ),
    Rule(
        "token-absent",
        Response.FIX,
        Dimension.COMPLETENESS,
        "'{column}' holds a sign for a value that is not there (n/a, -, :, ..); it was read as "
        "blank.",
        "Leave the cell blank where there is no value.",
    ),
    Rule(
        "count-suppressed",
        Response.WARN,
        Dimension.COMPLETENESS,
        "'{column}' holds a suppressed count such as <5: it is not known and is no 0, so that "
        "sums over it are not available.",
        "Send the count itself; the partnership suppresses what it publishes.",
    ),
    Rule(
        "personal-data",
        Response.REJECT_ROW,
        Dimension.VALIDITY,
        "'{column}' holds what looks like personal data.",
        "Take it out and send the file again. Tell your information governance officer.",
        security=True,
    ),
    Rule(
        "text-formula",
        Response.WARN,
        Dimension.VALIDITY,
        "'{column}' begins with a sign that a spreadsheet takes for a formula (=, +, -, @). It "
        "was kept as text.",
        "Check where the text comes from.",
    ),
    Rule(
        "location-doubtful",
        Response.WARN,
        Dimension.ACCURACY,
        "The coordinates of the row cannot be right for its district; they were left out and "
        "the row was counted.",
        "Check the grid and the order of the two coordinates.",
        public_remedy=AS_PUBLISHED,
    ),
    Rule(
        "coordinates-masked",
        Response.FIX,
        Dimension.ACCURACY,
        "'{column}' is masked to its square kilometre. The row counts in its district, and no "
        "map shows it as a point.",
        "Nothing to do, if that is agreed.",
    ),
    Rule(
        "lsoa-former",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The LSOA is one of the 2011 set that was split or redrawn in 2021. The row counts in "
        "its district, but in no smaller area.",
        "Export the LSOA of 2021.",
        public_remedy=AS_PUBLISHED,
    ),
    Rule(
        "lsoa-elsewhere",
        Response.WARN,
        Dimension.ACCURACY,
        "The LSOA is none of the district that the row names.",
        "Check the district and the LSOA.",
        public_remedy=AS_PUBLISHED,
    ),
    Rule(
        "code-in-name-column",
        Response.FIX,
        Dimension.CONSISTENCY,
        "'{column}' held what belongs into the column beside it: a code for a name, or a name for "
        "a code. It was put there.",
        "Export codes and names each into their own column.",
    ),
    Rule(
        "ward-not-of-date",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The ward code is none of those that the district had at the date of the row. The row "
        "counts in its district, but in no ward.",
        "Export the ward code that was in force at the date.",
    ),
    Rule(
        "ward-by-name-only",
        Response.WARN,
        Dimension.COMPLETENESS,
        "The row has a ward's name and no code. Names stand for other areas after a boundary "
        "change, so the row counts in no ward.",
        "Export the ward code beside the name.",
    ),
    Rule(
        "district-former",
        Response.FIX,
        Dimension.CONSISTENCY,
        "'{column}' holds a former code or name of the district; it was read as the district of "
        "today.",
        "Use the district's code of today.",
    ),
    Rule(
        "area-outside",
        Response.WARN,
        Dimension.ACCURACY,
        "The row lies outside the area that the file is about. It counts in no figure of the "
        "partnership.",
        "Check the area that the export was made for.",
        public_remedy="Nothing to do: the publisher's file has rows of other areas.",
    ),
)
