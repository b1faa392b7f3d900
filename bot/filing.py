"""Filing: a completed interview, or free words, becomes an Entry: tagged, matched to a project, numbered.

And the way back: an unsent message leaves the entry, its tags and its answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import nlp
from bot.interview import engine
from bot.numbers import new_number
from bot.projects import matchable
from bot.store.base import Session
from bot.store.entries import (
    Answer,
    Entry,
    EntryEvent,
    EntryKind,
    EntryStatus,
    EntryTag,
    TagKind,
    drop_tags,
    entry_by_number,
    entry_of,
    said_in,
)
from bot.store.interviews import Interview
from bot.store.labels import drop_decisions, relabel
from bot.store.people import Contact
from bot.store.projects import Project, ProjectStatus, project_by_slug
from bot.store.search import purge, put_words

MACHINE = "machine"
CITIZEN = "citizen"
LIKELY = 3


@dataclass(frozen=True, slots=True)
class Filed:
    """Words that became an entry. `likely` are the slugs of the best matching projects; one alone is certain."""

    entry: Entry
    likely: tuple[str, ...]


def file_words(session: Session, contact: Contact, text: str, source: str, at: datetime) -> Filed:
    """File free words. Where one project is surely meant it is filed there; else it waits for the citizen to choose."""
    tags = nlp.tag(text, matchable(session))
    likely = tuple(match.slug for match in tags.projects[:LIKELY])
    entry = _entry(session, contact, tags, text, at)
    entry.kind, entry.source, entry.language = EntryKind.WORDS, source, tags.language
    if likely and nlp.sure(tags.projects):
        likely = likely[:1]
        entry.project = project_by_slug(session, likely[0])
    session.add(entry)
    _tag(entry, tags, at)
    _index(session, entry)
    note(session, entry, "filed", CITIZEN, at)
    return Filed(entry, likely)


def file_beside(session: Session, interview: Interview, text: str, source: str, at: datetime) -> Entry:
    """File words of an interview that cannot wait until it is finished, as an entry of their own in its project."""
    entry = file_words(session, session.get_one(Contact, interview.contact_id), text, source, at).entry
    project = interview.version.survey.project
    if project.status == ProjectStatus.ACTIVE:
        entry.project = project
    entry.rehearsal = entry.rehearsal or interview.rehearsal
    return entry


def file_interview(
    session: Session, interview: Interview, answers: Sequence[engine.Answer], contact: Contact, at: datetime
) -> Entry:
    """File what an interview brought. An interview that was filed in part and went on keeps its entry and its number.

    Its project is the survey's; where that has closed meanwhile the entry has none, for officials to place.
    """
    survey = interview.version.survey
    text = free_text(answers)
    tags = nlp.tag(text)
    entry = entry_of(session, interview.id)
    again = entry is not None
    if entry is None:
        entry = _entry(session, contact, tags, text, at)
        session.add(entry)
    _read_anew(session, entry, tags, text, at)
    entry.kind, entry.language = EntryKind.SURVEY, contact.language
    entry.rehearsal = interview.rehearsal
    entry.project_id = survey.project_id if survey.project.status == ProjectStatus.ACTIVE else None
    entry.survey_id, entry.version_id, entry.interview_id = survey.id, interview.version_id, interview.id
    entry.answers.clear()
    session.flush()  # the old answers go first: a question has one answer only
    entry.answers = [_answer(place, each) for place, each in enumerate(answers)]
    entry.province = entry.province or _province(answers)
    _index(session, entry)
    note(session, entry, "completed" if again else "filed", CITIZEN, at)
    return entry


def free_text(answers: Sequence[engine.Answer] | Sequence[Answer]) -> str:
    """All that was said in the person's own free words, a line an answer: what is read for tags."""
    return "\n".join(
        each.words for each in answers if each.words and (each.kind == "text" or each.status == "own_words")
    )


def place_in(session: Session, entry: Entry, project: Project | None, by: str, at: datetime) -> None:
    """File the entry under a project, or under none."""
    entry.project_id = project.id if project else None
    entry.revision += 1
    note(session, entry, "placed", by, at, project=project.slug if project else "")


def take_back(session: Session, contact: Contact, message_id: str, at: datetime) -> int:
    """Remove the words of an unsent LINE message from all that is filed. Returns how many places held them."""
    entries, answers = said_in(session, contact.id, message_id)
    for entry in entries:
        _read_anew(session, entry, nlp.tag(""), "", at)
        entry.status, entry.source = EntryStatus.WITHDRAWN, ""
        _forget(session, entry)
        note(session, entry, "unsent", CITIZEN, at)
    touched = {each.entry_id: each.entry for each in answers}
    for answer in answers:
        answer.words = answer.masked = answer.category = answer.source = ""
        answer.value, answer.status = None, "unsent"
    for entry in touched.values():
        text = free_text(entry.answers)
        _read_anew(session, entry, nlp.tag(text), text, at)
        _forget(session, entry)
        note(session, entry, "unsent", CITIZEN, at)
    if entries or touched:
        purge(session)
    return len(entries) + len(answers)


def call_off(session: Session, interview: Interview, at: datetime) -> None:
    """The citizen cancels an interview that was filed in part: its words and answers go."""
    entry = entry_of(session, interview.id)
    if entry is None:
        return
    entry.answers.clear()
    _read_anew(session, entry, nlp.tag(""), "", at)
    entry.status = EntryStatus.WITHDRAWN
    _forget(session, entry)
    purge(session)
    note(session, entry, "cancelled", CITIZEN, at)


def note(session: Session, entry: Entry, what: str, by: str, at: datetime, **facts: object) -> None:
    """Add to an entry's history. Never what was said."""
    session.add(EntryEvent(entry_id=entry.id, what=what, by=by, at=at, facts=dict(facts)))


def _entry(session: Session, contact: Contact, tags: nlp.Tags, text: str, at: datetime) -> Entry:
    number = new_number()
    while entry_by_number(session, number) is not None:
        number = new_number()
    entry = Entry(number=number, contact_id=contact.id, filed_at=at, source="", status=EntryStatus.NEW)
    entry.rehearsal = contact.rehearsal
    _describe(entry, tags, text)
    return entry


def _describe(entry: Entry, tags: nlp.Tags, text: str) -> None:
    entry.text = text
    entry.masked = nlp.mask(text, tags.personal_data)
    entry.personal = [[each.kind, each.start, each.end] for each in tags.personal_data]
    entry.sentiment, entry.sentiment_score = tags.sentiment.label, tags.sentiment.score
    entry.urgency, entry.model = tags.urgency.level, tags.model
    entry.province = next((each.province for each in tags.places if each.province), None)


def _read_anew(session: Session, entry: Entry, tags: nlp.Tags, text: str, at: datetime) -> None:
    if entry.id is not None:
        drop_tags(session, entry.id)
        session.expire(entry, ["tags"])
    _describe(entry, tags, text)
    _tag(entry, tags, at)


def _index(session: Session, entry: Entry) -> None:
    """Make an entry findable: its search words, and what it counts as. Flushes."""
    session.flush()
    put_words(session, entry.id, entry.text)
    relabel(session, entry)
    session.flush()


def _forget(session: Session, entry: Entry) -> None:
    """After words were taken back: nothing that spoke of them stays, and what an official read has changed."""
    entry.revision += 1
    drop_decisions(session, entry.id)
    _index(session, entry)


def _tag(entry: Entry, tags: nlp.Tags, at: datetime) -> None:
    def tag(kind: TagKind, name: str, score: float, spans: object, direction: int | None = None) -> EntryTag:
        return EntryTag(
            kind=kind,
            tag=name,
            score=score,
            spans=_plain(spans),
            direction=direction,
            by=MACHINE,
            model=tags.model,
            at=at,
        )

    found = [tag(TagKind.TOPIC, each.tag, each.score, each.spans) for each in tags.topics]
    found += [tag(TagKind.QUALITY, each.tag, each.score, each.spans, each.direction) for each in tags.qualities]
    found += [tag(TagKind.PLACE, place_name(each), 1.0, each.spans) for each in tags.places]
    if tags.sentiment.spans:
        found.append(tag(TagKind.SENTIMENT, tags.sentiment.label, tags.sentiment.score, tags.sentiment.spans))
    if tags.urgency.level != "normal":
        found.append(tag(TagKind.URGENCY, tags.urgency.level, 1.0, tags.urgency.spans))
    found += [tag(TagKind.PROJECT, each.slug, each.score, ()) for each in tags.projects[:LIKELY]]
    entry.tags.extend(found)


def place_name(place: nlp.Place) -> str:
    """A place as a tag: province, district and subdistrict as far as known, such as "ชลบุรี/ศรีราชา"."""
    return "/".join(filter(None, (place.province, place.district, place.subdistrict)))


def _plain(spans: object) -> list[list[int]]:
    return [[start, end] for start, end in spans]  # type: ignore[attr-defined]


def _answer(place: int, answer: engine.Answer) -> Answer:
    return Answer(
        position=place,
        question=answer.question,
        kind=answer.kind,
        status=answer.status,
        category=answer.category,
        value=answer.value,
        words=answer.words,
        masked=nlp.mask(answer.words),
        source=answer.source,
    )


def _province(answers: Sequence[engine.Answer]) -> str | None:
    """Where the citizen's location answer lies, if there is one."""
    for each in answers:
        if each.kind == "location" and isinstance(each.value, dict):
            return nlp.province_at(float(each.value["latitude"]), float(each.value["longitude"]))
    return None
