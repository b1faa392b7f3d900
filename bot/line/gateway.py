"""What we ask of LINE, and all that can come of it.

The tree of errors, each saying what the caller may do:

    GatewayError
      TokenGone       the reply token is used, expired or wrong: say it by push
      Throttled       too many requests: later, with the same retry key
      QuotaSpent      this month's messages are spent: pause, and tell the operator
      Unreachable     no answer, or LINE's own fault: it may or may not have arrived; again with the same retry key
      Rejected        LINE will never take this; `reason` is LINE's
        Forbidden     LINE takes nothing of this account: its token or its plan
      NotReady        the content is still being prepared: later
      Gone            the content is no more: the citizen took it back
      TooLarge        the content is over the limit we asked for
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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


class Forbidden(Rejected):
    """LINE refuses the account, not the message: its token is wrong, or its plan does not allow it."""


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


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """How many people opened a message, and tapped a link in it; None: LINE does not tell, as of fewer than 20."""

    opened: int | None
    clicked: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """The LINE account that a token speaks for."""

    name: str
    basic_id: str


@dataclass(frozen=True, slots=True)
class WebhookTest:
    """What LINE saw when it called the webhook: the status that came back, or why none did."""

    success: bool
    status: int
    reason: str
    detail: str


class Channel(Protocol):
    """How the channel is set up at LINE. Each raises a GatewayError where it cannot."""

    def account(self) -> Account:
        """Whose token this is. Raises Forbidden where LINE does not know it."""
        ...

    def webhook(self) -> tuple[str, bool]:
        """Where LINE sends events, "" for nowhere, and whether it does."""
        ...

    def set_webhook(self, address: str) -> None:
        """Tell LINE where to send events: https, at most 500 characters."""
        ...

    def test_webhook(self) -> WebhookTest:
        """Let LINE call the webhook, with no events."""
        ...


class Contents(Protocol):
    """Where what citizens sent is fetched from."""

    def content(self, message_id: str, limit: int) -> Content:
        """The photo of a message. Raises NotReady, Gone, or TooLarge over `limit` bytes."""
        ...


class Gateway(Contents, Channel, Protocol):
    """The verbs. Each raises a GatewayError where it cannot; none retries by itself."""

    def reply(self, token: str, messages: LineMessages) -> str:
        """Answer an event: free, once, within about a minute. Returns LINE's request id."""
        ...

    def push(self, to: str, messages: LineMessages, key: str) -> str:
        """Say something unasked: metered. A second call with the same `key` (a UUID) within 24 hours sends nothing."""
        ...

    def multicast(self, to: Sequence[str], messages: LineMessages, key: str, unit: str = "") -> str:
        """Say the same to at most 500 people: metered for each. `key` as in `push`; LINE counts under `unit`."""
        ...

    def validate(self, messages: LineMessages) -> None:
        """Whether LINE would take these messages by multicast; nothing is sent. Raises Rejected where it would not."""
        ...

    def quota(self) -> int | None:
        """How many messages this month has; None where there is no limit."""
        ...

    def consumption(self) -> int:
        """How many of them are used, about."""
        ...

    def unit_figures(self, unit: str, first: date, last: date) -> UnitFigures:
        """What LINE counted under a unit, over at most 30 days of Japan's calendar, both included."""
        ...

    def language(self, user: str) -> str:
        """The language of a citizen's profile (BCP 47), or "" where LINE does not tell."""
        ...
