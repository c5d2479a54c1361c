"""What went wrong here, through no fault of a partner's: told without any content of a file."""

import errno
import traceback
from dataclasses import dataclass
from pathlib import Path
from signal import Signals

from warehouse.engine import WarehouseError

OUTAGES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk space that may be used is used up",
    errno.EFBIG: "a file may not become that large there",
    errno.EROFS: "it may only be read, not written to",
    errno.EACCES: "this user has no right to it",
    errno.EPERM: "this user has no right to it",
    errno.ESTALE: "the share that it lies on cannot be reached",
    errno.ETIMEDOUT: "the share that it lies on cannot be reached",
    errno.EIO: "the disk cannot be read or written",
    errno.EMFILE: "this program may not open more files",
    errno.ENFILE: "this machine cannot open more files",
}
"""Faults of the machine, in the words of those who run it; they meet whatever file comes next."""


class GateFailed(RuntimeError):  # noqa: N818 - it says what happened
    """The gate's process came to grief through no fault of the file; says where, never what."""

    def __init__(self, kind: str, place: str):
        super().__init__(f"{kind} at {place}")


class GateKilled(RuntimeError):  # noqa: N818 - it says what happened
    """The gate's process ended without a word; the message is a sentence."""

    def __init__(self, code: int | None):
        how = f"ended with code {code}" if code is None or code >= 0 else f"got {_signal(-code)}"
        super().__init__(
            f"The process that checks it {how} before it was done; when memory runs out, a system "
            "kills what uses most of it."
        )


def _signal(number: int) -> str:
    try:
        return Signals(number).name
    except ValueError:
        return f"signal {number}"


class RunFailed(Exception):  # noqa: N818 - it says what happened
    """Something of the run went wrong here, not at a partner's; the others were dealt with."""


class Outage(RunFailed):
    """The machine or the warehouse is out, as the message says; the files behind were not taken."""


@dataclass(frozen=True)
class Trouble:
    """A file that could not be dealt with through no fault of the partner's.

    `reason` is a sentence. `is_outage` says that it is the machine, the disk or the warehouse, so
    that what lies behind the file in the inbox would fare no better.
    """

    file_name: str
    reason: str
    is_outage: bool = False


@dataclass(frozen=True)
class Unwritten:
    """A receipt that could not be written, though the delivery was dealt with."""

    file_name: str
    reason: str


def trouble(file_name: str, error: Exception) -> Trouble:
    """Describe an error: an outage in words, any other by its kind and place alone.

    The text of an error that nobody foresaw may quote a cell.
    """
    outage = outage_of(error)
    if outage:
        return Trouble(file_name, outage, is_outage=True)
    if isinstance(error, GateFailed):
        return Trouble(file_name, f"{error}.")
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Trouble(
        file_name, f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}."
    )


def outage_of(error: BaseException) -> str:
    """Say in a sentence what of machine, disk or warehouse is out; "" for any other error."""
    if isinstance(error, WarehouseError | GateKilled | Outage):
        return str(error)
    if isinstance(error, MemoryError):
        return "The memory of this machine ran out."
    if isinstance(error, OSError) and error.errno in OUTAGES:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{OUTAGES[error.errno]}."
    return ""


def told(error: Exception) -> str:
    """Return what may be said of an error: the text of our own ones, of others their kind alone."""
    is_ours = type(error).__module__.split(".")[0] in ("flows", "warehouse", "reports", "sources")
    return str(error) if is_ours and str(error) else f"{type(error).__name__}."
