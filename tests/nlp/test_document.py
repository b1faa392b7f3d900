import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.tokenize.newmm import segment

from nlp.document import HIDDEN, hiding, read
from nlp.words import own_words

THAI = st.text(alphabet=st.sampled_from("กขคงจชดตถทนบปพมยรลวสหอะาิีึุูเแโใไำ่้็์ๆ 12aB\u200b."), max_size=120)


def test_words_point_at_the_text_as_typed() -> None:
    typed = "บริการดีมากกกก ถนน\u200bพัง"
    document = read(typed)
    shown = [(word.text, typed[slice(*document.span(word.start, word.end))]) for word in document.words]
    assert shown == [("บริการ", "บริการ"), ("ดีมาก", "ดีมากกกก"), (" ", " "), ("ถนน", "ถนน"), ("พัง", "พัง")]


@pytest.mark.parametrize("word", ["ศูนย์ดำรงธรรม", "แรงงานต่างด้าว", "บัตรสวัสดิการแห่งรัฐ"])
def test_the_products_own_words_are_not_cut(word: str) -> None:
    assert word in own_words()
    assert word in [found.text for found in read(f"ไปติดต่อ{word}มาแล้ว").words]


@settings(max_examples=150, deadline=None)
@given(THAI)
def test_any_text_is_covered_by_its_words_and_spans_stay_inside(text: str) -> None:
    document = read(text)
    assert "".join(word.text for word in document.words) == document.clean
    assert len(document.offsets) == len(document.clean) + 1
    ends = 0
    for word in document.words:
        start, end = document.span(word.start, word.end)
        assert ends <= start <= end <= len(text)
        ends = end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_characters_at_all_can_be_read(text: str) -> None:
    document = read(text)
    assert all(0 <= offset <= len(text) for offset in document.offsets)


@pytest.mark.parametrize(
    "text", ["ถนนหน้าหมู่บ้านพังมาก", "เจ้าหน้าที่บริการไม่สุภาพเลยครับ", "น้ำไม่ไหลสองวันแล้ว", "Please fix the road ด้วยค่ะ 12.5"]
)
def test_words_are_those_of_newmm(text: str) -> None:
    assert [word.text for word in read(text).words] == segment(text)


def test_names_are_blotted_out_and_all_else_stays_in_place() -> None:
    document = read("นายสมชาย ใจดี  รอ\u200bนานมากกกก")
    bare = hiding(document, ((0, 13),))
    assert bare.clean == HIDDEN * 13 + document.clean[13:]
    assert [(word.start, word.end) for word in bare.words] == [(word.start, word.end) for word in document.words]
    assert all(word.text == bare.clean[word.start : word.end] for word in bare.words)
    assert hiding(document, ()) is document
    assert hiding(document, ((0, 999),)).clean == HIDDEN * len(document.clean)
