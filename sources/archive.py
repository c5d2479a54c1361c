"""The archive: the bytes that came, each under its SHA-256, whole or not there."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO

from sources.delivery import Delivery
from sources.locks import together_in

CHUNK = 1 << 20
INCOMING = ".incoming-"
_OF_WRITING = (
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM,
)  # fmt: skip


class NotKept(OSError):  # noqa: N818 - it says what happened
    """The archive takes no bytes; unlike a file that may not be read, no partner can help that."""


def keep(file: IO[bytes], name: str, archive: Path) -> Delivery:
    """Copy bytes into the archive under their SHA-256; the same bytes are kept once.

    Raises `NotKept` where the archive takes none.
    """
    try:
        archive.mkdir(parents=True, exist_ok=True)
        with together_in(archive, partial(_sweep, archive)):
            return _keep(file, name, archive)
    except OSError as error:
        # By now the file itself is open to be read.
        if error.errno in _OF_WRITING:
            raise NotKept(error.errno, error.strerror, str(archive)) from None
        raise


def _sweep(archive: Path) -> None:
    """Remove copies that nobody is making any more: whoever began them was killed."""
    for left in archive.glob(f"{INCOMING}*"):
        left.unlink(missing_ok=True)


def _keep(file: IO[bytes], name: str, archive: Path) -> Delivery:
    with tempfile.NamedTemporaryFile(dir=archive, prefix=INCOMING, delete=False) as copy:
        part = Path(copy.name)
        try:
            sha256, size = copied(file, copy.write)
            copy.flush()
            os.fsync(copy.fileno())
            kept = archive / sha256[:2] / sha256
            kept.parent.mkdir(exist_ok=True)
            part.replace(kept)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    return Delivery(name, kept, sha256, size)


def discard(delivery: Delivery) -> None:
    """Take a delivery's bytes out of the archive: they turned out to be such as are not kept."""
    with suppress(FileNotFoundError):
        delivery.path.unlink()


def copied(file: IO[bytes], write: Callable[[bytes], object]) -> tuple[str, int]:
    """Pass a file's bytes on and return their SHA-256 and number."""
    digest, size = hashlib.sha256(), 0
    while block := file.read(CHUNK):
        digest.update(block)
        size += len(block)
        write(block)
    return digest.hexdigest(), size
