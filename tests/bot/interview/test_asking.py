"""What is shown keeps within LINE's limits, however long the texts are."""

from datetime import date
from typing import Any

import pytest
import regex

from bot.interview.asking import MOST_OPTIONS
from bot.interview.engine import Say, Setting, Step, begin, step
from bot.interview.progress import Answer, Heard, Progress, Status
from bot.interview.questionnaire import Questionnaire
from bot.interview.reading import read
from bot.interview.replies import Tap, Text
from bot.messages import Message, Option

SETTING = Setting("th", date(2026, 11, 21))
LONG = "ก้" * 300
LABEL = "ไม่เห็นด้วยอย่างยิ่งเลยนะ"


def questionnaire(*questions: dict[str, Any]) -> Questionnaire:
    texts = {name: {"th": name} for name in ("title", "purpose", "intro", "outro")}
    return read({"slug": "s", "project": "p", "languages": ["th"], "questions": list(questions), **texts})


def text(name: str, label: str = "คำถาม") -> dict[str, Any]:
    return {"name": name, "kind": "text", "label": {"th": label}}


def choosing(kind: str, count: int, required: bool = True) -> dict[str, Any]:
    choices = [{"name": f"c{n}", "label": {"th": LABEL[: 20 - len(str(n))] + str(n)}} for n in range(count)]
    return {"name": "choose", "kind": kind, "label": {"th": "เลือก"}, "choices": choices, "required": required}


def said(taken: Step) -> list[Message]:
    return [effect.message for effect in taken.effects if isinstance(effect, Say)]


def acts(options: tuple[Option, ...]) -> list[str]:
    return [each.data.partition("do=")[2].partition("&")[0] for each in options]


@pytest.mark.parametrize(
    ("first", "count", "required", "answers", "controls"),
    [
        (True, 13, True, 13, []),
        (False, 13, True, 12, ["back"]),
        (False, 12, True, 12, ["back"]),
        (False, 13, False, 12, ["skip"]),
        (False, 12, False, 12, ["skip"]),
        (False, 11, False, 11, ["skip", "back"]),
    ],
)
def test_choices_leave_room_for_a_control(
    first: bool, count: int, required: bool, answers: int, controls: list[str]
) -> None:
    asked = questionnaire(*([] if first else [text("first")]), choosing("select_one", count, required))
    taken = begin(asked, SETTING)
    if not first:
        taken = step(asked, taken.progress, Text("คำตอบ"), SETTING)
    assert acts(said(taken)[-1].options) == ["answer"] * answers + controls
    assert f"{count}. " in said(taken)[-1].text


def test_after_two_refusals_every_choice_is_a_button() -> None:
    asked = questionnaire(text("first"), choosing("select_one", 13, required=False))
    taken = step(asked, begin(asked, SETTING).progress, Text("คำตอบ"), SETTING)
    for tries in (1, 2, 3):
        taken = step(asked, taken.progress, Text("เอ่อ"), SETTING)
        card = said(taken)[-1].card
        assert len(said(taken)[-1].options) == MOST_OPTIONS
        assert (card is not None) is (tries >= 2)
    assert card is not None
    assert acts(card.options) == ["answer"] * 13 + ["keep", "skip", "keep", "back", "pause", "stop"]


def test_a_ticked_label_still_fits_on_a_button() -> None:
    asked = questionnaire(choosing("select_multiple", 13))
    taken = begin(asked, SETTING)
    for name in ("c0", "c1", "c12"):
        taken = step(asked, taken.progress, Tap("answer", "choose", name), SETTING)
    labels = [option.label for option in said(taken)[-1].options]
    assert len(labels) == MOST_OPTIONS
    assert max(len(regex.findall(r"\X", label)) for label in labels) <= 20
    assert sum("✓" in label for label in labels) == 2
    assert acts(said(taken)[-1].options)[-1] == "done"


def answered(count: int) -> tuple[Questionnaire, Progress]:
    asked = questionnaire(*(text(f"q{n}", LONG) for n in range(count)))
    answers = {f"q{n}": Answer(f"q{n}", "text", value=LONG * 5, words=LONG * 5) for n in range(count)}
    return asked, Progress("review", answers, {"review": (Heard(LONG, "m"),)})


@pytest.mark.parametrize(("count", "bubbles"), [(1, 1), (11, 1), (12, 2), (36, 3), (60, 3)])
def test_the_review_fits_into_bubbles(count: int, bubbles: int) -> None:
    asked, progress = answered(count)
    messages = said(step(asked, progress, Text("ขอบคุณ"), SETTING))
    assert len(messages) == bubbles
    rows = 0
    for message in messages:
        assert message.card is not None
        rows += len(message.card.rows)
        texts = [
            message.card.title,
            message.card.note,
            *(part for row in message.card.rows for part in (row.label, row.value)),
        ]
        # A row of ours takes about 700 bytes of Flex JSON; LINE's bubbles are held to 25 KB.
        assert sum(len(each.encode()) for each in texts) + 700 * (len(message.card.rows) + 3) < 25_000
        assert len(message.text.encode("utf-16-le")) // 2 <= 5000
    assert rows == count + 1
    assert acts(messages[-1].card.options if messages[-1].card else ()) == ["file", "stop"]


def test_a_long_answer_is_shown_shortened() -> None:
    asked, progress = answered(2)
    (message,) = said(step(asked, progress, Tap("change", "q1"), SETTING))
    assert len(message.text.encode("utf-16-le")) // 2 <= 5000
    assert "…" in message.text


def test_an_overview_and_the_question_are_four_messages_at_most() -> None:
    asked, progress = answered(60)
    answers = {**progress.answers, "q59": Answer("q59", "text", status=Status.OPEN)}
    taken = step(asked, Progress("q59", answers), Tap("change", "nothing"), SETTING)
    assert len(said(taken)) == 4


@pytest.mark.parametrize(
    ("asked", "label", "category", "value"),
    [
        ({"kind": "number", "default": 1000}, "ใช้ 1,000", "1000", 1000),
        ({"kind": "date", "default": "2026-06-15"}, "ใช้ 15 มิ.ย. 2569", "2026-06-15", "2026-06-15"),
        ({"kind": "text", "default": "เหมือนเดิมทุกอย่างไม่มีอะไรเปลี่ยน"}, "ใช้ เหมือนเดิมทุกอย่างไม่…", "", None),
    ],
)
def test_an_answer_that_is_offered_is_taken_when_tapped_and_not_before(
    asked: dict[str, Any], label: str, category: str, value: Any
) -> None:
    whole = questionnaire({"name": "first", "label": {"th": "คำถาม"}, **asked}, text("last"))
    taken = begin(whole, SETTING)
    [option] = [each for each in said(taken)[-1].options if "v=default" in each.data]
    assert option.label == label and len(regex.findall(r"\X", label)) <= 20
    assert taken.progress.answers == {}
    taken = step(whole, taken.progress, Tap("keep", "first", "default"), SETTING)
    answer = taken.progress.answers["first"]
    assert (answer.value, answer.status, taken.progress.at) == (value or asked["default"], Status.ANSWERED, "last")
    assert answer.category == category
    again = step(whole, taken.progress, Tap("back", "last"), SETTING)
    assert not [each for each in said(again)[-1].options if "v=default" in each.data]


def test_nothing_is_offered_where_the_author_offers_nothing() -> None:
    whole = questionnaire(text("first"), text("last"))
    taken = step(whole, begin(whole, SETTING).progress, Tap("keep", "first", "default"), SETTING)
    assert (taken.progress.at, taken.progress.answers) == ("first", {})
