"""The store itself: many who start together, and what is left of what was removed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select

from bot.seed import seed
from bot.store.audit import AuditEvent
from bot.store.base import Store
from bot.store.migrating import go_back, migrate
from bot.store.surveys import SurveyVersion

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
STARTING = 4


@pytest.fixture
def empty_url(database_url: str) -> Iterator[str]:
    store = Store(database_url)
    go_back(store, "base")
    store.close()
    yield database_url


def test_processes_that_start_together_make_one_lab(empty_url: str) -> None:
    together = Barrier(STARTING)

    def start(_: int) -> int:
        store = Store(empty_url)
        together.wait()
        migrate(store)
        with store.transaction() as session:
            new = seed(session, AT)
        store.close()
        return new

    with ThreadPoolExecutor(STARTING) as pool:
        assert sorted(pool.map(start, range(STARTING))) == [0, 0, 0, 20]
    store = Store(empty_url)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(SurveyVersion)) == 10
    store.close()


def test_what_was_removed_does_not_linger_in_sqlites_log(sqlite_url: str) -> None:
    path, word = Path(sqlite_url.removeprefix("sqlite:///")), "a word that is taken back"

    def files_with_it() -> list[str]:
        return [each.name for each in path.parent.iterdir() if word.encode() in each.read_bytes()]

    store = Store(sqlite_url)
    with store.transaction() as session:
        session.add(AuditEvent(at=AT, actor="test", act="said", facts={"word": word}))
    with store.transaction() as session:
        session.query(AuditEvent).delete()
    assert files_with_it() == ["khaojai.sqlite3-wal"]
    with store.reading() as reader:
        reader.connection().exec_driver_sql("BEGIN")
        reader.query(AuditEvent).all()
        store.empty_log()  # somebody reads an older state: nobody is made to wait
    store.empty_log()
    assert files_with_it() == []
    store.close()
