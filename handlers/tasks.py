"""The queue that wakes workers: Huey, in this process's own threads, or over Redis or PostgreSQL.

Huey has no acknowledgement: a task that runs while its worker dies is lost. So a task says only "look"; what there is
to do stands in the database, and a worker also looks by itself every second.
"""

import threading
from collections.abc import Callable

import structlog
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey
from huey.consumer import Consumer

from bot.config import Settings

log = structlog.get_logger()

NAME = "khaojai"
# Many webhooks in this time, in seconds, make one wake-up call. Nobody waits longer for it: an event rests 60 ms before
# it is answered (bot/inbox.py), and the first call after a silence goes out at once.
TOGETHER = 0.05


def queue(settings: Settings) -> Huey:
    """The queue that BROKER_URL names, or one in this process's memory."""
    if not settings.broker_url:
        return MemoryHuey(NAME, results=False)
    if settings.broker_url.startswith(("redis://", "rediss://")):
        return RedisHuey(NAME, url=settings.broker_url, results=False)
    return PostgresHuey(NAME, dsn=settings.broker_url, results=False)


def watch(huey: Huey, look: Callable[[], None]) -> Callable[[], object]:
    """Let this process's consumer do `look` whenever a wake-up call comes. Returns what puts one in the queue."""

    def task() -> None:
        look()

    # Huey knows a task by its module and name: those who call and those who do must both have it from here.
    call: Callable[[], object] = huey.task(name="look")(task)
    return call


class Caller:
    """Wakes workers, at most once each 50 ms however often it is called; never loses the last call."""

    def __init__(self, enqueue: Callable[[], object]) -> None:
        self._enqueue = enqueue
        self._called = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def __call__(self) -> None:
        """Ask for a look. Returns at once."""
        self._called.set()
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._relay, name="wake", daemon=True)
                    self._thread.start()

    def _relay(self) -> None:
        pause = threading.Event()
        while True:
            self._called.wait()
            self._called.clear()
            try:
                self._enqueue()
            except Exception as error:  # the broker is away: workers look by themselves meanwhile
                log.warning("wake-up call not sent", error=type(error).__name__)
            pause.wait(TOGETHER)


class Threads(Consumer):
    """Huey's consumer inside a process that has its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the process."""


def consume(huey: Huey, threads: int) -> Threads:
    """Start consuming the queue in this process's threads. Stop it with `.stop()`."""
    consumer = Threads(
        huey, workers=threads, periodic=False, initial_delay=0.01, max_delay=0.05, check_worker_health=False
    )
    consumer.start()
    return consumer
