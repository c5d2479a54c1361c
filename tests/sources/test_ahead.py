"""Reading ahead changes nothing but when a chunk is made."""

import threading
from collections.abc import Iterator

import pytest

from sources.ahead import read_ahead


def test_chunks_come_in_their_order_and_none_is_lost():
    assert list(read_ahead(range(20))) == list(range(20))
    assert list(read_ahead([])) == []
    assert list(read_ahead([0, None, ""])) == [0, None, ""]


def test_the_next_chunk_is_made_while_the_last_one_is_used_and_no_further():
    made: list[int] = []
    second = threading.Event()

    def chunks() -> Iterator[int]:
        for number in range(4):
            made.append(number)
            if number == 1:
                second.set()
            yield number

    ahead = read_ahead(chunks())
    assert next(ahead) == 0
    assert second.wait(timeout=5)  # made though nobody has asked for it
    assert made == [0, 1]
    assert list(ahead) == [1, 2, 3]


def test_an_error_over_there_is_raised_here_after_the_chunks_before_it():
    def chunks() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("the file is cut short")

    ahead = read_ahead(chunks())
    assert [next(ahead), next(ahead)] == [1, 2]
    with pytest.raises(ValueError, match="cut short"):
        next(ahead)


def test_a_reader_that_stops_early_leaves_no_thread_behind():
    ahead = read_ahead(iter(range(100)))
    assert next(ahead) == 0
    ahead.close()  # type: ignore[attr-defined]
    assert [t.name for t in threading.enumerate() if t.name.startswith("csp-read")] == []
