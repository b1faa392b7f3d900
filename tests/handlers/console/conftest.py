"""The office, and a browser before it, as fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.store.base import Store
from tests.conftest import SetClock
from tests.handlers.console.browsing import Browsing
from tests.handlers.console.office import Office
from tests.handlers.console.office import office as opened
from tests.handlers.town import served

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


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


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, for all tests of a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def browsing(office: Office, chromium: Browser) -> Iterator[Browsing]:
    """A browser before the office. Afterwards: nothing was logged as an error, and no other host was asked."""
    with served(office.app) as address:
        before = Browsing(office, address, chromium)
        yield before
        before.close()
    assert before.troubles == []
    assert before.strange_hosts == []
