"""What a load says of itself, and what it leaves in the tables of facts."""

from sqlalchemy import text
from support.desk import Desk

from warehouse.deliveries import Loaded


def counts(loaded: Loaded) -> dict[str, int]:
    """What a load says of itself: read, accepted, rejected; and new, unchanged, superseded."""
    assert loaded.read == loaded.accepted + loaded.rejected
    assert loaded.changed is not None
    assert loaded.accepted == loaded.new + loaded.changed + loaded.unchanged
    return {
        name: getattr(loaded, name)
        for name in ("read", "rejected", "new", "changed", "unchanged", "vanished", "superseded")
        if getattr(loaded, name)
    }


def versions(desk: Desk, fact: str) -> list[tuple]:
    """Every version of every row: delivery, row, and the delivery that superseded it."""
    with desk.engine.connect() as conn:
        return [
            tuple(row)
            for row in conn.execute(
                text(f"SELECT delivery_id, source_row, superseded_by FROM {fact} ORDER BY id")
            )
        ]
