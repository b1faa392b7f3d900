"""Exports that were asked for in the console: what, by whom, how far, and where the file lies until it is removed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.audit import AuditEvent
from bot.store.base import Base, BigId, Json, one_of
from bot.store.entries import Entry, EntryEvent, EntryStatus

AT_ONCE = 500


class JobState(StrEnum):
    """An export waits, is being made, is done, or failed; `gone`: its file was removed."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    GONE = "gone"


class ExportJob(Base):
    """One export. `query` is the filter as a query string; a `purpose` that is not empty unmasks personal data.

    `leased_until`: a process makes it until then; one that dies leaves it to the next. `covers`: the projects (ids,
    None for entries of none) whose entries the file holds. `checked_at`: up to when the file is known to hold nothing
    that was taken back. `error` is the code of a refusal, or "broken" for a bug.
    """

    __tablename__ = "export_jobs"
    __table_args__ = (
        CheckConstraint(one_of("state", JobState), name="state"),
        Index("ix_export_jobs_account", "account_id", "id"),
        Index("ix_export_jobs_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    format: Mapped[str] = mapped_column(String(16))
    query: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(16), default=JobState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(64), default="")
    file: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(BigId, default=0)
    covers: Mapped[list[Any]] = mapped_column(Json, default=list)
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


def jobs_of(session: Session, account_id: int, limit: int = 50) -> list[ExportJob]:
    """The account's exports, newest first."""
    own = select(ExportJob).where(ExportJob.account_id == account_id).order_by(ExportJob.id.desc())
    return list(session.scalars(own.limit(limit)))


def pending(session: Session, account_id: int) -> int:
    """How many of the account's exports are not made yet."""
    waiting = ExportJob.state.in_((JobState.WAITING, JobState.WORKING))
    counted = select(func.count()).select_from(ExportJob).where(ExportJob.account_id == account_id, waiting)
    return session.scalar(counted) or 0


def is_due(session: Session, at: datetime) -> bool:
    """Whether an export waits to be made."""
    return session.scalar(_due(at).with_only_columns(ExportJob.id)) is not None


def next_due(session: Session, at: datetime) -> ExportJob | None:
    """The oldest export that waits, or whose maker died; held until this transaction's end."""
    return session.scalar(_due(at).with_for_update(skip_locked=True))


def _due(at: datetime) -> Any:
    left = (ExportJob.state == JobState.WORKING) & (ExportJob.leased_until < at)
    return select(ExportJob).where(or_(ExportJob.state == JobState.WAITING, left)).order_by(ExportJob.id).limit(1)


def kept_files(session: Session) -> list[ExportJob]:
    """The exports whose files lie there."""
    return list(session.scalars(select(ExportJob).where(ExportJob.state == JobState.DONE).order_by(ExportJob.id)))


def forget_jobs(session: Session, before: datetime) -> None:
    """Remove the rows of exports that ended long ago and have no file any more."""
    over = ExportJob.state.in_((JobState.GONE, JobState.FAILED))
    session.execute(delete(ExportJob).where(over, ExportJob.asked_at < before))


def words_went(session: Session, ids: Sequence[int], since: datetime) -> bool:
    """Whether of these entries one was erased, or lost words that its citizen took back, since that moment.

    The trail tells whether anybody was erased at all; only then are the entries themselves looked for.
    """
    unsent = select(EntryEvent.entry_id).where(EntryEvent.what == "unsent", EntryEvent.at >= since)
    if not set(session.scalars(unsent)).isdisjoint(ids):
        return True
    erased = select(AuditEvent.id).where(AuditEvent.act == "erased", AuditEvent.at >= since).limit(1)
    return session.scalar(erased) is not None and not _all_there(session, ids)


def _all_there(session: Session, ids: Sequence[int]) -> bool:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        there = select(func.count()).select_from(Entry).where(Entry.id.in_(some), Entry.status != EntryStatus.WITHDRAWN)
        if session.scalar(there) != len(some):
            return False
    return True
