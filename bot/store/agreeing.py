"""People's decisions on the machine's tags, counted; and the corrections that the machine may learn from."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from bot.store.entries import Entry, EntryEvent, TagKind
from bot.store.labels import TagDecision, labels_of
from bot.store.projects import Project
from bot.store.sight import Sight, entries_seen
from bot.store.tallying import bangkok_day

PAGE = 500
EVERYTHING = Sight(None, unsorted=True)


def decisions_counted(session: Session, sight: Sight) -> Sequence[Row[Any]]:
    """How many decisions there are by kind, tag, direction, verdict, what the machine held, model, and day."""
    day = bangkok_day(TagDecision.at).label("day")
    by = (
        TagDecision.kind, TagDecision.tag, TagDecision.direction, TagDecision.verdict, TagDecision.machine,
        TagDecision.model, day,
    )  # fmt: skip
    query = select(*by, func.count().label("number")).join(Entry, Entry.id == TagDecision.entry_id)
    return session.execute(query.where(entries_seen(sight)).group_by(*by)).all()


def corrected_topics(session: Session) -> Iterator[tuple[str, list[str]]]:
    """(masked words, all topics that are right) of each entry on whose topics somebody decided."""
    decided = select(TagDecision.entry_id).where(TagDecision.kind == TagKind.TOPIC)
    for page in _pages(session, select(Entry.id, Entry.masked).where(Entry.id.in_(decided))):
        labels = labels_of(session, [each.id for each in page])
        for row in page:
            yield row.masked, [each.tag for each in labels[row.id] if each.kind == TagKind.TOPIC]


def corrected_projects(session: Session) -> Iterator[tuple[str, str | None]]:
    """(masked words, project's slug, None for none) of each entry that somebody of the office placed."""
    by_people = EntryEvent.by.startswith("account:", autoescape=True)
    placed = select(EntryEvent.entry_id).where(EntryEvent.what == "placed", by_people)
    query = select(Entry.id, Entry.masked, Project.slug).outerjoin(Project, Entry.project_id == Project.id)
    for page in _pages(session, query.where(Entry.id.in_(placed))):
        yield from ((row.masked, row.slug) for row in page)


def _pages(session: Session, query: Any) -> Iterator[Sequence[Row[Any]]]:
    query = query.where(entries_seen(EVERYTHING), Entry.masked != "").order_by(Entry.id).limit(PAGE)
    after = 0
    while page := session.execute(query.where(Entry.id > after)).all():
        after = page[-1].id
        yield page
