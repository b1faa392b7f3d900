"""Bulk acts: one act on a set of entries, fixed by id when it was confirmed, with what was before, for an undo."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, BigId, Json, one_of


class BulkState(StrEnum):
    """A bulk act is being done, done, being undone, or undone."""

    DOING = "doing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class ItemState(StrEnum):
    """What became of one entry: waiting; changed; left as it was (`same`: it already was so, `gone`: taken back, erased
    or out of sight meanwhile); put back; or not put back, since somebody changed it after (`kept`)."""

    WAITING = "waiting"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"
    PUT_BACK = "put_back"
    KEPT = "kept"


class BulkAct(Base):
    """One confirmed act. `act` and `facts` say what is done, `query` which filter it was; `total` how many entries."""

    __tablename__ = "bulk_acts"
    __table_args__ = (
        CheckConstraint(one_of("state", BulkState), name="state"),
        Index("ix_bulk_acts_account", "account_id", "id"),
        Index("ix_bulk_acts_state", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    act: Mapped[str] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]]
    query: Mapped[str] = mapped_column(Text)
    total: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=BulkState.DOING)
    confirmed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class BulkItem(Base):
    """One entry of a bulk act. `before`: what an undo restores; `revision`: the entry's after the act.

    No foreign key to the entry: an erased one leaves its place in the count, and nothing else.
    """

    __tablename__ = "bulk_items"
    __table_args__ = (
        CheckConstraint(one_of("state", ItemState), name="state"),
        Index("ix_bulk_items_state", "bulk_id", "state", "entry_id"),
    )

    bulk_id: Mapped[int] = mapped_column(ForeignKey("bulk_acts.id", ondelete="CASCADE"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(16), default=ItemState.WAITING)
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    revision: Mapped[int | None]
