"""Every API call that came, for those who want to look."""

from collections import deque
from fnmatch import fnmatchcase
from typing import Any

from handlers.standin.retries import HEADER
from handlers.standin.wire import Answer, Call

_ROOM = 32 * 1024 * 1024  # bytes of bodies, as they came
_OF_INTEREST = (HEADER, "Content-Type", "User-Agent")


class Log:
    """The last calls: at most `most`, and so many bytes. Callers hold the lock. Tokens are not kept."""

    def __init__(self, most: int = 10_000) -> None:
        self._calls: deque[dict[str, Any]] = deque()
        self._sizes: deque[int] = deque()
        self._most, self._held = most, 0
        self.cursor = 0

    def add(self, call: Call, answer: Answer) -> None:
        """Note a call and what it got."""
        self.cursor += 1
        kept = {
            "cursor": self.cursor,
            "at": int(call.at * 1000),
            "method": call.method,
            "path": call.path,
            "query": dict(call.query),
            "status": 0 if answer.drop else answer.status,
            "body": call.body,
            "headers": {name: call.headers[name] for name in _OF_INTEREST if name in call.headers},
            "requestId": call.request_id,
            "answer": answer.body if answer.content is None else None,
        }
        self._calls.append(kept)
        self._sizes.append(len(call.raw))
        self._held += len(call.raw)
        while len(self._calls) > self._most or (self._held > _ROOM and len(self._calls) > 1):
            self._calls.popleft()
            self._held -= self._sizes.popleft()

    def since(self, cursor: int, path: str = "") -> list[dict[str, Any]]:
        """The calls after a cursor; of one path (a pattern with * is allowed) when given."""
        return [one for one in self._calls if one["cursor"] > cursor and (not path or fnmatchcase(one["path"], path))]

    def clear(self) -> None:
        """Forget them; cursors go on."""
        self._calls.clear()
        self._sizes.clear()
        self._held = 0
