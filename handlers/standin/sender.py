"""Webhooks on their way: signed, over kept-alive connections, in order per chat unless disorder is asked for."""

import base64
import hashlib
import heapq
import hmac
import json
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Condition, Thread
from typing import Any

import urllib3

from handlers.standin.events import Event, chat_of
from handlers.standin.settings import Settings

_LANES = 8
_GATHER = 0.05  # seconds to wait for company when events travel in batches
_JITTER = 0.25  # seconds over which disorder spreads the events
_LONGEST_BACKOFF = 5.0


def sign(secret: str, body: bytes) -> str:
    """`x-line-signature` of a body."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def write(destination: str, events: list[Event]) -> bytes:
    """The body of a webhook."""
    return json.dumps({"destination": destination, "events": events}, ensure_ascii=False).encode()


@dataclass(order=True, slots=True)
class _Job:
    due: float
    order: int
    event: Event = field(compare=False)
    attempt: int = field(compare=False, default=0)


@dataclass(slots=True)
class _Lane:
    ready: Condition = field(default_factory=Condition)
    jobs: list[_Job] = field(default_factory=list)
    thread: Thread | None = None


@dataclass(slots=True)
class Route:
    """Where webhooks go and who says so. `arrives` is told of each event just before it is sent."""

    url: str
    secret: str
    destination: str
    arrives: Callable[[Event], None]
    now: Callable[[], float]


class Sender:
    """Threads that send. They start with the first event (so a fork before it does no harm) and are daemons."""

    def __init__(self, route: Route, settings: Settings, remembered: int = 5000) -> None:
        self.route, self._settings = route, settings
        self._lanes = [_Lane() for _ in range(_LANES)]
        self._pool = urllib3.PoolManager(maxsize=_LANES + 1, retries=False)
        self._changed = Condition()
        self._pending = self._order = 0
        self._closed = False
        self._log: deque[dict[str, Any]] = deque(maxlen=remembered)
        self._attempts = 0

    def put(self, event: Event) -> None:
        """Send an event, and the extra copies asked for."""
        for _ in range(1 + self._settings.duplicate):
            self._put(event, self._settings.latency, 0)

    def wake(self) -> None:
        """The settings changed."""
        for lane in self._lanes:
            with lane.ready:
                lane.ready.notify_all()

    def idle(self, seconds: float) -> bool:
        """Wait until no webhook is waiting or on its way; False when the time ran out first."""
        with self._changed:
            return self._changed.wait_for(lambda: self._pending == 0, timeout=seconds)

    def attempts(self, since: int = 0) -> list[dict[str, Any]]:
        """What was sent after a cursor, oldest first."""
        with self._changed:
            return [one for one in self._log if one["cursor"] > since]

    def close(self) -> None:
        """End the threads."""
        self._closed = True
        self.wake()

    def forget(self) -> None:
        """Drop what waits, and the log."""
        dropped = 0
        for lane in self._lanes:
            with lane.ready:
                dropped += len(lane.jobs)
                lane.jobs.clear()
        with self._changed:
            self._pending -= dropped
            self._log.clear()
            self._changed.notify_all()

    def post(self, events: list[Event], url: str = "") -> dict[str, Any]:
        """Send one body now; what came of it: status (0: none), reason in LINE's words, ms, at."""
        body = write(self.route.destination, events)
        began = time.monotonic()
        status, reason, detail = self._try(url or self.route.url, body)
        spent = round((time.monotonic() - began) * 1000, 2)
        return {"at": int(self.route.now() * 1000), "status": status, "reason": reason, "detail": detail, "ms": spent}

    def _put(self, event: Event, delay: float, attempt: int) -> None:
        settings = self._settings
        if settings.shuffle:
            delay += random.uniform(0, _JITTER)
        if settings.batch > 1:
            delay += _GATHER
        lane = self._lanes[0 if settings.batch > 1 else hash(chat_of(event)) % _LANES]
        with self._changed:
            self._pending += 1
            self._order += 1
            order = self._order
        with lane.ready:
            if lane.thread is None:
                lane.thread = Thread(target=self._run, args=(lane,), name="standin-webhooks", daemon=True)
                lane.thread.start()
            heapq.heappush(lane.jobs, _Job(time.monotonic() + delay, order, event, attempt))
            lane.ready.notify()

    def _run(self, lane: _Lane) -> None:
        while jobs := self._take(lane):
            for job in jobs:
                self.route.arrives(job.event)
            self._settle(jobs, self.post([job.event for job in jobs]))

    def _take(self, lane: _Lane) -> list[_Job]:
        with lane.ready:
            while not self._closed:
                now = time.monotonic()
                if lane.jobs and not self._settings.hold and lane.jobs[0].due <= now:
                    return self._due(lane, now)
                waiting = lane.jobs and not self._settings.hold
                lane.ready.wait(timeout=lane.jobs[0].due - now if waiting else None)
        return []

    def _due(self, lane: _Lane, now: float) -> list[_Job]:
        jobs = [heapq.heappop(lane.jobs)]
        while lane.jobs and len(jobs) < self._settings.batch and lane.jobs[0].due <= now:
            jobs.append(heapq.heappop(lane.jobs))
        return jobs

    def _try(self, url: str, body: bytes) -> tuple[int, str, str]:
        try:
            answer = self._send(url, body)
        except urllib3.exceptions.TimeoutError as error:
            refused = isinstance(error, urllib3.exceptions.NewConnectionError)
            return 0, "COULD_NOT_CONNECT" if refused else "REQUEST_TIMEOUT", type(error).__name__
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            return 0, "COULD_NOT_CONNECT", type(error).__name__
        good = 200 <= answer.status < 300
        return answer.status, "OK" if good else "ERROR_STATUS_CODE", str(answer.status)

    def _send(self, url: str, body: bytes) -> urllib3.BaseHTTPResponse:
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LineBotWebhook/2.0"}
        if self._settings.signature != "missing":
            secret = self.route.secret if self._settings.signature == "good" else self.route.secret + "x"
            headers["x-line-signature"] = sign(secret, body)
        send = partial(self._pool.request, "POST", url, body=body, headers=headers, redirect=False)
        try:
            return send(timeout=self._settings.timeout)
        except urllib3.exceptions.ProtocolError:  # a kept connection may have been closed just now: once more
            return send(timeout=self._settings.timeout)

    def _settle(self, jobs: list[_Job], result: dict[str, Any]) -> None:
        failed = not 200 <= result["status"] < 300
        for job in jobs if failed else ():
            if job.attempt < self._settings.redelivery:
                again = {**job.event, "deliveryContext": {"isRedelivery": True}}
                self._put(again, min(self._settings.backoff * 2**job.attempt, _LONGEST_BACKOFF), job.attempt + 1)
        with self._changed:
            self._attempts += 1
            self._log.append({"cursor": self._attempts, **result, "events": [job.event for job in jobs]})
            self._pending -= len(jobs)
            self._changed.notify_all()
