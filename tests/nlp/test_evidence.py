import pytest

from nlp.document import read
from nlp.evidence import NAMES, evidence, hits

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
    assert len(evidence(read("บริการดี แต่รอนาน"))) == len(NAMES)
