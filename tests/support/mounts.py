"""Disks of a few pages, and disks that may only be read: where this user may mount file systems."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Disk:
    """A file system in memory, mounted on a folder."""

    folder: Path

    def resize(self, size: int) -> None:
        """Give it another size, in bytes."""
        _call("mount", "-o", f"remount,size={size}", str(self.folder))

    def write_protect(self, is_protected: bool = True) -> None:
        """Let it be read only, or written again."""
        _call("mount", "-o", f"remount,{'ro' if is_protected else 'rw'}", str(self.folder))

    def fill(self) -> None:
        """Leave no room on it."""
        with (self.folder / ".filler").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                return

    def empty(self) -> None:
        """Give the room back."""
        (self.folder / ".filler").unlink()


@contextmanager
def disk(folder: Path, size: int = 1 << 20) -> Iterator[Disk]:
    """Mount a disk of so many bytes on a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _call("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield Disk(folder)
    finally:
        _call("umount", "--lazy", str(folder))


@contextmanager
def write_protected(file: Path) -> Iterator[Callable[[], None]]:
    """Let one file be read only, until what is yielded is called."""
    _call("mount", "--bind", str(file), str(file))
    is_over = False

    def end() -> None:
        nonlocal is_over
        if not is_over:
            is_over = True
            _call("umount", "--lazy", str(file))

    try:
        _call("mount", "-o", "remount,bind,ro", str(file))
        yield end
    finally:
        end()


@cache
def can_mount() -> bool:
    """Say whether this user may mount file systems."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with disk(Path(folder)):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
