"""Entries put straight into the store, for the tests of exports: no conversation, no tagging."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot import surveys
from bot.store.base import Session
from bot.store.entries import Answer, Entry, EntryTag
from bot.store.people import Contact
from bot.store.projects import project_by_slug
from bot.store.surveys import Survey, newest_version, survey_by_slug

FILED = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
_numbers = count(1)


def contact(session: Session) -> Contact:
    """Somebody."""
    found = Contact(line_id=f"U{next(_numbers):032}", first_seen_at=FILED, last_seen_at=FILED)
    session.add(found)
    session.flush()
    return found


def entry(session: Session, text: str = "", **facts: Any) -> Entry:
    """An entry of free words; `facts` are columns to set otherwise, and `project` is a slug."""
    if slug := facts.pop("project", None):
        project = project_by_slug(session, slug)
        assert project
        facts["project_id"] = project.id
    if "contact_id" not in facts:
        facts["contact_id"] = contact(session).id
    plain = {
        "number": f"N{next(_numbers):08}",
        "kind": "words",
        "language": "th",
        "text": text,
        "masked": text,
        "personal": [],
        "sentiment": "neu",
        "sentiment_score": 0.5,
        "urgency": "normal",
        "model": "test",
        "filed_at": FILED,
    }
    made = Entry(**(plain | facts))
    session.add(made)
    session.flush()
    return made


def answered(session: Session, survey: str, answers: Mapping[str, Mapping[str, Any]], **facts: Any) -> Entry:
    """An entry of a survey's newest version: {question: columns of the answer}."""
    found = survey_by_slug(session, survey)
    assert found
    version = newest_version(session, found.id)
    assert version
    made = entry(session, kind="survey", survey_id=found.id, version_id=version.id, **facts)
    for place, (question, given) in enumerate(answers.items()):
        plain = {"kind": "text", "status": "answered", "category": "", "value": None, "words": ""}
        columns = plain | given
        columns.setdefault("masked", columns["words"])
        made.answers.append(Answer(position=place, question=question, **columns))
    session.flush()
    return made


def tag(made: Entry, kind: str, name: str, direction: int | None = None) -> None:
    """Tag an entry."""
    made.tags.append(
        EntryTag(kind=kind, tag=name, direction=direction, by="machine", score=1.0, spans=[], model="test", at=FILED)
    )


def survey(session: Session, *questions: dict[str, Any], slug: str = "probe") -> None:
    """Publish these questions as the next version of a survey."""
    data = {
        "slug": slug,
        "project": "road-safety",
        "title": {"th": "ลอง"},
        "purpose": {"th": "ลอง"},
        "intro": {"th": "ลอง"},
        "outro": {"th": "ลอง"},
        "languages": ["th"],
        "questions": list(questions),
    }
    found = survey_by_slug(session, slug)
    if found is None:
        project = project_by_slug(session, "road-safety")
        assert project
        found = Survey(project_id=project.id, slug=slug, draft=data, created_at=FILED)
        session.add(found)
        session.flush()
    found.draft = data
    surveys.publish(session, found, FILED)


def asks(name: str, kind: str, **more: Any) -> dict[str, Any]:
    """A question as its author writes it."""
    return {"name": name, "kind": kind, "label": {"th": f"คำถาม {name}"}, **more}


def choices(*names: str) -> list[dict[str, Any]]:
    """Choices as their author writes them."""
    return [{"name": name, "label": {"th": f"ข้อ {name}"}} for name in names]
