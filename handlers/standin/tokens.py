"""Reply tokens: once each, for about a minute after the webhook arrived."""

from dataclasses import dataclass

from handlers.standin.bounded import Bounded

_LAST_CALL = 20 * 60  # seconds after the event when even a redelivered token is dead


@dataclass(slots=True)
class _Given:
    chat: str
    event_at: float
    received_at: float
    used: bool = False


class ReplyTokens:
    """The tokens given out and what became of each. Times are seconds."""

    def __init__(self, most: int = 50_000) -> None:
        self._given: Bounded[_Given] = Bounded(most)

    def give(self, token: str, chat: str, now: float) -> None:
        """A token for a user's or group's chat, in an event of `now`."""
        self._given[token] = _Given(chat, now, now)

    def arrived(self, token: str, now: float) -> None:
        """The webhook with it goes out, for the first time or again: its minute begins anew."""
        given = self._given.get(token)
        if given is not None:
            given.received_at = now

    def live(self, token: str, now: float, seconds: float) -> str | None:
        """The chat that a token may be used in now, or None when it is unknown, used or too old."""
        given = self._given.get(token)
        if given is None or given.used:
            return None
        if now - given.received_at > seconds or now - given.event_at > _LAST_CALL:
            return None
        return given.chat

    def use(self, token: str) -> None:
        """It has been answered with."""
        if token in self._given:
            self._given[token].used = True
