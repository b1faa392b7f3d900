"""What LINE counted of a broadcast, by wording: asked once in some hours for a fortnight, as long as it counts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import structlog

from bot.broadcasts.invitations import unit
from bot.line.gateway import Gateway, GatewayError
from bot.store.base import Clock, Session, Store
from bot.store.broadcasts import Broadcast, uncounted

log = structlog.get_logger()

# LINE counts days in UTC+9, and goes on for 14 days; 60 questions an hour are allowed (Messaging API reference).
JAPAN = timezone(timedelta(hours=9))
COUNTED_FOR = timedelta(days=15)
ASK_EVERY = timedelta(hours=6)
AT_ONCE = 10


def fetch_figures(store: Store, line: Callable[[], Gateway], clock: Clock) -> int:
    """Ask LINE about some broadcasts whose figures are old. Returns how many were asked about."""
    at = clock()
    with store.reading() as session:
        numbers = uncounted(session, at - COUNTED_FOR, at - ASK_EVERY, AT_ONCE)
    for number in numbers:
        with store.reading() as session:
            units = _units(session, number)
        try:
            found = {str(arm): line().unit_figures(name, *_span(began, at)) for arm, name, began in units}
        except GatewayError as error:
            log.warning("figures not told", broadcast=number, error=type(error).__name__)
            found = {}
        with store.transaction() as session:
            broadcast = session.get_one(Broadcast, number)
            broadcast.figures_at = at
            if found:
                told = {arm: {"opened": each.opened, "clicked": each.clicked} for arm, each in found.items()}
                broadcast.line_figures = told
    return len(numbers)


def _units(session: Session, number: int) -> list[tuple[int, str, datetime]]:
    broadcast = session.get_one(Broadcast, number)
    assert broadcast.started_at is not None
    return [(arm, unit(broadcast, arm), broadcast.started_at) for arm in range(len(broadcast.wordings))]


def _span(began: datetime, at: datetime) -> tuple[date, date]:
    return began.astimezone(JAPAN).date(), at.astimezone(JAPAN).date()
