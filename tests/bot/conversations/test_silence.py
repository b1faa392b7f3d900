"""Quiet hours, and what the clock does with interviews that fell silent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversations import silence
from bot.conversations.desk import Questionnaires
from bot.dates import quiet
from bot.store.base import Session, Store
from bot.store.entries import Entry
from bot.store.interviews import Interview, InterviewStatus
from bot.store.mail import Delivery
from bot.store.people import Contact, ContactStatus
from bot.store.surveys import newest_version, survey_by_slug

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("utc", "peace"),
    [("13:59", False), ("14:00", True), ("17:00", True), ("00:59", True), ("01:00", False), ("05:00", False)],
)
def test_nobody_is_nudged_between_nine_and_eight_in_bangkok(utc: str, peace: bool) -> None:
    hour, minute = map(int, utc.split(":"))
    assert quiet(datetime(2026, 11, 21, hour, minute, tzinfo=UTC)) is peace


def begun(session: Session, line_id: str, silent_for: timedelta) -> Contact:
    """Someone who began a survey and answered nothing for this long before NOON."""
    since = NOON - silent_for
    contact = Contact(line_id=line_id, consent_version="1", first_seen_at=since, last_seen_at=since)
    session.add(contact)
    survey = survey_by_slug(session, "road-safety-needs")
    assert survey
    version = newest_version(session, survey.id)
    assert version
    session.flush()
    progress = {"version": 1, "at": "travel_mode", "answers": [], "heard": {}, "tries": 0, "confirming": ""}
    session.add(
        Interview(contact_id=contact.id, version_id=version.id, progress=progress, started_at=since, updated_at=since)
    )
    return contact


def nudged(store: Store, at: datetime) -> int:
    """How many people are nudged at this moment."""
    with store.transaction() as session:
        before = session.query(Delivery).count()
        silence.tend(session, at, Questionnaires())
        return session.query(Delivery).count() - before


def test_one_nudge_and_no_second(store: Store) -> None:
    with store.transaction() as session:
        begun(session, "U1", timedelta(hours=21))
    assert [nudged(store, NOON), nudged(store, NOON), nudged(store, NOON + timedelta(hours=5))] == [1, 0, 0]


def blocks(contact: Contact) -> None:
    contact.status = ContactStatus.BLOCKED


@pytest.mark.parametrize(
    ("silent_for", "at", "changed"),
    [
        (timedelta(hours=19), NOON, None),
        (timedelta(hours=21), NOON + timedelta(hours=10), None),
        (timedelta(hours=21), NOON, blocks),
    ],
    ids=["too early", "at night", "blocked"],
)
def test_who_is_left_in_peace(
    store: Store, silent_for: timedelta, at: datetime, changed: Callable[[Contact], None] | None
) -> None:
    with store.transaction() as session:
        contact = begun(session, "U1", silent_for)
        if changed:
            changed(contact)
    assert nudged(store, at) == 0


def test_an_empty_interview_ends_without_an_entry(store: Store) -> None:
    with store.transaction() as session:
        begun(session, "U1", timedelta(days=4))
    assert nudged(store, NOON) == 1
    with store.transaction() as session:
        assert silence.tend(session, NOON + timedelta(hours=23), Questionnaires())["expired"] == 0
        assert silence.tend(session, NOON + timedelta(days=1), Questionnaires())["expired"] == 1
        (interview,) = session.query(Interview)
        assert (interview.status, interview.ended_at) == (InterviewStatus.EXPIRED, NOON + timedelta(days=1))
        assert session.query(Entry).count() == 0
