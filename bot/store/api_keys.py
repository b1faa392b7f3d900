"""Keys of the API and the log of calls made with them. Of a key only a hash is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId

TOO_MANY = 429


class ApiKey(Base):
    """A key that reads masked entries of `projects` (ids), as long as its maker's account may see them itself."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(128))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The first letters of the key, by which its owner knows which it is.
    start: Mapped[str] = mapped_column(String(16))
    projects: Mapped[list[Any]]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str] = mapped_column(String(64), default="")


class ApiCall(Base):
    """One call: which key, when, what was asked (the path alone: a search may name people), and what was answered."""

    __tablename__ = "api_calls"
    __table_args__ = (Index("ix_api_calls_key", "key_id", "at"), Index("ix_api_calls_at", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(128))
    status: Mapped[int]
    rows: Mapped[int]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Called:
    """What a call came to."""

    path: str
    status: int
    rows: int
    at: datetime


def key_by_hash(session: Session, hashed: str) -> ApiKey | None:
    """The key of this hash, revoked or not."""
    return session.scalar(select(ApiKey).where(ApiKey.hash == hashed))


def all_keys(session: Session) -> list[ApiKey]:
    """Every key, those in use first, then the newest."""
    return list(session.scalars(select(ApiKey).order_by(ApiKey.revoked_at.is_not(None), ApiKey.id.desc())))


def calls_since(session: Session, key_id: int, since: datetime) -> int:
    """How many calls of the key were answered since then; refusals for calling too often are not counted."""
    answered = (ApiCall.key_id == key_id, ApiCall.at > since, ApiCall.status != TOO_MANY)
    return session.scalar(select(func.count()).select_from(ApiCall).where(*answered)) or 0


def note_call(session: Session, key_id: int, called: Called) -> None:
    """Write a call down, and that the key was used."""
    told = {"path": called.path[:128], "status": called.status, "rows": called.rows, "at": called.at}
    session.add(ApiCall(key_id=key_id, **told))
    session.get_one(ApiKey, key_id).used_at = called.at


def calls_of(session: Session, key_id: int, below: int | None, limit: int) -> list[ApiCall]:
    """The key's calls, newest first, with an id below `below`."""
    query = select(ApiCall).where(ApiCall.key_id == key_id).order_by(ApiCall.id.desc()).limit(limit)
    return list(session.scalars(query if below is None else query.where(ApiCall.id < below)))


def forget_calls(session: Session, before: datetime) -> int:
    """Remove calls of long ago. Returns how many."""
    return int(session.execute(delete(ApiCall).where(ApiCall.at < before)).rowcount)  # type: ignore[attr-defined]
