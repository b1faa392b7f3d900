"""Rehearsals: a draft frozen for trying it in a chat, and runs of the scripted citizens. None of it counts anywhere.

The frozen draft is a survey version with a number below zero: interviews need one, and nobody else is asked it.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column, relationship

from bot.store.base import Base, BigId, Json, one_of
from bot.store.entries import Answer, Attachment, Entry
from bot.store.interviews import Interview
from bot.store.people import Contact
from bot.store.surveys import SurveyVersion


class Rehearsal(Base):
    """A draft that may be tried in a chat by whoever types its code, until it expires.

    `citizen` is the LINE id of the made-up citizen of the phone page, "" where there is none.
    """

    __tablename__ = "rehearsals"
    __table_args__ = (Index("ix_rehearsals_survey", "survey_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    citizen: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    version: Mapped[SurveyVersion] = relationship()


class RunState(StrEnum):
    """A run waits, is being played, is done, or failed."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class RehearsalRun(Base):
    """The scripted citizens on one draft. `report` is `bot.rehearsals.report.Report` as data, once it is done.

    `draft` is the survey as it was when the run was asked for. A process plays it until `leased_until`; one that dies
    leaves it to the next. `error` is the code of a refusal, or "broken" for a bug.
    """

    __tablename__ = "rehearsal_runs"
    __table_args__ = (
        CheckConstraint(one_of("state", RunState), name="state"),
        Index("ix_rehearsal_runs_survey", "survey_id", "id"),
        Index("ix_rehearsal_runs_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    draft: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(16), default=RunState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    verdict: Mapped[str] = mapped_column(String(16), default="")
    report: Mapped[dict[str, Any] | None] = mapped_column(Json)
    error: Mapped[str] = mapped_column(String(64), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


def by_code(session: Session, code: str) -> Rehearsal | None:
    """The rehearsal that this code begins, expired or not."""
    return session.scalar(select(Rehearsal).where(Rehearsal.code == code))


def rehearsals_of(session: Session, survey_id: int) -> list[Rehearsal]:
    """The survey's rehearsals in a chat, newest first."""
    return list(
        session.scalars(select(Rehearsal).where(Rehearsal.survey_id == survey_id).order_by(Rehearsal.id.desc()))
    )


def begun_before(session: Session, moment: datetime) -> list[Rehearsal]:
    """The rehearsals in a chat, of all surveys, that were made ready before this moment."""
    return list(session.scalars(select(Rehearsal).where(Rehearsal.begun_at < moment).order_by(Rehearsal.id)))


def lowest_number(session: Session, survey_id: int) -> int:
    """The lowest number of the survey's versions, or 0: the next frozen draft goes below it."""
    lowest = select(func.min(SurveyVersion.number)).where(SurveyVersion.survey_id == survey_id)
    return min(session.scalar(lowest) or 0, 0)


def interviews_in(session: Session, versions: Sequence[int]) -> list[Interview]:
    """The interviews on these versions, oldest first."""
    return list(session.scalars(select(Interview).where(Interview.version_id.in_(versions)).order_by(Interview.id)))


def entries_of(session: Session, contacts: Sequence[int]) -> list[Entry]:
    """What these contacts filed while they rehearsed."""
    found = select(Entry).where(Entry.contact_id.in_(contacts), Entry.rehearsal.is_(True))
    return list(session.scalars(found.order_by(Entry.id)))


def made_up(session: Session, rehearsals: Sequence[Rehearsal]) -> list[Contact]:
    """The contacts who are nobody: made up for one of these rehearsals."""
    line_ids = [each.citizen for each in rehearsals if each.citizen]
    return list(session.scalars(select(Contact).where(Contact.line_id.in_(line_ids)).order_by(Contact.id)))


def left_from(session: Session, before: datetime) -> tuple[list[Interview], list[Entry]]:
    """Whatever was rehearsed before this moment, test invitations of broadcasts among it."""
    interviews = select(Interview).where(Interview.rehearsal.is_(True), Interview.updated_at < before)
    entries = select(Entry).where(Entry.rehearsal.is_(True), Entry.filed_at < before)
    return list(session.scalars(interviews)), list(session.scalars(entries))


def drop_rehearsed(session: Session, interviews: Sequence[Interview], entries: Sequence[Entry]) -> list[str]:
    """Delete these, with the photos they hold. Returns the photos' keys, whose files are still to be removed."""
    begun = [answer["value"] for each in interviews for answer in each.progress["answers"]]
    given = session.scalars(select(Answer.value).where(Answer.entry_id.in_([each.id for each in entries])))
    keys = [each["photo"] for each in (*begun, *given) if isinstance(each, dict) and "photo" in each]
    session.execute(delete(Attachment).where(Attachment.key.in_(keys)))
    for row in (*entries, *interviews):
        session.delete(row)
    session.flush()
    return list(dict.fromkeys(keys))


def drop_codes(session: Session, rehearsals: Sequence[Rehearsal]) -> None:
    """Delete these rehearsals and their frozen drafts, on which there is no interview any more."""
    versions = [each.version_id for each in rehearsals]
    session.execute(delete(Rehearsal).where(Rehearsal.id.in_([each.id for each in rehearsals])))
    session.execute(delete(SurveyVersion).where(SurveyVersion.id.in_(versions), SurveyVersion.number < 0))


def runs_of(session: Session, survey_id: int, limit: int = 20) -> list[RehearsalRun]:
    """The survey's runs, newest first, without their reports."""
    newest = select(RehearsalRun).where(RehearsalRun.survey_id == survey_id).order_by(RehearsalRun.id.desc())
    light = (defer(RehearsalRun.report), defer(RehearsalRun.draft))
    return list(session.scalars(newest.limit(limit).options(*light)))


def pending(session: Session, survey_id: int) -> RehearsalRun | None:
    """The survey's run that is not done yet."""
    moving = RehearsalRun.state.in_((RunState.WAITING, RunState.WORKING))
    return session.scalar(select(RehearsalRun).where(RehearsalRun.survey_id == survey_id, moving).limit(1))


def next_due(session: Session, at: datetime) -> RehearsalRun | None:
    """The oldest run that waits, or whose player died; held until this transaction's end."""
    left = (RehearsalRun.state == RunState.WORKING) & (RehearsalRun.leased_until < at)
    due = select(RehearsalRun).where(or_(RehearsalRun.state == RunState.WAITING, left)).order_by(RehearsalRun.id)
    return session.scalar(due.limit(1).with_for_update(skip_locked=True))


def forget_runs(session: Session, before: datetime) -> None:
    """Remove runs that were asked for before this moment."""
    session.execute(delete(RehearsalRun).where(RehearsalRun.asked_at < before))
