"""Topics: the taxonomy's own examples and counter-examples are the table of cases."""

import pytest

from nlp.document import read
from nlp.tagging import topics
from nlp.topics import ENOUGH, MOST, evidence, groups, taxonomy

EXAMPLES = [(code, text) for code, topic in taxonomy().items() for text in topic.examples]
COUNTER_EXAMPLES = [(code, text) for code, topic in taxonomy().items() for text in topic.counter_examples]


def test_the_taxonomy_has_two_named_levels() -> None:
    assert 40 <= len(taxonomy()) <= 60
    for code, topic in taxonomy().items():
        assert code == f"{topic.group}.{code.partition('.')[2]}"
        assert groups()[topic.group]["th"]
        assert groups()[topic.group]["en"]
        assert all((topic.names["th"], topic.names["en"], topic.about, topic.examples, topic.counter_examples))


@pytest.mark.parametrize(("code", "text"), EXAMPLES)
def test_an_example_earns_its_topic(code: str, text: str) -> None:
    assert code in [tag.tag for tag in topics(read(text))]


@pytest.mark.parametrize(("code", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_does_not(code: str, text: str) -> None:
    assert code not in [tag.tag for tag in topics(read(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("รอคิวตั้งแต่ตีห้า เจ้าหน้าที่ตะคอกใส่", {"service.waiting", "service.staff"}),
        ("ไม่ต้องรอคิวเลย", {"service.waiting"}),
        ("ค่าธรรมเนียมไม่แพง", {"service.cost"}),
        ("พาคนงานพม่าไปรายงานตัว 90 วัน ไม่มีล่าม", {"migrants.reporting", "service.language"}),
        ("stray dogs everywhere in my soi", {"city.animals"}),
    ],
)
def test_several_topics_and_denial_changes_none(text: str, wanted: set[str]) -> None:
    assert wanted <= {tag.tag for tag in topics(read(text))}


@pytest.mark.parametrize("text", ["", " ", "สวัสดีค่ะ", "😀😀", "ทดสอบ"])
def test_small_talk_has_no_topic(text: str) -> None:
    assert topics(read(text)) == ()


def test_a_topic_shows_the_words_that_earned_it_surest_first() -> None:
    text = "ถนนเป็นหลุมเป็นบ่อ มอไซค์ล้มบ่อย ไฟทางก็ดับ น้ำท่วมซอยด้วย รถติดมาก ขยะเหม็น หมาจรจัดเยอะ"
    found = topics(read(text))
    assert len(found) == MOST
    assert [tag.score for tag in found] == sorted((tag.score for tag in found), reverse=True)
    assert all(text[start:end].strip() for tag in found for start, end in tag.spans)


def test_words_around_a_topic_lean_to_it_but_earn_no_tag() -> None:
    found = evidence(read("กระบะ"))["traffic.accidents"]
    assert found.weight == 0 < found.leaning < ENOUGH
