"""Surveys and their frozen versions."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.store.base import Base, BigId, Texts, one_of
from bot.store.projects import Project, ProjectStatus


class SurveyState(StrEnum):
    """A draft is being written, a live survey is asked, an archived one is history."""

    DRAFT = "draft"
    LIVE = "live"
    ARCHIVED = "archived"


class Survey(Base):
    """The undertaking: it owns one draft questionnaire and the versions published from it."""

    __tablename__ = "surveys"
    __table_args__ = (CheckConstraint(one_of("state", SurveyState), name="state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(16), default=SurveyState.DRAFT)
    # What is being written: of any shape, and nothing to citizens until it is published.
    draft: Mapped[dict[str, Any]]
    # What the survey goes by: as last published; before that, as far as it is written.
    title: Mapped[Texts] = mapped_column(default=dict, server_default="{}")
    languages: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    # Which revision the draft is. It grows with every save: who saves on an older one is told.
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]

    project: Mapped[Project] = relationship()


class SurveyVersion(Base):
    """A questionnaire as it was published. Never changed: interviews finish on the version they began.

    Numbers count up from 1. One below zero is a draft frozen for a rehearsal: citizens are never asked it.
    """

    __tablename__ = "survey_versions"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]
    questionnaire: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    # The revision of the draft it was made of; None where nobody knows.
    revision: Mapped[int | None]

    survey: Mapped[Survey] = relationship()


PUBLISHED = SurveyVersion.number > 0


def survey_by_slug(session: Session, slug: str) -> Survey | None:
    """The survey of this name, in whatever state."""
    return session.scalar(select(Survey).where(Survey.slug == slug))


def newest_version(session: Session, survey_id: int) -> SurveyVersion | None:
    """The version that a new interview is to use."""
    newest = select(SurveyVersion).where(SurveyVersion.survey_id == survey_id, PUBLISHED)
    return session.scalar(newest.order_by(SurveyVersion.number.desc()).limit(1))


def open_surveys(session: Session) -> list[Survey]:
    """The live surveys of active projects, in the order they were made: what a citizen may choose from."""
    open_now = (
        select(Survey).join(Project).where(Survey.state == SurveyState.LIVE, Project.status == ProjectStatus.ACTIVE)
    )
    return list(session.scalars(open_now.order_by(Survey.id)))


def all_surveys(session: Session) -> list[Survey]:
    """Every survey, in whatever state, in the order they were made."""
    return list(session.scalars(select(Survey).order_by(Survey.id)))


def versions_of(session: Session, survey_id: int) -> list[SurveyVersion]:
    """Every published version, oldest first."""
    published = select(SurveyVersion).where(SurveyVersion.survey_id == survey_id, PUBLISHED)
    return list(session.scalars(published.order_by(SurveyVersion.number)))


def surveys_of(session: Session, project_ids: Iterable[int]) -> list[Survey]:
    """The surveys of these projects, in the order they were made."""
    return list(session.scalars(select(Survey).where(Survey.project_id.in_(list(project_ids))).order_by(Survey.id)))
