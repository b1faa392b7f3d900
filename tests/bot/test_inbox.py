"""The inbox: many events at once, and a database that closes connections."""

import threading

from sqlalchemy import func, select, text

from bot.inbox import Inbox
from bot.line.inbound import Arrived
from bot.store.base import Store
from bot.store.mail import InboxEvent
from tests.conftest import SetClock


def events(*numbers: int) -> list[Arrived]:
    return [Arrived(f"event-{number}", "U1", number, "{}") for number in numbers]


def kept(store: Store) -> int:
    with store.reading() as session:
        return int(session.scalar(select(func.count()).select_from(InboxEvent)) or 0)


def test_more_events_than_one_statement_takes(store: Store, clock: SetClock) -> None:
    Inbox(store, clock, patience=60).accept(events(*range(1_201), *range(700)))
    assert kept(store) == 1_201


def test_many_webhooks_at_once_are_each_kept(store: Store, clock: SetClock) -> None:
    inbox = Inbox(store, clock, patience=60)
    threads = [threading.Thread(target=inbox.accept, args=(events(number, number + 1),)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(store) == 21


def test_a_connection_that_the_database_closed_is_opened_anew(postgres_url: str, clock: SetClock) -> None:
    store = Store(postgres_url)
    inbox = Inbox(store, clock)
    inbox.accept(events(1))
    with store.transaction() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        session.execute(text(f"{others} WHERE datname = current_database() AND pid <> pg_backend_pid()"))
    inbox.accept(events(2))
    assert kept(store) == 2
    store.close()


def test_who_waits_for_the_one_writer_gets_its_turn(sqlite_url: str, clock: SetClock) -> None:
    """A webhook that comes while a transaction is open is kept as soon as that ends, and not before."""
    store = Store(sqlite_url)
    inbox = Inbox(store, clock)
    arriving = threading.Thread(target=inbox.accept, args=(events(1),))
    with store.transaction():
        arriving.start()
        arriving.join(0.05)
        assert arriving.is_alive() and kept(store) == 0
    arriving.join()
    assert kept(store) == 1
    store.close()
