"""The words that are shown as the reason for a sentiment."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlp

CASES = [
    ("ถนนมืดมาก ไฟเสียมาสองเดือนแล้ว", "neg", ["เสีย"]),
    ("เจ้าหน้าที่บริการดีมาก ประทับใจ", "pos", ["ดี", "ประทับใจ"]),
    ("พนักงานใจดี แต่รอคิวนานมาก เบื่อ", "neg", ["นาน", "เบื่อ"]),
]


@pytest.mark.parametrize(("text", "label", "words"), CASES)
def test_points_at_the_words_that_say_so(text: str, label: str, words: list[str]) -> None:
    found = nlp.tag(text).sentiment
    shown = " ".join(text[start:end] for start, end in found.spans)
    assert found.label == label
    assert [word for word in words if word not in shown] == []


def test_points_at_nothing_where_no_word_says_so() -> None:
    assert nlp.tag("ข้ามทางม้าลายหน้าตลาด รถไม่หยุดให้เลยสักคัน").sentiment.spans == ()


@given(st.text(st.sampled_from(list("ดีมากแย่เสียนไม่ขอบคุณ 5😡🙏รอนาน")), max_size=60))
def test_spans_lie_in_the_text_apart_and_in_order(text: str) -> None:
    spans = nlp.tag(text).sentiment.spans
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
