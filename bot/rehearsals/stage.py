"""The stage: the whole bot over a throw-away database, spoken to by made-up citizens. No LINE; nothing is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import outbox, surveys
from bot.conversations import receiving, silence
from bot.conversations.desk import Questionnaires
from bot.conversations.receiving import Circumstances
from bot.dates import day_of
from bot.inbox import milliseconds
from bot.interview.progress import Progress
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.interview.setting import Setting
from bot.interview.turn import Turn
from bot.line.gateway import Content, Contents, TooLarge
from bot.line.inbound import Event, read
from bot.messages import Message, Option
from bot.photos import Photo, Photos
from bot.seed import seed
from bot.store.base import Clock, Session, Store
from bot.store.entries import Entry, EntryTag, of_contact
from bot.store.interviews import InterviewStatus, newest
from bot.store.labels import SINGLE
from bot.store.mail import DeliveryStatus, settle_deliveries
from bot.store.migrating import migrate
from bot.store.people import contact_of
from bot.store.projects import Project, StepName, active_projects, project_by_slug
from bot.store.surveys import Survey, survey_by_slug

CITIZEN = "U" + "0" * 32
"""The LINE id of the made-up citizen, where there is but one."""
_MANY = 1000  # letters: far more than made-up citizens


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
    text: str
    masked: str
    tags: tuple[tuple[str, str], ...]
    answers: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a citizen is: the state of their last interview ("" for none), its progress and its questionnaire."""

    status: str = ""
    progress: Progress = field(default_factory=Progress)
    questionnaire: Questionnaire | None = None

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for."""
        return self.status == InterviewStatus.ASKING

    @property
    def question(self) -> Question | None:
        """The question that is open, if one is: none at the review."""
        questions = self.questionnaire.questions if self.questionnaire and self.asking else ()
        return next((each for each in questions if each.name == self.progress.at), None)


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
        return self.take(read(json.dumps(webhook)), self._language, photo)

    def take(self, event: Event, language: str, photo: bytes | None = None) -> list[Message]:
        """What the bot answers to an event from somebody whose phone speaks `language`."""
        found = Circumstances({event.user: language}, self._fetched(event, photo))
        with self._store.transaction() as session:
            outcome = receiving.receive(session, event, self._clock(), self._questionnaires, found)
        for key in outcome.discarded:
            self._photos.remove(key)
        return outcome.said

    def _fetched(self, event: Event, photo: bytes | None) -> dict[str, Photo]:
        if event.message is None or photo is None:
            return {}
        return {event.message.id: self._photos.fetch(_Pocket(photo), event.message.id)}

    def tend(self, user: str) -> list[Message]:
        """Do what the clock does to those who are silent. Returns what it says to this citizen of its own accord."""
        with self._store.transaction() as session:
            silence.tend(session, self._clock(), self._questionnaires)
            letters = outbox.take(session, milliseconds(self._clock), _MANY)
            session.flush()
            sent = {"status": DeliveryStatus.SENT, "messages": "[]", "recipient": ""}
            settle_deliveries(session, [{"seq": each.seq, **sent} for each in letters])
        return [_pushed(message) for each in letters if each.recipient == user for message in each.messages]

    def stands(self, user: str = CITIZEN) -> Standing:
        """How far this citizen is with the interview that went on last."""
        with self._store.reading() as session:
            contact = contact_of(session, user)
            last = newest(session, contact.id) if contact else None
            if contact is None or last is None:
                return Standing()
            asked, progress = self._questionnaires.of(last.version), Progress.from_data(last.progress)
            # What was unsent may have taken the open question with it: where it stands is for the engine to say.
            turn = Turn.of(asked, progress, Setting(contact.language, day_of(self._clock())))
            return Standing(last.status, turn.progress, asked)

    def asks_for(self) -> Kind | None:
        """The kind of question that is open, if one is."""
        question = self.stands().question
        return question.kind if question else None

    def filed(self, user: str = CITIZEN) -> dict[str, Shown]:
        """What would be filed of this citizen by now, by reference number, oldest first."""
        with self._store.reading() as session:
            contact = contact_of(session, user)
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


def _pushed(message: dict[str, Any]) -> Message:
    """A text as it goes to LINE, with what can be tapped below it."""
    items = (each["action"] for each in message.get("quickReply", {}).get("items", ()))
    return Message(message["text"], tuple(Option(each["label"], each["data"]) for each in items))


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
        text=entry.text,
        masked=entry.masked,
        tags=(("sentiment", entry.sentiment), ("urgency", entry.urgency), *map(_tag, filter(_several, entry.tags))),
        answers=tuple(
            Noted(each.question, each.status, each.category, each.value, each.words) for each in entry.answers
        ),
    )


def _several(row: EntryTag) -> bool:
    """Whether an entry may have several of this kind; what it has one of stands in its own columns."""
    return row.kind not in SINGLE


def _tag(row: EntryTag) -> tuple[str, str]:
    sign = {1: " +1", -1: " −1"}.get(row.direction or 0, "")
    return row.kind, row.tag + sign
