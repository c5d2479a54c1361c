"""What a database says when it cannot be used, in the words of those who run it.

A driver's own message may quote what it was given, and speaks to programmers. What is wrong with a
statement is a fault of the program and is not told here.
"""

import sqlite3
from types import ModuleType

IN_USE = (
    "{name} is in use: another program was writing to it and had not ended after {seconds} seconds"
)
FULL = "the disk of {name} is full"
READ_ONLY = "{name} may only be read from here, not written to"
LOST = "the connection to {name} was lost"
UNREACHABLE = "{name} cannot be reached"
NOT_OPENED = (
    "{name} cannot be opened: its folder is not there, or this user may not write to that folder"
)
UNREADABLE = "the disk of {name} cannot be read or written"
DAMAGED = "{name} is damaged, or is no warehouse"
NO_RIGHT = "this user has no right to do this in {name}"
TOO_LONG = "{name} broke off what took too long: another program may be holding it"
OVERLOADED = "{name} has no more memory or connections to give"

SQLITE: dict[int, str] = {
    sqlite3.SQLITE_BUSY: IN_USE,
    sqlite3.SQLITE_LOCKED: IN_USE,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: NOT_OPENED,
    sqlite3.SQLITE_PERM: NOT_OPENED,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
"""By primary result code; https://sqlite.org/rescode.html."""
POSTGRESQL: dict[str, str] = {
    "08": LOST,
    "25006": READ_ONLY,
    "25P03": LOST,
    "28": UNREACHABLE,
    "3D000": UNREACHABLE,
    "40": TOO_LONG,
    "42501": NO_RIGHT,
    "53100": FULL,
    "53": OVERLOADED,
    "55P03": TOO_LONG,
    "57014": TOO_LONG,
    "57P": LOST,
    "58": UNREADABLE,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""By SQLSTATE or the class that it begins with; PostgreSQL documentation, appendix A."""


def reason_of(error: BaseException, driver: ModuleType, *, is_connected: bool) -> str | None:
    """Say why a database cannot be used, with a place for its name; None for any other error."""
    if isinstance(error, sqlite3.Error):
        return SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if not isinstance(error, driver.Error):
        return None
    state = getattr(error, "sqlstate", None) or ""
    for length in range(len(state), 1, -1):
        if state[:length] in POSTGRESQL:
            return POSTGRESQL[state[:length]]
    if state or not isinstance(error, driver.OperationalError):
        return None
    return LOST if is_connected else UNREACHABLE
