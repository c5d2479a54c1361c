"""What comes out of the inbox, and what may be wrong with a correction; nothing heavy is loaded."""

from dataclasses import dataclass
from pathlib import Path

from schemas.issues import Issue


def own_name(name: str) -> str:
    """Return the name of a file itself, without the archive and folders that it came in."""
    return name.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Delivery:
    """One file as a partner sent it: what it was called, and where its bytes are kept."""

    name: str
    path: Path
    sha256: str
    size: int

    @property
    def own_name(self) -> str:
        """The name of the file itself, without the archive and folders that it came in."""
        return own_name(self.name)


@dataclass(frozen=True)
class Refused:
    """A file whose bytes were not kept, with the reasons; told again by its SHA-256."""

    name: str
    sha256: str
    size: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class LeftOut:
    """A member of an archive that is not one of ours: listed, so that nothing is silent."""

    name: str


class CorrectionError(Exception):
    """A correction is wrong; the message says every fault with its place, and no cell's text."""
