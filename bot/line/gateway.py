"""What we ask of LINE, and all that can come of it.

The tree of errors, each saying what the caller may do:

    GatewayError
      TokenGone       the reply token is used, expired or wrong: say it by push
      Throttled       too many requests: later, with the same retry key
      QuotaSpent      this month's messages are spent: pause, and tell the operator
      Unreachable     no answer, or LINE's own fault: it may or may not have arrived; again with the same retry key
      Rejected        LINE will never take this; `reason` is LINE's
      NotReady        the content is still being prepared: later
      Gone            the content is no more: the citizen took it back
      TooLarge        the content is over the limit we asked for
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

LineMessages = Sequence[dict[str, Any]]


class GatewayError(Exception):
    """A call to LINE did not do what it was for. `request_id` is LINE's, where there is one."""

    def __init__(self, reason: str = "", request_id: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.request_id = request_id


class TokenGone(GatewayError):
    """The reply token is used, expired or wrong."""


class Throttled(GatewayError):
    """Too many requests for now."""


class QuotaSpent(GatewayError):
    """The month's messages are spent."""


class Unreachable(GatewayError):
    """No answer, or LINE's own fault: whether it arrived is not known."""


class Rejected(GatewayError):
    """LINE refuses, and would refuse again."""


class NotReady(GatewayError):
    """The content is still being prepared."""


class Gone(GatewayError):
    """The content is no more."""


class TooLarge(GatewayError):
    """The content is over the asked limit."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes a citizen sent, and their type as LINE names it."""

    data: bytes
    content_type: str


class Contents(Protocol):
    """Where what citizens sent is fetched from."""

    def content(self, message_id: str, limit: int) -> Content:
        """The photo of a message. Raises NotReady, Gone, or TooLarge over `limit` bytes."""
        ...


class Gateway(Contents, Protocol):
    """The verbs. Each raises a GatewayError where it cannot; none retries by itself."""

    def reply(self, token: str, messages: LineMessages) -> str:
        """Answer an event: free, once, within about a minute. Returns LINE's request id."""
        ...

    def push(self, to: str, messages: LineMessages, key: str) -> str:
        """Say something unasked: metered. A second call with the same `key` (a UUID) within 24 hours sends nothing."""
        ...

    def multicast(self, to: Sequence[str], messages: LineMessages, key: str) -> str:
        """Say the same to at most 500 people: metered for each. `key` as in `push`."""
        ...

    def language(self, user: str) -> str:
        """The language of a citizen's profile (BCP 47), or "" where LINE does not tell."""
        ...
