"""Batches are made up: who may still be sent to, in which wording and language, under which key, at which moment.

All of it stands in the database before a call is made. A batch that was begun is in doubt until LINE's answer is
written down; what is in doubt is sent again exactly as it was, with the same key. Anything else is made up anew: who
blocked us, opted out or began an interview meanwhile is left out.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasts.invitations import composed, unit
from bot.broadcasts.pacing import is_crowded, reserve
from bot.broadcasts.planning import pause
from bot.broadcasts.writing import sending_of
from bot.store.base import Session
from bot.store.batches import (
    add_batches,
    bind,
    drop,
    due_batches,
    held_pace,
    next_people,
    people_of,
    remove_batch,
)
from bot.store.broadcasts import (
    BatchState,
    Broadcast,
    BroadcastBatch,
    BroadcastKind,
    BroadcastState,
    Cause,
    LinePace,
    held,
)
from bot.store.projects import ProjectStatus
from bot.store.surveys import SurveyState

# LINE's most ids a call (Messaging API reference, "Send multicast message").
MOST_IDS = 500
# How many recipients are made up at once: some calls' worth, and a short hold of the database's one write lock.
WINDOW = 2_000
BATCHES_AT_ONCE = 12
# How long a sender may take for a batch; afterwards another one repeats it with the same key.
LEASE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """A batch as its sender holds it, outside of any transaction, until its lease ends at `until_ms`.

    `in_doubt`: an earlier call's end is not known. `at_us`: when the call may be made.
    """

    id: int
    broadcast_id: int
    key: str
    to: list[str]
    messages: list[dict[str, Any]]
    unit: str
    attempts: int
    in_doubt: bool
    first_ms: int
    until_ms: int
    at_us: int


Face = tuple[int, str]
Person = Any


def arm_of(contact_id: int, series_id: int, share: int) -> int:
    """Which wording a contact gets: the same in every wave, another mix in every series (Knuth's hash)."""
    hashed = ((contact_id + series_id * 7919) * 2_654_435_761) % 2**32
    return int((hashed >> 16) % 100 >= share)


def take(session: Session, number: int, at: datetime) -> list[Parcel]:
    """Make up the next batches of a broadcast and lease them; [] where nothing is to be sent now, or it is paused."""
    pace = held_pace(session)
    broadcast = held(session, number)
    if broadcast is None or broadcast.state != BroadcastState.SENDING or broadcast.planned_at is None:
        return []
    if is_crowded(pace):
        return []
    if _is_closed(broadcast):
        pause(session, broadcast, Cause.CLOSED)
        return []
    desk = _Desk(session, broadcast, pace, at)
    for batch in due_batches(session, number, desk.now_ms, BATCHES_AT_ONCE):
        desk.again(batch)
    if len(desk.rows) < BATCHES_AT_ONCE:
        desk.anew()
    return desk.parcels()


def _is_closed(broadcast: Broadcast) -> bool:
    if broadcast.kind != BroadcastKind.SURVEY or broadcast.survey is None:
        return False
    return broadcast.survey.state != SurveyState.LIVE or broadcast.survey.project.status != ProjectStatus.ACTIVE


class _Desk:
    """One transaction's work on one broadcast. `rows`: the batches to be sent, as columns, with their `id`."""

    def __init__(self, session: Session, broadcast: Broadcast, pace: LinePace, at: datetime) -> None:
        self.session, self.broadcast, self.pace = session, broadcast, pace
        self.sending = sending_of(broadcast, at)
        self.now_ms = int(at.timestamp() * 1000)
        self.rows: list[dict[str, Any]] = []
        self._faces: dict[Face, list[dict[str, Any]]] = {}

    def again(self, batch: BroadcastBatch) -> None:
        """One that is in doubt goes out as it was; any other is made up anew of those who are still there."""
        if batch.state == BatchState.SENDING:
            batch.attempts, batch.due_ms = batch.attempts + 1, self.now_ms + LEASE_MS
            names = ("id", "key", "body", "attempts", "first_ms", "due_ms")
            self.rows.append({name: getattr(batch, name) for name in names} | {"in_doubt": True, "arm": batch.arm})
            return
        ids = json.loads(batch.body)["people"]
        people = people_of(self.session, self.broadcast.id, ids, self.sending)
        remove_batch(self.session, batch.id)
        self._make_up(people, gone=len(ids) - len(people))

    def anew(self) -> None:
        """The next recipients who are in no batch yet, as many as the quota allows."""
        left = self.pace.quota_left
        if left is not None and left <= 0:
            if next_people(self.session, self.broadcast, self.sending, 1):
                pause(self.session, self.broadcast, Cause.QUOTA)
            return
        people = next_people(self.session, self.broadcast, self.sending, WINDOW if left is None else min(WINDOW, left))
        if people:
            self.broadcast.sent_after = people[-1].id
            self._make_up(people)

    def _make_up(self, people: Sequence[Person], gone: int = 0) -> None:
        against: dict[str, list[int]] = defaultdict(list)
        faces: dict[Face, list[Person]] = defaultdict(list)
        for each in people:
            if each.why:
                against[each.why].append(each.id)
            else:
                faces[self._arm(each.id), each.language].append(each)
        for reason, ids in against.items():
            drop(self.session, self.broadcast.id, ids)
            self._count(reason, len(ids))
        self._count("erased", gone)
        parts = [(face, some[n : n + MOST_IDS]) for face, some in faces.items() for n in range(0, len(some), MOST_IDS)]
        made = [self._row(face, some) for face, some in parts]
        for number, row, (_, some) in zip(add_batches(self.session, made), made, parts, strict=True):
            bind(self.session, self.broadcast.id, [each.id for each in some], number)
            self.rows.append(row | {"id": number, "in_doubt": False})
            if self.pace.quota_left is not None:
                self.pace.quota_left -= len(some)

    def _arm(self, contact_id: int) -> int:
        if len(self.broadcast.wordings) < 2:
            return 0
        return arm_of(contact_id, self.broadcast.series_id or self.broadcast.id, self.broadcast.share)

    def _count(self, reason: str, people: int) -> None:
        if people:
            dropped = self.broadcast.dropped
            self.broadcast.dropped = {**dropped, reason: dropped.get(reason, 0) + people}

    def _row(self, face: Face, people: Sequence[Person]) -> dict[str, Any]:
        if face not in self._faces:
            self._faces[face] = composed(self.session, self.broadcast, *face)
        body = {"to": [each.line_id for each in people], "messages": self._faces[face]}
        return {
            "broadcast_id": self.broadcast.id,
            "key": str(uuid.uuid4()),
            "arm": face[0],
            "language": face[1],
            "size": len(people),
            "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            "state": BatchState.SENDING,
            "attempts": 1,
            # Should we die in the call, the next sender knows that it may have arrived.
            "in_doubt": True,
            "due_ms": self.now_ms + LEASE_MS,
            "first_ms": self.now_ms,
        }

    def parcels(self) -> list[Parcel]:
        """What is to be sent, each with its reserved moment."""
        turns = reserve(self.pace, len(self.rows))
        return [_parcel(self.broadcast, row, turn) for row, turn in zip(self.rows, turns, strict=True)]


def _parcel(broadcast: Broadcast, row: dict[str, Any], at_us: int) -> Parcel:
    body = json.loads(row["body"])
    return Parcel(
        id=row["id"],
        broadcast_id=broadcast.id,
        key=row["key"],
        to=body["to"],
        messages=body["messages"],
        unit=unit(broadcast, row["arm"]),
        attempts=row["attempts"],
        in_doubt=row["in_doubt"],
        first_ms=row["first_ms"],
        until_ms=row["due_ms"],
        at_us=at_us,
    )


def put_off(parcel: Parcel, ids: list[int], due_ms: int, reason: str) -> dict[str, Any]:
    """The columns of a batch that certainly did not arrive: to be made up anew, of these contacts."""
    body = json.dumps({"people": ids})
    columns = {"state": BatchState.WAITING, "body": body, "in_doubt": False, "due_ms": due_ms, "reason": reason[:500]}
    return {"id": parcel.id, **columns}
