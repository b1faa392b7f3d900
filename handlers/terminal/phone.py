"""The citizen's phone: what is typed, tapped and sent becomes events as LINE's webhooks hold them."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from bot.rehearsals.stage import CITIZEN
from bot.store.base import Clock
from handlers.standin import events

Webhook = dict[str, Any]


class Phone:
    """Makes events of one citizen. It remembers the messages it sent, for taking them back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._sent: list[str] = []

    def follows(self) -> Webhook:
        """Add the bot as a friend."""
        return self._event("follow", follow={"isUnblocked": False})

    def says(self, text: str) -> Webhook:
        """Type words."""
        return self.sends(type="text", text=text)

    def sends(self, **said: Any) -> Webhook:
        """Send a message of any type, in the form of the stand-in's control API."""
        number = f"m{next(self._numbers)}"
        self._sent.append(number)
        ids = {"id": number, "quoteToken": "", "markAsReadToken": ""}
        return self._event("message", message=events.message(said, ids))

    def taps(self, data: str, **params: str) -> Webhook:
        """Tap an option; `params` holds what a date picker gives."""
        postback: Mapping[str, Any] = {"data": data} | ({"params": params} if params else {})
        return self._event("postback", postback=postback)

    def unsends(self) -> Webhook | None:
        """Take back the newest message that is not yet taken back; None where there is none."""
        return self._event("unsend", unsend={"messageId": self._sent.pop()}) if self._sent else None

    def _event(self, kind: str, **what: Any) -> Webhook:
        number = next(self._numbers)
        event = {"type": kind, "webhookEventId": f"e{number}", "mode": "active", "source": events.user(CITIZEN)}
        reply = {"replyToken": f"r{number}"} if kind in events.WITH_REPLY else {}
        return {**event, **reply, "timestamp": int(self._clock().timestamp() * 1000), **what}
