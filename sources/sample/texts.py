"""Writes sample texts of partners for the annual report of 2020-21: sentences of our own.

Their figures are references, so that they hold whatever the warehouse says.
"""

from pathlib import Path

TEXTS = Path(__file__).parent / "narrative"
YEAR = "2020-21"


def write_texts(folder: Path) -> list[Path]:
    """Write the texts of the sample year into `folder/2020-21/`; what is there is written over."""
    place = folder / YEAR
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(TEXTS.glob("*.md")):
        copy = place / path.name
        copy.write_bytes(path.read_bytes())
        written.append(copy)
    return written
