"""The queue of record: what arrived (inbox) and what is to be said (deliveries).

Times are integer milliseconds since 1970, as in LINE's events, because the statements here are the hot ones and go
to the driver as they are.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    String,
    Text,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from bot.store.base import Base, BigId, Store, Unavailable, one_of


class EventStatus(StrEnum):
    """An event waits until it is done, or has failed too often."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class DeliveryStatus(StrEnum):
    """A delivery waits, is being sent under a lease, and ends sent, failed or cancelled."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNSENT = (DeliveryStatus.WAITING, DeliveryStatus.SENDING)


class InboxEvent(Base):
    """One webhook event. `body` and `sender` are emptied once it is done: the queue is no archive of who said what."""

    __tablename__ = "inbox_events"
    __table_args__ = (
        CheckConstraint(one_of("status", EventStatus), name="status"),
        Index(
            "ix_inbox_events_waiting",
            "due_ms",
            "sender",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_inbox_events_sender", "sender", "status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[str] = mapped_column(String(64), unique=True)
    sender: Mapped[str] = mapped_column(String(64))
    occurred_ms: Mapped[int] = mapped_column(BigId)
    received_ms: Mapped[int] = mapped_column(BigId)
    due_ms: Mapped[int] = mapped_column(BigId)
    status: Mapped[str] = mapped_column(String(16), default=EventStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    body: Mapped[str] = mapped_column(Text)


class Delivery(Base):
    """Up to five LINE messages for one recipient. `id` is LINE's retry key; once they went, who and what is emptied."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(one_of("status", DeliveryStatus), name="status"),
        Index(
            "ix_deliveries_unsent",
            "recipient",
            "seq",
            sqlite_where=text("status IN ('waiting', 'sending')"),
            postgresql_where=text("status IN ('waiting', 'sending')"),
        ),
    )

    seq: Mapped[int] = mapped_column(BigId, primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    recipient: Mapped[str] = mapped_column(String(64))
    reply_token: Mapped[str] = mapped_column(String(128), default="")
    # Until when LINE takes the reply token, as far as we know; 0 without one.
    token_until_ms: Mapped[int] = mapped_column(BigId, default=0)
    messages: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), default=DeliveryStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    # Whether an attempt was begun of which the end is not known: a crash or a time-out.
    in_doubt: Mapped[bool] = mapped_column(default=False)
    created_ms: Mapped[int] = mapped_column(BigId)
    due_ms: Mapped[int] = mapped_column(BigId)
    ended_ms: Mapped[int | None] = mapped_column(BigId)
    via: Mapped[str] = mapped_column(String(16), default="")
    reason: Mapped[str] = mapped_column(Text, default="")


_COLUMNS = ("event_id", "sender", "occurred_ms", "received_ms", "due_ms", "body")
# Far below the number of parameters a statement may have (SQLite: 32,766; PostgreSQL: 65,535).
_ROWS_A_STATEMENT = 500


class EventWriter:
    """Keeps events in the inbox. For one thread, which holds one connection for it.

    The one hot statement of a webhook, so it goes to the driver as it is: one statement for many rows that commits by
    itself. That is one trip to PostgreSQL, and on SQLite one release of the interpreter's lock instead of one a row.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Connection | None = None

    def insert(self, rows: Sequence[tuple[str, str, int, int, int, str]]) -> None:
        """Keep these events (id, sender, occurred, received, due, body), once each; they are safe when this returns.

        Raises Unavailable. A connection that the database closed meanwhile is opened anew, once: a row that was kept
        nevertheless is not kept twice.
        """
        try:
            self._insert(rows)
        except Unavailable as error:
            self.close()
            if not error.connection_invalidated:
                raise
            self._insert(rows)

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _insert(self, rows: Sequence[tuple[str, str, int, int, int, str]]) -> None:
        if self._connection is None:
            self._connection = self._store.at_once()
        for first in range(0, len(rows), _ROWS_A_STATEMENT):
            some = rows[first : first + _ROWS_A_STATEMENT]
            statement = _insertion(self._store.sqlite, len(some))
            with self._store.turn:
                self._connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))


def _insertion(sqlite: bool, rows: int) -> str:
    row = f"({', '.join(['?' if sqlite else '%s'] * len(_COLUMNS))}, 'waiting', 0)"
    columns = ", ".join(_COLUMNS)
    return (
        f"INSERT INTO inbox_events ({columns}, status, attempts) VALUES {', '.join([row] * rows)}"
        " ON CONFLICT (event_id) DO NOTHING"
    )


def waiting_senders(session: Session, now_ms: int, limit: int) -> list[str]:
    """Senders with an event that is due, the longest waiting first."""
    due = select(InboxEvent.sender).where(InboxEvent.status == EventStatus.WAITING, InboxEvent.due_ms <= now_ms)
    return list(session.scalars(due.group_by(InboxEvent.sender).order_by(func.min(InboxEvent.id)).limit(limit)))


def next_event_due(session: Session) -> int | None:
    """When the next waiting event is due (milliseconds), or None where nothing waits."""
    return session.scalar(select(func.min(InboxEvent.due_ms)).where(InboxEvent.status == EventStatus.WAITING))


def any_due(session: Session, now_ms: int) -> bool:
    """Whether any delivery is due."""
    due = select(Delivery.seq).where(Delivery.status.in_(UNSENT), Delivery.due_ms <= now_ms).limit(1)
    return session.scalar(due) is not None


def waiting_events(session: Session, senders: Sequence[str], each: int) -> list[InboxEvent]:
    """These senders' waiting events, each sender's in the order they happened, at most `each` of one sender."""
    place = func.row_number().over(
        partition_by=InboxEvent.sender, order_by=(InboxEvent.occurred_ms, InboxEvent.event_id)
    )
    ranked = (
        select(InboxEvent.id, place.label("place"))
        .where(InboxEvent.status == EventStatus.WAITING, InboxEvent.sender.in_(senders))
        .subquery()
    )
    chosen = select(InboxEvent).join(ranked, ranked.c.id == InboxEvent.id).where(ranked.c.place <= each)
    return list(session.scalars(chosen.order_by(InboxEvent.sender, ranked.c.place)))


def finish_events(session: Session, ids: Sequence[int]) -> None:
    """These events are answered: who said what is emptied."""
    done = update(InboxEvent).where(InboxEvent.id.in_(ids)).values(status=EventStatus.DONE, body="", sender="")
    session.execute(done, execution_options={"synchronize_session": False})


def note_unsent(session: Session, message_id: str, now_ms: int) -> None:
    """Remember that a message was taken back, for as long as LINE may still bring it: events come in any order."""
    if message_id and not was_unsent(session, message_id):
        times = {"occurred_ms": now_ms, "received_ms": now_ms, "due_ms": now_ms}
        session.add(InboxEvent(event_id=_unsending(message_id), sender="", body="", status=EventStatus.DONE, **times))


def was_unsent(session: Session, message_id: str) -> bool:
    """Whether this message was taken back before it came."""
    noted = select(InboxEvent.id).where(InboxEvent.event_id == _unsending(message_id))
    return session.scalar(noted) is not None


def _unsending(message_id: str) -> str:
    return f"unsent:{message_id}"[:64]


def claim_deliveries(session: Session, now_ms: int, limit: int) -> list[Delivery]:
    """Take deliveries that are due, the oldest unsent one of each recipient, locked until the transaction's end."""
    earlier = aliased(Delivery)
    blocked = exists().where(
        earlier.recipient == Delivery.recipient, earlier.seq < Delivery.seq, earlier.status.in_(UNSENT)
    )
    due = select(Delivery).where(Delivery.status.in_(UNSENT), Delivery.due_ms <= now_ms, ~blocked)
    return list(session.scalars(due.order_by(Delivery.seq).limit(limit).with_for_update(skip_locked=True)))


def recipients_waiting(session: Session, recipients: Sequence[str]) -> set[str]:
    """Those of the recipients for whom an earlier delivery is not yet sent."""
    found = select(Delivery.recipient).where(Delivery.recipient.in_(recipients), Delivery.status.in_(UNSENT)).distinct()
    return set(session.scalars(found))


def settle_deliveries(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write what became of deliveries: each row names `seq` and the columns to change."""
    if rows:
        session.execute(update(Delivery), list(rows))


def cancel_deliveries(session: Session, recipient: str, now_ms: int) -> int:
    """Cancel what is not yet being sent to this recipient, and empty it. Returns how many."""
    result = session.execute(
        update(Delivery)
        .where(Delivery.recipient == recipient, Delivery.status == DeliveryStatus.WAITING)
        .values(status=DeliveryStatus.CANCELLED, messages="[]", ended_ms=now_ms)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def erase_mail(session: Session, line_id: str) -> None:
    """Remove every trace of a sender's mail but what is waiting to be answered or sent now."""
    session.execute(delete(InboxEvent).where(InboxEvent.sender == line_id, InboxEvent.status != EventStatus.WAITING))
    session.execute(delete(Delivery).where(Delivery.recipient == line_id, Delivery.status.not_in(UNSENT)))


def drop_before(session: Session, moment_ms: int) -> int:
    """Remove done events and ended deliveries older than `moment_ms`. Returns how many events went.

    LINE may redeliver an event for some time: the caller keeps them for days.
    """
    ended = and_(Delivery.status.not_in(UNSENT), Delivery.created_ms < moment_ms)
    session.execute(delete(Delivery).where(ended))
    gone = session.execute(
        delete(InboxEvent).where(InboxEvent.status != EventStatus.WAITING, InboxEvent.received_ms < moment_ms)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def depth(session: Session) -> dict[str, int | None]:
    """How much waits: events, deliveries, failures, and since when the oldest event waits (milliseconds, or None)."""
    waiting = InboxEvent.status == EventStatus.WAITING
    events = session.execute(
        select(
            func.count(case((waiting, 1))),
            func.count(case((InboxEvent.status == EventStatus.FAILED, 1))),
            func.min(case((waiting, InboxEvent.received_ms))),
        ).where(or_(waiting, InboxEvent.status == EventStatus.FAILED))
    ).one()
    unsent = session.scalar(select(func.count()).select_from(Delivery).where(Delivery.status.in_(UNSENT)))
    return {"events": events[0], "failed_events": events[1], "oldest_ms": events[2], "deliveries": unsent}
