"""Themes of a project's entries, and the insight cards that come of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, case, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId, one_of
from bot.store.entries import Entry
from bot.store.projects import StepName
from bot.store.sight import Sight, entries_seen

MACHINE = "machine"


class Theme(Base):
    """A group of a project's entries that speak of the same.

    `key` and `terms` are the machine's, by which new entries find it. `named_by`: whoever gave the name. A theme that
    was merged stays, so that what would join it joins the one it was `merged_into`.
    """

    __tablename__ = "themes"
    __table_args__ = (
        Index("uq_themes_key", "project_id", "key", unique=True),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("merged_into <> id", name="merged"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(160))
    named_by: Mapped[str] = mapped_column(String(64))
    terms: Mapped[dict[str, Any]]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    born_at: Mapped[datetime]


class ThemeEntry(Base):
    """An entry's theme: it has one at most. What a person placed (`by`) is not moved by a grouping anew.

    `rank` orders a theme's entries, the most telling first; entries that came later have none.
    """

    __tablename__ = "theme_entries"
    __table_args__ = (Index("ix_theme_entries_theme", "theme_id", "rank"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"))
    by: Mapped[str] = mapped_column(String(64))
    rank: Mapped[int]


class ThemeRun(Base):
    """When a project's entries were grouped last, and up to which of them."""

    __tablename__ = "theme_runs"

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    last_entry: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime]


class InsightState(StrEnum):
    """How far an insight is: something found, something decided on it, something done."""

    FOUND = "found"
    DECIDED = "decided"
    DONE = "done"


class Insight(Base):
    """A card: what was found, what was decided on it, what came of it; under the step its project is in."""

    __tablename__ = "insights"
    __table_args__ = (
        CheckConstraint(one_of("state", InsightState), name="state"),
        CheckConstraint(one_of("step", StepName), name="step"),
        Index("ix_insights_project", "project_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id", ondelete="SET NULL"))
    step: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=InsightState.FOUND)
    title: Mapped[str] = mapped_column(String(160))
    finding: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class InsightEntry(Base):
    """An entry that an insight rests on: those who wrote it are to hear what becomes of it."""

    __tablename__ = "insight_entries"

    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, index=True)


def themes_of(session: Session, project_id: int) -> list[Theme]:
    """All themes of a project, merged ones too, oldest first."""
    return list(session.scalars(select(Theme).where(Theme.project_id == project_id).order_by(Theme.id)))


def counted(session: Session, project_id: int, sight: Sight, weeks: tuple[datetime, datetime]) -> list[Any]:
    """The standing themes with their number of entries, of those since `weeks[1]`, and of those between the two.

    Rows of (theme, entries, this_week, week_before), the largest theme first.
    """
    before, since = weeks
    total = func.count().label("entries")
    this_week = func.count(case((Entry.filed_at >= since, 1))).label("this_week")
    last_week = func.count(case(((Entry.filed_at >= before) & (Entry.filed_at < since), 1))).label("week_before")
    query = (
        select(Theme, total, this_week, last_week)
        .join(ThemeEntry, ThemeEntry.theme_id == Theme.id)
        .join(Entry, Entry.id == ThemeEntry.entry_id)
        .where(Theme.project_id == project_id, Theme.merged_into.is_(None), entries_seen(sight))
        .group_by(Theme.id)
        .order_by(total.desc(), Theme.id)
    )
    return list(session.execute(query))


def entries_in(session: Session, theme_id: int, sight: Sight, limit: int) -> list[Entry]:
    """A theme's entries, the most telling first."""
    members = select(Entry).join(ThemeEntry).where(ThemeEntry.theme_id == theme_id, entries_seen(sight))
    return list(session.scalars(members.order_by(ThemeEntry.rank, Entry.id).limit(limit)))


def to_group(session: Session, project_id: int, sight: Sight, most: int) -> list[Entry]:
    """A project's newest entries with words that no person placed in a theme, oldest first."""
    placed = select(ThemeEntry.entry_id).where(ThemeEntry.by != MACHINE)
    words = select(Entry).where(Entry.project_id == project_id, Entry.text != "", Entry.id.not_in(placed))
    newest = session.scalars(words.where(entries_seen(sight)).order_by(Entry.id.desc()).limit(most))
    return sorted(newest, key=lambda entry: entry.id)


def regroup(session: Session, entry_ids: list[int], placed: list[ThemeEntry]) -> None:
    """Replace the machine's placing of these entries."""
    machine = delete(ThemeEntry).where(ThemeEntry.entry_id.in_(entry_ids), ThemeEntry.by == MACHINE)
    session.execute(machine)
    rows = [{"entry_id": each.entry_id, "theme_id": each.theme_id, "by": each.by, "rank": each.rank} for each in placed]
    if rows:
        session.execute(insert(ThemeEntry), rows)


def move_members(session: Session, theme_id: int, into: int) -> None:
    """Let all entries of one theme belong to another."""
    session.execute(update(ThemeEntry).where(ThemeEntry.theme_id == theme_id).values(theme_id=into))


def newest_entry(session: Session, project_id: int) -> int:
    """The id of the newest entry of a project, 0 where there is none."""
    return session.scalar(select(func.max(Entry.id)).where(Entry.project_id == project_id)) or 0


def insights_of(session: Session, project_ids: list[int]) -> list[Insight]:
    """The insight cards of these projects, the last changed first."""
    mine = select(Insight).where(Insight.project_id.in_(project_ids))
    return list(session.scalars(mine.order_by(Insight.changed_at.desc(), Insight.id.desc())))


def entries_of(session: Session, insight_id: int, sight: Sight) -> list[Entry]:
    """The entries that an insight rests on, of those that may be seen."""
    members = select(Entry).join(InsightEntry, InsightEntry.entry_id == Entry.id)
    return list(session.scalars(members.where(InsightEntry.insight_id == insight_id, entries_seen(sight))))
