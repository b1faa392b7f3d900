"""Drafts of surveys as they were, revision by revision; and questions kept to be asked again."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId, one_of


class Origin(StrEnum):
    """How a revision came about: with the survey, by hand, from a file, or as an earlier one taken up again."""

    BEGUN = "begun"
    WRITTEN = "written"
    IMPORTED = "imported"
    RESTORED = "restored"


class DraftRevision(Base):
    """A draft as it was saved. `begun_at` is when its author began: saves of one sitting are one revision."""

    __tablename__ = "draft_revisions"
    __table_args__ = (
        UniqueConstraint("survey_id", "number"),
        CheckConstraint(one_of("origin", Origin), name="origin"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]
    draft: Mapped[dict[str, Any]]
    origin: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[datetime]
    at: Mapped[datetime]


class SavedQuestion(Base):
    """A question that the people of a project keep to be asked again in other surveys."""

    __tablename__ = "saved_questions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    question: Mapped[dict[str, Any]]
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


def revisions_of(session: Session, survey_id: int, limit: int = 200) -> list[DraftRevision]:
    """The newest revisions, newest first."""
    own = select(DraftRevision).where(DraftRevision.survey_id == survey_id)
    return list(session.scalars(own.order_by(DraftRevision.number.desc()).limit(limit)))


def revision_of(session: Session, survey_id: int, number: int) -> DraftRevision | None:
    """The revision of this number."""
    own = select(DraftRevision).where(DraftRevision.survey_id == survey_id, DraftRevision.number == number)
    return session.scalar(own)


def saved_questions(session: Session, project_ids: Iterable[int]) -> list[SavedQuestion]:
    """The questions that these projects keep, newest first."""
    kept = select(SavedQuestion).where(SavedQuestion.project_id.in_(list(project_ids)))
    return list(session.scalars(kept.order_by(SavedQuestion.id.desc())))
