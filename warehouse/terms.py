"""The texts that coded columns point to: numbered once, shared by all facts."""

import pandas as pd
from sqlalchemy import Connection, select

from warehouse.engine import is_sqlite, lock
from warehouse.tables import TERM

BATCH = 500


class Terms:
    """The numbers of texts, as one load knows them."""

    def __init__(self, conn: Connection):
        self.conn = conn
        self.known: dict[str, int] | None = None

    def numbered(self, column: pd.Series) -> pd.Series:
        """Return a categorical column as the numbers of its texts."""
        used = column.cat.remove_unused_categories()
        texts = used.cat.categories.tolist()
        known = self._numbers_of(texts)
        return used.cat.rename_categories([known[text] for text in texts])

    def _numbers_of(self, texts: list[str]) -> dict[str, int]:
        if self.known is None:
            self.known = {t: i for t, i in self.conn.execute(select(TERM.c.text, TERM.c.id))}
        missing = [t for t in texts if t not in self.known]
        if missing:
            # Two loads that bring the same new texts would wait for each other's rows in turn.
            lock(self.conn, "terms")
            add_terms(self.conn, missing)
            for start in range(0, len(missing), BATCH):
                part = missing[start : start + BATCH]
                found = self.conn.execute(
                    select(TERM.c.text, TERM.c.id).where(TERM.c.text.in_(part))
                )
                self.known.update({t: i for t, i in found})
        return self.known


def add_terms(conn: Connection, texts: list[str]) -> None:
    """Give numbers to texts that have none; another load may be doing the same."""
    if is_sqlite(conn):
        from sqlalchemy.dialects.sqlite import insert as upsert  # noqa: PLC0415
    else:
        from sqlalchemy.dialects.postgresql import insert as upsert  # type: ignore[assignment] # noqa: PLC0415
    conn.execute(upsert(TERM).on_conflict_do_nothing(), [{"text": t} for t in texts])
