"""`csp trace --show`: rows as the partner wrote them, on the terminal of the data team alone.

They may hold personal data. They are written to the standard output and nowhere else: this module
knows no logger and no Prefect, keeps nothing, and tells of an error its kind and place alone.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from flows.trouble import trouble
from schemas.issues import DeliveryRejected
from schemas.words import day_label
from sources.archive import is_whole, place_of
from sources.delivery import Delivery
from sources.lines import written
from sources.partners import SOURCES
from sources.recognise import recognise
from warehouse.read import DeliveryLine
from warehouse.trace_parts import Behind

WARNING = (
    "These lines are the partner's own and may hold personal data. They stand on this terminal "
    "only: put them into no e-mail, ticket or log."
)


def show_lines(parts: Sequence[Behind], archive: Path) -> bool:
    """Write the rows of some deliveries out; return False where one could not be shown."""
    _write("")
    _write(WARNING)
    shown = [_show(part, archive) for part in parts]
    return all(shown)


def _show(part: Behind, archive: Path) -> bool:
    line = part.record.line
    _write("")
    _write(f"Delivery {line.id}, {line.file_name}:")
    try:
        if why := _why_not(part, archive):
            _write(f"  {why}")
            return False
        kept = Delivery(
            line.file_name, place_of(archive, line.sha256), line.sha256, part.record.size_bytes
        )
        for row in written(recognise(kept, SOURCES), part.rows):
            _write(f"{'' if row.is_heading else row.number:>9}  {row.text}")
    except BrokenPipeError:
        raise
    except DeliveryRejected:
        _write(f"  {_unreadable(line)}")
        return False
    except Exception as error:
        # The text of an error may quote a cell.
        told = trouble(line.file_name, error)
        _write(f"  The file could not be read: {told.reason}")
        return False
    return True


def _why_not(part: Behind, archive: Path) -> str:
    """Say why a delivery's bytes cannot be shown; "" where they can."""
    line, removed = part.record.line, part.record.bytes_removed_at
    if removed is not None:
        return (
            f"Its bytes were removed on {day_label(removed)}, past the agreed age (csp purge): "
            "there is nothing left to show. The rows above are the partner's own numbers."
        )
    path = place_of(archive, line.sha256)
    if not path.is_file():
        return (
            f"Its bytes are not in {archive}, and nothing says that they were removed. Bring "
            f"{path.relative_to(archive)} back from a backup of the archive."
        )
    if not is_whole(path, line.sha256):
        return (
            f"{path} is not what was received: its SHA-256 is another. It is not shown. Bring the "
            "file back from a backup of the archive."
        )
    return ""


def _unreadable(line: DeliveryLine) -> str:
    return (
        "Its bytes are whole, but no layout that this program declares fits them any more: open "
        f"the file of this SHA-256 in the archive ({line.sha256})."
    )


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
