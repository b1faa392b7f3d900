"""What each kind of question takes for an answer, and what it refuses and why."""

from datetime import date
from typing import Any

import pytest

from bot.interview.building import build_question
from bot.interview.kinds import KINDS
from bot.interview.kinds.manner import Asked, Reading
from bot.interview.progress import Answer, Status
from bot.interview.questionnaire import Kind, Question, Value
from bot.interview.replies import Location, Media, Refusal, Reply, Sticker, Tap, Text
from bot.interview.setting import Setting

SETTING = Setting("th", date(2026, 11, 21))
FRUIT = [
    {"name": "mango", "label": {"th": "มะม่วง", "en": "Mango"}},
    {"name": "durian", "label": {"th": "ทุเรียน", "en": "Durian"}},
    {"name": "none", "label": {"th": "ไม่มี", "en": "None"}, "exclusive": True},
]
ELSE = [*FRUIT, {"name": "other", "label": {"th": "อื่น ๆ", "en": "Other"}, "other": True}]


def question(kind: str, **told: Any) -> Question:
    return build_question({"name": "q", "kind": kind, "label": {"th": "คำถาม", "en": "Question"}, **told}, {})


def read(
    asked: Question, reply: Reply, ticked: list[str] | None = None, status: Status = Status.OPEN
) -> Reading | Refusal:
    before = Answer("q", asked.kind, value=ticked, status=status) if ticked is not None else None
    return KINDS[asked.kind].read(Asked(asked, SETTING, before), reply)


ONE = question("select_one", choices=FRUIT)
ONE_ELSE = question("select_one", choices=ELSE)
SEVERAL = question("select_multiple", choices=ELSE, constraint={"at_least": 2, "at_most": 2})
RATING = question("rating")
TEN = question("rating", scale={"least": 0, "most": 10})
YES_NO = question("yes_no")
COUNT = question("number", constraint={"least": 0, "most": 9, "whole": True})
NUMBER = question("number")
DAY = question("date", constraint={"least": date(2026, 1, 1), "most": "today"})
TEXT = question("text", constraint={"longest": 10})
PHONE = question("phone")
PHOTO = question("photo")
PLACE = question("location")


@pytest.mark.parametrize(
    ("asked", "reply", "value", "category", "words"),
    [
        (ONE, Tap("answer", "q", "mango"), "mango", "mango", "มะม่วง"),
        (ONE, Text("ทุเรียน"), "durian", "durian", "ทุเรียน"),
        (ONE, Text("durian"), "durian", "durian", "durian"),
        (ONE, Text("2"), "durian", "durian", "2"),
        (ONE_ELSE, Text("มังคุด"), "other", "other", "มังคุด"),
        (ONE_ELSE, Text("อื่น ๆ"), "other", "other", "อื่น ๆ"),
        (RATING, Tap("answer", "q", "5"), 5, "5", "5"),
        (RATING, Text("สี่ดาว"), 4, "4", "สี่ดาว"),
        (RATING, Text("๔"), 4, "4", "๔"),
        (TEN, Text("0"), 0, "0", "0"),
        (YES_NO, Tap("answer", "q", "no"), False, "no", "ไม่ใช่"),
        (YES_NO, Text("ใช่ค่ะ"), True, "yes", "ใช่ค่ะ"),
        (YES_NO, Sticker(("OK",)), True, "yes", ""),
        (YES_NO, Sticker((), "ใช่"), True, "yes", "ใช่"),
        (COUNT, Text("ห้า"), 5, "5", "ห้า"),
        (NUMBER, Text("3.5"), 3.5, "3.5", "3.5"),
        (DAY, Tap("answer", "q", "2026-11-21"), "2026-11-21", "2026-11-21", "21 พ.ย. 2569"),
        (DAY, Text("เมื่อวาน"), "2026-11-20", "2026-11-20", "เมื่อวาน"),
        (TEXT, Text("ถนนพัง"), "ถนนพัง", "", "ถนนพัง"),
        (PHONE, Text("081-234-5678"), "0812345678", "", "081-234-5678"),
        (PHOTO, Media("image", stored="key"), {"photo": "key"}, "", ""),
        (
            PLACE,
            Location(13.7, 100.5, "วัด", "เขตพระนคร"),
            {"latitude": 13.7, "longitude": 100.5, "title": "วัด", "address": "เขตพระนคร"},
            "กรุงเทพมหานคร",
            "เขตพระนคร",
        ),
    ],
)
def test_takes(asked: Question, reply: Reply, value: Value, category: str, words: str) -> None:
    assert read(asked, reply) == Reading(value, category, words)


def test_keeps_a_typed_place_as_it_is() -> None:
    assert read(PLACE, Text("หน้าวัดใหม่")) == Reading(None, words="หน้าวัดใหม่", status=Status.OWN_WORDS)


@pytest.mark.parametrize(
    ("asked", "reply", "code"),
    [
        (ONE, Text("มังคุด"), "choice"),
        (ONE, Text("9"), "choice"),
        (ONE_ELSE, Text("99"), "choice"),
        (ONE, Tap("answer", "q", "gone"), "choice_gone"),
        (ONE, Sticker(("OK",)), "sticker"),
        (ONE, Media("audio"), "media"),
        (ONE, Media("image", stored="key"), "image"),
        (ONE, Location(13.7, 100.5), "place"),
        (SEVERAL, Text("88"), "choices"),
        (SEVERAL, Tap("done", "q"), "none_ticked"),
        (SEVERAL, Text("มะม่วง"), "too_few"),
        (RATING, Text("6"), "rating"),
        (RATING, Text("แล้วแต่"), "rating"),
        (RATING, Tap("answer", "q", "0"), "choice_gone"),
        (YES_NO, Text("แล้วแต่"), "yes_no"),
        (YES_NO, Sticker(("OK", "no")), "sticker"),
        (YES_NO, Sticker(("sleep",)), "sticker"),
        (COUNT, Text("หลายคน"), "number"),
        (COUNT, Text("2.5"), "whole"),
        (COUNT, Text("-1"), "too_low"),
        (COUNT, Text("10"), "too_high"),
        (DAY, Text("สักวัน"), "date"),
        (DAY, Tap("answer", "q", "2026-13-01"), "date"),
        (DAY, Tap("answer", "q", "2025-12-31"), "too_early"),
        (DAY, Tap("answer", "q", "2026-11-22"), "too_late"),
        (TEXT, Text("  "), "text"),
        (TEXT, Text("ก" * 11), "too_long"),
        (TEXT, Media("video"), "media"),
        (PHONE, Text("ไม่บอก"), "phone"),
        (PHOTO, Text("รูป"), "photo"),
        (PHOTO, Media("image"), "photo_later"),
        (PHOTO, Media("image", problem="gone"), "photo_gone"),
        (PHOTO, Media("image", problem="too_large"), "photo_too_large"),
        (PHOTO, Media("video"), "photo_not_image"),
        (PLACE, Text(" "), "location"),
        (PLACE, Sticker(), "sticker"),
    ],
)
def test_refuses(asked: Question, reply: Reply, code: str) -> None:
    refusal = read(asked, reply)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize(
    ("ticked", "reply", "value", "status"),
    [
        (None, Tap("answer", "q", "durian"), ["durian"], Status.OPEN),
        (["durian"], Tap("answer", "q", "mango"), ["mango", "durian"], Status.OPEN),
        (["mango"], Tap("answer", "q", "mango"), [], Status.OPEN),
        (["mango", "durian"], Tap("answer", "q", "none"), ["none"], Status.OPEN),
        (["none"], Tap("answer", "q", "mango"), ["mango"], Status.OPEN),
        (["mango"], Text("2"), ["mango", "durian"], Status.OPEN),
        (["mango"], Text("มังคุด"), ["mango", "other"], Status.OPEN),
        (["mango", "durian"], Tap("done", "q"), ["mango", "durian"], Status.ANSWERED),
        (["mango", "durian"], Text("เสร็จแล้วค่ะ"), ["mango", "durian"], Status.ANSWERED),
        (["none"], Tap("done", "q"), ["none"], Status.ANSWERED),
        (None, Text("มะม่วง ทุเรียน"), ["mango", "durian"], Status.ANSWERED),
        (None, Text("1, 2"), ["mango", "durian"], Status.ANSWERED),
    ],
)
def test_ticks(ticked: list[str] | None, reply: Reply, value: list[str], status: Status) -> None:
    reading = read(SEVERAL, reply, ticked)
    assert isinstance(reading, Reading)
    assert (reading.value, reading.category, reading.status) == (value, " ".join(value), status)


def test_typed_choices_replace_an_answer_that_was_done() -> None:
    reading = read(SEVERAL, Text("ทุเรียน, อื่น ๆ"), ["mango", "durian"], Status.ANSWERED)
    assert isinstance(reading, Reading)
    assert reading.value == ["durian", "other"]


def test_nothing_ticked_skips_a_question_that_may_be_skipped() -> None:
    asked = question("select_multiple", choices=FRUIT, required=False)
    assert read(asked, Text("เสร็จแล้ว")) == Reading(None, status=Status.SKIPPED)


def test_the_author_says_what_a_constraint_is() -> None:
    asked = question("number", constraint={"least": 15, "message": {"th": "ขออายุ 15 ปีขึ้นไป", "en": "15 or older"}})
    assert read(asked, Text("3")) == Refusal("message", {"message": "ขออายุ 15 ปีขึ้นไป"})


@pytest.mark.parametrize(
    ("asked", "answer", "shown"),
    [
        (ONE_ELSE, Answer("q", "select_one", "mango", "mango", "mango"), "มะม่วง"),
        (ONE_ELSE, Answer("q", "select_one", "other", "other", "มังคุด"), "อื่น ๆ: มังคุด"),
        (ONE_ELSE, Answer("q", "select_one", "other", "other", "other"), "อื่น ๆ"),
        (SEVERAL, Answer("q", "select_multiple", "mango durian", ["durian", "mango"]), "มะม่วง, ทุเรียน"),
        (TEN, Answer("q", "rating", "7", 7), "7/10"),
        (YES_NO, Answer("q", "yes_no", "no", False), "ไม่ใช่"),
        (NUMBER, Answer("q", "number", "12000", 12000), "12,000"),
        (DAY, Answer("q", "date", "2026-01-31", "2026-01-31"), "31 ม.ค. 2569"),
        (PHONE, Answer("q", "phone", value="0812345678"), "081-234-5678"),
        (PHONE, Answer("q", "phone", value="021234567"), "02-123-4567"),
        (PHONE, Answer("q", "phone", value="1669"), "1669"),
        (PHOTO, Answer("q", "photo", value={"photo": "key"}), "ได้รับรูปแล้ว"),
        (PLACE, Answer("q", "location", value={"latitude": 13.7, "longitude": 100.5}), "13.70000, 100.50000"),
    ],
)
def test_shows(asked: Question, answer: Answer, shown: str) -> None:
    assert KINDS[asked.kind].show(Asked(asked, SETTING, answer)) == shown


def test_every_kind_has_its_entry() -> None:
    assert set(KINDS) == set(Kind)


def test_a_date_picker_keeps_to_its_bounds() -> None:
    (option,) = KINDS["date"].options(Asked(question("date", constraint={"most": date(2026, 1, 31)}), SETTING))
    assert (option.initial, option.least, option.most) == ("2026-01-31", "", "2026-01-31")
