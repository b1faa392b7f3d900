"""One LINE platform with one official account, held in memory."""

import time
from collections.abc import Callable, Mapping
from threading import Condition, RLock
from typing import Any

from handlers.standin import ids
from handlers.standin.access import Access
from handlers.standin.bounded import Bounded
from handlers.standin.buckets import Buckets
from handlers.standin.chat import Chat
from handlers.standin.events import WITH_REPLY, Event, chat_of, speaker_of
from handlers.standin.faults import Faults
from handlers.standin.log import Log
from handlers.standin.media import Media
from handlers.standin.menus import Menus
from handlers.standin.people import Citizen, Group
from handlers.standin.retries import Retries
from handlers.standin.sender import Route, Sender
from handlers.standin.settings import Settings
from handlers.standin.tokens import ReplyTokens
from handlers.standin.usage import Usage

_MOST_PEOPLE = 200_000


class Standin:
    """The platform's state. `clock` gives seconds since 1970; `lock` guards all that does not guard itself."""

    def __init__(self, secret: str, token: str, webhook_url: str, clock: Callable[[], float] = time.time) -> None:
        self.secret, self.token, self.clock = secret, token, clock
        self.bot_id = ids.bot_id(secret)
        self.bot_name = "เข้าใจ Khaojai"
        self.lock = RLock()
        self.changed = Condition(self.lock)
        self.settings = Settings()
        self.sender = Sender(Route(webhook_url, secret, self.bot_id, self._arrives, clock), self.settings)
        self.chat = Chat(self.changed)
        self._begin()

    def _begin(self) -> None:
        self.citizens: Bounded[Citizen] = Bounded(_MOST_PEOPLE)
        self.groups: Bounded[Group] = Bounded(10_000)
        self.replies, self.retries = ReplyTokens(), Retries()
        self.access, self.usage, self.buckets = Access(self.token), Usage(), Buckets()
        self.media, self.menus = Media(), Menus()
        self.faults, self.log = Faults(), Log()
        self.loading: Bounded[float] = Bounded(10_000)
        self.quotes: Bounded[str] = Bounded(50_000)
        self.reads: Bounded[str] = Bounded(50_000)
        self.requests: Bounded[dict[str, Any]] = Bounded(10_000)

    def reset(self) -> None:
        """Forget everyone and everything; settings go back to how a new platform has them."""
        with self.lock:
            self.settings.change(Settings().to_dict())
            self.sender.forget()
            self._begin()
            self.chat.clear()

    def now(self) -> float:
        """Seconds since 1970."""
        return self.clock()

    def ms(self) -> int:
        """Milliseconds since 1970, as LINE writes times."""
        return int(self.clock() * 1000)

    def member(self, chat_id: str) -> Citizen | Group | None:
        """The citizen or group of an id."""
        return self.citizens.get(chat_id) or self.groups.get(chat_id)

    def make(self, kind: str, source: Mapping[str, Any], **facts: Any) -> Event:
        """A new event of this moment, with its reply token where its kind has one."""
        at = self.ms()
        standby = self.settings.mode == "standby"
        event: Event = {"type": kind, **facts, "webhookEventId": ids.ulid(at)}
        event |= {"deliveryContext": {"isRedelivery": False}, "timestamp": at, "source": dict(source)}
        if kind in WITH_REPLY and not standby:
            event["replyToken"] = ids.token()
        event["mode"] = self.settings.mode
        return event

    def send(self, event: Event) -> None:
        """Register an event's reply token and send it to the bot."""
        self.register(event)
        self.sender.put(event)

    def register(self, event: Event) -> None:
        """Make an event's reply token known, without sending it."""
        if event.get("replyToken"):
            with self.lock:
                self.replies.give(event["replyToken"], chat_of(event), self.now())

    def meet(self, event: Event) -> None:
        """Make sure that the people and groups named in a raw event exist."""
        user_id, chat_id = speaker_of(event), chat_of(event)
        with self.lock:
            if user_id and user_id not in self.citizens:
                self.citizens[user_id] = Citizen(user_id, "ประชาชน", friend=True)
            if chat_id.startswith(("C", "R")) and chat_id not in self.groups:
                self.groups[chat_id] = Group(chat_id, "กลุ่ม", [user_id] if user_id else [])

    def _arrives(self, event: Event) -> None:
        if event.get("replyToken"):
            with self.lock:
                self.replies.arrived(event["replyToken"], self.now())
