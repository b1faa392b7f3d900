import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp
from nlp.records import Match, PersonalData, Place, Project, Quality, Sentiment, Tag, Tags, Urgency

PROJECTS = (
    Project("road-safety", "โครงการลดอุบัติเหตุการจราจรทางบก", "ถนน รถ อุบัติเหตุ", ("ถนน", "อุบัติเหตุ")),
    Project("water-app", "การบริหารจัดการน้ำผ่านแอปพลิเคชัน", "น้ำ ชลประทาน", ("น้ำ",)),
)
PIECES = [
    "ถนน", "พัง", "มากกกก", "เเย่", "น้ำไม่ไหล", "อ.เมือง", "จ.ขอนแก่น", "นายสมชาย ใจดี", "โทร ๐๘๑-๒๓๔-๕๖๗๘",
    "รอนาน", "ไม่", "ดี", " ",
    "\n", "\u200b", "ไฟไหม้", "hello", "😀", "a@b.co", "1", "เ", "่", "ํา", "မင်္ဂလာပါ", "http://x.go.th",
    "กข 1234", "\ufeff", "(", "l;ylfu", "İ",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def spans(tags: Tags) -> list[tuple[int, int]]:
    parts = (tags.sentiment, *tags.topics, *tags.qualities, *tags.places, tags.urgency)
    found = [span for part in parts for span in part.spans]
    return found + [(item.start, item.end) for item in tags.personal_data]


def test_the_record_is_what_the_commands_write() -> None:
    tags = Tags(
        "th",
        Sentiment("neg", 0.9, ((0, 4),)),
        (Tag("traffic.road_damage", 0.8, ((0, 4),)),),
        (Quality("fast", -1, 0.7, ((5, 9),)),),
        Urgency("soon", ((0, 2),)),
        (Place("สงขลา", "หาดใหญ่", None, ((0, 3),)),),
        (PersonalData("phone", 1, 2),),
        (Match("road-safety", 0.9),),
        "m",
    )
    assert tags.to_dict() == {
        "language": "th",
        "sentiment": {"label": "neg", "score": 0.9, "spans": [[0, 4]]},
        "topics": [{"tag": "traffic.road_damage", "score": 0.8, "spans": [[0, 4]]}],
        "qualities": [{"tag": "fast", "direction": -1, "score": 0.7, "spans": [[5, 9]]}],
        "urgency": {"level": "soon", "spans": [[0, 2]]},
        "places": [{"province": "สงขลา", "district": "หาดใหญ่", "subdistrict": None, "spans": [[0, 3]]}],
        "personal_data": [{"kind": "phone", "start": 1, "end": 2}],
        "projects": [{"slug": "road-safety", "score": 0.9}],
        "model": "m",
    }


def test_a_message_is_read_whole() -> None:
    text = "ถนนหน้าโรงเรียนพังมากกกก รอนาน อ.หาดใหญ่ โทร 0812345678"
    tags = nlp.tag(text, PROJECTS)
    assert (tags.language, tags.sentiment.label) == ("th", "neg")
    assert tags.projects[0].slug == "road-safety"
    assert tags.places[0].province == "สงขลา"
    assert text[tags.personal_data[0].start : tags.personal_data[0].end] == "0812345678"
    assert [(quality.tag, quality.direction) for quality in tags.qualities] == [("fast", -1)]
    assert tags.model.startswith("sentiment-")


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_spans_lie_inside_it(text: str) -> None:
    tags = nlp.tag(text, PROJECTS)
    assert all(0 <= start < end <= len(text) for start, end in spans(tags))
    assert all(0 <= part.score <= 1 for part in (tags.sentiment, *tags.topics, *tags.qualities, *tags.projects))
    json.dumps(tags.to_dict())


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_the_same_text_has_the_same_tags(texts: list[str]) -> None:
    once = nlp.tag_many(texts, PROJECTS)
    assert once == [nlp.tag(text, PROJECTS) for text in texts]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_masking_and_search_words_never_fail(text: str) -> None:
    masked = nlp.mask(text)
    assert masked == text or "[" in masked
    found = nlp.search_terms(text)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("pattern", ["กรรมกร", "1-", "่", "นาย", "http://", "ไม่", "ก", "\u200b", "081-"])
def test_a_long_hostile_text_is_read(pattern: str) -> None:
    text = (pattern * 5_000)[:5_000]
    assert all(end <= len(text) for _, end in spans(nlp.tag(text, PROJECTS)))


def test_warming_and_points() -> None:
    nlp.warm()
    assert nlp.province_at(13.7563, 100.5018) == "กรุงเทพมหานคร"
