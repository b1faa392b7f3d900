"""Labs and their projects."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId, Texts, one_of


class StepName(StrEnum):
    """The four steps of Design Thinking, as GovLab words them; a project is always in one."""

    UNDERSTAND = "understand"
    EMPATHISE = "empathise"
    EXPERIMENT = "experiment"
    ROLLOUT = "rollout"


class ProjectStatus(StrEnum):
    """An active project receives entries; a closed one receives nothing new."""

    ACTIVE = "active"
    CLOSED = "closed"


class Lab(Base):
    """Who runs projects."""

    __tablename__ = "labs"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Texts]


class Project(Base):
    """What entries are filed under. `keywords` is {language: [word, …]}; `fiscal_year` is in the Buddhist Era."""

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint(one_of("step", StepName), name="step"),
        CheckConstraint(one_of("status", ProjectStatus), name="status"),
        CheckConstraint("fiscal_year BETWEEN 2400 AND 2700", name="fiscal_year_is_buddhist"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("labs.id"))
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    fiscal_year: Mapped[int]
    step: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default=ProjectStatus.ACTIVE)
    title: Mapped[Texts]
    short: Mapped[Texts]
    agency: Mapped[Texts]
    description: Mapped[Texts]
    keywords: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    # Grows whenever somebody writes the project anew: who edits what they read a while ago learns that it has changed.
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_by: Mapped[str] = mapped_column(String(64), default="", server_default="")


class ProjectStep(Base):
    """A project came into a step. Append-only, and ordered by `id`: a step lasts until the next begins.

    `why` is what its people wrote down on moving it; `by` who did.
    """

    __tablename__ = "project_steps"
    __table_args__ = (
        CheckConstraint(one_of("step", StepName), name="step"),
        Index("ix_project_steps", "project_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    step: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(Text, default="")


def lab_by_slug(session: Session, slug: str) -> Lab | None:
    """The lab of this name."""
    return session.scalar(select(Lab).where(Lab.slug == slug))


def all_labs(session: Session) -> list[Lab]:
    """Every lab, in the order they were made."""
    return list(session.scalars(select(Lab).order_by(Lab.id)))


def project_by_slug(session: Session, slug: str) -> Project | None:
    """The project of this name, active or closed."""
    return session.scalar(select(Project).where(Project.slug == slug))


def active_projects(session: Session) -> list[Project]:
    """The projects that receive entries, in the order they were opened."""
    return list(session.scalars(select(Project).where(Project.status == ProjectStatus.ACTIVE).order_by(Project.id)))


def all_projects(session: Session) -> list[Project]:
    """Every project, active or closed, in the order they were opened."""
    return list(session.scalars(select(Project).order_by(Project.id)))


def steps_of(session: Session, project_id: int) -> list[ProjectStep]:
    """The steps a project came into, oldest first."""
    mine = select(ProjectStep).where(ProjectStep.project_id == project_id)
    return list(session.scalars(mine.order_by(ProjectStep.id)))
