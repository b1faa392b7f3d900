"""Time passing: silent interviews are nudged once and then end, old mail is cleared, pictures' counts are kept.

Everything here may be done by several processes at once, or twice: each act checks the state under the row's lock.
"""

import threading

import structlog

from bot import bulk, export_jobs, keys
from bot.broadcasts import planning
from bot.conversations import silence
from bot.inbox import milliseconds
from bot.rehearsals import inviting
from bot.store import mail, tallies
from bot.store.api_keys import forget_calls
from bot.store.base import Unavailable
from handlers.runtime import Runtime

log = structlog.get_logger()

EVERY = 60.0
BATCHES = 60
# LINE may redeliver for an undisclosed time; a week is far beyond the 24 hours for which it remembers a retry key.
MAIL_KEPT_MS = 7 * 24 * 3_600_000


class Timekeeper:
    """One process's sense of time."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def serve(self, stopping: threading.Event) -> None:
        """Keep time until `stopping` is set."""
        while not stopping.wait(EVERY):
            try:
                self.tick()
            except Unavailable as error:
                log.warning("store unavailable", error=type(error).__name__)
            except Exception:
                log.exception("clock failed")

    def tick(self) -> None:
        """Do what is due."""
        runtime = self._runtime
        now_ms = milliseconds(runtime.clock)
        with runtime.store.transaction() as session:
            counts = silence.tend(session, runtime.clock(), runtime.questionnaires)
            cleared = mail.drop_before(session, now_ms - MAIL_KEPT_MS)
            forget_calls(session, runtime.clock() - keys.CALLS_KEPT)
        if any(counts.values()) or cleared:
            log.info("clock", events_cleared=cleared, **counts)
        if counts["nudged"]:
            runtime.wake()
        self._keep_counts()
        bulk.finish_all(runtime.store, runtime.clock)
        if wiped := inviting.sweep(runtime.store, runtime.clock, runtime.photos):
            log.info("rehearsals removed", rehearsals=wiped)
        planning.begin_due(runtime.store, runtime.clock)
        if gone := planning.sweep(runtime.store, runtime.clock):
            log.info("recipients forgotten", rows=gone)
        if removed := export_jobs.sweep(runtime.store, runtime.clock, runtime.settings.data_dir):
            log.info("exports removed", files=removed)
        runtime.store.empty_log()

    def _keep_counts(self) -> None:
        """Count days anew that changed, a batch a transaction: filing waits for none of them long."""
        for _ in range(BATCHES):
            with self._runtime.store.transaction() as session:
                if tallies.roll(session) < tallies.AT_ONCE:
                    return
