"""What arrived: kept once, before anything else happens, and taken in order.

Many webhooks that arrive together are kept in one transaction by one thread (a group commit): on SQLite that is the
difference between one writer and a queue of starving ones, on PostgreSQL between one commit and dozens.
"""

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future

import structlog

from bot.line.inbound import Arrived
from bot.store.base import Clock, Store
from bot.store.mail import EventWriter

log = structlog.get_logger()

# How long an event rests before it is answered: messages sent in quick succession may overtake each other on the way,
# and within this time they are put back in the order in which they were written.
SETTLE_MS = 60
# The most webhooks one transaction takes.
TOGETHER = 200
# LINE gives a webhook 2 seconds.
PATIENCE = 1.8


class Inbox:
    """Keeps arriving events for one process."""

    def __init__(self, store: Store, clock: Clock, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._writer = EventWriter(store)
        self._clock = clock
        self._waiting: queue.SimpleQueue[tuple[Sequence[Arrived], Future[None]]] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def accept(self, events: Sequence[Arrived]) -> None:
        """Keep the events, each id once for ever; returns when they are safe.

        Raises whatever the store raises where it cannot keep them, and TimeoutError where it takes too long: the
        caller then tells LINE to send them again.
        """
        if not events:
            return
        kept: Future[None] = Future()
        self._waiting.put((events, kept))
        self._start()
        kept.result(timeout=self._patience)

    def _start(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep_keeping, name="inbox", daemon=True)
                self._thread.start()

    def _keep_keeping(self) -> None:
        while True:
            batch = [self._waiting.get()]
            while len(batch) < TOGETHER and not self._waiting.empty():
                batch.append(self._waiting.get())
            try:
                self._keep([event for events, _ in batch for event in events])
            except Exception as error:  # handed to every caller, who tells LINE
                for _, kept in batch:
                    kept.set_exception(error)
            else:
                for _, kept in batch:
                    kept.set_result(None)

    def _keep(self, events: Sequence[Arrived]) -> None:
        arrived = milliseconds(self._clock)
        rows = [(each.id, each.sender, each.at_ms, arrived, arrived + SETTLE_MS, each.body) for each in events]
        self._writer.insert(rows)


def milliseconds(clock: Clock) -> int:
    """The time now, in milliseconds since 1970."""
    return int(clock().timestamp() * 1000)
