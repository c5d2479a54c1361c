"""What `csp migrate` says: what was done to the warehouse, or what there is to do."""

from collections.abc import Iterator

from schemas.words import listed
from warehouse.grants import Readers
from warehouse.migrate import steps_after
from warehouse.state import REVISION, Fit, State
from warehouse.upkeep import Migrated


def what_to_do(state: State) -> Iterator[str]:
    """Say how a warehouse stands, and which steps it has not had."""
    yield state.sentence
    if state.fit is Fit.OLDER:
        yield from _steps(state)


def what_was_done(done: Migrated) -> Iterator[str]:
    """Say from where to where a warehouse was brought, and what was written in it."""
    if done.before.fit is Fit.READY:
        yield f"The warehouse stands at {REVISION}, as this program needs: nothing was changed."
    elif done.before.fit is Fit.EMPTY:
        yield f"There was no warehouse: it was made, and stands at {REVISION}."
    else:
        if done.before.found == REVISION:
            yield f"The warehouse stands at {REVISION}; its views were made anew."
        else:
            yield f"The warehouse stood at {done.before.found} and now stands at {REVISION}."
            yield from _steps(done.before)
        rows = [f"{number:,} of {table}" for table, number in sorted(done.rows.items())]
        yield f"Rows written: {listed(rows)}." if rows else "No row was written."
    if done.readers is not None:
        yield from _readers(done.readers)


def _steps(state: State) -> Iterator[str]:
    for step in steps_after(state.found):
        yield f"  {step.number}  {step.words}"


def _readers(readers: Readers) -> Iterator[str]:
    made = " (made now, without a login)" if readers.is_new else ""
    yield (
        f"{readers.role}{made} may read the {readers.views} views for readers. Let a login in with "
        f"GRANT {readers.role} TO its_name."
    )
    if readers.tables:
        yield (
            f"It can read {len(readers.tables)} tables as well, by rights that csp did not give: "
            f"{listed(readers.tables)}."
        )
