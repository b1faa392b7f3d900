"""Trouble on demand: answers that LINE might give on a bad day."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from handlers.standin.wire import Answer


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls of a path (a pattern with * is allowed).

    status: answer this instead; drop: close the connection without an answer; delay: seconds before the answer.
    accept: carry the call out first, so that only the answer is lost.
    """

    path: str
    method: str = ""
    status: int = 0
    message: str = ""
    delay: float = 0.0
    drop: bool = False
    times: int = 1
    accept: bool = False

    def answer(self) -> Answer | None:
        """The answer to give, or None when the true one may go out (late)."""
        if self.drop:
            return Answer(503, {"message": "dropped"}, drop=True)
        if self.status:
            return Answer(self.status, {"message": self.message or _MESSAGES.get(self.status, "Fault")})
        return None


_MESSAGES = {
    401: "Authentication failed due to the following reason: invalid token",
    429: "The API rate limit has been exceeded. Try again later.",
    500: "Internal server error",
    503: "Service unavailable",
}


class Faults:
    """The faults waiting for their calls. Callers hold the stand-in's lock."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, wanted: Mapping[str, Any]) -> Fault:
        """Raises ValueError (or TypeError for an unknown name) when it makes no sense."""
        fault = Fault(**wanted)
        if not fault.path or fault.times < 1 or not (fault.status or fault.drop or fault.delay):
            raise ValueError("a fault needs a path, times >= 1, and a status, a drop or a delay")
        self._waiting.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault for this call, used up by one."""
        if not self._waiting:
            return None
        for fault in self._waiting:
            if fault.method in ("", method) and fnmatchcase(path, fault.path):
                fault.times -= 1
                if fault.times == 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Back to good days."""
        self._waiting.clear()
