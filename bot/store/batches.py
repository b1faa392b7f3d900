"""Recipients put down, made up into batches, and batches settled: the statements of sending, all by key and bounded.

All workers make up batches one after another, for each holds the one row of `LinePace` while it does: so the pace is
kept over all of them, and none can give two broadcasts to one contact at the same moment.
"""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Row, Table, delete, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from bot.store.broadcasts import (
    OPEN_BATCHES,
    BatchState,
    Broadcast,
    BroadcastBatch,
    BroadcastDelivery,
    BroadcastState,
    LinePace,
)
from bot.store.people import Contact
from bot.store.segments import Rule, Sending, holds, reason

# LINE's fastest multicast is 200 calls a second (Messaging API reference, "Rate limits"); we stay a little below.
FASTEST_US = 5_250
_ONLY = 1
_DELIVERIES = cast(Table, BroadcastDelivery.__table__)


def page_end(session: Session, after: int, size: int) -> int | None:
    """The id of the contact that is `size` places behind `after`, or of the last; None where there is none behind."""
    ids = select(Contact.id).where(Contact.id > after).order_by(Contact.id).limit(size).subquery()
    return session.scalar(select(func.max(ids.c.id)))


def put_down(session: Session, broadcast_id: int, rule: Rule, sending: Sending, span: tuple[int, int]) -> int:
    """Put down as recipients those in (after, upto] whom the rule means and nothing speaks against; once each.

    Returns how many were new.
    """
    after, upto = span
    chosen = select(literal(broadcast_id), Contact.id).where(
        Contact.id > after, Contact.id <= upto, holds(rule, sending.at), reason(sending) == ""
    )
    dialect = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    columns = ["broadcast_id", "contact_id"]
    # The table, not the class: of that SQLAlchemy tells no number of rows.
    statement = dialect(_DELIVERIES).from_select(columns, chosen).on_conflict_do_nothing()
    return session.connection().execute(statement, execution_options={"preserve_rowcount": True}).rowcount


def look_over(session: Session) -> None:
    """Let PostgreSQL learn how many recipients there are now: it plans by numbers from before they were put down."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE broadcast_deliveries"))


def sending_now(session: Session) -> list[Broadcast]:
    """The broadcasts that are being sent, the oldest first."""
    running = select(Broadcast).where(Broadcast.state == BroadcastState.SENDING)
    return list(session.scalars(running.order_by(Broadcast.started_at, Broadcast.id)))


def held_pace(session: Session) -> LinePace:
    """The one row of the pace, held until this transaction's end."""
    found = session.scalar(
        select(LinePace).where(LinePace.id == _ONLY).with_for_update().execution_options(populate_existing=True)
    )
    if found is not None:
        return found
    dialect = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    blank = {"id": _ONLY, "next_us": 0, "gap_us": FASTEST_US, "slowed_ms": 0, "used": 0, "quota_ms": 0}
    session.execute(dialect(LinePace).values(blank).on_conflict_do_nothing())
    return session.scalars(select(LinePace).where(LinePace.id == _ONLY).with_for_update()).one()


def pace_of(session: Session) -> LinePace | None:
    """The pace and the quota as they were last written; None before anything was ever sent."""
    return session.get(LinePace, _ONLY)


def in_flight(session: Session) -> int:
    """How many recipients are in batches that are being sent at this moment, by whichever worker."""
    sizes = select(func.sum(BroadcastBatch.size)).where(BroadcastBatch.state == BatchState.SENDING)
    return int(session.scalar(sizes) or 0)


def due_batches(session: Session, broadcast_id: int, now_ms: int, limit: int) -> list[BroadcastBatch]:
    """Batches to be tried (again) now: put off, parted, or left by a worker that died."""
    due = select(BroadcastBatch).where(
        BroadcastBatch.broadcast_id == broadcast_id,
        BroadcastBatch.state.in_(OPEN_BATCHES),
        BroadcastBatch.due_ms <= now_ms,
    )
    return list(session.scalars(due.order_by(BroadcastBatch.id).limit(limit)))


def any_open(session: Session, broadcast_id: int) -> bool:
    """Whether any batch of the broadcast has not come to an end."""
    waiting = select(BroadcastBatch.id).where(
        BroadcastBatch.broadcast_id == broadcast_id, BroadcastBatch.state.in_(OPEN_BATCHES)
    )
    return session.scalar(waiting.limit(1)) is not None


def next_people(session: Session, broadcast: Broadcast, sending: Sending, limit: int) -> Sequence[Row[Any]]:
    """The next recipients in no batch yet: (contact id, LINE id, language, what speaks against them by now or "")."""
    waiting = (
        select(BroadcastDelivery.contact_id)
        .where(
            BroadcastDelivery.broadcast_id == broadcast.id,
            BroadcastDelivery.contact_id > broadcast.sent_after,
            BroadcastDelivery.batch_id.is_(None),
        )
        .order_by(BroadcastDelivery.contact_id)
        .limit(limit)
        .subquery()
    )
    there = select(Contact.id, Contact.line_id, Contact.language, reason(sending).label("why"))
    return session.execute(there.join(waiting, waiting.c.contact_id == Contact.id).order_by(Contact.id)).all()


def people_of(session: Session, broadcast_id: int, ids: list[int], sending: Sending) -> Sequence[Row[Any]]:
    """The same of those who are in a batch already, by their contact ids; who was erased is not among them."""
    there = (
        select(Contact.id, Contact.line_id, Contact.language, reason(sending).label("why"))
        .join(BroadcastDelivery, BroadcastDelivery.contact_id == Contact.id)
        .where(BroadcastDelivery.broadcast_id == broadcast_id, Contact.id.in_(ids))
    )
    return session.execute(there.order_by(Contact.id)).all()


def ids_of(session: Session, line_ids: Sequence[str]) -> list[int]:
    """The contacts with these LINE ids, in their order; who was erased is not among them."""
    named = select(Contact.line_id, Contact.id).where(Contact.line_id.in_(line_ids))
    found = dict(session.execute(named).tuples().all())
    return [found[each] for each in line_ids if each in found]


def add_batches(session: Session, rows: Sequence[dict[str, Any]]) -> list[int]:
    """New batches. Returns their ids, in order."""
    made = insert(BroadcastBatch).returning(BroadcastBatch.id, sort_by_parameter_order=True)
    return list(session.scalars(made, list(rows))) if rows else []


def bind(session: Session, broadcast_id: int, contact_ids: Sequence[int], batch_id: int) -> None:
    """These recipients are in this batch."""
    rows = (BroadcastDelivery.broadcast_id == broadcast_id, BroadcastDelivery.contact_id.in_(contact_ids))
    session.execute(
        update(BroadcastDelivery).where(*rows).values(batch_id=batch_id),
        execution_options={"synchronize_session": False},
    )


def drop(session: Session, broadcast_id: int, contact_ids: Sequence[int]) -> None:
    """These get nothing after all."""
    if contact_ids:
        session.execute(
            delete(BroadcastDelivery).where(
                BroadcastDelivery.broadcast_id == broadcast_id, BroadcastDelivery.contact_id.in_(contact_ids)
            ),
            execution_options={"synchronize_session": False},
        )


def is_leased(session: Session, batch_id: int, attempts: int) -> bool:
    """Whether a batch is still being sent under the lease of this attempt."""
    now = select(BroadcastBatch.state, BroadcastBatch.attempts).where(BroadcastBatch.id == batch_id)
    return session.execute(now).tuples().one_or_none() == (BatchState.SENDING, attempts)


def settle(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write what became of batches: each row names `id` and the columns to change."""
    if rows:
        session.execute(update(BroadcastBatch), list(rows))


def remove_batch(session: Session, batch_id: int) -> None:
    """Forget a batch that was parted, or that is empty."""
    session.execute(delete(BroadcastBatch).where(BroadcastBatch.id == batch_id))


def give_up_doubtful(session: Session, before_ms: int, reason: str) -> int:
    """End batches of which LINE has forgotten the key, and with it whether they arrived; their LINE ids go."""
    doubtful = (BroadcastBatch.state == BatchState.SENDING, BroadcastBatch.first_ms < before_ms)
    ended = update(BroadcastBatch).where(*doubtful).values(state=BatchState.FAILED, body="", reason=reason)
    return int(session.execute(ended).rowcount)  # type: ignore[attr-defined]


def sizes(session: Session, broadcast_id: int) -> dict[str, int]:
    """{state of a batch: how many recipients are in such ones}."""
    counted = (
        select(BroadcastBatch.state, func.sum(BroadcastBatch.size))
        .where(BroadcastBatch.broadcast_id == broadcast_id)
        .group_by(BroadcastBatch.state)
    )
    return {state: int(people or 0) for state, people in session.execute(counted)}


def forget_recipients(session: Session, broadcast_id: int, limit: int) -> int:
    """Remove some rows of who got a broadcast; its counts stay. Returns how many went."""
    some = (
        select(BroadcastDelivery.contact_id)
        .where(BroadcastDelivery.broadcast_id == broadcast_id)
        .order_by(BroadcastDelivery.contact_id)
        .limit(limit)
    )
    gone = session.execute(
        delete(BroadcastDelivery).where(
            BroadcastDelivery.broadcast_id == broadcast_id, BroadcastDelivery.contact_id.in_(some)
        ),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
