"""Rules of a delivery as a whole, held against its own statements and against history.

They hold publication, never loading: the rows are in the warehouse, and a person decides. Their
remedies are read by the data team and, on the receipt, by the partner, so they address neither.
"""

from schemas.rules.rule import Dimension, Response, Rule

LEFT_OUT = (
    "To be confirmed by the data team: whether these rows can be left out. It is the publisher's "
    "file, of which nobody can be asked for another."
)

DELIVERY_RULES: tuple[Rule, ...] = (
    Rule(
        "months-missing",
        Response.HOLD,
        Dimension.COMPLETENESS,
        "The file covers {expected}, but has no row for it.",
        "To be confirmed: whether nothing happened or the export is incomplete.",
    ),
    Rule(
        "months-thin",
        Response.HOLD,
        Dimension.COMPLETENESS,
        "The rows of a month are too few to be all of it: {expected}.",
        "To be confirmed: whether the export is complete for the month.",
    ),
    Rule(
        "volume-unusual",
        Response.HOLD,
        Dimension.ACCURACY,
        "The number of rows lies outside what this export has had before: {expected}.",
        "To be confirmed: whether the number is right.",
    ),
    Rule(
        "unit-changed",
        Response.HOLD,
        Dimension.CONSISTENCY,
        "The number of rows has changed as if something else were counted: {expected}.",
        "To be confirmed: what one row stands for, and whether that has changed.",
    ),
    Rule(
        "area-outside-share",
        Response.HOLD,
        Dimension.ACCURACY,
        "Too many rows lie outside the area that the file is about: {expected}.",
        "To be confirmed: which area the export was made for.",
    ),
    Rule(
        "codes-unmapped-share",
        Response.HOLD,
        Dimension.CONSISTENCY,
        "Too many rows have a code that is on no list: {expected}.",
        "To be confirmed: what the codes mean; the data team adds them to the list.",
    ),
    Rule(
        "location-blank-jump",
        Response.WARN,
        Dimension.COMPLETENESS,
        "More rows than before have no location: {expected}.",
        "To be confirmed: why; figures of smaller areas will be too low.",
    ),
    Rule(
        "keys-vanished",
        Response.HOLD,
        Dimension.CONSISTENCY,
        "References that earlier files had for these months are missing: {expected}.",
        "To be confirmed: whether this export is partial.",
    ),
    Rule(
        "keys-of-other-period",
        Response.HOLD,
        Dimension.UNIQUENESS,
        "Many references of the file were sent before for other months: {expected}.",
        "To be confirmed: whether this is another period's file under a new name.",
    ),
    Rule(
        "totals-of-other-period",
        Response.HOLD,
        Dimension.UNIQUENESS,
        "The totals are the same as those of another period: {expected}.",
        "To be confirmed: whether the same figures were sent twice.",
    ),
    Rule(
        "history-moved",
        Response.HOLD,
        Dimension.CONSISTENCY,
        "The file changes figures of months that were sent before: {expected}.",
        "To be confirmed: what was revised; the next pack says so.",
    ),
    Rule(
        "total-differs",
        Response.HOLD,
        Dimension.COMPLETENESS,
        "The file states a total that its rows do not have: {expected}.",
        "Send the file again: rows were lost or added on the way.",
    ),
    Rule(
        "year-to-date-differs",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The year to date that the file states is not the sum of its months: {expected}. The "
        "months are counted by their record dates.",
        "Nothing to do, if earlier months were revised.",
    ),
    Rule(
        "parts-differ",
        Response.WARN,
        Dimension.CONSISTENCY,
        "The parts that the file states do not add up to the total that it states: {expected}. "
        "The higher of the two was compared with the rows.",
        "To be confirmed: which of the two is right.",
    ),
    Rule(
        "series-break",
        Response.WARN,
        Dimension.CONSISTENCY,
        "One category falls while its neighbour rises by as much, as if records were classified "
        "anew: {expected}.",
        "To be confirmed: whether a definition has changed; if so, the series has a break.",
    ),
    Rule(
        "budgets-differ",
        Response.HOLD,
        Dimension.CONSISTENCY,
        "Payments from one grant state different budgets for the year: {expected}. The budget on "
        "the latest payment is the one that is printed.",
        "To be confirmed: whether the budget was changed within the year, and which one holds. A "
        "wrong one has to be corrected in the ledger, and the export sent again.",
    ),
    Rule(
        "budget-overspent",
        Response.HOLD,
        Dimension.ACCURACY,
        "More was paid from a grant than was granted for the year: {expected}.",
        "To be confirmed: whether the budget was raised, in which case the export has to state the "
        "new one, or whether a payment is booked to the wrong project, funder or year.",
    ),
    Rule(
        "official-differs",
        Response.HOLD,
        Dimension.ACCURACY,
        "The figure differs from the official one: {expected}.",
        "To be confirmed: why the two differ; the pack says so.",
    ),
    Rule(
        "official-differs-in-year",
        Response.WARN,
        Dimension.ACCURACY,
        "The year is not over, and its figure is past the official one already: {expected}.",
        "Reconcile the two before the year's end, and say which is right.",
    ),
    Rule(
        "delivery-late",
        Response.WARN,
        Dimension.TIMELINESS,
        "The file came after its statutory date: {expected}.",
        "Send it by the end of the following quarter (SI 2007/1831).",
    ),
    Rule(
        "rejected-share",
        Response.HOLD,
        Dimension.COMPLETENESS,
        "Too many rows were rejected: {expected}.",
        "Send a corrected file; the receipt lists each row.",
        public_remedy=LEFT_OUT,
    ),
    Rule(
        "rejected-in-small-category",
        Response.HOLD,
        Dimension.COMPLETENESS,
        "A rejected row would change a category with few cases: {expected}.",
        "Send a corrected file; the receipt lists each row.",
        public_remedy=LEFT_OUT,
    ),
    Rule(
        "repeated-share",
        Response.HOLD,
        Dimension.UNIQUENESS,
        "Too many rows stand in the file twice: {expected}.",
        "To be confirmed: whether the export was pasted together twice.",
    ),
)
