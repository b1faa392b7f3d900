"""Citizens who agreed, and what they say, put straight into a database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.conversations.consent import VERSION
from bot.inbox import milliseconds
from bot.interview import reading
from bot.line.inbound import split
from bot.messages import pack
from bot.store.base import Store, now
from bot.store.interviews import Interview
from bot.store.mail import EventWriter
from bot.store.people import Contact
from bot.store.surveys import newest_version, survey_by_slug
from tests.bench.events import body, event, user

SURVEY = "road-safety-needs"


def settle(store: Store, people: int) -> None:
    """This many citizens, who gave consent yesterday."""
    at = datetime.now(UTC) - timedelta(days=1)
    facts = {"language": "th", "status": "active", "consent_version": VERSION, "consented_at": at, "asked": ""}
    rows = [facts | {"line_id": user(each), "first_seen_at": at, "last_seen_at": at} for each in range(people)]
    with store.transaction() as session:
        session.execute(insert(Contact), rows)


def arrive(store: Store, events: Sequence[dict[str, Any]]) -> None:
    """Put events into the inbox, due at once."""
    at = milliseconds(now) - 1_000
    writer = EventWriter(store)
    kept = [(each.id, each.sender, each.at_ms, at, at, each.body) for each in split(body(*events))]
    writer.insert(kept)
    writer.close()


def words(series: str, people: int) -> list[dict[str, Any]]:
    """Everybody says something, in free words."""
    return [event(series, each, user(each)) for each in range(people)]


def beginnings(series: str, people: int) -> list[dict[str, Any]]:
    """Everybody taps to begin the survey."""
    return [_tap(series, each, user(each), pack("survey", s=SURVEY)) for each in range(people)]


def first_answers(store: Store, series: str) -> list[dict[str, Any]]:
    """Everybody who is in an interview taps the first answer of its first question."""
    with store.reading() as session:
        survey = survey_by_slug(session, SURVEY)
        version = newest_version(session, survey.id) if survey else None
        assert version is not None
        questionnaire = reading.read(version.questionnaire)
        found = session.execute(select(Interview.id, Contact.line_id).join(Contact, Contact.id == Interview.contact_id))
        interviews = list(found)
    question = next(each for each in questionnaire.questions if each.choices)
    told = {"q": question.name, "v": question.choices[0].name}
    return [
        _tap(series, place, line_id, pack("answer", **told, i=str(number)))
        for place, (number, line_id) in enumerate(interviews)
    ]


def _tap(series: str, number: int, speaker: str, data: str) -> dict[str, Any]:
    return event(series, number, speaker, type="postback", postback={"data": data})
