"""kill -9 of the worker between any two steps loses nothing and repeats nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from bot import outbox
from bot.store.base import Store
from bot.store.entries import Entry
from handlers.worker import Worker
from tests.conftest import SetClock
from tests.guards.doomed import STEPS
from tests.handlers.town import SECRET, TOKEN, Town, town, words

ROOT = Path(__file__).parents[2]


def killed(here: Town, step: str, tmp_path: Path) -> None:
    """Run a worker in a process of its own until it kills itself at the step."""
    line = here.control.removesuffix("/control")
    at = here.runtime.clock().isoformat()
    arguments = (step, here.runtime.store.url, line, at, SECRET, TOKEN, str(tmp_path))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "tests/guards/doomed.py"), *arguments]
    done = subprocess.run(command, env=environment, timeout=60, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]


@pytest.mark.parametrize("step", STEPS)
def test_killed_worker_loses_and_repeats_nothing(store: Store, clock: SetClock, tmp_path: Path, step: str) -> None:
    with town(store, clock, tmp_path) as here:
        citizen = here.citizen(agreed=True)
        before = len(citizen.heard())
        for number in (1, 2):
            citizen._post("messages", type="text", text=f"รถชนกันที่แยกเดิมอีกแล้ว ครั้งที่ {number}")
        requests.get(f"{here.control}/idle", params={"wait": 10}, timeout=15).raise_for_status()
        clock.pass_by(milliseconds=200)
        killed(here, step, tmp_path)
        clock.pass_by(milliseconds=outbox.LEASE_MS + 1)
        Worker(here.runtime).work()
        with store.reading() as session:
            filed = session.execute(select(Entry.text, Entry.number).order_by(Entry.id)).all()
        assert [text[-1] for text, _ in filed] == ["1", "2"]
        heard = words(citizen.heard()[before:])
        assert [heard.count(number) for _, number in filed] == [1, 1]
        assert heard.find(filed[0].number) < heard.find(filed[1].number)
