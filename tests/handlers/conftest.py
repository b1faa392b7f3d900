"""The town, as a fixture: on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.base import Store
from tests.conftest import SetClock
from tests.handlers.town import Town, town


@pytest.fixture
def here(store: Store, clock: SetClock, tmp_path: Path) -> Iterator[Town]:
    """A town with the seeded lab, on each database."""
    with town(store, clock, tmp_path) as built:
        yield built
