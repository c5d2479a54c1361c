"""Blocks of a file are read a few ahead of its rows, and never not at all."""

import subprocess
import sys
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from sources import pace
from sources.pace import BLOCKS_AHEAD, Pace


def reading(kept: Pace, blocks: list[int], most: int = 100) -> Thread:
    """Read blocks on a thread, as Arrow does, for as long as any are wanted."""

    def read():
        while len(blocks) < most and kept.before_block():
            blocks.append(len(blocks))

    thread = Thread(target=read, daemon=True)
    thread.start()
    return thread


def test_a_reader_stays_a_few_blocks_ahead_of_the_rows():
    """Of a file of a gigabyte half lay in memory, however slowly its rows were taken."""
    kept, blocks = Pace(), []
    thread = reading(kept, blocks)
    for taken, _ in enumerate(kept.rows_of(lambda: iter(range(10))), start=1):
        sleep(0.01)
        assert len(blocks) <= taken + BLOCKS_AHEAD
    kept.end()
    thread.join(5)
    assert not thread.is_alive()


def test_where_blocks_bring_no_rows_more_of_them_are_read(monkeypatch):
    """Rows that are all misfits come to nothing: to wait for them would be to wait for ever."""
    monkeypatch.setattr(pace, "STARVING_SECONDS", 0.01)
    kept, blocks = Pace(), []

    def rows():
        thread = reading(kept, blocks, most=BLOCKS_AHEAD + 4)
        thread.join(5)
        assert not thread.is_alive()
        yield "a row at last"

    assert list(kept.rows_of(rows)) == ["a row at last"]


def test_who_wants_no_more_rows_lets_the_reader_go():
    kept, blocks = Pace(), []
    thread = reading(kept, blocks)
    while len(blocks) < BLOCKS_AHEAD and thread.is_alive():
        sleep(0.001)
    sleep(0.01)  # would it go on, it would do so now
    kept.end()
    thread.join(5)
    assert not thread.is_alive()
    assert len(blocks) == BLOCKS_AHEAD
    assert not kept.before_block()


@pytest.mark.slow
def test_a_program_that_stops_in_the_middle_of_a_file_ends_as_it_should(tmp_path: Path, root: Path):
    """Python aborted where Arrow's thread was still waiting to read when it ended."""
    path = tmp_path / "2025-04-hertfordshire-street.csv"
    heads = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        "Crime type,Last outcome category,Context\n"
    )
    path.write_text(
        heads + (",2025-04,x,x,-0.3,51.7,Here,E01023728,St Albans 014B,Drugs,,\n" * 999_999)
    )
    program = (
        "import sys; from pathlib import Path; from datetime import date\n"
        "from sources.inbox import Delivery, recognise; from sources.partners import SOURCES\n"
        "from sources.gate import Gate; from schemas.areas import ST_ALBANS\n"
        "path = Path(sys.argv[1]); found = Delivery(path.name, path, '', path.stat().st_size)\n"
        "gate = Gate.open(recognise(found, SOURCES), ST_ALBANS, date.today())\n"
        "chunks = gate.chunks(); next(chunks)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=root, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
