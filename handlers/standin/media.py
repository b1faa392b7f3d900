"""The contents of messages: photos, videos, voices, files."""

from dataclasses import dataclass

from handlers.standin.bounded import Bounded

_ROOM = 256 * 1024 * 1024  # bytes


@dataclass(slots=True)
class Content:
    """Bytes and their type. `not_ready`: how many more requests are told to wait (202)."""

    data: bytes
    kind: str
    content_type: str
    not_ready: int = 0


class Media:
    """What can be fetched; the oldest make room."""

    def __init__(self) -> None:
        self.held: Bounded[Content] = Bounded(_ROOM, lambda content: len(content.data))
        self.gone: Bounded[bool] = Bounded(100_000)

    def unsend(self, message_id: str) -> None:
        """The sender took it back: 410 from now on."""
        if message_id in self.held:
            self.held.pop(message_id)
            self.gone[message_id] = True
