"""The readers of answers, on tables of what people type (`answer_cases/`) and on anything at all."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.answers import (
    Command,
    read_choice,
    read_choices,
    read_command,
    read_date,
    read_number,
    read_phone,
    read_rating,
    read_record,
    read_yes_no,
)

TABLES = Path(__file__).parent / "answer_cases"
TODAY = date(2026, 11, 21)
CHOICES = (
    ("car", "รถยนต์"),
    ("bus", "รถเมล์"),
    ("car", "Car"),
    ("young", "18-25 ปี"),
    ("old", "26 ปีขึ้นไป"),
    ("none", "ไม่มี"),
)


def read_context(line: str) -> dict[str, Any]:
    """`min=0 max=5 today=… count=… many`, then one of `question=…` and `choices=code:label;…` to its end."""
    context: dict[str, Any] = {}
    head, _, question = line.partition("question=")
    head, _, choices = head.partition("choices=")
    if question:
        context["question"] = question.strip()
    if choices:
        context["choices"] = [choice.split(":", 1) for choice in choices.strip().split(";")]
    for word in head.split():
        name, _, value = word.partition("=")
        context[name] = value if name == "today" else float(value) if value else True
    return context


def lines() -> Iterator[Any]:
    """One parameter for each line of the tables: kind, context, wanted, texts."""
    for path in sorted(TABLES.glob("*.txt")):
        context: dict[str, Any] = {}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith("@"):
                context = read_context(line[1:])
            elif line and not line.startswith("#"):
                wanted, _, texts = line.partition(" : ")
                yield pytest.param(path.stem, context, wanted.strip(), texts.split(" | "), id=f"{path.stem}-{number}")


def value_of(kind: str, wanted: str, many: bool) -> object:
    if wanted == "-":
        return None
    if kind == "yesno":
        return wanted == "yes"
    if kind in ("number", "rating"):
        return float(wanted)
    return wanted.split(",") if many else wanted


@pytest.mark.parametrize(("kind", "context", "wanted", "texts"), list(lines()))
def test_what_people_type(kind: str, context: dict[str, Any], wanted: str, texts: list[str]) -> None:
    value = value_of(kind, wanted, bool(context.get("many")))
    read = {text: read_record({"id": 1, "kind": kind, "text": text, "context": context}) for text in texts}
    assert {text: its for text, its in read.items() if its != value} == {}


def test_tables_are_large_and_hold_enough_to_refuse() -> None:
    cases = [(wanted, text) for case in lines() for wanted, text in [(case.values[2], text) for text in case.values[3]]]
    assert len(cases) > 4000
    assert sum(wanted in ("-", "none") for wanted, _ in cases) > 1500


def test_kinds_of_values() -> None:
    assert read_yes_no("ใช่ค่ะ") is True
    assert read_number("๔ คน", 0, 10) == 4
    assert isinstance(read_number("2.0"), int)
    assert read_rating("เต็มสิบ", 1, 10) == 10
    assert read_date("เมื่อวาน", TODAY) == date(2026, 11, 20)
    assert read_choice("รถยนค์", CHOICES) == "car"
    assert read_choices("รถเมล์กับรถยนต์", CHOICES) == ("car", "bus")
    assert read_phone("๐๘๑-๒๓๔-๕๖๗๘") == "0812345678"
    assert read_command("ขอแก้ข้อสองค่ะ", count=8) == Command("change", 2)
    assert read_command("ขอข้ามข้อนี้") == Command("skip")
    assert read_command("ข้ามถนนไม่ได้เลย") is None


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ({"id": 1, "text": "ใช่"}, "kind must be one of"),
        ({"id": 1, "kind": "mood", "text": "ดี"}, "kind must be one of"),
        ({"id": 1, "kind": ["yesno"], "text": "ดี"}, "kind must be one of"),
        ({"id": 1, "kind": "yesno"}, "text must be a string"),
        ({"id": 1, "kind": "yesno", "text": 5}, "text must be a string"),
        ({"id": 1, "kind": "yesno", "text": "ใช่", "context": []}, None),
        ({"id": 1, "kind": "yesno", "text": "ใช่", "context": [1]}, "context must be an object"),
        ({"id": 1, "kind": "date", "text": "วันนี้"}, "context.today as an ISO date"),
        ({"id": 1, "kind": "date", "text": "วันนี้", "context": {"today": "21/11/2026"}}, "context.today as an ISO date"),
        ({"id": 1, "kind": "date", "text": "วันนี้", "context": {"today": 20261121}}, "context.today as an ISO date"),
        ({"id": 1, "kind": "choice", "text": "1"}, "context.choices"),
        ({"id": 1, "kind": "choice", "text": "1", "context": {"choices": [["a"]]}}, "context.choices"),
        ({"id": 1, "kind": "number", "text": "1", "context": {"min": "0"}}, "context.min must be a number"),
        ({"id": 1, "kind": "rating", "text": "1", "context": {"max": True}}, "context.max must be a number"),
        ({"id": 1, "kind": "command", "text": "1", "context": {"question": 3}}, "context.question must be a string"),
    ],
)
def test_bad_records_say_what_is_wrong(record: dict[str, Any], complaint: str | None) -> None:
    if complaint is None:
        assert read_record(record) is True
        return
    with pytest.raises(ValueError, match=complaint):
        read_record(record)


WORDS = st.sampled_from(
    [
        "ใช่",
        "ไม่",
        "มี",
        "เคย",
        "ครับ",
        "ค่ะ",
        "ขอ",
        "ข้าม",
        "แก้",
        "ข้อ",
        "2",
        "๓",
        "สี่",
        "สิบ",
        "ร้อย",
        "ครึ่ง",
        "ดาว",
        "เต็ม",
        "/",
        "-",
        ",",
        ".",
        "วันที่",
        "15",
        "ม.ค.",
        "2562",
        "เมื่อวาน",
        "ก่อน",
        "รถยนต์",
        "กับ",
        "081",
        "⭐",
        "ๆ",
        "่",
        "ำ",
        "\u200b",
        "เ",
        "66",
        "0",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(WORDS, max_size=12).map("".join), st.lists(WORDS, max_size=12).map(" ".join)
)
READERS = [
    lambda text: read_yes_no(text, "ท่านสะดวกหรือไม่"),
    lambda text: read_number(text, -5, 500),
    lambda text: read_rating(text, 0, 7),
    lambda text: read_date(text, TODAY),
    lambda text: read_choice(text, CHOICES),
    lambda text: read_choices(text, CHOICES),
    read_phone,
    lambda text: read_command(text, 8, "ท่านสะดวกหรือไม่"),
]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_nothing_typed_raises_and_values_keep_their_bounds(text: str) -> None:
    _, number, rating, day, code, codes, phone, command = (reader(text) for reader in READERS)
    known = [code for code, _ in CHOICES]
    assert number is None or -5 <= number <= 500
    assert rating is None or (0 <= rating <= 7 and isinstance(rating, int))
    assert day is None or 1900 <= day.year <= 2046
    assert code is None or code in known
    assert codes is None or (codes and list(codes) == sorted(set(codes), key=known.index))
    assert phone is None or (phone.isdecimal() and phone[0] == "0" and len(phone) in (9, 10))
    assert command is None or (command.number is None) == (command.name != "change")
    assert command is None or command.number is None or 1 <= command.number <= 8


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same_and_is_json(text: str) -> None:
    context = {"today": "2026-11-21", "choices": [list(choice) for choice in CHOICES], "count": 8}
    for kind in ("yesno", "number", "rating", "date", "choice", "phone", "command"):
        record = {"id": "a", "kind": kind, "text": text, "context": context}
        value = read_record(record)
        assert json.loads(json.dumps(value)) == value == read_record(record)


@pytest.mark.parametrize(
    "unit", ["ก", "1", "1-", "สิบ", "ไม่", "ขอข้าม ", "ค่ะ ", "\n", "่", "ﷺ", "15 ม.ค. ", "รถยนต์กับ", "😀", "a"]
)
@pytest.mark.parametrize("reader", READERS)
def test_endless_texts_are_not_understood(reader: Any, unit: str) -> None:
    assert reader((unit * 5000)[:4999] + "ฮ") is None


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1950, 2025))
@settings(max_examples=60, deadline=None)
def test_every_way_to_write_a_day_is_the_same_day(month: int, day: int, year: int) -> None:
    months = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
    written = [
        f"{day}/{month}/{year + 543}",
        f"{year}-{month:02}-{day:02}",
        f"{day} {months[month - 1]} {year + 543}",
        f"{day}-{month}-{year}",
    ]
    assert {read_date(text, TODAY) for text in written} == {date(year, month, day)}


@given(st.integers(0, 9_999_999))
@settings(max_examples=100, deadline=None)
def test_a_number_reads_as_itself(value: int) -> None:
    assert read_number(f"{value:,}") == value or set(str(value)) == {"5"}
