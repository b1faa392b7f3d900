"""Broadcasts: what a lab sends to many, to whom it goes, and in which batches it went.

A recipient is one narrow row, unique by (broadcast, contact). Of what was sent only the batch speaks: how many got
which wording in which language, under which retry key, and what LINE said. The recipients' rows go some days after the
end; the counts stay.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.store.base import Base, BigId, one_of
from bot.store.projects import Project
from bot.store.sight import Sight, seen
from bot.store.surveys import Survey


class BroadcastKind(StrEnum):
    """News to be read, or the invitation to a survey."""

    MESSAGE = "message"
    SURVEY = "survey"


class BroadcastState(StrEnum):
    """draft → waiting (for a second person) → scheduled → sending → sent; paused by a cause, stopped by a person."""

    DRAFT = "draft"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    SENT = "sent"


class Repeat(StrEnum):
    """How often a broadcast goes out anew."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class BatchState(StrEnum):
    """A batch waits to be made up anew, is being sent under a lease, and ends sent or failed."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Cause(StrEnum):
    """Why a broadcast is paused: no quota, LINE refuses the message or the account, the survey has closed."""

    QUOTA = "quota"
    REFUSED = "refused"
    ACCESS = "access"
    CLOSED = "closed"


OPEN_BATCHES = (BatchState.WAITING, BatchState.SENDING)
UNDER_WAY = tuple(
    str(each)
    for each in (
        BroadcastState.WAITING,
        BroadcastState.SCHEDULED,
        BroadcastState.SENDING,
        BroadcastState.PAUSED,
        BroadcastState.STOPPED,
    )
)
EDITABLE = (BroadcastState.DRAFT, BroadcastState.WAITING, BroadcastState.SCHEDULED)


class Broadcast(Base):
    """One sending. A broadcast that repeats is a row for each wave; `series_id` is the first one's id.

    `rule` is a segment's (bot/segments.py). `wordings` are one or two of {"title": texts, "text": texts}; `share` is
    how many of a hundred get the first. `send_at` None: as soon as it is approved. `override`: why those asked in the
    last days are asked nevertheless, or "". `writers`: the accounts that had a hand in it. `cause`: why it is paused.
    `plan_after` and `sent_after` are contact ids: up to where recipients are put down, and made up into batches.
    `excluded` and `dropped` are {reason: how many}, at the planning and since. `line_figures`: LINE's counts, by arm.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (
        CheckConstraint(one_of("kind", BroadcastKind), name="kind"),
        CheckConstraint(one_of("state", BroadcastState), name="state"),
        CheckConstraint(one_of("repeat", Repeat), name="repeat"),
        CheckConstraint("share BETWEEN 1 AND 99", name="share"),
        CheckConstraint("kind <> 'survey' OR survey_id IS NOT NULL OR state = 'draft'", name="survey"),
        CheckConstraint("approved_by IS NULL OR approved_by <> author_id", name="second_person"),
        Index("ix_broadcasts_state", "state", "send_at"),
        Index("ix_broadcasts_project", "project_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    series_id: Mapped[int | None] = mapped_column(BigId, index=True)
    wave: Mapped[int] = mapped_column(default=1)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    name: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(16))
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id"))
    rule: Mapped[dict[str, Any]]
    wordings: Mapped[list[Any]]
    share: Mapped[int] = mapped_column(default=50)
    link: Mapped[str] = mapped_column(String(1000), default="")
    send_at: Mapped[datetime | None]
    repeat: Mapped[str] = mapped_column(String(8), default=Repeat.NEVER)
    repeat_until: Mapped[datetime | None]
    override: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(16), default=BroadcastState.DRAFT)
    cause: Mapped[str] = mapped_column(String(32), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    writers: Mapped[list[Any]]
    submitted_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    approved_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    planned_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    planned: Mapped[int] = mapped_column(default=0)
    plan_after: Mapped[int] = mapped_column(BigId, default=0)
    sent_after: Mapped[int] = mapped_column(BigId, default=0)
    excluded: Mapped[dict[str, Any]] = mapped_column(default=dict)
    dropped: Mapped[dict[str, Any]] = mapped_column(default=dict)
    line_figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    figures_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    survey: Mapped[Survey | None] = relationship()


class BroadcastBatch(Base):
    """At most 500 recipients of one wording in one language: one call of LINE's multicast.

    `key` is LINE's retry key, written before the call. `body` is exactly what is sent, as JSON, for a repeated call
    must be the same; it is emptied at the end. `in_doubt`: a call was begun of which the end is not known. `due_ms`:
    when it is to be tried (again), while SENDING: when the lease of who sends it ends. `first_ms`: when it was made up.

    Who is erased while a batch is in doubt leaves it with its end, a day later at most: that the same call is repeated
    is all that keeps the others from getting it twice.
    """

    __tablename__ = "broadcast_batches"
    __table_args__ = (
        CheckConstraint(one_of("state", BatchState), name="state"),
        CheckConstraint("size BETWEEN 0 AND 500", name="size"),
        Index("ix_broadcast_batches_broadcast", "broadcast_id", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(36), unique=True)
    arm: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default=BatchState.SENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    in_doubt: Mapped[bool] = mapped_column(default=False)
    due_ms: Mapped[int] = mapped_column(BigId)
    first_ms: Mapped[int] = mapped_column(BigId)
    ended_ms: Mapped[int | None] = mapped_column(BigId)
    request_id: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(Text, default="")


class BroadcastDelivery(Base):
    """One recipient of one broadcast, once; in a batch as soon as the message is on its way."""

    __tablename__ = "broadcast_deliveries"
    __table_args__ = (Index("ix_broadcast_deliveries_contact", "contact_id"),)

    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True)
    # No foreign key: batches are parted and rows follow by their own statement.
    batch_id: Mapped[int | None] = mapped_column(BigId)


class LinePace(Base):
    """How fast this channel may call LINE's multicast, and how many messages are left: one row, for all workers.

    `next_us`: when the next call may be made (microseconds since 1970); `gap_us` from one call to the next.
    `quota_left` None: no limit. `quota_ms`: when LINE was asked, 0 for never.
    """

    __tablename__ = "line_pace"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    next_us: Mapped[int] = mapped_column(BigId, default=0)
    gap_us: Mapped[int]
    slowed_ms: Mapped[int] = mapped_column(BigId, default=0)
    quota: Mapped[int | None] = mapped_column(BigId)
    used: Mapped[int] = mapped_column(BigId, default=0)
    quota_left: Mapped[int | None] = mapped_column(BigId)
    quota_ms: Mapped[int] = mapped_column(BigId, default=0)


def broadcast_of(session: Session, sight: Sight, number: int) -> Broadcast | None:
    """The broadcast of this id, where its project may be seen."""
    found = session.get(Broadcast, number)
    return found if found is not None and sight.covers(found.project_id) else None


def broadcasts_of(session: Session, sight: Sight, below: int | None = None, limit: int = 50) -> list[Broadcast]:
    """Broadcasts of the projects that may be seen, newest first, with an id below `below`."""
    newest = select(Broadcast).where(seen(sight, Broadcast.project_id)).order_by(Broadcast.id.desc()).limit(limit)
    if below is not None:
        newest = newest.where(Broadcast.id < below)
    return list(session.scalars(newest))


def waves_of(session: Session, series_id: int) -> list[Broadcast]:
    """Every wave of a series, the first one first."""
    return list(session.scalars(select(Broadcast).where(Broadcast.series_id == series_id).order_by(Broadcast.wave)))


def coming_of(session: Session, project_id: int) -> list[Broadcast]:
    """The broadcasts of a project that are still to go out, or are going out; drafts are not among them."""
    coming = (BroadcastState.WAITING, BroadcastState.SCHEDULED, BroadcastState.SENDING, BroadcastState.PAUSED)
    own = select(Broadcast).where(Broadcast.project_id == project_id, Broadcast.state.in_(coming))
    return list(session.scalars(own.order_by(Broadcast.id)))


def held(session: Session, number: int) -> Broadcast | None:
    """The broadcast, nobody else changing it until this transaction's end; as it is now, whatever was read before."""
    waiting = select(Broadcast).where(Broadcast.id == number).with_for_update()
    return session.scalar(waiting.execution_options(populate_existing=True))


def due(session: Session, at: datetime) -> list[int]:
    """The ids of scheduled broadcasts whose time has come."""
    now = Broadcast.send_at.is_(None) | (Broadcast.send_at <= at)
    return list(session.scalars(select(Broadcast.id).where(Broadcast.state == BroadcastState.SCHEDULED, now)))


def ended_before(session: Session, moment: datetime) -> list[int]:
    """The ids of broadcasts that ended before `moment` and whose recipients may still be known."""
    over = (Broadcast.state == BroadcastState.SENT, Broadcast.ended_at < moment, Broadcast.plan_after > 0)
    return list(session.scalars(select(Broadcast.id).where(*over)))


def uncounted(session: Session, begun_after: datetime, asked_before: datetime, limit: int) -> list[int]:
    """The ids of broadcasts that went out lately and of which LINE was not asked lately."""
    old = func.coalesce(Broadcast.figures_at, Broadcast.started_at) < asked_before
    asked = select(Broadcast.id).where(Broadcast.started_at >= begun_after, old).order_by(Broadcast.id)
    return list(session.scalars(asked.limit(limit)))


def depth(session: Session) -> dict[str, int]:
    """{state: how many broadcasts are in it}, of those that are on their way or wait for somebody."""
    counted = select(Broadcast.state, func.count()).where(Broadcast.state.in_(UNDER_WAY)).group_by(Broadcast.state)
    return dict.fromkeys(UNDER_WAY, 0) | dict(session.execute(counted).tuples().all())


def recipients(session: Session) -> dict[str, int]:
    """{state of a batch: how many recipients}, of all broadcasts ever."""
    counted = select(BroadcastBatch.state, func.sum(BroadcastBatch.size)).group_by(BroadcastBatch.state)
    found = {state: int(people or 0) for state, people in session.execute(counted)}
    return dict.fromkeys(map(str, BatchState), 0) | found


def state_of(session: Session, number: int) -> str:
    """The state a broadcast is in now, or "" where there is none."""
    return session.scalar(select(Broadcast.state).where(Broadcast.id == number)) or ""


def batches_by(session: Session, number: int) -> list[tuple[str, int, str, str, int, int]]:
    """(state, arm, language, reason of a failure, how many batches, how many recipients) of a broadcast's batches."""
    reason = BroadcastBatch.reason
    told = (BroadcastBatch.state, BroadcastBatch.arm, BroadcastBatch.language)
    counted = (
        select(*told, reason, func.count(), func.sum(BroadcastBatch.size))
        .where(BroadcastBatch.broadcast_id == number)
        .group_by(*told, reason)
    )
    return [(*row[:4], int(row[4]), int(row[5] or 0)) for row in session.execute(counted)]
