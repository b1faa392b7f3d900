"""Pages of entries by key: right while entries arrive and change, and as quick far down as at the top."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session

from bot.store.entries import Entry
from bot.store.seeking import SENTIMENTS, URGENCIES, Sought, conditions
from bot.store.sight import Sight

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = (
    Entry.id, Entry.number, Entry.masked, Entry.kind, Entry.status, Entry.partial, Entry.language, Entry.sentiment,
    Entry.sentiment_score, Entry.urgency, Entry.province, Entry.model, Entry.filed_at, Entry.assignee_id,
    Entry.revision, Entry.project_id, Entry.survey_id,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of entries: by the values of a column, in groups, and within a group by the time of filing."""

    column: Any = None
    values: tuple[str, ...] = ("",)
    newest: bool = True


SORTS = {
    "newest": Sort(),
    "oldest": Sort(newest=False),
    "urgent": Sort(Entry.urgency, URGENCIES),
    "worst": Sort(Entry.sentiment, SENTIMENTS),
    "best": Sort(Entry.sentiment, SENTIMENTS[::-1]),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a sorted list: the entry that stands there, by its group, moment and id."""

    group: int
    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.group}.{(self.at - EPOCH) // timedelta(microseconds=1)}.{self.id}"

    @classmethod
    def read(cls, text: str | None) -> "Cursor | None":
        """A cursor from an address; None where it is none."""
        parts = (text or "").split(".")
        if len(parts) != 3 or not all(each.isascii() and each.isdigit() and len(each) < 18 for each in parts):
            return None
        group, moment, entry = map(int, parts)
        return cls(group, EPOCH + timedelta(microseconds=moment), entry)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: after a place, or before it (`back`), or from the beginning; and how long."""

    sort: str = "newest"
    limit: int = 50
    at: Cursor | None = None
    back: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of `COLUMNS`, and where the neighbouring pages begin; None where there is no such page."""

    rows: list[Row[Any]]
    before: Cursor | None
    after: Cursor | None


def page(session: Session, sought: Sought, sight: Sight, paging: Paging) -> Page:
    """A page of what is sought. An unknown sort is "newest"."""
    sort = SORTS.get(paging.sort, SORTS["newest"])
    rows: list[Row[Any]] = []
    for query in _queries(sort, paging):
        wanted = query.where(*conditions(sought, sight)).limit(paging.limit + 1 - len(rows))
        rows += session.execute(wanted)
        if len(rows) > paging.limit:
            break
    more = len(rows) > paging.limit
    rows = rows[: paging.limit]
    if paging.back:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    first, last = _place(sort, rows[0]), _place(sort, rows[-1])
    there_is_before = more if paging.back else paging.at is not None
    there_is_after = True if paging.back else more
    return Page(rows, first if there_is_before else None, last if there_is_after else None)


def _place(sort: Sort, row: Row[Any]) -> Cursor:
    group = sort.values.index(row._mapping[sort.column.key]) if sort.column is not None else 0
    return Cursor(group, row.filed_at, row.id)


def _queries(sort: Sort, paging: Paging) -> Iterator[Any]:
    """A query for each group from the cursor on: each walks one index, where one query would have to sort all."""
    descending = sort.newest is not paging.back
    order = (Entry.filed_at.desc(), Entry.id.desc()) if descending else (Entry.filed_at, Entry.id)
    groups = list(range(len(sort.values)))
    for group in reversed(groups) if paging.back else groups:
        held: list[ColumnElement[bool]] = []
        if paging.at is not None:
            passed = group > paging.at.group if paging.back else group < paging.at.group
            if passed:
                continue
            if group == paging.at.group:
                held.append(_beyond(paging.at, descending))
        if sort.column is not None:
            held.append(sort.column == sort.values[group])
        yield select(*COLUMNS).where(*held).order_by(*order)


def _beyond(at: Cursor, descending: bool) -> ColumnElement[bool]:
    """On the far side of the cursor. The first part alone is what an index is entered by."""
    if descending:
        return and_(Entry.filed_at <= at.at, or_(Entry.filed_at < at.at, Entry.id < at.id))
    return and_(Entry.filed_at >= at.at, or_(Entry.filed_at > at.at, Entry.id > at.id))
