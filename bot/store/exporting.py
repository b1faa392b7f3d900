"""Entries read for an export: page by page, as plain rows, in bounded memory."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal, select
from sqlalchemy.orm import Session

from bot.store.entries import Answer, Entry, EntryTag
from bot.store.labels import LABELLED, TagDecision, Verdict
from bot.store.projects import Project
from bot.store.seeking import Sought, conditions
from bot.store.sight import Sight
from bot.store.surveys import Survey, SurveyVersion

PAGE = 1_000
_Among = Callable[[Any], ColumnElement[bool]]


EVERY = Sought()
EVERYTHING = Sight(None, unsorted=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: what is sought, of what may be seen. As it is: every entry there is."""

    sought: Sought = EVERY
    sight: Sight = EVERYTHING

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What holds for every exported entry: the same as for the list on the screen."""
        return conditions(self.sought, self.sight)


@dataclass(frozen=True, slots=True)
class Filed:
    """One entry with its answers, in their order, by question, and its tags, as rows."""

    entry: Row[Any]
    answers: Mapping[str, Row[Any]]
    tags: Sequence[Row[Any]]


def extent(session: Session, wanted: Wanted) -> tuple[int, int]:
    """How many entries there are, and the last one's id: what comes in afterwards is not part of this export."""
    counted = select(func.count(), func.coalesce(func.max(Entry.id), 0)).where(*wanted.conditions)
    count, last = session.execute(counted).one()
    return count, last


def surveys_in(session: Session, wanted: Wanted) -> list[int]:
    """The ids of the surveys that these entries answer."""
    answered = select(Entry.survey_id).where(*wanted.conditions, Entry.survey_id.is_not(None)).distinct()
    return sorted(each for each in session.scalars(answered) if each is not None)


def stream(session: Session, wanted: Wanted, last: int, page_size: int = PAGE) -> Iterator[Filed]:
    """The entries up to id `last`, oldest first. Reads a page at a time by key, never an offset."""
    query = _COLUMNS.where(*wanted.conditions, Entry.id <= last).order_by(Entry.id).limit(page_size)
    after = 0
    while page := session.execute(query.where(Entry.id > after)).all():
        first, after = page[0].id, page[-1].id
        yield from _filed(session, page, lambda column: column.between(first, after))  # noqa: B023


def filed_in(session: Session, ids: Sequence[int]) -> list[Filed]:
    """These entries, in the order of the ids."""
    found = _filed(session, session.execute(_COLUMNS.where(Entry.id.in_(ids))).all(), lambda column: column.in_(ids))
    by_id = {each.entry.id: each for each in found}
    return [by_id[each] for each in ids if each in by_id]


def _filed(session: Session, page: Sequence[Row[Any]], among: _Among) -> Iterator[Filed]:
    """The rows with what hangs on them; `among` says of a column of entry ids which are meant."""
    answers = _by_entry(session, _ANSWERS.where(among(Answer.entry_id)))
    tags = _by_entry(session, _TAGS.where(among(EntryTag.entry_id)))
    decided = _by_entry(session, _DECIDED.where(among(TagDecision.entry_id)))
    for row in page:
        told = _as_decided(tags.get(row.id, []), decided.get(row.id, []))
        yield Filed(row, {each.question: each for each in answers.get(row.id, ())}, told)


def _as_decided(tags: list[Row[Any]], decided: list[Row[Any]]) -> list[Row[Any]]:
    """The machine's tags as people's decisions leave them: as the entry counts in lists and pictures."""
    if not decided:
        return tags
    known = {_named(each): each for each in decided}
    kept = [each for each in tags if _named(each) not in known or known[_named(each)].verdict != Verdict.REJECTED]
    there = {_named(each) for each in kept}
    return kept + [each for name, each in known.items() if each.verdict == Verdict.ADDED and name not in there]


def _named(row: Row[Any]) -> tuple[str, str, int]:
    return row.kind, row.tag, row.direction or 0


_COLUMNS = (
    select(
        Entry.id, Entry.number, Entry.kind, Entry.status, Entry.partial, Entry.language, Entry.text, Entry.masked,
        Entry.sentiment, Entry.sentiment_score, Entry.urgency, Entry.province, Entry.model, Entry.filed_at,
        Entry.project_id, Project.slug.label("project"), Survey.slug.label("survey"),
        SurveyVersion.number.label("version"),
    )
    .outerjoin(Project, Entry.project_id == Project.id)
    .outerjoin(Survey, Entry.survey_id == Survey.id)
    .outerjoin(SurveyVersion, Entry.version_id == SurveyVersion.id)
)  # fmt: skip
_ANSWERS = select(
    Answer.entry_id, Answer.question, Answer.kind, Answer.status, Answer.category, Answer.value, Answer.words,
    Answer.masked,
).order_by(Answer.entry_id, Answer.position)  # fmt: skip
# A person's decision reads as a tag: sure, and theirs.
_DIRECTION = func.nullif(TagDecision.direction, 0).label("direction")
_DECIDED = (
    select(TagDecision.entry_id, TagDecision.kind, TagDecision.tag, _DIRECTION, literal(1.0).label("score"))
    .add_columns(TagDecision.by, TagDecision.verdict)
    .where(TagDecision.kind.in_(LABELLED))
    .order_by(TagDecision.id)
)
_TAGS = select(
    EntryTag.entry_id, EntryTag.kind, EntryTag.tag, EntryTag.direction, EntryTag.score, EntryTag.by
).order_by(EntryTag.id)


def _by_entry(session: Session, query: Any) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(query):
        found[row.entry_id].append(row)
    return found
