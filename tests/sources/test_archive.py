"""The archive: what lies in it, and that nobody takes away what is just being received."""

import errno
import fcntl
import io
import os
from pathlib import Path

import pytest
from support.files import put

from schemas.areas import ST_ALBANS
from sources.archive import (
    ArchiveLocked,
    NotKept,
    alone,
    in_use,
    is_whole,
    keep,
    kept_files,
    place_of,
)
from sources.inbox import Delivery, take
from sources.partners import SOURCES

NAME = "police-crime-2020-21-q1.csv"


def kept(folder: Path, content: bytes = b"x") -> Delivery:
    (delivery,) = take(put(folder, NAME, content), folder / "archive", SOURCES, ST_ALBANS)
    assert isinstance(delivery, Delivery)
    return delivery


def is_free(archive: Path) -> bool:
    """Say whether somebody could hold the archive alone just now."""
    folder = os.open(archive, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(folder)
    return True


def test_every_file_is_listed_with_what_a_run_that_broke_off_left(tmp_path: Path):
    one, archive = kept(tmp_path, b"one"), tmp_path / "archive"
    put(archive, ".incoming-abc", b"hal")
    assert [(k.sha256, k.size, k.path.name) for k in kept_files(archive)] == [
        (one.sha256, 3, one.sha256),
        ("", 3, ".incoming-abc"),
    ]
    assert one.path == place_of(archive, one.sha256)


def test_before_the_first_file_nothing_is_there(tmp_path: Path):
    assert kept_files(tmp_path / "archive") == []
    with alone(tmp_path / "archive"), in_use(tmp_path / "archive"):
        assert not (tmp_path / "archive").exists()


def test_a_changed_byte_is_noticed(tmp_path: Path):
    one = kept(tmp_path, b"one")
    assert is_whole(one.path, one.sha256)
    one.path.write_bytes(b"onf")
    assert not is_whole(one.path, one.sha256)


def test_the_archive_is_in_use_until_the_last_file_is_loaded(tmp_path: Path):
    """Retention must not take bytes away between their arrival and the record of it."""
    kept(tmp_path, b"one")
    archive = tmp_path / "archive"
    assert is_free(archive)
    taking = take(tmp_path / NAME, archive, SOURCES, ST_ALBANS)
    next(taking)
    assert not is_free(archive)
    assert list(taking) == []
    assert is_free(archive)


def test_several_may_receive_at_once_and_one_alone_removes(tmp_path: Path):
    kept(tmp_path)
    archive = tmp_path / "archive"
    with in_use(archive), in_use(archive):
        assert not is_free(archive)
    with alone(archive):
        assert not is_free(archive)
    assert is_free(archive)


def test_without_locks_files_are_received_and_none_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    kept(tmp_path)

    def no_locks(_folder: int, _how: int) -> None:
        raise OSError("the file system has no locks")

    monkeypatch.setattr("sources.locks.fcntl.flock", no_locks)
    assert kept(tmp_path).path.exists()
    with pytest.raises(ArchiveLocked), alone(tmp_path / "archive"):
        pytest.fail("nobody knows who is receiving")


# --- copies that broke off ----------------------------------------------------------------------


def test_what_a_killed_run_has_half_copied_is_cleared_away_by_the_next(tmp_path: Path):
    kept(tmp_path)
    left = put(tmp_path / "archive", ".incoming-left", b"hal")
    kept(tmp_path)
    assert not left.exists()


def test_what_another_run_is_just_copying_is_let_be(tmp_path: Path):
    kept(tmp_path)
    with in_use(tmp_path / "archive"):
        under_way = put(tmp_path / "archive", ".incoming-under-way", b"hal")
        kept(tmp_path)
        assert under_way.exists()


def test_the_first_copy_of_all_is_let_be_too(tmp_path: Path):
    """There was no archive to hold when it began; of eight runs at once, one lost its copy so."""
    archive, theirs = tmp_path / "archive", []

    class Slow(io.BytesIO):
        """A file during whose copying another run takes another file."""

        def read(self, size: int | None = -1) -> bytes:
            if not theirs:
                theirs.append(kept(tmp_path, b"theirs"))
            return super().read(size)

    ours = keep(Slow(b"ours"), "ours.csv", archive)
    assert (ours.path.read_bytes(), theirs[0].path.read_bytes()) == (b"ours", b"theirs")


def test_an_archive_that_takes_no_bytes_says_which_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sources.archive.os.fsync", full)
    with pytest.raises(NotKept) as refused:
        kept(tmp_path)
    assert refused.value.errno == errno.ENOSPC
    assert refused.value.filename == str(tmp_path / "archive")
    assert list((tmp_path / "archive").iterdir()) == []


def test_an_archive_without_rights_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """It was told as a file that may not be read, which the partner could do nothing about."""

    def forbidden(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("sources.archive.tempfile.NamedTemporaryFile", forbidden)
    with pytest.raises(NotKept):
        kept(tmp_path)
