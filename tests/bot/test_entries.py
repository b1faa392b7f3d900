"""What officials do with an entry, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

import nlp
from bot import entries
from bot.entries import Decision
from bot.errors import Refused
from bot.filing import _index, _read_anew, file_words, place_in, take_back
from bot.store.accounts import Account, Role
from bot.store.audit import By
from bot.store.base import Session, Store
from bot.store.entries import Entry, EntryEvent, EntryNote, EntryStatus, TagKind
from bot.store.labels import Verdict, decisions_of, labels_of
from bot.store.people import Contact
from bot.store.projects import project_by_slug
from bot.store.seeking import Sought, count
from bot.store.sight import Sight

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TEXT = "เจ้าหน้าที่พูดไม่สุภาพ รอคิวนานมาก ที่ชลบุรี"
SLOW = Decision(TagKind.QUALITY, "fast", -1, Verdict.REJECTED)
FEE = Decision(TagKind.TOPIC, "service.cost", None, Verdict.ADDED)
ALL = Sight(None, unsorted=True)


@contextmanager
def at_work(store: Store) -> Iterator[tuple[Session, Entry, By]]:
    """A transaction with an entry and somebody to act."""
    with store.transaction() as session:
        contact = Contact(line_id="U1", first_seen_at=AT, last_seen_at=AT)
        official = Account(name="ก", email="k@example.go.th", role=Role.OFFICIAL, unsorted=True, created_at=AT)
        session.add_all([contact, official])
        session.flush()
        entry = file_words(session, contact, TEXT, "m1", AT).entry
        place_in(session, entry, None, "test", AT)
        yield session, entry, By(official.actor, AT)


def account_of(session: Session, by: By) -> Account:
    return session.get_one(Account, int(by.actor.partition(":")[2]))


def history(session: Session, entry: Entry) -> list[str]:
    return list(session.scalars(select(EntryEvent.what).where(EntryEvent.entry_id == entry.id).order_by(EntryEvent.id)))


def labels(session: Session, entry: Entry) -> set[str]:
    session.flush()
    return set(map(str, labels_of(session, [entry.id])[entry.id]))


@pytest.mark.parametrize(
    ("was", "now", "may"),
    [
        ("new", "in_review", True),
        ("new", "closed", True),
        ("in_review", "used", True),
        ("used", "answered", True),
        ("answered", "closed", True),
        ("closed", "in_review", True),
        ("used", "in_review", True),
        ("in_review", "new", False),
        ("closed", "answered", False),
        ("closed", "new", False),
        ("new", "withdrawn", False),
    ],
)
def test_steps_of_the_work(store: Store, was: str, now: str, may: bool) -> None:
    with at_work(store) as (session, entry, by):
        entry.status = was
        before = entry.revision
        if may:
            assert entries.change_status(session, entry, EntryStatus(now), by, entry.revision)
            assert (entry.status, entry.revision) == (now, before + 1)
            assert not entries.change_status(session, entry, EntryStatus(now), by)
            assert history(session, entry)[-1] == "status"
        else:
            with pytest.raises(Refused, match=r"entry\.status"):
                entries.change_status(session, entry, EntryStatus(now), by)


def test_who_read_an_older_state_is_told(store: Store) -> None:
    with at_work(store) as (session, entry, by):
        read = entry.revision
        entries.change_status(session, entry, EntryStatus.IN_REVIEW, by, read)
        for act in (
            lambda: entries.change_status(session, entry, EntryStatus.CLOSED, by, read),
            lambda: entries.assign(session, entry, None, by, read),
            lambda: entries.move(session, entry, None, by, read),
            lambda: entries.decide_tag(session, entry, FEE, by, read),
        ):
            with pytest.raises(Refused, match=r"entry\.changed"):
                act()


def test_only_who_may_read_it_gets_it(store: Store) -> None:
    with at_work(store) as (session, entry, by):
        official = account_of(session, by)
        lab = Account(name="ข", email="l@example.go.th", role=Role.LAB, unsorted=True, created_at=AT)
        session.add(lab)
        session.flush()
        assert entries.assign(session, entry, official, by) and entry.assignee_id == official.id
        with pytest.raises(Refused, match=r"entry\.assignee"):
            entries.assign(session, entry, lab, by)
        assert entries.move(session, entry, project_by_slug(session, "road-safety"), by)
        assert entry.assignee_id is None, "the project is not theirs"
        assert history(session, entry)[-2:] == ["placed", "assigned"]
        with pytest.raises(Refused, match=r"entry\.assignee"):
            entries.assign(session, entry, official, by)


def test_a_decision_stands_beside_the_machine_and_outlives_a_reading_anew(store: Store) -> None:
    with at_work(store) as (session, entry, by):
        assert "quality:fast-1" in labels(session, entry)
        assert entries.decide_tag(session, entry, SLOW, by)
        assert entries.decide_tag(session, entry, FEE, by)
        assert not entries.decide_tag(session, entry, FEE, by)
        entries.decide_tag(session, entry, Decision(TagKind.SENTIMENT, "pos", None, Verdict.ADDED), by)
        entries.decide_tag(session, entry, Decision(TagKind.PLACE, "ชลบุรี", None, Verdict.REJECTED), by)
        for _ in range(2):
            assert {"quality:fast-1", "place:ชลบุรี"}.isdisjoint(labels(session, entry))
            assert "topic:service.cost" in labels(session, entry)
            assert (entry.sentiment, entry.province) == ("pos", None)
            assert [each.tag for each in entry.tags if each.kind == "quality" and each.tag == "fast"] == ["fast"]
            assert count(session, Sought(all_tags=("quality:fast-1",)), ALL) == 0
            _read_anew(session, entry, nlp.tag(TEXT), TEXT, AT)
            _index(session, entry)
        machine = {each.tag: each.machine for each in decisions_of(session, entry.id)}
        assert machine == {"fast": "yes", "service.cost": "", "pos": "neg", "ชลบุรี": "yes"}


def test_of_sentiment_the_last_word_counts(store: Store) -> None:
    with at_work(store) as (session, entry, by):
        for value in ("pos", "neu"):
            entries.decide_tag(session, entry, Decision(TagKind.SENTIMENT, value, None, Verdict.ADDED), by)
        (decision,) = decisions_of(session, entry.id)
        assert (entry.sentiment, decision.tag, decision.machine) == ("neu", "neu", "neg")


@pytest.mark.parametrize(
    "decision",
    [
        Decision(TagKind.TOPIC, "no.such", None, Verdict.ADDED),
        Decision(TagKind.QUALITY, "fast", None, Verdict.ADDED),
        Decision(TagKind.SENTIMENT, "angry", None, Verdict.ADDED),
        Decision(TagKind.SENTIMENT, "neu", None, Verdict.REJECTED),
        Decision(TagKind.PLACE, "ลอนดอน", None, Verdict.ADDED),
        Decision(TagKind.PLACE, "a/b/c/d", None, Verdict.ADDED),
        Decision(TagKind.PROJECT, "road-safety", None, Verdict.ADDED),
    ],
)
def test_what_is_no_tag_is_refused(store: Store, decision: Decision) -> None:
    with at_work(store) as (session, entry, by), pytest.raises(Refused, match=r"entry\.tag"):
        entries.decide_tag(session, entry, decision, by)


def test_a_tag_nobody_gave_cannot_be_taken(store: Store) -> None:
    with at_work(store) as (session, entry, by), pytest.raises(Refused, match=r"entry\.no_such_tag"):
        entries.decide_tag(session, entry, Decision(TagKind.TOPIC, "traffic.accidents", None, Verdict.REJECTED), by)


def test_put_back_restores_all_of_it(store: Store) -> None:
    with at_work(store) as (session, entry, by):
        entries.decide_tag(session, entry, SLOW, By("account:9", AT - timedelta(days=1)))
        was, words = entries.before(session, entry), labels(session, entry)
        entries.decide_tag(session, entry, FEE, by)
        entries.decide_tag(session, entry, Decision(TagKind.URGENCY, "crisis", None, Verdict.ADDED), by)
        entries.assign(session, entry, account_of(session, by), by)
        entries.change_status(session, entry, EntryStatus.CLOSED, by)
        revision = entry.revision
        entries.put_back(session, entry, was, by, revision)
        assert (entries.before(session, entry), labels(session, entry)) == (was, words)
        with pytest.raises(Refused, match=r"entry\.changed"):
            entries.put_back(session, entry, was, by, revision)


def test_notes_are_kept_and_bounded(store: Store) -> None:
    with at_work(store) as (session, entry, by):
        written = entries.note(session, entry, "  โทรกลับแล้ว ", by)
        assert session.get_one(EntryNote, written.id).text == "โทรกลับแล้ว"
        assert history(session, entry)[-1] == "noted"
        for text in (" ", "ก" * 4001):
            with pytest.raises(Refused, match=r"entry\.note"):
                entries.note(session, entry, text, by)


def test_words_taken_back_take_all_that_spoke_of_them(store: Store) -> None:
    with at_work(store) as (session, entry, by):
        entries.decide_tag(session, entry, FEE, by)
        contact = session.get_one(Contact, entry.contact_id)
        assert take_back(session, contact, "m1", AT) == 1
        assert decisions_of(session, entry.id) == [] and labels(session, entry) == set()
        with pytest.raises(Refused, match="not_found"):
            entries.change_status(session, entry, EntryStatus.CLOSED, by)
