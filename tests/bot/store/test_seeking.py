"""The filter of entries: what it finds, what it counts, and how its pages hold while entries arrive."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.filing import file_words, place_in
from bot.store.base import Session, Store
from bot.store.entries import Entry
from bot.store.facets import facets
from bot.store.labels import EntryLabel
from bot.store.paging import SORTS, Cursor, Paging, page
from bot.store.people import Contact
from bot.store.projects import Project, project_by_slug
from bot.store.reindexing import merge_index, next_page
from bot.store.search import EntryWords, purge, put_words
from bot.store.seeking import Sought, conditions, count
from bot.store.sight import Sight
from bot.store.surveys import Survey

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ALL = Sight(None, unsorted=True)
SAID = (
    ("road-safety", "ถนนหน้าโรงเรียนมืดมาก กลัวรถชนเด็ก ที่ชลบุรี"),
    ("road-safety", "รถเมล์ช้ามากรอนานเป็นชั่วโมง"),
    ("damrongdhama", "เจ้าหน้าที่พูดจาดีมากค่ะ บริการรวดเร็วประทับใจ"),
    (None, "แอ็ปใช้ยากกดไม่ได้เลย โทร 081-234-5678"),
    ("damrongdhama", "ค่าธรรมเนียมแพงเกินไป รอคิวนาน เจ้าหน้าที่พูดไม่สุภาพ"),
)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as session:
        contact = Contact(line_id="U1", first_seen_at=AT, last_seen_at=AT)
        session.add(contact)
        session.flush()
        for minute, (slug, text) in enumerate(SAID):
            put_in(session, contact, slug, text, AT + timedelta(minutes=minute))
    return store


def put_in(session: Session, contact: Contact, slug: str | None, text: str, at: datetime) -> Entry:
    entry = file_words(session, contact, text, f"m{at.timestamp()}", at).entry
    place_in(session, entry, project_by_slug(session, slug) if slug else None, "test", at)
    return entry


def found(session: Session, query: str, sight: Sight = ALL, sort: str = "oldest") -> list[int]:
    """Which of SAID, by their place."""
    rows = page(session, Sought.of(query, me=7), sight, Paging(sort, 50)).rows
    said = [text for _, text in SAID]
    texts = {row.id: session.get_one(Entry, row.id).text for row in rows}
    assert count(session, Sought.of(query, me=7), sight) == len(rows)
    return [said.index(texts[row.id]) for row in rows]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("project=road-safety", [0, 1]),
        ("project=road-safety&noproject=1", [0, 1, 3]),
        ("noproject=1", [3]),
        ("project=road-safety&project=damrongdhama", [0, 1, 2, 4]),
        ("project=no-such", []),
        ("sentiment=pos", [2]),
        ("sentiment=neg&sentiment=neu&project=damrongdhama", [4]),
        ("tag=quality:fast-1", [1, 4]),
        ("tag=quality:fast%2B1", [2]),
        ("tag=quality:fast", [1, 2, 4]),
        ("tag=quality:fast-1&nottag=quality:service_mind-1", [1]),
        ("anytag=quality:service_mind-1&anytag=quality:fast%2B1", [2, 4]),
        ("province=ชลบุรี", [0]),
        ("tag=place:ชลบุรี", [0]),
        ("status=new", [0, 1, 2, 3, 4]),
        ("status=closed", []),
        ("kind=words", [0, 1, 2, 3, 4]),
        ("kind=survey", []),
        ("partial=yes", []),
        ("partial=no&language=th", [0, 1, 2, 3, 4]),
        ("assigned=nobody", [0, 1, 2, 3, 4]),
        ("assigned=me", []),
        ("since=2026-11-21&until=2026-11-21", [0, 1, 2, 3, 4]),
        ("since=2026-11-22", []),
        ("until=2026-11-20", []),
        ("q=รถ", [0, 1]),
        ("q=รถเมล์", [1]),
        ("q=แอป", [3]),
        ("q=เจ้าหน้าที่", [2, 4]),
        ("q=เจ้าหน้าที่ รอคิว", [4]),
        ("q=081-234-5678", []),
        ("q=ที่", []),
        ("q=เครื่องบิน", []),
    ],
)
def test_what_is_found_is_what_is_counted(filled: Store, query: str, wanted: list[int]) -> None:
    with filled.reading() as session:
        assert found(session, query) == wanted


def test_a_reference_number_is_found(filled: Store) -> None:
    with filled.reading() as session:
        first = page(session, Sought(), ALL, Paging("oldest", 1)).rows[0]
        assert found(session, f"q={first.number.lower()}") == [0]


@pytest.mark.parametrize(
    ("sight", "wanted"),
    [
        (lambda ids: Sight(frozenset()), []),
        (lambda ids: Sight(frozenset(), unsorted=True), [3]),
        (lambda ids: Sight(frozenset([ids["road-safety"]])), [0, 1]),
        (lambda ids: Sight(frozenset([ids["damrongdhama"]]), unsorted=True), [2, 3, 4]),
    ],
)
def test_rights_are_in_every_list_and_count(filled: Store, sight: Callable[[Any], Sight], wanted: list[int]) -> None:
    with filled.reading() as session:
        ids = {slug: project_by_slug(session, slug).id for slug in ("road-safety", "damrongdhama")}  # type: ignore[union-attr]
        assert found(session, "", sight(ids)) == wanted
        assert found(session, "q=รถ", sight(ids)) == [each for each in wanted if each in (0, 1)]


def test_addresses_are_stable_and_read_back() -> None:
    asked = "q=รถ&tag=topic:fee&project=b&project=a&status=nonsense&since=never&assigned=me&noproject=1&evil=1&tag=x"
    sought = Sought.of(asked, me=3)
    assert sought == Sought(projects=("a", "b"), all_tags=("topic:fee",), text="รถ", assigned="me", unsorted=True, me=3)
    assert Sought.of(sought.query, me=3) == sought
    assert sought.but(since=date(2026, 1, 2), me=None).arguments()["since"] == ["2026-01-02"]
    assert Sought.of("").is_empty and not sought.is_empty


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_pages_hold_while_entries_arrive(filled: Store, sort: str) -> None:
    with filled.reading() as session:
        whole = [row.id for row in page(session, Sought(), ALL, Paging(sort, 99)).rows]
    assert len(whole) == 5
    with filled.reading() as session:
        first = page(session, Sought(), ALL, Paging(sort, 2))
    assert first.before is None
    with filled.transaction() as session:
        contact = session.get_one(Entry, whole[0]).contact_id
        new = put_in(session, session.get_one(Contact, contact), None, "ดีมากประทับใจ", AT - timedelta(days=900))
        late = put_in(session, session.get_one(Contact, contact), None, "แย่มาก", AT + timedelta(days=900))
        arrived = {new.id, late.id}
    seen, here = [row.id for row in first.rows], first
    with filled.reading() as session:
        while here.after is not None:
            here = page(session, Sought(), ALL, Paging(sort, 2, Cursor.read(str(here.after))))
            seen += [row.id for row in here.rows]
        assert [each for each in seen if each not in arrived] == whole
        assert len(seen) == len(set(seen))
        forward = seen[-len(here.rows) :]
        back: list[int] = []
        while here.before is not None:
            here = page(session, Sought(), ALL, Paging(sort, 2, here.before, back=True))
            back = [row.id for row in here.rows] + back
        everything = [row.id for row in page(session, Sought(), ALL, Paging(sort, 99)).rows]
        assert back + forward == everything


@pytest.mark.parametrize("text", ["", "1", "a.b.c", "1.2.3.4", "1.2.-3", "²"])
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert Cursor.read(text) is None


def test_words_leave_the_index_truly(filled: Store) -> None:
    with filled.transaction() as session:
        entry_id = page(session, Sought.of("q=รถเมล์"), ALL, Paging()).rows[0].id
        put_words(session, entry_id, "")
        purge(session)
    with filled.reading() as session:
        assert found(session, "q=รถเมล์") == []
    last, done = next_page(filled, 0, 2)
    pages = 1
    while done:
        last, done = next_page(filled, last, 2)
        pages += 1
    merge_index(filled)
    assert pages == 4
    with filled.reading() as session:
        assert found(session, "q=รถเมล์") == [1]


def test_the_conditions_hold_in_any_query_around_them(filled: Store) -> None:
    query = (
        "project=road-safety&step=rollout&step=understand&step=empathise&step=experiment&tag=quality:fast-1&q=รถเมล์"
        "&nottag=topic:farm.drought&anytag=quality:fast&noproject=1"
    )
    held = conditions(Sought.of(query), ALL)
    joined = (
        select(Entry.id)
        .join(EntryLabel, EntryLabel.entry_id == Entry.id)
        .outerjoin(Project, Project.id == Entry.project_id)
        .outerjoin(Survey, Survey.id == Entry.survey_id)
        .join(EntryWords, EntryWords.entry_id == Entry.id)
    )
    with filled.reading() as session:
        assert len(set(session.scalars(joined.where(*held)))) == count(session, Sought.of(query), ALL) == 1
        assert facets(session, Sought.of(query), ALL)["tag"]["quality:fast-1"] == 1


def test_no_query_can_break_the_index(filled: Store) -> None:
    for text in ("' OR 1", '"*', "a\\'b & | !", "NEAR(", "\ud83d", "🚗" * 300, "%", "':*"):
        with filled.reading() as session:
            assert count(session, Sought(text=text), ALL) >= 0
    assert conditions(Sought(), ALL)
