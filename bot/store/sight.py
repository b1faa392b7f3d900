"""What an account may see, as data and as the condition of a query: every list, count and search has it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from bot.store.entries import Entry, EntryStatus


@dataclass(frozen=True, slots=True)
class Sight:
    """The projects (ids) an account may see, None for all; `unsorted`: entries that belong to no project too."""

    projects: frozenset[int] | None
    unsorted: bool = False

    def covers(self, project_id: int | None) -> bool:
        """Whether what belongs to this project (None: to no project) may be seen."""
        if project_id is None:
            return self.unsorted
        return self.projects is None or project_id in self.projects


def seen(sight: Sight, project_id: Any) -> ColumnElement[bool]:
    """The condition that keeps a query to what the sight covers; `project_id` is the table's column of that name."""
    if sight.projects is None:
        return true() if sight.unsorted else project_id.is_not(None)
    named = project_id.in_(sorted(sight.projects)) if sight.projects else false()
    return or_(named, project_id.is_(None)) if sight.unsorted else named


def entries_seen(sight: Sight) -> ColumnElement[bool]:
    """The entries a person of this sight may know of: no rehearsals, and none whose words were taken back."""
    return seen(sight, Entry.project_id) & Entry.rehearsal.is_(False) & (Entry.status != EntryStatus.WITHDRAWN)
