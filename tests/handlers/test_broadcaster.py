"""While a broadcast goes out, citizens are answered: a call to LINE that hangs holds up nobody."""

import threading
from pathlib import Path

import requests

from bot.broadcasts import following
from bot.store.base import Store
from bot.store.broadcasts import Broadcast
from handlers.broadcaster import Broadcaster
from tests.bot.broadcasts.office import in_store
from tests.conftest import SetClock
from tests.handlers.town import town, words
from tests.programs import until

PEOPLE = 3_000
MULTICAST = "/v2/bot/message/multicast"


def test_a_citizen_is_answered_in_the_middle_of_a_broadcast(store: Store, clock: SetClock, tmp_path: Path) -> None:
    with town(store, clock, tmp_path) as here:
        citizen = here.citizen(agreed=True)
        number = in_store(store, PEOPLE)
        hanging = {"path": MULTICAST, "delay": 8, "times": 100}
        requests.post(f"{here.control}/faults", json=hanging, timeout=5).raise_for_status()
        stopping = threading.Event()
        lanes = Broadcaster(here.runtime).start_all(stopping)
        try:
            until(lambda: _progress(store, number, clock).open, "a call that hangs", 60)
            said = citizen.says("ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย")
            assert "อุบัติเหตุบนถนน" in words(said) or "เลขอ้างอิง" in words(said)
            seen = _progress(store, number, clock)
            assert (seen.sent, seen.open > 0) == (0, True)
        finally:
            stopping.set()
            for lane in lanes:
                lane.join(30)
        assert not any(lane.is_alive() for lane in lanes)


def _progress(store: Store, number: int, clock: SetClock) -> following.Progress:
    with store.reading() as session:
        return following.progress(session, session.get_one(Broadcast, number), clock())


def test_the_metrics_tell_how_broadcasts_go(store: Store, clock: SetClock, tmp_path: Path) -> None:
    in_store(store, 10)
    with town(store, clock, tmp_path) as here:
        broadcaster = Broadcaster(here.runtime)
        while broadcaster.work():
            pass
        told = requests.get(here.webhook.replace("/line/webhook", "/metrics"), timeout=5).text
    assert 'khaojai_broadcast_recipients{state="sent"} 10.0' in told
    assert 'khaojai_broadcasts{state="sending"} 0.0' in told
