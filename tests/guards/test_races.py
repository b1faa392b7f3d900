"""The same events twice and shuffled, to four workers at once: each is answered once, each sender's in order."""

import threading
from pathlib import Path

import requests
from sqlalchemy import select

from bot.store.base import Store
from bot.store.entries import Entry
from bot.store.people import Contact
from handlers.worker import Worker
from tests.conftest import SetClock
from tests.handlers.town import Town, town, words

PEOPLE, MESSAGES, WORKERS = 12, 5, 4


def talk(here: Town) -> dict[str, list[str]]:
    """Everybody writes, and no worker is at work. Gives each citizen's words in order."""
    people = [here.citizen(agreed=True) for _ in range(PEOPLE)]
    requests.post(f"{here.control}/settings", json={"duplicate": 1, "shuffle": True}, timeout=5).raise_for_status()
    said: dict[str, list[str]] = {each.id: [] for each in people}
    for number in range(MESSAGES):
        for person in people:
            text = f"รถชนกันที่แยกเดิมอีกแล้ว ครั้งที่ {number + 1}"
            person._post("messages", type="text", text=text)
            said[person.id].append(text)
    requests.get(f"{here.control}/idle", params={"wait": 20}, timeout=25).raise_for_status()
    here.pass_a_moment()
    return said


def test_each_event_is_answered_once_and_in_order(store: Store, clock: SetClock, tmp_path: Path) -> None:
    with town(store, clock, tmp_path) as here:
        said = talk(here)
        start = threading.Barrier(WORKERS)

        def work() -> None:
            worker = Worker(here.runtime)
            start.wait()
            worker.work()

        threads = [threading.Thread(target=work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with store.reading() as session:
            filed = session.execute(
                select(Contact.line_id, Entry.text, Entry.number).join(Entry).order_by(Entry.id)
            ).all()
        for person, texts in said.items():
            mine = [(text, number) for line_id, text, number in filed if line_id == person]
            assert [text for text, _ in mine] == texts
            heard = words(here.heard_by(person))
            places = [heard.find(number) for _, number in mine]
            assert -1 not in places and places == sorted(places)
            assert all(heard.count(number) == 1 for _, number in mine)
