"""Entries read for an export: page by page, as plain rows, in bounded memory."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from bot.store.entries import Answer, Entry, EntryStatus, EntryTag
from bot.store.projects import Project
from bot.store.surveys import Survey, SurveyVersion

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of a project, of a survey (by id), filed since and before a moment. None is no limit."""

    project_id: int | None = None
    survey_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """One entry with its answers, in their order, by question, and its tags, as rows."""

    entry: Row[Any]
    answers: Mapping[str, Row[Any]]
    tags: Sequence[Row[Any]]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What holds for every exported entry: not a rehearsal, and not one whose words were taken back."""
    held = [Entry.rehearsal.is_(False), Entry.status != EntryStatus.WITHDRAWN]
    if wanted.project_id is not None:
        held.append(Entry.project_id == wanted.project_id)
    if wanted.survey_id is not None:
        held.append(Entry.survey_id == wanted.survey_id)
    if wanted.since is not None:
        held.append(Entry.filed_at >= wanted.since)
    if wanted.before is not None:
        held.append(Entry.filed_at < wanted.before)
    return held


def extent(session: Session, wanted: Wanted) -> tuple[int, int]:
    """How many entries there are, and the last one's id: what comes in afterwards is not part of this export."""
    counted = select(func.count(), func.coalesce(func.max(Entry.id), 0)).where(*_conditions(wanted))
    count, last = session.execute(counted).one()
    return count, last


def surveys_in(session: Session, wanted: Wanted) -> list[int]:
    """The ids of the surveys that these entries answer."""
    answered = select(Entry.survey_id).where(*_conditions(wanted), Entry.survey_id.is_not(None)).distinct()
    return sorted(each for each in session.scalars(answered) if each is not None)


def stream(session: Session, wanted: Wanted, last: int, page_size: int = PAGE) -> Iterator[Filed]:
    """The entries up to id `last`, oldest first. Reads a page at a time by key, never an offset."""
    columns = (
        Entry.id, Entry.number, Entry.kind, Entry.status, Entry.partial, Entry.language, Entry.text, Entry.masked,
        Entry.sentiment, Entry.sentiment_score, Entry.urgency, Entry.province, Entry.model, Entry.filed_at,
        Project.slug.label("project"), Survey.slug.label("survey"), SurveyVersion.number.label("version"),
    )  # fmt: skip
    query = (
        select(*columns)
        .outerjoin(Project, Entry.project_id == Project.id)
        .outerjoin(Survey, Entry.survey_id == Survey.id)
        .outerjoin(SurveyVersion, Entry.version_id == SurveyVersion.id)
        .where(*_conditions(wanted), Entry.id <= last)
        .order_by(Entry.id)
        .limit(page_size)
    )
    after = 0
    while page := session.execute(query.where(Entry.id > after)).all():
        first, after = page[0].id, page[-1].id
        answers = _by_entry(session, _ANSWERS.where(Answer.entry_id.between(first, after)))
        tags = _by_entry(session, _TAGS.where(EntryTag.entry_id.between(first, after)))
        for row in page:
            yield Filed(row, {each.question: each for each in answers.get(row.id, ())}, tags.get(row.id, ()))


_ANSWERS = select(
    Answer.entry_id, Answer.question, Answer.kind, Answer.status, Answer.category, Answer.value, Answer.words,
    Answer.masked,
).order_by(Answer.entry_id, Answer.position)  # fmt: skip
_TAGS = select(
    EntryTag.entry_id, EntryTag.kind, EntryTag.tag, EntryTag.direction, EntryTag.score, EntryTag.by
).order_by(EntryTag.id)


def _by_entry(session: Session, query: Any) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(query):
        found[row.entry_id].append(row)
    return found
