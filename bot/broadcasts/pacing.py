"""How fast, and how much is left: one row in the database, which every worker holds while it makes up batches.

A call's turn is reserved when its batch is made up, in the same transaction, so keeping the pace costs no trip of its
own. LINE says "too fast": the gap between calls doubles, and shrinks again once it has been quiet.
"""

import time
from dataclasses import dataclass

from bot.line.gateway import Gateway, GatewayError, Rejected
from bot.store.base import Clock, Session, Store
from bot.store.batches import FASTEST_US, held_pace, in_flight, pace_of
from bot.store.broadcasts import LinePace

SLOWEST_US = 2_000_000
BACK_OFF_US = 1_000_000
FARTHEST_US = 5_000_000
CALM_MS = 10_000
ASK_EVERY_MS = 60_000


def wall_us() -> int:
    """The time on the wall, in microseconds since 1970: LINE's limits know no other."""
    return time.time_ns() // 1_000


def reserve(pace: LinePace, calls: int) -> list[int]:
    """The times (microseconds) at which so many calls may be made. The caller holds the row."""
    now = wall_us()
    if pace.gap_us > FASTEST_US and now // 1_000 - pace.slowed_ms > CALM_MS:
        pace.gap_us, pace.slowed_ms = max(FASTEST_US, pace.gap_us // 2), now // 1_000
    first = max(pace.next_us, now)
    pace.next_us = first + calls * pace.gap_us
    return [first + place * pace.gap_us for place in range(calls)]


def is_crowded(pace: LinePace) -> bool:
    """Whether the turns that are reserved reach so far ahead that a batch made up now would be old before its turn."""
    return pace.next_us - wall_us() > FARTHEST_US


def slow_down(session: Session) -> None:
    """LINE said that it was too fast."""
    pace, now = held_pace(session), wall_us()
    pace.gap_us = min(pace.gap_us * 2, SLOWEST_US)
    pace.next_us = max(pace.next_us, now) + BACK_OFF_US
    pace.slowed_ms = now // 1_000


@dataclass(frozen=True, slots=True)
class Quota:
    """The month's messages as LINE told them: all, used, and left for broadcasts (the reserve taken off); None: no
    limit. `asked_ms`: when, 0 for never."""

    all: int | None
    used: int
    left: int | None
    asked_ms: int


def quota(session: Session) -> Quota:
    """What is known of the month's messages."""
    pace = pace_of(session)
    return Quota(pace.quota, pace.used, pace.quota_left, pace.quota_ms) if pace else Quota(None, 0, None, 0)


def refresh(store: Store, gateway: Gateway, clock: Clock, kept: int) -> bool:
    """Ask LINE for the quota where that is a minute ago; `kept` messages are for answers by push.

    Whether it is known: where LINE does not answer, what it told before counts for a while longer.
    """
    now_ms = int(clock().timestamp() * 1000)
    with store.reading() as session:
        before = quota(session)
    if 0 <= now_ms - before.asked_ms < ASK_EVERY_MS:
        return True
    try:
        most, used = gateway.quota(), gateway.consumption()
    except Rejected:
        most, used = None, 0
    except GatewayError:
        return before.asked_ms > 0
    with store.transaction() as session:
        pace = held_pace(session)
        pace.quota, pace.used, pace.quota_ms = most, used, now_ms
        pace.quota_left = None if most is None else max(0, most - used - kept - in_flight(session))
    return True
