"""The clock's part: what is due begins, its recipients are put down page by page, and what repeats gets its next wave.

Every act is a short transaction under the broadcast's row, safe to be repeated or done by several processes at once.
"""

from datetime import datetime, timedelta

import structlog

from bot.broadcasts.invitations import composed
from bot.broadcasts.writing import sending_of
from bot.dates import BANGKOK, morning, quiet
from bot.line.gateway import Gateway, Rejected
from bot.outbox import KEY_LIFE_MS
from bot.segments import REASONS
from bot.store.audit import By, note
from bot.store.base import Clock, Session, Store
from bot.store.batches import forget_recipients, give_up_doubtful, look_over, page_end, put_down, sending_now
from bot.store.broadcasts import Broadcast, BroadcastState, Cause, Repeat, due, ended_before, held
from bot.store.segments import COOLDOWN, tally
from bot.wording import LANGUAGES

log = structlog.get_logger()

PAGE = 5_000
# Who got a broadcast is known until the cooldown is over, and a day for good measure; then the counts alone stay.
RECIPIENTS_KEPT = COOLDOWN + timedelta(days=1)
ACTOR = "clock"
UNKNOWN = "not known whether it arrived: LINE gave no answer for a day"


def begin_due(store: Store, clock: Clock) -> int:
    """Begin what is due; by night nothing does. Returns how many began."""
    at, begun = clock(), 0
    if quiet(at):
        return 0
    with store.reading() as session:
        numbers = due(session, at)
    for number in numbers:
        # Counted before anything is held: with a million contacts it takes some seconds.
        with store.reading() as session:
            scheduled = session.get_one(Broadcast, number)
            found = tally(session, scheduled.rule, sending_of(scheduled, at))
        with store.transaction() as session:
            broadcast = held(session, number)
            if broadcast is not None and broadcast.state == BroadcastState.SCHEDULED:
                _begin(session, broadcast, found, at)
                begun += 1
    return begun


def _begin(session: Session, broadcast: Broadcast, found: dict[str, int], at: datetime) -> None:
    broadcast.state, broadcast.started_at = BroadcastState.SENDING, at
    broadcast.excluded = {name: found[name] for name in REASONS if found.get(name)}
    note(session, By(ACTOR, at), "broadcast_begun", broadcast=broadcast.id, wave=broadcast.wave)
    log.info("broadcast begun", broadcast=broadcast.id, wave=broadcast.wave, expected=found.get("", 0))
    if (next_time := following(broadcast, at)) is not None:
        session.add(_next_wave(broadcast, next_time, at))


def following(broadcast: Broadcast, at: datetime) -> datetime | None:
    """When the next wave goes out: at the same time of day in Bangkok, by day; None where this was the last."""
    begins = (broadcast.send_at or at).astimezone(BANGKOK)
    if broadcast.repeat == Repeat.NEVER:
        return None
    while begins <= at:
        begins = _later(begins, broadcast.repeat)
    begins = morning(begins)
    return begins if broadcast.repeat_until is None or begins <= broadcast.repeat_until else None


def _later(moment: datetime, repeat: str) -> datetime:
    if repeat != Repeat.MONTHLY:
        return moment + timedelta(days=7 if repeat == Repeat.WEEKLY else 1)
    year, month = divmod(moment.year * 12 + moment.month, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1, day=min(moment.day, 28))


_COPIED = (
    "series_id", "project_id", "name", "kind", "survey_id", "rule", "wordings", "share", "link", "repeat",
    "repeat_until", "override", "author_id", "writers", "submitted_at", "approved_by", "approved_at",
)  # fmt: skip


def _next_wave(broadcast: Broadcast, send_at: datetime, at: datetime) -> Broadcast:
    """The same words to whom the rule means then. The approval was of the repetition; an edit of the wave voids it."""
    same = {name: getattr(broadcast, name) for name in _COPIED}
    times = {"send_at": send_at, "created_at": at, "updated_at": at}
    return Broadcast(**same, **times, wave=broadcast.wave + 1, state=BroadcastState.SCHEDULED)


def plan_some(store: Store, gateway: Gateway, clock: Clock) -> bool:
    """Put down one page of recipients of a broadcast that is not planned whole. Whether there was one."""
    with store.reading() as session:
        numbers = [each.id for each in sending_now(session) if each.planned_at is None]
    return bool(numbers) and _plan_page(store, gateway, clock, numbers[0])


def _plan_page(store: Store, gateway: Gateway, clock: Clock, number: int) -> bool:
    with store.transaction() as session:
        broadcast = held(session, number)
        if broadcast is None or broadcast.state != BroadcastState.SENDING or broadcast.planned_at is not None:
            return True
        upto = page_end(session, broadcast.plan_after, PAGE)
        if upto is not None:
            span = (broadcast.plan_after, upto)
            sending = sending_of(broadcast, clock())
            broadcast.planned += put_down(session, broadcast.id, broadcast.rule, sending, span)
            broadcast.plan_after = upto
            return True
    return _check_words(store, gateway, clock, number)


def _check_words(store: Store, gateway: Gateway, clock: Clock, number: int) -> bool:
    """All are put down: ask LINE whether it takes the messages, before anybody gets one. Raises GatewayError."""
    with store.reading() as session:
        planned = session.get_one(Broadcast, number)
        arms = range(len(planned.wordings))
        faces = [composed(session, planned, arm, language) for arm in arms for language in LANGUAGES]
    refused = ""
    for messages in faces:
        try:
            gateway.validate(messages)
        except Rejected as error:
            refused = error.reason
    with store.transaction() as session:
        broadcast = held(session, number)
        if broadcast is None or broadcast.planned_at is not None:
            return True
        if refused:
            pause(session, broadcast, Cause.REFUSED, refused)
        else:
            look_over(session)
            broadcast.planned_at = clock()
            log.info("broadcast planned", broadcast=number, recipients=broadcast.planned)
    return True


def pause(session: Session, broadcast: Broadcast, cause: Cause, reason: str = "") -> None:
    """Send nothing more until somebody has seen to the cause. Only what is being sent is paused."""
    if broadcast.state == BroadcastState.SENDING:
        broadcast.state, broadcast.cause, broadcast.reason = BroadcastState.PAUSED, cause, reason[:500]
        log.warning("broadcast paused", broadcast=broadcast.id, cause=cause)


def sweep(store: Store, clock: Clock) -> int:
    """Forget who got what was sent long ago, and end what is in doubt for good. Returns how many rows went."""
    too_old = int(clock().timestamp() * 1000) - KEY_LIFE_MS
    with store.transaction() as session:
        give_up_doubtful(session, too_old, UNKNOWN)
    with store.reading() as session:
        numbers = ended_before(session, clock() - RECIPIENTS_KEPT)
    gone = 0
    for number in numbers:
        while True:
            with store.transaction() as session:
                some = forget_recipients(session, number, PAGE)
                if not some:
                    session.get_one(Broadcast, number).plan_after = 0
            gone += some
            if not some:
                break
    return gone
