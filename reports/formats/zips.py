"""Office files are archives: written anew, so that the same content gives the same bytes."""

import io
import zipfile
from collections.abc import Callable, Mapping

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that an archive can tell, given to every part."""


def packed_anew(content: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """Return an archive with the same parts, some of their texts changed, all of one moment."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name in changes:
                part = changes[name](part.decode()).encode()
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return out.getvalue()
