"""The threads that send broadcasts, beside the worker that answers citizens: they share no turn and no pool with it."""

import threading

from bot.broadcasts.figures import fetch_figures
from bot.broadcasts.pacing import refresh
from bot.broadcasts.sending import Sender
from handlers.background import Background
from handlers.runtime import Runtime

# Two, so that one makes up batches while LINE answers the other's.
LANES = 2
# Between two turns, in seconds: on SQLite, where there is one writer, citizens' answers get theirs.
BREATH = 0.02


class Figures(Background):
    """One process's part in fetching what LINE counted of broadcasts."""

    name = "figures"

    def make(self) -> bool:
        """Ask LINE about those whose figures are old."""
        return fetch_figures(self._runtime.store, lambda: self._runtime.gateway, self._runtime.clock) > 0


class Quota(Background):
    """One process's part in asking LINE what is left of the month, which whoever writes or approves wants to know."""

    name = "quota"

    def make(self) -> bool:
        """Ask, where nobody has within the minute. Nothing else waits behind it."""
        runtime = self._runtime
        refresh(runtime.store, runtime.gateway, runtime.clock, runtime.settings.broadcast_reserve)
        return False


class Broadcaster(Background):
    """One process's part in sending whatever is to be sent."""

    name = "broadcasts"

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        kept = runtime.settings.broadcast_reserve
        self._sender = Sender(runtime.store, lambda: runtime.gateway, runtime.clock, kept)
        self._stopping = threading.Event()

    def make(self) -> bool:
        """Do the next piece of work; once it is to stop, none."""
        if self._stopping.is_set():
            return False
        worked = self._sender.turn(self._stopping)
        if worked and self._runtime.store.sqlite:
            self._stopping.wait(BREATH)
        return worked

    def start_all(self, stopping: threading.Event) -> list[threading.Thread]:
        """Serve in some threads of this process. Once `stopping` is set they end with the calls they have begun."""
        self._stopping = stopping
        beside = [each(self._runtime).start(stopping) for each in (Figures, Quota)]
        return [self.start(stopping) for _ in range(LANES)] + beside
