"""Somebody at a chat with the bot over a test's own store, without HTTP."""

from collections.abc import Sequence
from itertools import count

from bot.conversations import receiving
from bot.conversations.desk import Questionnaires
from bot.conversations.receiving import Circumstances
from bot.line.inbound import Event, Heard
from bot.line.outbound import MESSAGES_A_CALL, compose
from bot.messages import Message, pack
from bot.photos import Photo
from bot.store.base import Clock, Store
from tests.transcript import button

_numbers = count(1)


class Chatter:
    """One person on LINE. `said` are the bot's newest messages; `told` everything it ever said, as text."""

    def __init__(self, store: Store, clock: Clock, line_id: str) -> None:
        self.store, self.clock, self.id = store, clock, line_id
        self.said: Sequence[Message] = ()
        self.told = ""

    def follows(self) -> None:
        """Add the bot as a friend."""
        self._give("follow")

    def agrees(self) -> None:
        """Follow, and agree to all."""
        self.follows()
        self._give("postback", data="do=agree")

    def says(self, *texts: str) -> None:
        """Type these, one after the other."""
        for text in texts:
            self._give("message", message=Heard(f"m{next(_numbers)}", "text", text))

    def taps(self, *labels: str) -> None:
        """Tap the newest buttons of these labels, one after the other."""
        for label in labels:
            self._give("postback", data=button(self.said, label).data)

    def starts(self, survey: str) -> None:
        """Tap a survey in the list of those that are open."""
        self._give("postback", data=pack("survey", s=survey))

    def sends_photo(self, key: str) -> None:
        """Send a photo that is kept under this key."""
        number = f"m{next(_numbers)}"
        self._give("message", {number: Photo(key, "image/png", 68)}, message=Heard(number, "image"))

    def _give(self, kind: str, photos: dict[str, Photo] | None = None, **more: object) -> None:
        at_ms = int(self.clock().timestamp() * 1000)
        event = Event(f"e{next(_numbers)}", kind, at_ms, "user", self.id, reply_token="r", **more)  # type: ignore[arg-type]
        found = Circumstances({self.id: "th"}, photos or {})
        with self.store.transaction() as session:
            self.said = receiving.receive(session, event, self.clock(), Questionnaires(), found).said
        assert len(self.said) <= MESSAGES_A_CALL
        compose(self.said)
        self.told += "\n".join(each.text for each in self.said)
