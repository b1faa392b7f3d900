"""Interviews: one contact's pass through one version of a survey."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.store.base import Base, BigId, one_of
from bot.store.surveys import Survey, SurveyVersion


class InterviewStatus(StrEnum):
    """asking → completed | stopped | expired, with pauses between."""

    ASKING = "asking"
    PAUSED = "paused"
    COMPLETED = "completed"
    STOPPED = "stopped"
    EXPIRED = "expired"


class Interview(Base):
    """Where one contact stands. `progress` is the engine's, as plain data. One `asking` interview a contact."""

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint(one_of("status", InterviewStatus), name="status"),
        Index(
            "uq_interviews_one_asking",
            "contact_id",
            unique=True,
            sqlite_where=text("status = 'asking'"),
            postgresql_where=text("status = 'asking'"),
        ),
        Index("ix_interviews_contact_id", "contact_id"),
        Index("ix_interviews_due", "status", "updated_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    status: Mapped[str] = mapped_column(String(16), default=InterviewStatus.ASKING)
    progress: Mapped[dict[str, Any]]
    rehearsal: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    nudged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # The invitation it was begun from, and which of its two wordings; None where the citizen chose the survey.
    # No foreign key: broadcasts are never deleted.
    broadcast_id: Mapped[int | None] = mapped_column(BigId, index=True)
    arm: Mapped[int | None]

    version: Mapped[SurveyVersion] = relationship()


def asking(session: Session, contact_id: int) -> Interview | None:
    """The interview this contact is in, if any."""
    return session.scalar(
        select(Interview).where(Interview.contact_id == contact_id, Interview.status == InterviewStatus.ASKING)
    )


def paused(session: Session, contact_id: int) -> Interview | None:
    """The interview this contact paused last, if any."""
    waiting = select(Interview).where(Interview.contact_id == contact_id, Interview.status == InterviewStatus.PAUSED)
    return session.scalar(waiting.order_by(Interview.updated_at.desc()).limit(1))


def newest(session: Session, contact_id: int) -> Interview | None:
    """The interview of this contact that went on last."""
    last = select(Interview).where(Interview.contact_id == contact_id).order_by(Interview.updated_at.desc())
    return session.scalar(last.limit(1))


def of_contact(session: Session, contact_id: int) -> list[Interview]:
    """All interviews of a contact, oldest first."""
    return list(session.scalars(select(Interview).where(Interview.contact_id == contact_id).order_by(Interview.id)))


def silent_since(session: Session, moment: datetime, nudged: bool, limit: int) -> list[Interview]:
    """Interviews nobody answered since `moment`, that were (or were not yet) nudged; oldest first. No rehearsals."""
    quiet = select(Interview).where(
        Interview.status.in_([InterviewStatus.ASKING, InterviewStatus.PAUSED]),
        Interview.updated_at < moment,
        Interview.rehearsal.is_(False),
        Interview.nudged_at.is_not(None) if nudged else Interview.nudged_at.is_(None),
    )
    return list(session.scalars(quiet.order_by(Interview.updated_at).limit(limit).with_for_update(skip_locked=True)))


def under_way(session: Session, project_id: int) -> int:
    """How many interviews of a project's surveys are not finished; rehearsals do not count."""
    unfinished = (
        select(func.count())
        .select_from(Interview)
        .join(SurveyVersion, SurveyVersion.id == Interview.version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Survey.project_id == project_id,
            Interview.status.in_([InterviewStatus.ASKING, InterviewStatus.PAUSED]),
            Interview.rehearsal.is_(False),
        )
    )
    return session.scalar(unfinished) or 0


def running_of(session: Session, survey_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """How many interviews go on or are paused, by survey and number of the version. Rehearsals count nowhere."""
    going = (
        select(SurveyVersion.survey_id, SurveyVersion.number, func.count())
        .join(Interview, Interview.version_id == SurveyVersion.id)
        .where(
            SurveyVersion.survey_id.in_(list(survey_ids)),
            Interview.status.in_([InterviewStatus.ASKING, InterviewStatus.PAUSED]),
            Interview.rehearsal.is_(False),
        )
        .group_by(SurveyVersion.survey_id, SurveyVersion.number)
    )
    return {(survey, number): count for survey, number, count in session.execute(going).tuples()}
