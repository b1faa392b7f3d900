"""Rules of the engine that a conversation does not show."""

import copy
from datetime import date
from typing import Any

import pytest

from bot.interview.engine import Answer, Complete, Progress, Say, Setting, Step, begin, gathered, resume, step
from bot.interview.progress import Heard, Status
from bot.interview.reading import read
from bot.interview.replies import Reply, Tap, Text

SETTING = Setting("th", date(2026, 11, 21))
QUESTIONS: list[dict[str, Any]] = [
    {
        "name": "who",
        "kind": "select_one",
        "choices": [{"name": "old", "label": {"th": "เก่า"}}, {"name": "new", "label": {"th": "ใหม่"}}],
    },
    {"name": "why", "kind": "text", "show_if": {"question": "who", "is": "old"}},
    {
        "name": "many",
        "kind": "select_multiple",
        "choices": [{"name": "a", "label": {"th": "หมู"}}, {"name": "b", "label": {"th": "ไก่"}}],
    },
    {"name": "yes", "kind": "yes_no"},
]
ASKED = read(
    {
        "slug": "s",
        "project": "p",
        "languages": ["th"],
        "questions": [{"label": {"th": f"คำถาม {each['name']}"}, **each} for each in QUESTIONS],
        **{name: {"th": name} for name in ("title", "purpose", "intro", "outro")},
    }
)


def after(*replies: Reply) -> Step:
    taken = begin(ASKED, SETTING)
    for reply in replies:
        taken = step(ASKED, taken.progress, reply, SETTING)
    return taken


def test_changes_nothing_that_it_is_given() -> None:
    progress = after(Text("เก่า", "m1"), Text("เพราะ", "m2"), Tap("answer", "many", "a")).progress
    before = copy.deepcopy(progress)
    for reply in (Tap("answer", "many", "b"), Text("อะไรนะ", "m3"), Tap("back", "many"), Tap("done", "many")):
        step(ASKED, progress, reply, SETTING)
    assert progress == before


def test_answers_that_no_longer_show_are_not_filed_but_kept() -> None:
    taken = after(Text("เก่า", "m1"), Text("เพราะ", "m2"), Text("แก้ข้อ 1"), Tap("answer", "who", "new"))
    assert [each.question for each in gathered(ASKED, taken.progress)] == ["who"]
    again = step(ASKED, step(ASKED, taken.progress, Text("แก้ข้อ 1"), SETTING).progress, Text("เก่า"), SETTING)
    assert [each.words for each in gathered(ASKED, again.progress)] == ["เก่า", "เพราะ"]


def test_gathers_what_an_interview_has_when_it_ends_early() -> None:
    taken = after(Text("ใหม่", "m1"), Tap("answer", "many", "a"), Tap("answer", "many", "b"))
    assert gathered(ASKED, taken.progress) == (
        Answer("who", "select_one", "new", "new", "ใหม่", "m1"),
        Answer("many", "select_multiple", "a b", ["a", "b"], "หมู, ไก่"),
    )
    assert gathered(ASKED, Progress("who", heard={"who": (Heard("อืม", "m1"),)})) == (
        Answer("who", "", words="อืม", source="m1", status=Status.OWN_WORDS),
    )


def test_messages_of_ticks_are_all_its_source() -> None:
    taken = after(Text("ใหม่"), Tap("answer", "many", "a"), Text("ไก่", "m2"), Text("เสร็จแล้ว", "m3"))
    assert taken.progress.answers["many"].source == "m2 m3"


@pytest.mark.parametrize("done", ["เสร็จแล้ว", "ต่อไป", "next"])
def test_next_after_ticking_is_done_and_not_skip(done: str) -> None:
    taken = after(Text("ใหม่"), Tap("answer", "many", "a"), Text(done))
    assert taken.progress.at == "yes"
    assert taken.progress.answers["many"].value == ["a"]


def test_files_nothing_while_an_answer_is_missing() -> None:
    ready = after(Text("ใหม่", "m1"), Text("หมู"), Text("ใช่", "m3"))
    assert ready.progress.at == "review"
    forgotten = step(ASKED, ready.progress.forget("m3"), Tap("file"), SETTING)
    assert forgotten.progress.at == "yes"
    assert not any(isinstance(effect, Complete) for effect in forgotten.effects)


def test_stands_at_a_question_that_shows_when_its_own_was_forgotten() -> None:
    at_why = after(Text("เก่า", "m1"))
    assert step(ASKED, at_why.progress.forget("m1"), Tap("help"), SETTING).progress.at == "who"


@pytest.mark.parametrize("reply", [Text("ใช่"), Tap("file"), Tap("answer", "who", "old"), Text("ข้อมูลของฉัน")])
def test_says_so_when_it_is_over(reply: Reply) -> None:
    over = Progress(None, {"who": Answer("who", "select_one", "old", "old")})
    taken = step(ASKED, over, reply, SETTING)
    assert taken.progress == over
    assert [effect.message.text for effect in taken.effects if isinstance(effect, Say)] == ["แบบสอบถามนี้จบไปแล้วค่ะ"]


def test_takes_up_again_what_was_stopped() -> None:
    taken = after(Text("ใหม่"), Text("ยกเลิก"), Text("ใช่"))
    assert taken.progress.at is None
    assert resume(ASKED, taken.progress, SETTING).progress.at == "many"


def test_a_no_to_stopping_is_not_taken_for_an_answer() -> None:
    taken = after(Text("ใหม่"), Text("หมู"), Text("ยกเลิก"), Text("ไม่"))
    assert taken.progress.at == "yes"
    assert "yes" not in taken.progress.answers


def test_a_late_tap_on_the_yes_to_stopping_asks_again() -> None:
    taken = after(Text("ใหม่"), Text("ยกเลิก"), Text("หมู"), Tap("stop", value="yes"))
    assert (taken.progress.at, taken.progress.confirming) == ("yes", "stop")
