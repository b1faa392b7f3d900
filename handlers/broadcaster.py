"""The threads that send broadcasts, beside the worker that answers citizens: they share no turn and no pool with it."""

import threading

import structlog

from bot.broadcasts.figures import fetch_figures
from bot.broadcasts.sending import Sender
from bot.store.base import Unavailable
from handlers.runtime import Runtime

log = structlog.get_logger()

LOOK_EVERY = 1.0
# Two, so that one makes up batches while LINE answers the other's.
LANES = 2
# Between two turns, in seconds: on SQLite, where there is one writer, citizens' answers get theirs.
BREATH = 0.02


class Broadcaster:
    """One process's part in sending whatever is to be sent."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._sender = Sender(runtime.store, lambda: runtime.gateway, runtime.clock, runtime.settings.broadcast_reserve)

    def work(self, stopping: threading.Event) -> int:
        """Do all that can be done now. Returns how many turns it took."""
        turns = 0
        while not stopping.is_set() and self._sender.turn(stopping):
            turns += 1
            if self._runtime.store.sqlite:
                stopping.wait(BREATH)
        return turns

    def serve(self, stopping: threading.Event) -> None:
        """Look every second until stopped. A database that is away is waited for."""
        while not stopping.wait(LOOK_EVERY):
            try:
                self.work(stopping)
            except Unavailable as error:
                log.warning("store unavailable", error=type(error).__name__)
            except Exception:
                log.exception("broadcaster failed")

    def start(self, stopping: threading.Event) -> list[threading.Thread]:
        """Serve in threads of this process, which do not keep the process alive."""
        work = [("broadcasts", self.serve)] * LANES + [("figures", self._watch)]
        lanes = [threading.Thread(target=each, args=(stopping,), name=name, daemon=True) for name, each in work]
        for each in lanes:
            each.start()
        return lanes

    def _watch(self, stopping: threading.Event) -> None:
        """Fetch what LINE counted, now and then."""
        while not stopping.wait(60):
            try:
                fetch_figures(self._runtime.store, lambda: self._runtime.gateway, self._runtime.clock)
            except Unavailable as error:
                log.warning("store unavailable", error=type(error).__name__)
            except Exception:
                log.exception("figures failed")
