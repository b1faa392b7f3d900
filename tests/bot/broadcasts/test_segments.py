"""Whom a rule means, who is left out and why: counted by the database, the same on both."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot import segments
from bot.broadcasts import writing
from bot.segments import Audience
from bot.store.base import Session, Store
from bot.store.batches import put_down
from bot.store.broadcasts import BatchState, BroadcastBatch, BroadcastDelivery
from bot.store.entries import Entry
from bot.store.interviews import Interview
from bot.store.labels import EntryLabel
from bot.store.people import Contact, LabOptOut
from bot.store.projects import project_by_slug
from bot.store.segments import Sending, holds
from bot.store.surveys import newest_version, survey_by_slug
from tests.bot.broadcasts.office import AT, NOON, PROJECT, SURVEY, account, approved, draft, people
from tests.bot.exports.filled import answered


def ids(session: Session, rule: dict) -> list[int]:
    return list(session.scalars(select(Contact.id).where(holds(rule, NOON)).order_by(Contact.id)))


def entry(session: Session, contact: int, **facts: object) -> int:
    given = {
        "kind": "words", "status": "new", "partial": False, "rehearsal": False, "language": "th", "text": "",
        "masked": "", "personal": [], "source": "", "sentiment": "neu", "sentiment_score": 0.0, "urgency": "normal",
        "model": "t", "filed_at": NOON, "revision": 0,
    }  # fmt: skip
    number = f"T{contact:03}-{session.query(Entry).count():03}"
    return session.scalar(
        insert(Entry).returning(Entry.id), [{**given, "contact_id": contact, "number": number, **facts}]
    )


def interview(session: Session, contact: int, status: str, rehearsal: bool = False) -> None:
    survey = survey_by_slug(session, SURVEY)
    version = newest_version(session, survey.id)
    made = Interview(contact_id=contact, version_id=version.id, status=status, progress={}, rehearsal=rehearsal)
    made.started_at = made.updated_at = NOON
    session.add(made)
    session.flush()


@pytest.fixture
def six(store: Store) -> Store:
    """Contacts 1 to 6, of whom some said something."""
    with store.transaction() as session:
        people(session, 4)
        people(session, 1, 4, language="my")
        people(session, 1, 5, language="lo", last_seen_at=NOON - timedelta(days=90))
        road, water = (project_by_slug(session, each).id for each in ("road-safety", "water-app"))
        label = entry(session, 1, project_id=road, province="ชลบุรี")
        session.add(EntryLabel(entry_id=label, label="topic:traffic.accidents"))
        entry(session, 2, project_id=water, province="น่าน")
        entry(session, 3, project_id=road, rehearsal=True)
        entry(session, 4, project_id=road, status="withdrawn")
    return store


@pytest.mark.parametrize(
    ("rule", "meant"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"language": ["my", "lo"]}, [5, 6]),
        ({"province": ["ชลบุรี"]}, [1]),
        ({"project": ["road-safety"]}, [1]),
        ({"project": ["road-safety", "water-app"]}, [1, 2]),
        ({"topic": ["traffic.accidents"]}, [1]),
        ({"seen": 30}, [1, 2, 3, 4, 5]),
        ({"not": {"seen": 30}}, [6]),
        ({"consent": ["0"]}, []),
        ({"all": [{"language": ["th"]}, {"not": {"project": ["road-safety"]}}]}, [2, 3, 4]),
        ({"any": [{"province": ["น่าน"]}, {"language": ["lo"]}]}, [2, 6]),
    ],
)
def test_a_rule_means(six: Store, rule: dict, meant: list[int]) -> None:
    assert segments.flaws(rule) == []
    with six.reading() as session:
        assert ids(session, rule) == meant


def test_who_answered_a_survey_is_known(store: Store) -> None:
    with store.transaction() as session:
        answered(session, SURVEY, {"story": {"words": "รถชน"}}, project=PROJECT)
        people(session, 1, 50)
        assert len(ids(session, {"answered": [SURVEY]})) == 1
        assert len(ids(session, {"not": {"answered": [SURVEY]}})) == 1


@pytest.mark.parametrize(
    ("rule", "where", "code"),
    [
        (5, "rule", "segment_shape"),
        ({"language": ["th"], "seen": 3}, "rule", "segment_shape"),
        ({"shoe": [44]}, "rule", "segment_unknown"),
        ({"language": []}, "rule.language", "segment_values"),
        ({"language": "th"}, "rule.language", "segment_values"),
        ({"seen": True}, "rule.seen", "segment_days"),
        ({"all": []}, "rule.all", "segment_empty"),
        ({"any": [{"seen": 1}, {"not": {"topic": [1]}}]}, "rule.any[1].not.topic", "segment_values"),
        ({"not": {"not": {"not": {"not": {"not": {"seen": 1}}}}}}, "rule.not.not.not.not.not", "segment_deep"),
        ({"any": [{"seen": 1}] * 31}, "rule", "segment_large"),
    ],
)
def test_a_rule_that_is_not_sound_is_told(rule: object, where: str, code: str) -> None:
    assert [(each.where, each.code) for each in segments.flaws(rule)] == [(where, code)]


def test_everybody_left_out_is_counted_once_by_the_first_reason(store: Store) -> None:
    with store.transaction() as session:
        people(session, 10)
        project = project_by_slug(session, PROJECT)
        survey = survey_by_slug(session, SURVEY)

        def is_so(contact: int, **facts: object) -> None:
            for name, value in facts.items():
                setattr(session.get_one(Contact, contact), name, value)

        interview(session, 1, "stopped", rehearsal=True)
        is_so(2, status="blocked", opted_out_at=NOON)
        is_so(3, consent_version=None)
        is_so(4, opted_out_at=NOON)
        session.add(LabOptOut(contact_id=5, lab_id=project.lab_id, at=NOON))
        interview(session, 6, "asking")
        entry(session, 7, survey_id=survey.id, kind="survey")
        entry(session, 8, survey_id=survey.id, kind="survey", partial=True)
        other = approved(session, name="x")
        gone = {"broadcast_id": other.id, "arm": 0, "language": "th", "size": 1, "body": "", "due_ms": 0}
        batch = BroadcastBatch(**gone, key="k", state=BatchState.SENT, first_ms=int(NOON.timestamp() * 1000))
        session.add(batch)
        session.flush()
        session.add(BroadcastDelivery(broadcast_id=other.id, contact_id=9, batch_id=batch.id))
        session.flush()
        made = writing.create(session, account(session), draft(), AT)
        expected = dict.fromkeys(segments.REASONS, 1)
        assert writing.audience(session, made, NOON) == Audience(10, 2, expected)
        assert put_down(session, made.id, {}, writing.sending_of(made, NOON), (0, 99)) == 2
        later = Sending(project.lab_id, NOON + timedelta(days=7), survey.id, made.id)
        assert segments.count(session, {}, later).excluded["asked"] == 1
        later = Sending(project.lab_id, NOON + timedelta(days=7, seconds=1), survey.id, made.id)
        assert "asked" not in segments.count(session, {}, later).excluded
        made.override = "น้ำท่วม"
        assert "asked" not in writing.audience(session, made, NOON).excluded
