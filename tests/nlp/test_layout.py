import pytest

from nlp.layout import repaired

MEANT = [
    ("l;ylfu", "สวัสดี"),
    ("l;ylfu8iy[", "สวัสดีครับ"),
    ("fu,kd", "ดีมาก"),
    ("-v[86I8jt", "ขอบคุณค่ะ"),
    ("้ำสสน", "hello"),
    ("เนนก", "good"),
    ("cr'gdbowx", "แพงเกินไป"),
    ("้นไ ทีแ้", "how much"),
    ("ร ไฟืะ ะน พำยนพะ", "i want to report"),
]
LEFT = [
    "hello", "Samsung 12", "The road is bad.", "don't", "C-130", "4G/5G", "a.m.", "0812345678",
    "abc.def@gmail.com", "ok", "WTF", "lmao", "it's", "we'll go", "O'Brien",
    "ขอบคุณ", "น้ำไม่ไหล", "ทำไม", "ดี", "นา", "http://go.th/x;y", "ID: 12", "", "x",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_reads_the_other_layout_where_it_is_plain(typed: str, meant: str) -> None:
    assert repaired(typed) == meant


@pytest.mark.parametrize("text", LEFT)
def test_leaves_other_texts(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize("typed", [typed for typed, _ in MEANT])
def test_keeps_the_length_so_that_spans_stay(typed: str) -> None:
    assert len(repaired(typed)) == len(typed)
