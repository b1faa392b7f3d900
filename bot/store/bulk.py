"""Bulk acts: one act on a set of entries, fixed by id when it was confirmed, with what was before, for an undo."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId, Json, one_of
from bot.store.entries import Entry
from bot.store.seeking import Sought, conditions
from bot.store.sight import Sight, entries_seen


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


def newest_entry(session: Session) -> int:
    """The id of the entry that came last: a set fixed now ends there, whatever arrives meanwhile."""
    return session.scalar(select(func.coalesce(func.max(Entry.id), 0))) or 0


def count_up_to(session: Session, sought: Sought, sight: Sight, last: int) -> int:
    """How many entries up to this id there are."""
    held = (*conditions(sought, sight), Entry.id <= last)
    return session.scalar(select(func.count()).select_from(Entry).where(*held)) or 0


def count_named(session: Session, numbers: list[str], sight: Sight) -> int:
    """How many of these reference numbers are entries that may be seen."""
    named = select(func.count()).select_from(Entry).where(entries_seen(sight), Entry.number.in_(numbers))
    return session.scalar(named) or 0


def fix(session: Session, bulk: BulkAct, sought: Sought, sight: Sight, last: int) -> int:
    """Write down which entries the act is on: those sought, up to this id. One statement. Returns how many."""
    return _fix(session, bulk, *conditions(sought, sight), Entry.id <= last)


def fix_named(session: Session, bulk: BulkAct, numbers: list[str], sight: Sight) -> int:
    """The same for entries named by their reference numbers."""
    return _fix(session, bulk, entries_seen(sight), Entry.number.in_(numbers))


def _fix(session: Session, bulk: BulkAct, *held: ColumnElement[bool]) -> int:
    rows = select(literal(bulk.id), Entry.id, literal(str(ItemState.WAITING))).where(*held)
    session.execute(insert(BulkItem).from_select(["bulk_id", "entry_id", "state"], rows))
    return session.scalar(select(func.count()).where(BulkItem.bulk_id == bulk.id)) or 0


def tally(session: Session, bulk_id: int) -> dict[str, int]:
    """{state of an item: how many}, every state."""
    counted = (
        select(BulkItem.state, func.count().label("number")).where(BulkItem.bulk_id == bulk_id).group_by(BulkItem.state)
    )
    found = {row.state: row.number for row in session.execute(counted)}
    return {str(each): found.get(each, 0) for each in ItemState}


def held_act(session: Session, bulk_id: int) -> BulkAct | None:
    """The act, kept to this transaction: one process at a time works on it."""
    return session.scalar(select(BulkAct).where(BulkAct.id == bulk_id).with_for_update())


def unfinished(session: Session) -> list[int]:
    """The ids of acts that somebody must go on with, oldest first."""
    going = (BulkState.DOING, BulkState.UNDOING)
    return list(session.scalars(select(BulkAct.id).where(BulkAct.state.in_(going)).order_by(BulkAct.id)))


def latest_acts(session: Session, account_id: int, limit: int) -> list[BulkAct]:
    """The account's bulk acts, newest first."""
    mine = select(BulkAct).where(BulkAct.account_id == account_id)
    return list(session.scalars(mine.order_by(BulkAct.id.desc()).limit(limit)))


def next_items(session: Session, bulk_id: int, state: ItemState, limit: int) -> list[tuple[BulkItem, Entry | None]]:
    """The next items in this state, with their entries, locked in the order of their ids; None where erased."""
    query = select(BulkItem).where(BulkItem.bulk_id == bulk_id, BulkItem.state == state)
    items = list(session.scalars(query.order_by(BulkItem.entry_id).limit(limit)))
    locked = select(Entry).where(Entry.id.in_([each.entry_id for each in items])).order_by(Entry.id).with_for_update()
    entries = {each.id: each for each in session.scalars(locked)}
    return [(each, entries.get(each.entry_id)) for each in items]
