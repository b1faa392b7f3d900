"""Flaws in how questions are worded: each rule by example, and how often the rules are right on the whole."""

import pytest

from nlp.asking import Flaw, flaws, has_way_out
from tests.nlp.wording_measured import PARTS, cases, counted, rates


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("คุณพอใจกับความเร็วและมารยาทแค่ไหน", "th", [("double", "และ")]),
        ("คุณเห็นด้วยใช่ไหมว่าแอปใหม่ใช้ง่าย", "th", [("leading", "เห็นด้วยใช่ไหม")]),
        ("เจ้าหน้าที่ยิ้มแย้มเสมอหรือไม่", "th", [("absolute", "เสมอ")]),
        ("ท่านทราบ KPI ของโครงการหรือไม่", "th", [("jargon", "KPI")]),
        ("คุณใช้ LINE กี่ปี", "th", []),
        ("คุณชื่อและนามสกุลอะไร", "th", []),
        ("ถ้าไม่ไป ไม่ไปเพราะอะไร", "th", []),
        ("Don't you think it is easy?", "en", [("leading", "don't you")]),
        ("Is the place clean and safe?", "en", [("double", "and")]),
        ("Have you ever used the app?", "en", []),
        ("Handy bandages?", "en", []),
        ("คุณพอใจกับความเร็วและมารยาทแค่ไหน", "my", []),
        ("", "th", []),
    ],
)
def test_a_flaw_is_found_with_its_words(text: str, language: str, found: list[tuple[str, str]]) -> None:
    assert list(flaws(text, language)) == [Flaw(*each) for each in found]


@pytest.mark.parametrize(
    ("labels", "out"),
    [
        ({"th": "ไม่แน่ใจ", "en": "Not sure"}, True),
        ({"th": "รถเมล์"}, False),
        ({"en": "Rather not say"}, True),
        ({"en": "No"}, True),
        ({"en": "Northern line"}, False),
        ({"my": "အခြား"}, False),
    ],
)
def test_a_way_out_is_known_by_its_label(labels: dict[str, str], out: bool) -> None:
    assert has_way_out(labels) is out


def test_each_part_of_the_measured_set_has_questions_with_flaws_and_without() -> None:
    for part in PARTS:
        own = [case for case in cases() if case.part == part]
        assert sum(bool(case.seen) for case in own) >= 30 and sum(not case.seen for case in own) >= 20
    texts = [case.text for case in cases()]
    assert len(texts) == len(set(texts)) > 400


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(("part", "least"), [("tuning", 0.95), ("held out", 0.9), ("fresh", 0.2)])
def test_what_is_said_is_right_and_as_much_is_found_as_was_measured(part: str, least: float, language: str) -> None:
    precision, recall = rates(counted(part, language)["any"])
    assert precision >= 0.97
    assert recall >= least
