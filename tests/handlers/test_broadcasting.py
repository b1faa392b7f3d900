"""`python -m bot broadcast …` as an operator runs it: what it says, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.base import Store
from bot.store.broadcasts import Broadcast, BroadcastState
from tests.bot.broadcasts.office import in_store
from tests.bot.broadcasts.post import MULTICAST, Post, post
from tests.conftest import SetClock
from tests.handlers.town import TOKEN
from tests.programs import ROOT

# The command at noon in Bangkok, whatever the hour is here: by night it would wait for the morning.
AT_NOON = """
import sys
from handlers.cli import broadcasting, main
from tests.bot.broadcasts.office import NOON
broadcasting.now = lambda: NOON
main(["broadcast", *sys.argv[1:]], prog_name="python -m bot")
"""
PEOPLE = 620


@pytest.fixture
def office(sqlite_url: str, clock: SetClock):
    store = Store(sqlite_url)
    with post(store, clock) as made:
        made.friends([f"U{number:032x}" for number in range(1, PEOPLE + 1)])
        yield made
    store.close()


def broadcast(office: Post, folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and the words of a command."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    told = {"DATABASE_URL": office.store.url.replace("+psycopg", ""), "LINE_API_URL": office.line}
    told |= {"LINE_CHANNEL_ACCESS_TOKEN": TOKEN, "DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", AT_NOON, *arguments], capture_output=True, timeout=90, check=False, cwd=folder,
        env=kept | told,
    )  # fmt: skip
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def test_send_sends_to_the_end_and_status_tells(office: Post, tmp_path: Path) -> None:
    number = str(in_store(office.store, PEOPLE))
    status, told = broadcast(office, tmp_path, "preview", number)
    assert status == 0 and f"{PEOPLE} are meant; {PEOPLE} would get it." in told
    status, told = broadcast(office, tmp_path, "send", number)
    assert status == 0, told
    assert f"{PEOPLE} put down: {PEOPLE} sent, 0 failed" in told
    assert set(office.received().values()) == {1} and len(office.received()) == PEOPLE
    status, told = broadcast(office, tmp_path, "status", number, "--watch")
    assert (status, told.partition("\n")[0]) == (0, "ชวนตอบ: Sent.")


def test_a_pause_ends_with_one_and_says_why_and_resume_goes_on(office: Post, tmp_path: Path) -> None:
    number = in_store(office.store, PEOPLE)
    office.fault(MULTICAST, status=429, message="You have reached your monthly limit.", times=5)
    status, told = broadcast(office, tmp_path, "send", str(number))
    assert status == 1 and "The month's messages are used up" in told
    office.standin.faults.clear()
    status, told = broadcast(office, tmp_path, "resume", str(number), "--no-wait")
    assert status == 0 and "Sending" in told
    status, told = broadcast(office, tmp_path, "stop", str(number))
    assert status == 0 and "Stopped" in told
    status, told = broadcast(office, tmp_path, "resume", str(number))
    assert status == 0 and len(office.received()) == PEOPLE
    with office.store.reading() as session:
        assert session.get_one(Broadcast, number).state == BroadcastState.SENT


def test_wrong_use_is_told(office: Post, tmp_path: Path) -> None:
    number = str(in_store(office.store, 1))
    assert broadcast(office, tmp_path, "list") == (0, "1\t1\tscheduled\t0\tชวนตอบ\n")
    assert broadcast(office, tmp_path, "send", "77") == (2, "Error: there is no broadcast with the number 77\n")
    status, told = broadcast(office, tmp_path, "resume", number)
    assert (status, told) == (1, "Error: This cannot be done to a broadcast in its present state.\n")
