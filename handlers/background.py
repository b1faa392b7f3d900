"""Work that is done beside answering citizens: a thread that looks every second for what was asked in the console."""

import threading

import structlog

from bot.store.base import Unavailable
from handlers.runtime import Runtime

log = structlog.get_logger()

LOOK_EVERY = 1.0


class Background:
    """One process's maker of one kind of things: one at a time, oldest first."""

    name = "background"

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def work(self) -> int:
        """Make all that waits. Returns how many there were."""
        made = 0
        while self.make():
            made += 1
        return made

    def make(self) -> bool:
        """Make the next one. Whether there was one."""
        raise NotImplementedError

    def serve(self, stopping: threading.Event) -> None:
        """Look every second until `stopping` is set. What the process's end cuts short is made anew."""
        while not stopping.wait(LOOK_EVERY):
            try:
                self.work()
            except Unavailable as error:
                log.warning("store unavailable", error=type(error).__name__)
            except Exception:
                log.exception(f"{self.name} failed")

    def start(self, stopping: threading.Event) -> threading.Thread:
        """Serve in a thread of this process, which does not keep the process alive."""
        thread = threading.Thread(target=self.serve, args=(stopping,), name=self.name, daemon=True)
        thread.start()
        return thread
