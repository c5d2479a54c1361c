"""Two years of samples, written once and loaded once for all tests of this folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.demo import answer_holds
from flows.publish import publish
from flows.receive import Outcome, open_warehouse, receive_file
from flows.settings import Settings
from reports.pack import Pack
from schemas.audience import Audience
from schemas.period import parse_period
from sources.sample import write_samples


@dataclass(frozen=True)
class House:
    """A whole installation in a folder: archive, warehouse and packs."""

    engine: Engine
    settings: Settings

    def receive(self, paths: Sequence[Path]) -> list[Outcome]:
        """Take files in this order."""
        return [
            outcome for path in paths for outcome in receive_file(self.engine, path, self.settings)
        ]

    def publish(self, period: str) -> Pack:
        """Write the pack of a period, once what is known to differ from Defra was answered for."""
        answer_holds(self.engine)
        return publish(self.engine, parse_period(period), self.settings)


@contextmanager
def house_in(folder: Path) -> Iterator[House]:
    """Open an installation with an empty warehouse."""
    settings = Settings(home=folder, audience=Audience.PARTNERSHIP)
    engine = open_warehouse(settings)
    try:
        yield House(engine, settings)
    finally:
        engine.dispose()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An installation without a delivery."""
    with house_in(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def kept_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation that is filled once for all tests that only read."""
    with house_in(tmp_path_factory.mktemp("kept")) as opened:
        yield opened


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample files of 2019-20 and 2020-21, in the order in which they would be sent."""
    return write_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def two_years(
    samples: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, list[Outcome]]]:
    """An installation that has received them all, and what became of each."""
    with house_in(tmp_path_factory.mktemp("two-years")) as opened:
        yield opened, opened.receive(samples)
