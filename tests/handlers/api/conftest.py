"""An office whose API is called."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.base import Store
from tests.conftest import SetClock
from tests.handlers.console.office import Office
from tests.handlers.console.office import office as opened


@pytest.fixture
def office(sqlite_url: str, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """On SQLite."""
    store = Store(sqlite_url)
    yield opened(store, clock, tmp_path)
    store.close()
