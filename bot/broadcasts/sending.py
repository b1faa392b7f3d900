"""Batches are handed to LINE, and what became of each is written down.

    200, 409                 sent (409: the same key was accepted before)
    429, too fast            later, and everybody slower; not in doubt: made up anew
    429, quota               the broadcast is paused, and says so
    500, no answer           in doubt: again with the same key and body, until LINE has forgotten the key
    401, 403                 the account may not send: paused
    any other 4xx            the batch is parted until the bad ids stand alone; those fail with LINE's reason

Killed anywhere, a batch's lease ends and the next sender repeats it with its key: nobody is missed, nobody twice.
"""

import json
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from bot.broadcasts.freezing import Parcel, put_off, take
from bot.broadcasts.pacing import refresh, slow_down, wall_us
from bot.broadcasts.planning import UNKNOWN, begin_due, pause, plan_some
from bot.broadcasts.writing import sending_of
from bot.dates import quiet
from bot.line.gateway import Forbidden, Gateway, GatewayError, QuotaSpent, Rejected, Throttled
from bot.outbox import KEY_LIFE_MS
from bot.store.base import Clock, Session, Store
from bot.store.batches import (
    add_batches,
    any_open,
    bind,
    held_pace,
    ids_of,
    is_leased,
    next_people,
    remove_batch,
    sending_now,
    settle,
    sizes,
)
from bot.store.broadcasts import BatchState, BroadcastBatch, BroadcastState, Cause, held, state_of

log = structlog.get_logger()

SENDERS = 24
# How long a call may take at most, by the gateway's time limit and a little more: none is begun so near a lease's end.
CALL_MS = 15_000
FIRST_WAIT_MS, LONGEST_WAIT_MS = 1_000, 10 * 60_000
# So many refused singly, and not one sent: it is not the ids that LINE refuses.
HOPELESS = 20

Settle = Callable[[Session], None]


class Sender:
    """One process's sender. `turn` may be called from several threads; any number of processes may have one."""

    def __init__(self, store: Store, gateway: Callable[[], Gateway], clock: Clock, kept: int) -> None:
        self._store, self._line, self._clock, self._kept = store, gateway, clock, kept
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="multicast")

    def turn(self, stopping: threading.Event) -> bool:
        """Do the next piece of work: begin, put down a page, or send some batches. Whether there was anything to do."""
        if quiet(self._clock()):
            return False
        began = begin_due(self._store, self._clock) > 0
        with self._store.reading() as session:
            running = [each.id for each in sending_now(session)]
        if not running:
            return began
        gateway = self._line()
        try:
            if plan_some(self._store, gateway, self._clock):
                return True
        except GatewayError as error:
            log.warning("broadcast not planned yet", error=type(error).__name__)
            return False
        if not refresh(self._store, gateway, self._clock, self._kept):
            log.warning("quota not known yet")
            return False
        return sum(self._send_some(gateway, number, stopping) for number in running) > 0 or began

    def _send_some(self, gateway: Gateway, number: int, stopping: threading.Event) -> bool:
        with self._store.transaction() as session:
            parcels = take(session, number, self._clock())
        if not parcels:
            self._finish(number)
            return False
        settled = list(self._pool.map(lambda each: self._send(gateway, each, stopping), parcels))
        with self._store.transaction() as session:
            held_pace(session)  # first, as everybody does who holds more than one row
            for act in settled:
                act(session)
        return True

    def _send(self, gateway: Gateway, parcel: Parcel, stopping: threading.Event) -> Settle:
        """Make one call at its moment. Returns what is to be written of it."""
        stopping.wait(max(0, parcel.at_us - wall_us()) / 1_000_000)
        with self._store.reading() as session:
            stopped = state_of(session, parcel.broadcast_id) != BroadcastState.SENDING
        if stopped or stopping.is_set() or self._now() > parcel.until_ms - CALL_MS:
            return self._if_ours(parcel, self._not_sent(parcel, "", 0))
        try:
            request_id = gateway.multicast(parcel.to, parcel.messages, parcel.key, parcel.unit)
        except GatewayError as error:
            log.info("batch", batch=parcel.key, broadcast=parcel.broadcast_id, error=type(error).__name__)
            return self._if_ours(parcel, self._failed(parcel, error))
        log.info("batch", batch=parcel.key, broadcast=parcel.broadcast_id, sent=len(parcel.to))
        return lambda session: settle(session, [_sent(parcel, request_id, self._now())])

    def _if_ours(self, parcel: Parcel, act: Settle) -> Settle:
        """Write it only while the lease is ours: another sender may have the batch by now, and may have sent it."""

        def guarded(session: Session) -> None:
            if is_leased(session, parcel.id, parcel.attempts):
                act(session)

        return guarded

    def _failed(self, parcel: Parcel, error: GatewayError) -> Settle:
        match error:
            case Throttled():
                return self._slower(parcel, error)
            case QuotaSpent():
                return self._paused(parcel, Cause.QUOTA, error)
            case Forbidden():
                return self._paused(parcel, Cause.ACCESS, error)
            case Rejected():
                return lambda session: _part(session, parcel, error, self._now())
        return lambda session: settle(session, [self._in_doubt(parcel, error)])

    def _slower(self, parcel: Parcel, error: GatewayError) -> Settle:
        later = self._not_sent(parcel, error.reason, _wait(parcel.attempts))

        def act(session: Session) -> None:
            slow_down(session)
            later(session)

        return act

    def _paused(self, parcel: Parcel, cause: Cause, error: GatewayError) -> Settle:
        later = self._not_sent(parcel, error.reason, 0)

        def act(session: Session) -> None:
            later(session)
            if (broadcast := held(session, parcel.broadcast_id)) is not None:
                pause(session, broadcast, cause, error.reason)

        return act

    def _not_sent(self, parcel: Parcel, reason: str, wait_ms: int) -> Settle:
        """It certainly did not go this time. Where an earlier call is in doubt it stays as it is, key and all."""
        due = self._now() + wait_ms

        def act(session: Session) -> None:
            if parcel.in_doubt:
                settle(session, [{"id": parcel.id, "due_ms": due, "reason": reason[:500]}])
            else:
                settle(session, [put_off(parcel, ids_of(session, parcel.to), due, reason)])

        return act

    def _in_doubt(self, parcel: Parcel, error: GatewayError) -> dict[str, Any]:
        reason = f"{type(error).__name__}: {error.reason}"[:500]
        if self._now() - parcel.first_ms > KEY_LIFE_MS:
            return _ended(parcel, BatchState.FAILED, self._now(), UNKNOWN)
        return {"id": parcel.id, "due_ms": self._now() + _wait(parcel.attempts), "reason": reason}

    def _finish(self, number: int) -> None:
        """Nothing is to be sent now: where nothing will be, it is over."""
        with self._store.transaction() as session:
            broadcast = held(session, number)
            if broadcast is None or broadcast.state != BroadcastState.SENDING or broadcast.planned_at is None:
                return
            if any_open(session, number) or next_people(session, broadcast, sending_of(broadcast, self._clock()), 1):
                return
            ended = sum(sizes(session, number).values()) + sum(broadcast.dropped.values())
            if erased := broadcast.planned - ended:
                dropped = broadcast.dropped
                broadcast.dropped = {**dropped, "erased": dropped.get("erased", 0) + max(0, erased)}
            broadcast.state, broadcast.ended_at = BroadcastState.SENT, self._clock()
            log.info("broadcast sent", broadcast=number, recipients=broadcast.planned)

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)

    def close(self) -> None:
        """Finish what was begun."""
        self._pool.shutdown()


def _wait(attempts: int) -> int:
    return min(FIRST_WAIT_MS * 2 ** min(attempts - 1, 10), LONGEST_WAIT_MS)


def _ended(parcel: Parcel, state: BatchState, now_ms: int, reason: str) -> dict[str, Any]:
    """The columns of a batch that came to its end: whom it went to is no longer written in it."""
    return {"id": parcel.id, "state": state, "body": "", "in_doubt": False, "ended_ms": now_ms, "reason": reason[:500]}


def _sent(parcel: Parcel, request_id: str, now_ms: int) -> dict[str, Any]:
    return _ended(parcel, BatchState.SENT, now_ms, "") | {"request_id": request_id[:64]}


def _part(session: Session, parcel: Parcel, error: GatewayError, now_ms: int) -> None:
    """LINE takes none of a batch for the sake of some: two halves, each made up anew; one alone has failed."""
    if len(parcel.to) == 1:
        settle(session, [_ended(parcel, BatchState.FAILED, now_ms, error.reason)])
        _lose_hope(session, parcel.broadcast_id, error)
        return
    ids = ids_of(session, parcel.to)
    old = session.get_one(BroadcastBatch, parcel.id)
    halves = [some for some in (ids[: len(ids) // 2], ids[len(ids) // 2 :]) if some]
    rows = [_half(old, some, now_ms) for some in halves]
    for number, some in zip(add_batches(session, rows), halves, strict=True):
        bind(session, parcel.broadcast_id, some, number)
    remove_batch(session, parcel.id)


def _half(old: BroadcastBatch, ids: Sequence[int], now_ms: int) -> dict[str, Any]:
    same = {name: getattr(old, name) for name in ("broadcast_id", "arm", "language")}
    body = json.dumps({"people": list(ids)})
    new = {"key": str(uuid.uuid4()), "size": len(ids), "body": body, "state": BatchState.WAITING, "attempts": 0}
    return same | new | {"in_doubt": False, "due_ms": now_ms, "first_ms": now_ms}


def _lose_hope(session: Session, number: int, error: GatewayError) -> None:
    found = sizes(session, number)
    hopeless = found.get(BatchState.FAILED, 0) >= HOPELESS and not found.get(BatchState.SENT)
    if hopeless and (broadcast := held(session, number)) is not None:
        pause(session, broadcast, Cause.REFUSED, error.reason)
