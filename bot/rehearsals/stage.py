"""Rehearsals: the whole bot, spoken to by one made-up citizen over a throw-away database. No LINE; nothing is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import surveys
from bot.conversations import receiving
from bot.conversations.desk import Questionnaires
from bot.conversations.receiving import Circumstances
from bot.interview.progress import Progress
from bot.interview.questionnaire import Kind
from bot.line.gateway import Content, Contents, TooLarge
from bot.line.inbound import Event, read
from bot.messages import Message
from bot.photos import Photo, Photos
from bot.seed import seed
from bot.store.base import Clock, Session, Store
from bot.store.entries import Entry, EntryTag, of_contact
from bot.store.interviews import asking
from bot.store.migrating import migrate
from bot.store.people import contact_of
from bot.store.projects import Project, StepName, active_projects, project_by_slug
from bot.store.surveys import Survey, survey_by_slug

CITIZEN = "U" + "0" * 32
"""The LINE id of the made-up citizen."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One answer of an entry, as an author wants to see it."""

    question: str
    status: str
    category: str
    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry that would have been filed. `tags` are (kind, tag), a quality's tag with its sign."""

    number: str
    project: str
    survey: str
    status: str
    partial: bool
    masked: str
    tags: tuple[tuple[str, str], ...]
    answers: tuple[Noted, ...]


class Stage:
    """A throw-away bot in `folder`, seeded with the samples. Its citizen speaks `language` on LINE."""

    def __init__(self, folder: Path, clock: Clock, language: str = "th") -> None:
        self._store = Store(f"sqlite:///{folder / 'rehearsal.sqlite3'}")
        self._clock, self._language = clock, language
        self._photos = Photos(folder / "photos")
        self._questionnaires = Questionnaires()
        migrate(self._store)
        with self._store.transaction() as session:
            seed(session, clock())

    def close(self) -> None:
        """Let go of the database; the folder is the caller's to remove."""
        self._store.close()

    def put_on(self, data: dict[str, Any]) -> None:
        """Publish an author's survey, in place of a sample of the same name. Its project need not exist.

        Raises Refused("survey.invalid", problems=...).
        """
        with self._store.transaction() as session:
            survey = survey_by_slug(session, data["slug"]) or _survey(session, data, self._clock())
            survey.draft = data
            surveys.publish(session, survey, self._clock())

    def hear(self, webhook: Mapping[str, Any], photo: bytes | None = None) -> list[Message]:
        """What the bot answers to one event of LINE's. `photo` is the content of its message, where it has one."""
        event = read(json.dumps(webhook))
        found = Circumstances({event.user: self._language}, self._fetched(event, photo))
        with self._store.transaction() as session:
            outcome = receiving.receive(session, event, self._clock(), self._questionnaires, found)
            _mark_as_rehearsal(session)
        for key in outcome.discarded:
            self._photos.remove(key)
        return outcome.said

    def _fetched(self, event: Event, photo: bytes | None) -> dict[str, Photo]:
        if event.message is None or photo is None:
            return {}
        return {event.message.id: self._photos.fetch(_Pocket(photo), event.message.id)}

    def asks_for(self) -> Kind | None:
        """The kind of question that is open, if one is."""
        with self._store.reading() as session:
            contact = contact_of(session, CITIZEN)
            running = asking(session, contact.id) if contact else None
            if running is None:
                return None
            at = Progress.from_data(running.progress).at
            questions = self._questionnaires.of(running.version).questions
            return next((each.kind for each in questions if each.name == at), None)

    def filed(self) -> dict[str, Shown]:
        """What would be filed by now, by reference number, oldest first."""
        with self._store.reading() as session:
            contact = contact_of(session, CITIZEN)
            entries = of_contact(session, contact.id) if contact else []
            return {each.number: _shown(session, each) for each in reversed(entries)}


class _Pocket(Contents):
    """The citizen's phone, as far as a photo is fetched from it."""

    def __init__(self, photo: bytes) -> None:
        self._photo = photo

    def content(self, message_id: str, limit: int) -> Content:
        """The photo at hand, whatever message it is asked for."""
        if len(self._photo) > limit:
            raise TooLarge
        return Content(self._photo, "")


def _mark_as_rehearsal(session: Session) -> None:
    contact = contact_of(session, CITIZEN)
    running = asking(session, contact.id) if contact else None
    if running is not None:
        running.rehearsal = True


def _survey(session: Session, data: dict[str, Any], at: datetime) -> Survey:
    """A new survey; where its project is not among the samples, in a project made up for it."""
    project = project_by_slug(session, data["project"]) or _project(session, data["project"], at)
    survey = Survey(project_id=project.id, slug=data["slug"], draft=data, created_at=at)
    session.add(survey)
    session.flush()
    return survey


def _project(session: Session, slug: str, at: datetime) -> Project:
    sample = active_projects(session)[0]
    same = {"lab_id": sample.lab_id, "fiscal_year": sample.fiscal_year, "step": StepName.UNDERSTAND}
    name = {"th": slug, "en": slug}
    texts = {"title": name, "short": name, "agency": {}, "description": {}, "keywords": {}}
    project = Project(slug=slug, opened_at=at, **same, **texts)
    session.add(project)
    session.flush()
    return project


def _shown(session: Session, entry: Entry) -> Shown:
    return Shown(
        number=entry.number,
        project=entry.project.slug if entry.project else "",
        survey=session.get_one(Survey, entry.survey_id).slug if entry.survey_id else "",
        status=entry.status,
        partial=entry.partial,
        masked=entry.masked,
        tags=(("sentiment", entry.sentiment), ("urgency", entry.urgency), *map(_tag, entry.tags)),
        answers=tuple(
            Noted(each.question, each.status, each.category, each.value, each.words) for each in entry.answers
        ),
    )


def _tag(row: EntryTag) -> tuple[str, str]:
    sign = {1: " +1", -1: " −1"}.get(row.direction or 0, "")
    return row.kind, row.tag + sign
