"""Personal data: a table of cases that a linguist can read, the check digit, masking, and properties."""

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import mask as mask_all
from nlp.document import read
from nlp.identifiers import has_check_digit, plain
from nlp.privacy import MASKS, mask, personal_data
from nlp.records import PersonalData

TABLE = Path(__file__).parent / "tables" / "personal.txt"
MARK = re.compile(r"<(\w+)\|([^>]*)>")

Item = tuple[str, str]


def cases() -> list[tuple[str, list[Item]]]:
    """Read the table: a text, and the kind and words of each piece of personal data in it."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    return [(MARK.sub(r"\2", line), [(found[1], found[2]) for found in MARK.finditer(line)]) for line in lines]


def items(text: str) -> list[Item]:
    return [(found.kind, text[found.start : found.end]) for found in personal_data(read(text))]


def is_held_out(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 4 == 0


@pytest.mark.parametrize(("text", "wanted"), [case for case in cases() if not is_held_out(case[0])])
def test_personal_data_of_a_text(text: str, wanted: list[Item]) -> None:
    assert items(text) == wanted


def test_the_part_held_out_is_read_as_well() -> None:
    held = [case for case in cases() if is_held_out(case[0])]
    assert len(held) > 60
    assert sum(items(text) == wanted for text, wanted in held) / len(held) >= 0.9


def with_check_digit(digits: str) -> str:
    return digits + str((11 - sum(int(digit) * (13 - place) for place, digit in enumerate(digits)) % 11) % 10)


def test_check_digit_of_a_national_id() -> None:
    right = with_check_digit("110170023456")
    assert has_check_digit(right)
    assert not has_check_digit(right[:-1] + str((int(right[-1]) + 1) % 10))
    assert not has_check_digit(right[:-1])


def test_an_id_with_its_check_digit_is_one_even_after_the_word_for_a_code() -> None:
    right = with_check_digit("110170023456")
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert items(f"รหัส {right}") == [("national_id", right)]
    assert items(f"รหัส {wrong}") == []


def test_no_id_of_the_table_passes_its_check_digit() -> None:
    ids = [re.sub(r"\D", "", plain(words)) for _, wanted in cases() for kind, words in wanted if kind == "national_id"]
    assert len(ids) > 8
    assert not any(has_check_digit(digits) for digits in ids)


MASKED = [
    ("โทร 081-234-5678 นะคะ", "โทร [เบอร์โทร] นะคะ"),
    ("นายสมชาย ใจดี แจ้งว่าไฟดับ", "[ชื่อบุคคล] แจ้งว่าไฟดับ"),
    ("บัตร 1-2345-67890-12-3 อีเมล a.b@example.com", "บัตร [เลขบัตรประชาชน] อีเมล [อีเมล]"),
    ("ทะเบียน กข 1234 เชียงใหม่", "ทะเบียน [ทะเบียนรถ] เชียงใหม่"),
    ("ไม่มีอะไรต้องปิด", "ไม่มีอะไรต้องปิด"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "wanted"), MASKED)
def test_masked_text_can_still_be_read(text: str, wanted: str) -> None:
    assert mask(text, personal_data(read(text))) == wanted


def test_spans_that_overlap_are_masked_as_one() -> None:
    spans = [PersonalData("phone", 5, 15), PersonalData("address", 0, 30), PersonalData("person", 40, 45)]
    assert mask("x" * 50, spans) == f"[ที่อยู่]{'x' * 10}[ชื่อบุคคล]xxxxx"
    assert mask("0123456789", [PersonalData("phone", 0, 6), PersonalData("plate", 4, 10)]) == "[เบอร์โทร]"
    assert mask("0123456789", [PersonalData("something", 0, 2)]) == "[ข้อมูลส่วนบุคคล]23456789"


def test_data_beyond_what_is_analysed_is_found_too() -> None:
    text = "ถนนพังมาก " * 300 + "โทร 0812345678"
    assert items(text) == [("phone", "0812345678")]


def test_plain_text_keeps_its_length() -> None:
    text = "๐๘๑–๒๓๔\u200b៥ O8I-234 ＠"
    assert plain(text) == "081-234\u200b5 081-234 @"


PIECES = [
    *(text for text, _ in cases()[::3]),
    *(
        "081-234-5678",
        "1234567890123",
        "123-4-56789-0",
        "a@b.co",
        "กข 1234",
        "โทร",
        "บัญชี",
        "line id abc",
        "ที่อยู่ 1/2 หมู่ 3",
    ),
    *("นายสมชาย ใจดี", " ", "\n", ",", "13.7563, 100.5018", "https://example.com/a", "ทะเบียน"),
]
STRUCTURED = set(MASKS) - {"person", "address"}


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_masking_leaves_nothing_of_the_structured_kinds(text: str) -> None:
    masked = mask(text, personal_data(read(text)))
    assert [found for found in personal_data(read(masked)) if found.kind in STRUCTURED] == []


@pytest.mark.parametrize("between", ["", " ", "\n", " และ"])
def test_masking_two_texts_of_the_table_leaves_nothing_to_mask(between: str) -> None:
    texts = [text for text, _ in cases()]
    masked = [mask_all(text) for text in (one + between + other for one, other in pairwise(texts))]
    assert {text: left for text in masked if (left := items(text))} == {}


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=200))
def test_any_text_is_read_and_spans_lie_in_it_apart(text: str) -> None:
    found = personal_data(read(text))
    assert found == personal_data(read(text))
    ends = [0]
    for item in found:
        assert item.kind in MASKS
        assert ends[-1] <= item.start < item.end <= len(text)
        ends.append(item.end)
