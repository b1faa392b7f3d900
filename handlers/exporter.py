"""The thread that makes the exports officials asked for, beside the worker that answers citizens."""

import threading

import structlog

from bot import export_jobs
from bot.store.base import Unavailable
from handlers.runtime import Runtime

log = structlog.get_logger()

LOOK_EVERY = 1.0


class Exporter:
    """One process's maker of exports: one at a time, oldest first."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def serve(self, stopping: threading.Event) -> None:
        """Look every second until `stopping` is set. An export that the process's end cuts short is made anew."""
        while not stopping.wait(LOOK_EVERY):
            try:
                self.work()
            except Unavailable as error:
                log.warning("store unavailable", error=type(error).__name__)
            except Exception:
                log.exception("exporter failed")

    def work(self) -> int:
        """Make all exports that wait. Returns how many there were."""
        runtime, made = self._runtime, 0
        while export_jobs.make_next(runtime.store, runtime.clock, runtime.settings.data_dir):
            made += 1
        return made

    def start(self, stopping: threading.Event) -> None:
        """Serve in a thread of this process, which does not keep the process alive."""
        threading.Thread(target=self.serve, args=(stopping,), name="exporter", daemon=True).start()
