"""A file behind the gate, read to its end."""

from pathlib import Path

import pandas as pd
from support.post import TODAY

from schemas.areas import ST_ALBANS
from sources.gate import Gate
from sources.inbox import Delivery, recognise, take
from sources.partners import SOURCES


class Taken:
    """What the gate makes of one file."""

    def __init__(self, path: Path, archive: Path) -> None:
        (delivery,) = take(path, archive, SOURCES, ST_ALBANS)
        assert isinstance(delivery, Delivery)
        self.gate = Gate.open(recognise(delivery, SOURCES), ST_ALBANS, TODAY)
        checked = [chunk for chunk, _ in self.gate.chunks()]
        self.closing = self.gate.closing()
        self.code = self.gate.found.source.code
        self.issues = pd.concat([c.issues for c in checked])
        self.accepted = pd.concat([c.accepted for c in checked])
