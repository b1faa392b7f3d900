"""Retry keys: a call accepted once with a key is not carried out again for 24 hours."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from handlers.standin.bounded import Bounded
from handlers.standin.wire import Answer, Call, Wrong

HEADER = "X-Line-Retry-Key"
_LIFE = 24 * 3600
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")


@dataclass(slots=True)
class _Seen:
    attempts: int = 0
    accepted_at: float | None = None
    request_id: str = ""
    asked: bytes = b""
    answer: dict[str, Any] = field(default_factory=dict)
    messages: int = 0


class Retries:
    """What is known of each key. The caller holds the stand-in's lock from `check` to `accept`."""

    def __init__(self, most: int = 100_000) -> None:
        self._seen: Bounded[_Seen] = Bounded(most)

    def check(self, call: Call) -> None:
        """Raise Wrong: 400 for a key that is no UUID or comes with another body, 409 when it was accepted before."""
        key = call.headers.get(HEADER)
        if key is None:
            return
        if not _UUID.match(key):
            raise Wrong(400, "The retry key is invalid")
        seen = self._seen.get(key) or self._new(key)
        seen.attempts += 1
        if seen.accepted_at is None or call.at - seen.accepted_at > _LIFE:
            return
        if seen.asked != _asked(call):
            raise Wrong(400, "The request differs from the one that the retry key was accepted with")
        known = {"sentMessages": seen.answer["sentMessages"]} if "sentMessages" in seen.answer else {}
        headers = {"x-line-accepted-request-id": seen.request_id}
        raise Wrong(409, "The retry key is already accepted", headers=headers, **known)

    def accept(self, call: Call, answer: Answer, messages: int) -> None:
        """The call was carried out; `messages` were delivered."""
        key = call.headers.get(HEADER)
        if key is None:
            return
        seen = self._seen[key]
        seen.accepted_at, seen.request_id = call.at, call.request_id
        seen.asked, seen.answer = _asked(call), answer.body
        seen.messages += messages

    def counts(self) -> dict[str, dict[str, Any]]:
        """Per key: attempts, whether accepted, messages delivered under it."""
        return {
            key: {"attempts": seen.attempts, "accepted": seen.accepted_at is not None, "messages": seen.messages}
            for key, seen in self._seen.items()
        }

    def _new(self, key: str) -> _Seen:
        self._seen[key] = seen = _Seen()
        return seen


def _asked(call: Call) -> bytes:
    return hashlib.sha256((call.path + json.dumps(call.body, sort_keys=True)).encode()).digest()
