"""Erasure: after it, no table holds the citizen's LINE id, words or photos; what others said stays."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.conversations import receiving
from bot.conversations.desk import Questionnaires
from bot.conversations.receiving import Circumstances, Outcome
from bot.line.inbound import Event, Heard
from bot.messages import Message
from bot.outbox import Reply, put
from bot.photos import Photo
from bot.store.audit import AuditEvent
from bot.store.base import Store
from bot.store.entries import Entry
from bot.store.people import contact_of
from tests.bot.conversations.kept import everywhere

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NOW = int(AT.timestamp() * 1000)
MINE, OTHER = "U" + "a" * 32, "U" + "b" * 32
KEY = "aa/photo.jpeg"
STORY = "รถบรรทุกสีเขียวเกือบเหยียบขาผม"


@dataclass
class Talk:
    """One citizen's side of a talk."""

    store: Store
    user: str
    sent: int = 0

    def give(self, kind: str, photos: dict[str, Photo] | None = None, **more: Any) -> Outcome:
        """An event of theirs."""
        self.sent += 1
        event = Event(f"{self.user}{self.sent}", kind, NOW, "user", self.user, reply_token="t", **more)
        with self.store.transaction() as session:
            return receiving.receive(session, event, AT, Questionnaires(), Circumstances({}, photos or {}))

    def say(self, *texts: str) -> Outcome:
        """Words of theirs; gives the answer to the last."""
        return [self.give("message", message=Heard(f"m{self.user}{self.sent}", "text", each)) for each in texts][-1]


def agreed(store: Store, user: str) -> Talk:
    talk = Talk(store, user)
    talk.give("follow")
    talk.give("postback", data="do=agree")
    return talk


def with_everything(store: Store) -> Talk:
    """Someone of whom all is held that can be: words, a whole interview, half of another, a photo, mail."""
    talk = agreed(store, MINE)
    talk.say(STORY)
    talk.give("postback", data="do=survey&s=sme-internet-needs")
    talk.say("ยังไม่มีธุรกิจ", "ไม่แน่ใจ", "3", "ข้าม", "0812345678", "ส่งคำตอบ")
    talk.give("postback", data="do=survey&s=road-safety-needs")
    talk.say("เดินเท้า", "5", "ไม่เกิด", "ใช่", "ข้าม")
    photo = {"p1": Photo(KEY, "image/jpeg", 10)}
    talk.give("message", photos=photo, message=Heard("p1", "image"))
    with store.transaction() as session:
        put(session, [Reply(MINE, [Message("เตือนเรื่องรถบรรทุก")])], NOW, leased=False)
    return talk


def test_all_that_can_be_held_was_held(store: Store) -> None:
    with_everything(store)
    held = everywhere(store)
    for trace in (MINE, STORY, KEY, "0812345678", "เตือนเรื่องรถบรรทุก", "เดินเท้า"):
        assert trace in held, trace


def test_nothing_is_left_of_the_erased(store: Store) -> None:
    talk = with_everything(store)
    agreed(store, OTHER).say("ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย")
    outcome = talk.give("postback", data="do=erase")
    held = everywhere(store)
    for trace in (MINE, "รถบรรทุกสีเขียว", KEY, "0812345678", "เตือนเรื่องรถบรรทุก"):
        assert trace not in held, trace
    assert outcome.discarded == (KEY,)
    with store.reading() as session:
        assert contact_of(session, MINE) is None
        (entry,) = session.query(Entry)
        (told,) = session.query(AuditEvent).filter_by(act="erased")
        assert entry.text == "ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย"
        assert told.facts["entries"] == 2 and told.facts["receipt"] in outcome.said[-1].text


def test_the_erased_comes_back_as_someone_new(store: Store) -> None:
    talk = agreed(store, MINE)
    talk.give("postback", data="do=erase")
    talk.say(STORY)
    assert STORY not in everywhere(store)
    with store.reading() as session:
        contact = contact_of(session, MINE)
        assert contact and contact.consent_version is None
