"""One API call, its answer, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Call:
    """A request to the API. `route` is the path's template, `path` the path under the prefix, `at` seconds."""

    method: str
    path: str
    route: str
    args: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    raw: bytes
    request_id: str
    at: float
    body: Any = None


@dataclass(slots=True)
class Answer:
    """A response: `body` is sent as JSON unless `content` holds bytes of `content_type`."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None
    content_type: str = "application/json"
    drop: bool = False


class Wrong(Exception):
    """A call that LINE refuses, in LINE's shape: a message, and perhaps details with the property of each."""

    def __init__(self, status: int, message: str, details: Sequence[Mapping[str, str]] = (), **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message}
        if details:
            self.body["details"] = list(details)
        self.headers: dict[str, str] = more.pop("headers", {})
        self.body.update(more)

    def answer(self) -> Answer:
        """The response that says so."""
        return Answer(self.status, self.body, self.headers)


def invalid_property(name: str) -> Wrong:
    """LINE's 400 for a property of the wrong type or value."""
    return Wrong(400, f"The property, '{name}', in the request body is invalid (line: -, column: -)")


def not_found() -> Wrong:
    """LINE's 404."""
    return Wrong(404, "Not found")
