"""Real processes: a web process and workers, woken over Redis or PostgreSQL; what is killed or away loses nothing."""

import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from bot.store.base import Store
from bot.store.entries import Entry
from bot.store.mail import Delivery, depth
from tests.handlers.living import House, house
from tests.programs import Program, free_port, redis, until

STORY = "รถชนกันที่แยกเดิมอีกแล้ว ครั้งที่ {}"
ALL_DONE = {"events": 0, "failed_events": 0, "oldest_ms": None, "deliveries": 0}


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    with redis(tmp_path, port):
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(params=["redis", "postgresql"])
def broker_url(request: pytest.FixtureRequest, postgres_url: str) -> str:
    if request.param == "redis":
        return str(request.getfixturevalue("redis_url"))
    return postgres_url.replace("+psycopg", "")


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    opened = Store(postgres_url)
    yield opened
    opened.close()


def waiting(store: Store) -> dict[str, int | None]:
    with store.reading() as session:
        return depth(session)


def filed(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(text, number) for text, number in session.execute(select(Entry.text, Entry.number))]


def each_answered_once(here: House, store: Store, said: dict[str, list[str]]) -> None:
    """Every message became one entry, and its number was said once, to the one who wrote it, in order."""
    everything = [text for texts in said.values() for text in texts]
    until(lambda: len(filed(store)) >= len(everything) and waiting(store) == ALL_DONE, "every answer", 60)
    entries = filed(store)
    assert sorted(text for text, _ in entries) == sorted(everything)
    numbers = dict(entries)
    for who, texts in said.items():
        heard = "\n".join(here.heard(who))
        places = [heard.find(numbers[text]) for text in texts]
        assert -1 not in places and places == sorted(places)
        assert all(heard.count(numbers[text]) == 1 for text in texts)


def talk(here: House, people: int, messages: int) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {here.citizen(): [] for _ in range(people)}
    for number in range(messages):
        for place, (who, texts) in enumerate(said.items()):
            texts.append(STORY.format(f"{number}/{place}"))
            here.says(who, texts[-1])
    return said


def test_workers_are_woken_and_answer_each_once(store: Store, broker_url: str, tmp_path: Path) -> None:
    """These workers look by themselves once an hour: only being woken makes them answer."""
    with house(tmp_path, database_url=store.url, broker_url=broker_url, web_concurrency=2) as here:
        here.start_web()
        for _ in range(2):
            here.start_worker()
        here.control("POST", "settings", duplicate=1)
        said = talk(here, people=4, messages=3)
        each_answered_once(here, store, said)
        assert [worker.stop() for worker in here.workers] == [0, 0]
        assert here.web and here.web.stop() == 0


def test_redis_killed_and_started_again_loses_nothing(store: Store, tmp_path: Path) -> None:
    port = free_port()
    broker = redis(tmp_path, port)
    with house(tmp_path, database_url=store.url, broker_url=f"redis://127.0.0.1:{port}/0") as here:
        here.start_web()
        here.start_worker()
        who = here.citizen()
        broker.kill()
        texts = [STORY.format(number) for number in (1, 2)]
        here.says(who, texts[0])
        until(lambda: waiting(store)["events"] == 1, "an event that is kept though nobody can be woken")
        with redis(tmp_path, port):
            here.says(who, texts[1])
            each_answered_once(here, store, {who: texts})


def test_a_worker_killed_while_it_sends_loses_and_repeats_nothing(store: Store, redis_url: str, tmp_path: Path) -> None:
    with house(tmp_path, database_url=store.url, broker_url=redis_url) as here:
        here.start_web()
        worker = here.start_worker(lease_ms=500)
        who = here.citizen()
        until(lambda: waiting(store) == ALL_DONE, "quiet")
        here.control("POST", "faults", path="*/reply", delay=30, accept=True)
        calls = len(here.heard(who))
        here.says(who, STORY.format(1))
        until(lambda: len(here.heard(who)) > calls, "an answer that is on its way")
        worker.kill()
        assert worker.process.returncode == -signal.SIGKILL
        here.start_worker(look_every=0.1)
        each_answered_once(here, store, {who: [STORY.format(1)]})


def test_a_worker_asked_to_end_finishes_what_it_sends(store: Store, redis_url: str, tmp_path: Path) -> None:
    with house(tmp_path, database_url=store.url, broker_url=redis_url) as here:
        here.start_web()
        worker = here.start_worker()
        ends_having_sent(here, store, worker)


def test_a_web_process_that_answers_finishes_what_it_sends(store: Store, tmp_path: Path) -> None:
    with house(tmp_path, database_url=store.url) as here:
        here.start_web()
        assert here.web
        ends_having_sent(here, store, here.web)


def ends_having_sent(here: House, store: Store, program: Program) -> None:
    """Asked to end in the middle of a slow call to LINE, it ends well, with the call's end written down."""
    who = here.citizen()
    until(lambda: waiting(store) == ALL_DONE, "quiet")
    here.control("POST", "faults", path="*/reply", delay=1.0, accept=True)
    calls = len(here.heard(who))
    here.says(who, STORY.format(1))
    until(lambda: len(here.heard(who)) > calls, "an answer that is on its way")
    assert program.stop() == 0
    assert waiting(store) == ALL_DONE
    with store.reading() as session:
        assert set(session.scalars(select(Delivery.status))) == {"sent"}


def test_a_database_away_is_waited_for(store: Store, postgres: str, redis_url: str, tmp_path: Path) -> None:
    """Webhooks are told to come again (LINE redelivers), and the worker goes on once the database is back."""
    name = store.engine.url.database
    with house(tmp_path, database_url=store.url, broker_url=redis_url) as here:
        here.start_web()
        worker = here.start_worker(look_every=0.1)
        who = here.citizen()
        until(lambda: waiting(store) == ALL_DONE, "quiet")
        store.close()
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            here.control("POST", "settings", backoff=0.3)
            here.says(who, STORY.format(1))
            web = here.web
            assert web
            until(lambda: any(each["status"] == 503 for each in web.logged("webhook")), "a refused webhook")
            until(lambda: worker.logged("store unavailable"), "a worker that waits")
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        each_answered_once(here, store, {who: [STORY.format(1)]})
