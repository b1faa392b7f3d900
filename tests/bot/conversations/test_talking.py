"""Taps and events that are not ours, or of another age: everyone gets an answer, and nothing breaks."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.conversations import receiving
from bot.conversations.desk import Questionnaires
from bot.conversations.receiving import Circumstances, Outcome
from bot.line.inbound import Event, Heard
from bot.line.outbound import compose
from bot.messages import pack, unpack
from bot.store.base import Store
from bot.store.entries import Entry
from bot.store.interviews import Interview

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MINE, OTHER = "U" + "a" * 32, "U" + "b" * 32
STRANGE = [
    "",
    "hello",
    "do=",
    "do=nothing",
    "action=buy&itemid=123",
    "do=language&l=xx",
    "do=language",
    "do=survey",
    "do=survey&s=no-such-survey",
    "do=place",
    "do=place&n=AAAA-AAAA&p=road-safety",
    "do=which&n=AAAA-AAAA",
    "do=see",
    "do=see&n=AAAA-AAAA",
    "do=resume&i=",
    "do=resume&i=-1",
    "do=resume&i=999999",
    "do=answer&q=age&v=5&i=99999999999999999999999",
    "do=answer&q=age&v=5",
    "do=erase" * 100,
]
STATES = {
    "a stranger": [],
    "one who agreed": ["do=agree"],
    "one who declined": ["do=agree", "do=decline"],
    "one in a survey": ["do=agree", "do=survey&s=road-safety-needs"],
}


def give(store: Store, user: str, kind: str, **more: Any) -> Outcome:
    with store.transaction() as session:
        event = Event("e", kind, 0, "user", user, reply_token="t", **more)
        return receiving.receive(session, event, AT, Questionnaires(), Circumstances())


def brought_to(store: Store, user: str, state: str) -> None:
    for data in STATES[state]:
        give(store, user, "postback", data=data)


@pytest.mark.parametrize("state", STATES)
def test_any_tap_is_answered(sqlite_url: str, state: str) -> None:
    store = Store(sqlite_url)
    brought_to(store, MINE, state)
    unanswered = [data for data in STRANGE if not compose(give(store, MINE, "postback", data=data).said)]
    assert unanswered == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["text", "image", "video", "audio", "file", "location", "sticker", "hologram"])
def test_any_message_is_answered(sqlite_url: str, state: str, kind: str) -> None:
    store = Store(sqlite_url)
    brought_to(store, MINE, state)
    texts = ["", " ", "?", "555", "a" * 5000, "\u200b", "🙂" * 50] if kind == "text" else [""]
    for text in texts:
        assert compose(give(store, MINE, "message", message=Heard("m", kind, text)).said), text


@pytest.mark.parametrize("kind", ["unfollow", "unsend", "leave", "membership", "accountLink", "something new"])
def test_what_wants_no_answer_gets_none(sqlite_url: str, kind: str) -> None:
    assert give(Store(sqlite_url), MINE, kind, unsent="m1").said == []


def test_a_message_that_comes_after_it_was_taken_back_is_not_heard(sqlite_url: str) -> None:
    """LINE keeps no order: an unsend may overtake its message, which is redelivered later."""
    store = Store(sqlite_url)
    brought_to(store, MINE, "one who agreed")
    for _ in range(2):
        assert give(store, MINE, "unsend", unsent="m1").said == []
        assert give(store, MINE, "message", message=Heard("m1", "text", "ถนนหน้าโรงเรียนมืดมาก")).said == []
    assert give(store, MINE, "message", message=Heard("m2", "text", "ถนนหน้าโรงเรียนมืดมาก")).said
    with store.reading() as session:
        assert [each.source for each in session.query(Entry)] == ["m2"]


def test_nobody_touches_what_is_anothers(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    for user in (MINE, OTHER):
        brought_to(store, user, "one in a survey")
    with store.reading() as session:
        theirs = session.query(Interview).order_by(Interview.id.desc()).limit(1).one().id
    for verb in ("resume", "stop", "pause", "answer"):
        said = give(store, MINE, "postback", data=pack(verb, q="travel_mode", v="walk", i=str(theirs))).said
        assert "แบบสอบถามที่จบไปแล้ว" in said[0].text
    with store.reading() as session:
        interview = session.get_one(Interview, theirs)
        assert (interview.status, interview.progress["answers"]) == ("asking", [])


def test_another_ones_entry_is_neither_seen_nor_moved(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    for user in (MINE, OTHER):
        brought_to(store, user, "one who agreed")
    give(store, OTHER, "message", message=Heard("m", "text", "ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย"))
    with store.reading() as session:
        number = session.query(Entry).one().number
    for data in (f"do=see&n={number}", f"do=which&n={number}", f"do=place&n={number}&p=water-app"):
        assert "รถชน" not in "".join(each.text for each in give(store, MINE, "postback", data=data).said)
    with store.reading() as session:
        entry = session.query(Entry).one()
        assert entry.project and entry.project.slug == "road-safety"


def test_every_option_of_the_menu_leads_somewhere_of_its_own(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    brought_to(store, MINE, "one who agreed")
    (menu,) = give(store, MINE, "postback", data="do=menu").said
    assert menu.card
    answers = [give(store, MINE, "postback", data=each.data).said[-1].text for each in menu.card.options]
    assert len(set(answers)) == len(answers) == 6
    assert [unpack(each.data)[0] for each in menu.card.options][:2] == ["surveys", "write"]
