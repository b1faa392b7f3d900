"""Filing: what becomes an entry, where, and how it leaves again."""

from datetime import UTC, datetime

import pytest

from bot import filing, numbers
from bot.interview.engine import Answer
from bot.store.base import Session, Store
from bot.store.entries import Entry, EntryEvent, TagKind, entry_of
from bot.store.interviews import Interview, InterviewStatus
from bot.store.people import Contact
from bot.store.projects import ProjectStatus, project_by_slug
from bot.store.surveys import newest_version, survey_by_slug

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
EMPTY = {"version": 1, "at": None, "answers": [], "heard": {}, "tries": 0, "confirming": ""}


def citizen(session: Session, line_id: str = "U1") -> Contact:
    contact = Contact(line_id=line_id, first_seen_at=AT, last_seen_at=AT, language="th")
    session.add(contact)
    session.flush()
    return contact


def interview(session: Session, contact: Contact, slug: str = "road-safety-needs") -> Interview:
    survey = survey_by_slug(session, slug)
    assert survey
    version = newest_version(session, survey.id)
    assert version
    begun = Interview(contact_id=contact.id, version_id=version.id, progress=EMPTY, started_at=AT, updated_at=AT)
    begun.status = InterviewStatus.PAUSED
    session.add(begun)
    session.flush()
    return begun


def story(words: str, source: str = "m1") -> Answer:
    return Answer("story", "text", "", words, words, source)


def test_a_number_that_is_taken_is_not_given_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, free = numbers.new_number(), numbers.new_number()
    drawn = iter([taken, taken, free])
    monkeypatch.setattr(filing, "new_number", lambda: next(drawn))
    with store.transaction() as session:
        contact = citizen(session)
        given = [filing.file_words(session, contact, "รถชนกันหน้าโรงเรียน", each, AT).entry.number for each in "ab"]
    assert given == [taken, free]


def test_personal_data_is_masked_and_told_where(store: Store) -> None:
    with store.transaction() as session:
        words = "รถชนกันหน้าโรงเรียน โทรกลับ 081-234-5678"
        entry = filing.file_words(session, citizen(session), words, "m1", AT).entry
        assert entry.text == words and "081-234-5678" not in entry.masked
        ((kind, start, end),) = entry.personal
        assert (kind, words[start:end]) == ("phone", "081-234-5678")


def test_spans_of_tags_are_places_in_the_words(store: Store) -> None:
    with store.transaction() as session:
        words = "ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย จ.เชียงใหม่"
        entry = filing.file_words(session, citizen(session), words, "m1", AT).entry
        spans = [span for tag in entry.tags for span in tag.spans]
        assert spans and all(0 <= start < end <= len(words) for start, end in spans)
        assert entry.province == "เชียงใหม่"
        assert any(tag.kind == TagKind.PLACE and tag.tag.startswith("เชียงใหม่") for tag in entry.tags)


def test_an_interview_filed_in_part_keeps_its_number_when_it_is_whole(store: Store) -> None:
    with store.transaction() as session:
        contact = citizen(session)
        begun = interview(session, contact)
        first = filing.file_interview(session, begun, [story("ถนนมืด")], contact, AT)
        number = first.number
        whole = filing.file_interview(session, begun, [story("ถนนมืดมาก รถเร็ว")], contact, AT)
        assert (whole.id, whole.number, whole.text) == (first.id, number, "ถนนมืดมาก รถเร็ว")
        assert [each.words for each in whole.answers] == ["ถนนมืดมาก รถเร็ว"]
        assert [each.what for each in session.query(EntryEvent).order_by(EntryEvent.id)] == ["filed", "completed"]


def test_a_closed_project_receives_nothing(store: Store) -> None:
    with store.transaction() as session:
        contact = citizen(session)
        project = project_by_slug(session, "road-safety")
        assert project
        project.status = ProjectStatus.CLOSED
        words = filing.file_words(session, contact, "รถชนกันหน้าโรงเรียน เมาแล้วขับ", "m1", AT)
        whole = filing.file_interview(session, interview(session, contact), [story("รถชน", "m2")], contact, AT)
        beside = filing.file_beside(session, interview(session, contact), "รถชน มีคนเจ็บ", "m3", AT)
        assert {each.project_id for each in (words.entry, whole, beside)} == {None}
        assert "road-safety" not in words.likely


def test_a_location_gives_the_province(store: Store) -> None:
    with store.transaction() as session:
        contact = citizen(session)
        place = {"latitude": 18.7883, "longitude": 98.9853, "title": "", "address": ""}
        answers = [Answer("spot_place", "location", "", place, "สี่แยก", "m1")]
        assert filing.file_interview(session, interview(session, contact), answers, contact, AT).province == "เชียงใหม่"


def test_only_the_writer_can_take_words_back(store: Store) -> None:
    with store.transaction() as session:
        mine, other = citizen(session), citizen(session, "U2")
        entry = filing.file_words(session, mine, "รถชนกันหน้าโรงเรียน", "m1", AT).entry
        assert filing.take_back(session, other, "m1", AT) == 0
        assert entry.text
        assert filing.take_back(session, mine, "m1", AT) == 1
        assert (entry.text, entry.masked, entry.personal, entry.tags) == ("", "", [], [])


def test_one_answer_taken_back_leaves_the_others(store: Store) -> None:
    with store.transaction() as session:
        contact = citizen(session)
        answers = [story("ถนนมืด", "m1"), Answer("wish", "text", "", "ขอไฟ", "ขอไฟ", "m2 m3")]
        entry = filing.file_interview(session, interview(session, contact), answers, contact, AT)
        filing.take_back(session, contact, "m3", AT)
        assert [(each.words, each.status) for each in entry.answers] == [("ถนนมืด", "answered"), ("", "unsent")]
        assert entry.text == "ถนนมืด"


def test_a_called_off_interview_leaves_no_words(store: Store) -> None:
    with store.transaction() as session:
        contact = citizen(session)
        begun = interview(session, contact)
        filing.file_interview(session, begun, [story("ถนนมืด")], contact, AT)
        filing.call_off(session, begun, AT)
        session.expire_all()
        entry = entry_of(session, begun.id)
        assert entry and (entry.text, entry.masked, entry.answers, entry.tags) == ("", "", [], [])
        assert entry.status == "withdrawn"


def test_calling_off_what_was_never_filed_is_nothing(store: Store) -> None:
    with store.transaction() as session:
        filing.call_off(session, interview(session, citizen(session)), AT)
        assert session.query(Entry).count() == 0
