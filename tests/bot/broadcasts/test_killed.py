"""Senders in processes of their own, killed with kill -9 again and again, over a LINE on a bad day: the fault run."""

import random
import sys
import time
from pathlib import Path

import pytest

from bot.store.base import Store
from bot.store.broadcasts import Broadcast, BroadcastState
from tests.bot.broadcasts.office import in_store
from tests.bot.broadcasts.post import Post, post
from tests.conftest import SetClock
from tests.handlers.town import TOKEN
from tests.programs import Program, until

PEOPLE = 12_000
HERE = Path(__file__).parent
BAD = (5, 4_321, 4_322)


def mailman(office: Post, folder: Path, name: str) -> Program:
    """A sender that is at work."""
    # Each begins some minutes later than the last, so that what that one held is due.
    at = office.clock().isoformat()
    office.clock.pass_by(minutes=2)
    command = [sys.executable, str(HERE / "mailman.py"), office.store.url, office.line, at, TOKEN]
    return Program(command, folder / f"{name}.log")


def is_sent(office: Post, number: int) -> bool:
    with office.store.reading() as session:
        return session.get_one(Broadcast, number).state == BroadcastState.SENT


@pytest.mark.parametrize("together", [1, 3])
def test_killed_again_and_again_misses_nobody_and_repeats_nothing(
    store: Store, clock: SetClock, tmp_path: Path, together: int
) -> None:
    pick = random.Random(together)
    with post(store, clock) as office:
        office.friends([f"U{number:032x}" for number in range(1, PEOPLE + 1) if number not in BAD])
        office.set(strangers="refuse")
        number = in_store(store, PEOPLE)
        for trouble in (
            {"status": 500}, {"status": 500, "accept": True}, {"drop": True}, {"drop": True, "accept": True},
            {"status": 429}, {"delay": 0.3, "times": 20},
        ):  # fmt: skip
            office.fault(**{"times": 2, **trouble})
        kills = 0
        while kills < 3 and not is_sent(office, number):
            men = [mailman(office, tmp_path, f"{kills}-{each}") for each in range(together)]
            for man in men:
                man.wait_for(lambda man=man: "ready" in man.wrote(), "a sender")
            time.sleep(pick.uniform(0.1, 0.8))
            for man in men:
                man.kill()
            kills += 1
        men = [mailman(office, tmp_path, f"last-{each}") for each in range(together)]
        try:
            until(lambda: is_sent(office, number), "the end of the broadcast", 90)
        finally:
            for man in men:
                man.kill()
        assert kills >= 2
        received = office.received()
        assert set(received.values()) == {1}
        assert len(received) == PEOPLE - len(BAD)
