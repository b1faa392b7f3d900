import pytest

from nlp import search_terms
from nlp.document import read
from nlp.records import PersonalData
from nlp.terms import terms

SAME = [
    ("แอปค้าง", "แอพค้าง"),
    ("เว็บไซต์ล่ม", "เว็บไซด์ล่ม"),
    ("อินเทอร์เน็ตช้า", "อินเตอร์เน็ตช้า"),
    ("น้ำแห้ง", "นํ้าแห้งงงง"),
    ("หมวกกันน็อก", "หมวกกันน็อค"),
    ("Website", "เวปไซต์"),
    ("สวัสดี", "l;ylfu"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_have_the_same_terms(one: str, other: str) -> None:
    assert search_terms(one) == search_terms(other) != []


def test_keeps_the_order_and_says_each_once() -> None:
    assert search_terms("ถนนพัง ไฟดับ ถนนพัง") == ["ถนน", "พัง", "ไฟ", "ดับ"]


def test_a_long_word_is_found_by_its_parts() -> None:
    found = search_terms("แรงงานต่างด้าว")
    assert found[0] == "แรงงานต่างด้าว"
    assert {"แรงงาน", "ต่างด้าว"} <= set(found)


@pytest.mark.parametrize("text", ["และ ที่ ก็ the of", "", "!!! ...", "😀"])
def test_empty_words_are_no_terms(text: str) -> None:
    assert search_terms(text) == []


def test_personal_data_is_not_indexed() -> None:
    assert "0812345678" not in search_terms("ถนนพัง โทร 0812345678")
    assert terms(read("นายดำ บ้านพัง"), (PersonalData("person", 0, 5),)) == ["บ้าน", "พัง"]
