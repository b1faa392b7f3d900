import pytest

from nlp.document import read
from nlp.evidence import NAMES, evidence, hits
from nlp.signs import Signs

CASES = [
    ("รอนานมาก", [("problem", False)]),
    ("ไม่ต้องรอ", [("praise", False)]),
    ("ไม่ค่อยสะดวก", [("praise", True)]),
    ("ไม่อันตราย", [("problem", True)]),
    ("รักษาที่นี่", []),
    ("เสียภาษีที่ไหน", [("ask", False)]),
    ("ควรมีป้าย", [("wish", False)]),
    ("very helpful", [("praise", False)]),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_finds_what_shows_how_it_is_meant(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(hit.kind, hit.denied) for hit in hits(read(text))] == found


def test_every_number_has_a_name() -> None:
    assert len(evidence(read("บริการดี แต่รอนาน"), Signs())) == len(NAMES)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("ดีจริงๆ ไฟดับทั้งคืน", "good_then_bad", 1),
        ("เมื่อก่อนรอนาน ตอนนี้สะดวก", "bad_then_good", 1),
        ("บริการดี แต่รอนาน", "turned_bad", 1),
        ("ดีมากกกก", "drawn_out", 1),
        ("555 ตลก", "laughing", 1),
    ],
)
def test_sees_what_the_words_say_beside_each_other(text: str, name: str, value: float) -> None:
    assert evidence(read(text), Signs())[NAMES.index(name)] == value


def test_what_others_read_is_evidence() -> None:
    shown = dict(zip(NAMES, evidence(read("ช่วยด้วย"), Signs(crisis=True, missed=1)), strict=True))
    assert (shown["crisis"], shown["missed"], shown["missed_unwished"], shown["praised_only"]) == (1, 1, 1, 0)
