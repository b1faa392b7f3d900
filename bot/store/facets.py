"""How many entries each choice of the filter would leave: counts that equal the lists behind them.

In each facet the filter's own choice in that facet is lifted, so that the other choices can be seen and taken.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from bot.store.entries import Entry
from bot.store.labels import EntryLabel
from bot.store.projects import Project
from bot.store.seeking import ME, NOBODY, Sought, conditions
from bot.store.sight import Sight
from bot.store.surveys import Survey

Facets = dict[str, Counter[str]]
"""{name in an address: {value: how many}}; "" stands for none: no project, no survey, nobody."""

DIMENSIONS = (
    "project", "step", "survey", "status", "sentiment", "urgency", "language", "kind", "partial", "assigned",
)  # fmt: skip
LIFTED: dict[str, Any] = dict.fromkeys(
    ("projects", "steps", "surveys", "statuses", "sentiments", "urgencies", "languages", "kinds"), ()
) | {"unsorted": False, "partial": "", "assigned": ""}
MOST_LABELS = 300


def facets(session: Session, sought: Sought, sight: Sight) -> Facets:
    """Counts for every facet: one walk over the entries for all of their own columns, one each for the rest."""
    found: Facets = {name: Counter() for name in DIMENSIONS}
    wanted = _wanted(sought)
    for cell, number in _cells(session, sought, sight):
        failed = [name for name, values in wanted.items() if cell[name] not in values]
        if len(failed) < 2:
            for name in failed or DIMENSIONS:
                found[name][cell[name]] += number
    return found | {"province": _provinces(session, sought, sight), "tag": labels(session, sought, sight)}


def labels(session: Session, sought: Sought, sight: Sight) -> Counter[str]:
    """How many of the sought entries have each label; the most frequent ones."""
    label, number = _unordered(EntryLabel.label), func.count()
    counted = select(label, number).join(Entry, Entry.id == EntryLabel.entry_id).where(*conditions(sought, sight))
    frequent = counted.group_by(label).order_by(number.desc(), label).limit(MOST_LABELS)
    return Counter({str(row[0]): row[1] for row in session.execute(frequent)})


def _provinces(session: Session, sought: Sought, sight: Sight) -> Counter[str]:
    held = conditions(sought.but(provinces=()), sight)
    province = _unordered(Entry.province)
    counted = select(province, func.count()).where(*held, Entry.province.is_not(None)).group_by(province)
    return Counter({str(row[0]): row[1] for row in session.execute(counted)})


def _unordered(column: Any) -> Any:
    """A column to group by that no index is walked for: SQLite would test every row of it, however few are sought."""
    return func.coalesce(column, literal_column("''"))


def _wanted(sought: Sought) -> dict[str, set[str]]:
    """The choices made, by dimension."""
    assigned = {ME: str(sought.me), NOBODY: ""}.get(sought.assigned, sought.assigned)
    wanted = {
        "project": {*sought.projects, *([""] if sought.unsorted else [])},
        "step": set(sought.steps),
        "survey": set(sought.surveys),
        "status": set(sought.statuses),
        "sentiment": set(sought.sentiments),
        "urgency": set(sought.urgencies),
        "language": set(sought.languages),
        "kind": set(sought.kinds),
        "partial": {sought.partial} - {""},
        "assigned": {assigned} if sought.assigned else set(),
    }
    return {name: values for name, values in wanted.items() if values}


def _cells(session: Session, sought: Sought, sight: Sight) -> Iterator[tuple[dict[str, str], int]]:
    """The sought entries, with all these choices lifted, counted by every combination that occurs."""
    columns = (
        Entry.project_id, Entry.survey_id, Entry.status, Entry.sentiment, Entry.urgency, Entry.language, Entry.kind,
        Entry.partial, Entry.assignee_id,
    )  # fmt: skip
    projects = {row.id: row for row in session.execute(select(Project.id, Project.slug, Project.step))}
    surveys = {row.id: row.slug for row in session.execute(select(Survey.id, Survey.slug))}
    held = conditions(sought.but(**LIFTED), sight)
    for row in session.execute(select(*columns, func.count().label("number")).where(*held).group_by(*columns)):
        project = projects.get(row.project_id)
        yield (
            {
                "project": project.slug if project else "",
                "step": project.step if project else "",
                "survey": surveys.get(row.survey_id, ""),
                "status": row.status,
                "sentiment": row.sentiment,
                "urgency": row.urgency,
                "language": row.language,
                "kind": row.kind,
                "partial": "yes" if row.partial else "no",
                "assigned": str(row.assignee_id) if row.assignee_id else "",
            },
            row.number,
        )
