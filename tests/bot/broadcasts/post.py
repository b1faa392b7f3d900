"""LINE's stand-in over HTTP, and senders that talk to it with LINE's own SDK."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from bot.broadcasts.sending import Sender
from bot.line.live import LiveGateway
from bot.store.base import Store
from handlers.standin.app import create_app
from handlers.standin.people import Citizen
from handlers.standin.state import Standin
from tests.conftest import SetClock
from tests.handlers.town import SECRET, TOKEN, served

MULTICAST = "/v2/bot/message/multicast"


@dataclass
class Post:
    """A store, its clock, the stand-in and its address."""

    store: Store
    clock: SetClock
    standin: Standin
    line: str
    kept: int = 0

    def sender(self) -> Sender:
        """A sender of its own gateway."""
        gateway = LiveGateway((self.line, self.line), TOKEN)
        return Sender(self.store, lambda: gateway, self.clock, self.kept)

    def friends(self, line_ids: list[str]) -> None:
        """These are friends of the account."""
        for each in line_ids:
            self.standin.citizens[each] = Citizen(each, "ประชาชน", friend=True)

    def set(self, **settings: Any) -> None:
        """Let the stand-in behave so."""
        requests.post(f"{self.line}/control/settings", json=settings, timeout=5).raise_for_status()

    def fault(self, path: str = MULTICAST, **what: Any) -> None:
        """Let calls fail."""
        requests.post(f"{self.line}/control/faults", json={"path": path, **what}, timeout=5).raise_for_status()

    def received(self) -> Counter[str]:
        """How many messages each citizen got."""
        return Counter(self.standin.usage.by_chat)

    def calls(self) -> list[dict[str, Any]]:
        """The multicasts that came."""
        told = requests.get(f"{self.line}/control/calls", params={"path": MULTICAST}, timeout=10).json()
        return list(told["calls"])

    def work(self, turns: int = 400) -> None:
        """Send until nothing is to be done, letting time pass where something waits."""
        sender, stopping, idle = self.sender(), threading.Event(), 0
        for _ in range(turns):
            idle = 0 if sender.turn(stopping) else idle + 1
            if idle > 4:
                break
            if idle:
                self.clock.pass_by(seconds=61)
        sender.close()


@contextmanager
def post(store: Store, clock: SetClock) -> Iterator[Post]:
    """A post office over a store. The stand-in keeps the wall's time, as LINE does."""
    standin = Standin(secret=SECRET, token=TOKEN, webhook_url="http://127.0.0.1:9/", clock=time.time)
    with served(create_app(standin)) as line:
        yield Post(store, clock, standin, line)
