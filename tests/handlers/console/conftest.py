"""The office, as fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.base import Store
from tests.conftest import SetClock
from tests.handlers.console.office import Office
from tests.handlers.console.office import office as opened


@pytest.fixture
def office(sqlite_url: str, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """An office of the demo on SQLite: enough for most tests of pages."""
    store = Store(sqlite_url)
    yield opened(store, clock, tmp_path)
    store.close()


@pytest.fixture
def offices(store: Store, clock: SetClock, tmp_path: Path) -> Office:
    """The same on both databases, one after the other: for queries."""
    return opened(store, clock, tmp_path)


@pytest.fixture
def ministry(sqlite_url: str, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """An office in production."""
    store = Store(sqlite_url)
    yield opened(store, clock, tmp_path, khaojai_env="production")
    store.close()
