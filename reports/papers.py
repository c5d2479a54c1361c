"""What a pack holds besides figures: partners' texts, assumptions, corrections, the sign-off.

All of it is frozen with a release, so that it prints again to the byte.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

ASSUMPTIONS = "assumptions"


@dataclass(frozen=True)
class Text:
    """One partner's text as it was written, in Markdown; `file` is the name under the folder."""

    section: str
    file: str
    content: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, as UTF-8."""
        return hashlib.sha256(self.content.encode()).hexdigest()


@dataclass(frozen=True)
class SignOff:
    """One role that answers for a pack; `name` is "" where nobody has signed."""

    role: str
    name: str


@dataclass(frozen=True)
class CorrectionLine:
    """A correction in force: which cell, by whom, why, and until when; never what stands there."""

    source: str
    what: str
    by: str
    on: str
    because: str
    until: str


@dataclass(frozen=True)
class Papers:
    """All of them."""

    texts: tuple[Text, ...] = ()
    sign_off: tuple[SignOff, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()

    def text(self, section: str) -> Text | None:
        """Return the text of a section, None where none was received."""
        return next((text for text in self.texts if text.section == section), None)

    @property
    def told(self) -> dict[str, object]:
        """What the manifest of a pack says of them."""
        return {
            "texts": [asdict(text) | {"sha256": text.sha256} for text in self.texts],
            "sign_off": [asdict(line) for line in self.sign_off],
            "corrections": [asdict(line) for line in self.corrections],
        }


NO_PAPERS = Papers()


def papers_from(told: Mapping[str, Any]) -> Papers:
    """Return the papers that a manifest tells of; a release of before there were any has none."""
    return Papers(
        texts=tuple(
            Text(text["section"], text["file"], text["content"]) for text in told.get("texts", ())
        ),
        sign_off=tuple(SignOff(**line) for line in told.get("sign_off", ())),
        corrections=tuple(CorrectionLine(**line) for line in told.get("corrections", ())),
    )
