"""The trail of acts: exports, reveals, erasures. It says that it happened and who did it, never what a citizen said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId


class AuditEvent(Base):
    """One act. Append-only. `actor`: "account:12", "citizen", or the operator's name at a terminal."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_at", "at"),
        Index("ix_audit_events_act", "act", "id"),
        Index("ix_audit_events_actor", "actor", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and when: what every act that is noted is given."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Trail:
    """Which acts: of this kind, by this actor, since and before a moment. Empty is no limit."""

    act: str = ""
    actor: str = ""
    since: datetime | None = None
    before: datetime | None = None


def note(session: Session, by: By, act: str, **facts: Any) -> None:
    """Add an act to the trail. `facts` are ids, counts, names of settings and purposes; never a citizen's words."""
    session.add(AuditEvent(at=by.at, actor=by.actor[:64], act=act, facts=facts))


def acts(session: Session, trail: Trail, below: int | None, limit: int) -> list[AuditEvent]:
    """Acts of the trail, newest first, with an id below `below`."""
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit)
    if trail.act:
        query = query.where(AuditEvent.act == trail.act)
    if trail.actor:
        query = query.where(AuditEvent.actor == trail.actor)
    if trail.since is not None:
        query = query.where(AuditEvent.at >= trail.since)
    if trail.before is not None:
        query = query.where(AuditEvent.at < trail.before)
    if below is not None:
        query = query.where(AuditEvent.id < below)
    return list(session.scalars(query))


def kinds_of_acts(session: Session) -> list[str]:
    """Every kind of act there is in the trail, by name."""
    return list(session.scalars(select(AuditEvent.act).distinct().order_by(AuditEvent.act)))


def actors(session: Session) -> list[str]:
    """Everybody who acted, by name."""
    return list(session.scalars(select(AuditEvent.actor).distinct().order_by(AuditEvent.actor)))
