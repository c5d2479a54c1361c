"""What `csp receive` and `csp demo` print of deliveries."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from flows.show import console, grid, issue_lines
from flows.trouble import Trouble, Unwritten
from schemas.issues import Issue
from schemas.rules import RULES, Response
from schemas.words import counted, day_label
from sources.delivery import LeftOut
from warehouse.deliveries import Loaded

if TYPE_CHECKING:
    from flows.receive import Outcome


def outages_in(outcomes: "Sequence[Outcome]") -> list[str]:
    """Say in what way the machine or the warehouse is out; nothing where neither is."""
    return [o.reason for o in outcomes if isinstance(o, Trouble) and o.is_outage]


def is_fine(outcomes: "Sequence[Outcome]") -> bool:
    """Say whether nothing was rejected or held, and nothing went wrong."""
    return all(
        isinstance(o, LeftOut)
        or (isinstance(o, Loaded) and o.status == "accepted" and not o.rejected and not o.holds)
        for o in outcomes
    )


def show_outcomes(outcomes: "Sequence[Outcome]") -> None:
    """Print a line a delivery, then every reason for what was not accepted."""
    loaded = [o for o in outcomes if isinstance(o, Loaded)]
    out = console()
    out.print(
        grid(
            "What came",
            ("File", "Source", "Months", "State", "Read", "Accepted", "Rejected"),
            [_line(o) for o in loaded],
            numbers=3,
        )
    )
    left_out = [o for o in outcomes if isinstance(o, LeftOut)]
    if left_out:
        out.print(
            f"Left out of archives, being none of this partnership's exports: {len(left_out)}"
        )
    for o in loaded:
        refused = [i for i in o.issues if RULES[i.rule].response is Response.REJECT_FILE]
        if refused:
            out.print(
                f"\n{o.file_name} was rejected; what was loaded before stays as it was.",
                markup=False,
            )
            for line in issue_lines(refused, is_download=_is_download(o)):
                out.print(line, markup=False)
    _show_removed(out, loaded)
    _show_again(out, loaded)
    for o in loaded:
        if o.status == "accepted" and o.rejected:
            out.print(
                f"\n{o.file_name}: {counted(o.rejected, 'row')} rejected; "
                "the receipt says which and why.",
                markup=False,
            )
    for o in loaded:
        for rule, rows in o.alarms:
            out.print(
                f"\nSECURITY: {o.file_name}: {counted(rows, 'row holds', 'rows hold')} "
                f"what must not be sent, and {'was' if rows == 1 else 'were'} rejected; the "
                f"receipt says where.\n  What to do: {RULES[rule].remedy}",
                markup=False,
            )
        for hold in o.holds:
            issue = Issue(hold.rule, expected=hold.detail)
            out.print(
                f"\n{o.file_name} is loaded, but its figures are held: {issue.sentence}\n"
                f"  What to do: {issue.remedy_for(is_download=_is_download(o))}",
                markup=False,
            )
    for failed in outcomes:
        if isinstance(failed, Trouble):
            out.print(
                f"\n{failed.file_name} could not be dealt with: {failed.reason} This is a fault "
                "here, not of the partner's file. What was loaded stays as it was.",
                markup=False,
            )
            if failed.is_outage:
                out.print("  What to do: Put that right and run csp receive again.", markup=False)


def show_not_taken(paths: Sequence[Path]) -> None:
    """Print the files that an outage has kept from being taken."""
    if paths:
        names = ", ".join(path.name for path in paths)
        console().print(f"\nNot taken because of that: {names}.", markup=False)


def _show_removed(out: Console, loaded: Sequence[Loaded]) -> None:
    for o in loaded:
        if o.bytes_removed_at is not None:
            out.print(
                f"\n{o.file_name} came before; its bytes were removed on "
                f"{day_label(o.bytes_removed_at)}, past the agreed age, and were not kept again. "
                "Take the file away from where it lies.",
                markup=False,
            )


def _show_again(out: Console, loaded: Sequence[Loaded]) -> None:
    for o in loaded:
        if o.again is not None:
            out.print(
                f"\n{o.file_name} was taken again, by decision of {o.again.by}, and replaces its "
                f"months; csp changes {o.delivery_id} says what that moved.",
                markup=False,
            )
    if any(o.is_known and o.is_replaced for o in loaded):
        out.print(
            "\nA file that was replaced since changes nothing. Should it be the right one after "
            "all: csp receive --again FILE --by NAME --because REASON.",
            markup=False,
        )


def show_needless(outcomes: "Sequence[Outcome]") -> None:
    """Say of files that were to be taken again why there was nothing to decide."""
    for o in outcomes:
        if isinstance(o, Loaded) and o.status == "accepted" and o.again is None:
            console().print(
                f"\n{o.file_name} stands as it came: no later file has replaced it. Nothing was "
                "to be decided, and no decision is on record."
                if o.is_known
                else f"\n{o.file_name} came for the first time, and was taken as any file is.",
                markup=False,
            )


def show_receipts(receipts: Sequence[Path | Unwritten]) -> bool:
    """Print where the receipts are; return True when every one of them is there."""
    out = console()
    pages = [place for place in receipts if isinstance(place, Path)]
    if pages:
        out.print("\nReceipts, to be sent back to the partners (with the CSV beside each):")
    for page in pages:
        # Not wrapped, however narrow the terminal: a path is there to be copied.
        out.print(f"  {page}", markup=False, soft_wrap=True)
    failed = [place for place in receipts if isinstance(place, Unwritten)]
    for receipt in failed:
        out.print(
            f"\n{receipt.file_name}: its receipt could not be written ({receipt.reason}). What was "
            "received stands as it is; csp receipt writes it again.",
            markup=False,
        )
    return not failed


def _is_download(o: Loaded) -> bool:
    # Imported here: the sources load pandas, and a file that is known and fine asks for no remedy.
    from sources.partners import is_download  # noqa: PLC0415

    return is_download(o.source)


def _line(o: Loaded) -> tuple[str, ...]:
    state = o.status
    if o.is_known:
        state = "known already, replaced since" if o.is_replaced else "known already"
    months = o.span.label if o.span else ""
    return (
        o.file_name, o.source, months, state, f"{o.read:,}", f"{o.accepted:,}", f"{o.rejected:,}",
    )  # fmt: skip
