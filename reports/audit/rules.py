"""What an audit looks for, each once: its code, what is wrong, and what to do.

A fault is wrong by the table's own numbers, or by the warehouse's. A remark is a matter of form, or
something that cannot be checked: it is told and is no fault.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One thing that may be wrong with a published figure."""

    code: str
    sentence: str
    remedy: str
    is_remark: bool = False


_ALL = (
    Rule(
        "sign-wrong",
        "The sign is not that of the change.",
        "Print the sign that follows from the two figures.",
    ),
    Rule(
        "percent-wrong",
        "The percentage does not follow from the two figures.",
        "Print the percentage that follows, or correct the figure that is wrong.",
    ),
    Rule(
        "percent-from-zero",
        "There is no percentage change from zero.",
        "Print [z] and the two figures.",
    ),
    Rule(
        "change-wrong",
        "The change is not the difference of the two figures.",
        "Print the difference, or correct the figure that is wrong.",
    ),
    Rule("unit-missing", "The unit is missing.", "Print it as its siblings do."),
    Rule(
        "word-for-number",
        "Words stand where a number belongs.",
        "Print the number, or a mark such as [x] that says why there is none.",
    ),
    Rule(
        "period-mixed",
        "The figure is headed with another period than its siblings.",
        "Find out of which months it is; print the right heading, or figures of one period.",
    ),
    Rule(
        "period-not-year-before",
        "The earlier figure is not of the same months of the year before.",
        "Compare the same months, or say beside the figure what is compared.",
    ),
    Rule(
        "parts-miss-total",
        "The parts do not add up to the total.",
        "Print the rest as a row of its own, say that the rows are a selection, or correct what is "
        "wrong.",
    ),
    Rule(
        "label-twice",
        "The row stands there twice, or another one has its label.",
        "Take one of the two out, or say in their labels how they differ.",
    ),
    Rule(
        "warehouse-differs",
        "The warehouse holds another figure.",
        "Ask csp trace which rows make the figure up, and csp changes what has moved since.",
    ),
    Rule(
        "not-checked",
        "There is no earlier figure beside it, so that it cannot be checked.",
        "Print what it is compared with.",
        is_remark=True,
    ),
    Rule(
        "total-not-there",
        "The total that it is a part of is not there, so that the sum cannot be checked.",
        "Write the label of the total as its own row does.",
        is_remark=True,
    ),
    Rule(
        "number-form",
        "Numbers are written in several ways.",
        "Write all in one way: 7,846 with a comma, the sign directly before the number, £ too.",
        is_remark=True,
    ),
    Rule(
        "period-unclear",
        "The period is not written as one.",
        "Write the months, as Apr 2020 to Mar 2021, or the day of a figure that stands at a day.",
        is_remark=True,
    ),
    Rule(
        "blank",
        "Nothing stands here.",
        "Print the figure, or a mark such as [x] that says why there is none.",
        is_remark=True,
    ),
)

RULES = {rule.code: rule for rule in _ALL}
"""All rules of an audit by their code."""
