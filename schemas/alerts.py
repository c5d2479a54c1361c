"""Every kind of alert once: what it is about, and by which route it must reach a person.

An alert is written in the transaction of its cause and sent afterwards; the words of a letter are
made in `flows.letters`, from what the warehouse holds of the cause.
"""

from enum import StrEnum


class AlertKind(StrEnum):
    """What an alert tells a person of."""

    FILE_REJECTED = "file-rejected"
    ROWS_REJECTED = "rows-rejected"
    HOLD_RAISED = "hold-raised"
    DELIVERY_OVERDUE = "delivery-overdue"
    DELIVERY_DUE = "delivery-due"
    RUN_FAILED = "run-failed"
    RUN_CRASHED = "run-crashed"
    RUN_MISSING = "run-missing"
    PACK_HELD = "pack-held"
    PACK_PUBLISHED = "pack-published"
    SECURITY = "security"
    TROUBLE = "trouble"
    SERVICE = "service"


URGENT = frozenset(
    {
        AlertKind.RUN_FAILED,
        AlertKind.RUN_CRASHED,
        AlertKind.RUN_MISSING,
        AlertKind.SECURITY,
        AlertKind.TROUBLE,
        AlertKind.SERVICE,
    }
)
"""Kinds that are told at once and by themselves; many of the others are put into one letter."""

TITLES: dict[AlertKind, str] = {
    AlertKind.FILE_REJECTED: "A file was rejected",
    AlertKind.ROWS_REJECTED: "Too many rows were rejected",
    AlertKind.HOLD_RAISED: "Figures are held until somebody answers",
    AlertKind.DELIVERY_DUE: "An export will be due soon",
    AlertKind.DELIVERY_OVERDUE: "An export is overdue",
    AlertKind.RUN_FAILED: "A run failed",
    AlertKind.RUN_CRASHED: "A run was cut off",
    AlertKind.RUN_MISSING: "A run did not happen",
    AlertKind.PACK_HELD: "A pack was not published",
    AlertKind.PACK_PUBLISHED: "A pack was published",
    AlertKind.SECURITY: "Security notice",
    AlertKind.TROUBLE: "The machine or the warehouse needs attention",
    AlertKind.SERVICE: "What runs the timetable was interrupted",
}
"""What each kind is called in a list of several."""

REJECTED_ROWS = frozenset({"rejected-share", "rejected-in-small-category"})
"""The rules of holds that are told as rejected rows, not as doubts about the figures."""
