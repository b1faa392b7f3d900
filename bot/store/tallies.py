"""Counts kept by day and by month, so that pictures need no walk over the entries; exact at any moment.

The database itself notes which day a change concerns (`bot.store.stale_days`). A day that is noted is counted from the
entries when somebody looks; the clock counts such days anew and keeps what it found. So a picture is right whether or
not the clock has come round, and right again when somebody takes words back from a year ago.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, and_, delete, insert, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId, locked
from bot.store.sight import Sight, seen
from bot.store.tallying import Counts, Part, count_days

DAY, MONTH = "day", "month"
AT_ONCE = 7
"""Days counted anew in one transaction."""
_ONE = timedelta(days=1)

Parts: TypeAlias = dict[Part, Counts]


class Tally(Base):
    """What one day, or one month, brought to one project (None: to none) in one survey (None: in free words).

    `first` is the day, or the month's first; `counts` is {facet: {value: {detail: how many}}}, as of `Counts`.
    """

    __tablename__ = "tallies"
    __table_args__ = (
        CheckConstraint("unit IN ('day', 'month')", name="unit"),
        Index("ix_tallies_first", "unit", "first"),
        Index("ix_tallies_month", "unit", "month"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[str] = mapped_column(String(8))
    first: Mapped[date]
    month: Mapped[date]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"))
    counts: Mapped[dict[str, Any]]


class StaleDay(Base):
    """A day, in Bangkok, whose tallies are no longer true: something filed or begun on it changed. Only ever added to,

    by triggers, so that no two transactions wait for each other; taken away by `roll`.
    """

    __tablename__ = "stale_days"
    __table_args__ = (Index("ix_stale_days_day", "day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]


@dataclass(frozen=True, slots=True)
class Span:
    """Days in Bangkok, both included; None is no limit."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day lies within."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of the month that begins on this day."""
    return month_of(month + timedelta(days=32)) - _ONE


def counted(session: Session, sight: Sight, span: Span, projects: Sequence[int] = ()) -> Parts:
    """All counts of what the sight covers, by project and survey. `projects`: of these alone (ids).

    Give it a session of `Store.snapshot`: the days kept and the days counted now must be of one moment.
    """
    stale = [day for day in session.scalars(select(StaleDay.day).distinct()) if span.holds(day)]
    found: Parts = defaultdict(Counter)
    mine = _of_projects(Tally.project_id, sight, projects)
    for row in session.execute(_kept(span, stale).where(mine)):
        found[row.project_id, row.survey_id].update(read(row.counts))
    for (_, part), counts in count_days(session, stale, lambda column: _of_projects(column, sight, projects)).items():
        found[part].update(counts)
    return found


def _of_projects(column: Any, sight: Sight, projects: Sequence[int]) -> ColumnElement[bool]:
    return and_(seen(sight, column), column.in_(projects)) if projects else seen(sight, column)


def _kept(span: Span, stale: Iterable[date]) -> Any:
    """The tallies that hold: whole months, and of months that are cut or have a stale day the other days."""
    stale = sorted(stale)
    broken = {month_of(day) for day in stale}
    broken |= {month_of(day) for day in (span.since, span.until) if day and not _is_edge(span, day)}
    months, days = [Tally.unit == MONTH], [Tally.unit == DAY, Tally.month.in_(sorted(broken))]
    for each in (months, days):
        each += [Tally.first >= span.since] if span.since else []
        each += [Tally.first <= span.until] if span.until else []
    months.append(Tally.first.not_in(sorted(broken)))
    days.append(Tally.first.not_in(stale))
    return select(Tally.project_id, Tally.survey_id, Tally.counts).where(or_(and_(*months), and_(*days)))


def _is_edge(span: Span, day: date) -> bool:
    """Whether the span's end `day` leaves its month whole on that side."""
    fits = day != span.since or day == month_of(day)
    return fits and (day != span.until or day == last_of(month_of(day)))


def roll(session: Session, at_once: int = AT_ONCE) -> int:
    """Count the newest of the stale days anew. Returns how many; 0 where none is stale, or another one is at it."""
    if not locked(session, ["tallies"]):
        return 0
    noted = session.execute(select(StaleDay.id, StaleDay.day).order_by(StaleDay.day.desc())).all()
    days = sorted(dict.fromkeys(row.day for row in noted), reverse=True)[:at_once]
    if not days:
        return 0
    counts = count_days(session, days)
    _put(session, DAY, days, ((day, part, each) for (day, part), each in counts.items()))
    _roll_months(session, sorted({month_of(day) for day in days}))
    ids = [row.id for row in noted if row.day >= days[-1]]
    for start in range(0, len(ids), 10_000):
        session.execute(delete(StaleDay).where(StaleDay.id.in_(ids[start : start + 10_000])))
    return len(days)


def _roll_months(session: Session, months: Sequence[date]) -> None:
    merged: dict[tuple[date, Part], Counts] = defaultdict(Counter)
    of_days = select(Tally.month, Tally.project_id, Tally.survey_id, Tally.counts)
    for row in session.execute(of_days.where(Tally.unit == DAY, Tally.month.in_(months))):
        merged[row.month, (row.project_id, row.survey_id)].update(read(row.counts))
    _put(session, MONTH, months, ((month, part, each) for (month, part), each in merged.items()))


def _put(session: Session, unit: str, firsts: Sequence[date], found: Iterable[tuple[date, Part, Counts]]) -> None:
    """Keep what was found, in place of what was kept of these days or months."""
    session.execute(delete(Tally).where(Tally.unit == unit, Tally.first.in_(firsts)))
    rows = [
        {
            "unit": unit, "first": first, "month": month_of(first), "project_id": part[0], "survey_id": part[1],
            "counts": plain(counts),
        }
        for first, part, counts in found
    ]  # fmt: skip
    if rows:
        session.execute(insert(Tally), rows)


def plain(counts: Counts) -> dict[str, Any]:
    """Counts as nested plain data. The inverse of `read`."""
    data: dict[str, Any] = {}
    for (facet, value, detail), number in counts.items():
        if number:
            data.setdefault(facet, {}).setdefault(value, {})[detail] = number
    return data


def read(data: Mapping[str, Any]) -> dict[tuple[str, str, str], int]:
    """What `plain` made, as counts."""
    return dict(_flat(data))


def _flat(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], int]]:
    for facet, values in data.items():
        for value, details in values.items():
            for detail, number in details.items():
                yield (facet, value, detail), number
