"""How a broadcast goes, and what came of it: figures of the database, never of recipients' names."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from bot.broadcasts.invitations import unit
from bot.dates import quiet
from bot.store.base import Session
from bot.store.broadcasts import OPEN_BATCHES, BatchState, Broadcast, BroadcastState, batches_by
from bot.store.following import begun, left_at
from bot.store.interviews import InterviewStatus


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come. `planned`: put down so far (all, once `whole`); `sent`, `failed`, `dropped` (they blocked
    us, opted out… meanwhile), `erased`: the ends of those; `open`: in batches that are under way; `left`: still to be
    made up. `resting`: it waits for the morning.
    """

    state: str
    cause: str
    reason: str
    whole: bool
    planned: int
    sent: int
    failed: int
    dropped: int
    erased: int
    open: int
    left: int
    resting: bool

    @property
    def done(self) -> int:
        """How many have come to an end, one way or the other."""
        return self.sent + self.failed + self.dropped + self.erased


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one wording (or of all): sent, failed; surveys begun of it, finished, stopped, expired, running.

    `opened` and `clicked` are LINE's own counts of people, None where LINE gives none (fewer than 20, or not yet).
    """

    sent: int = 0
    failed: int = 0
    begun: int = 0
    completed: int = 0
    stopped: int = 0
    expired: int = 0
    running: int = 0
    opened: int | None = None
    clicked: int | None = None

    @property
    def response(self) -> float | None:
        """The part of those it was sent to who began the survey."""
        return self.begun / self.sent if self.sent else None

    @property
    def completion(self) -> float | None:
        """The part of those who began who finished."""
        return self.completed / self.begun if self.begun else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """All of it; by wording (`arms`, in the order of `wordings`) and in whole; why some failed, were left out at the
    planning, dropped since; and where those who began but did not finish stand: {question: how many}."""

    whole: Outcome
    arms: tuple[Outcome, ...]
    units: tuple[str, ...]
    languages: dict[str, int]
    failed: dict[str, int]
    excluded: dict[str, int]
    dropped: dict[str, int]
    left_at: dict[str, int]
    line_at: datetime | None = field(default=None)


def progress(session: Session, broadcast: Broadcast, at: datetime) -> Progress:
    """How far a broadcast has come at this moment."""
    sizes: Counter[str] = Counter()
    for state, _, _, _, _, people in batches_by(session, broadcast.id):
        sizes[state] += people
    sent, failed = sizes[BatchState.SENT], sizes[BatchState.FAILED]
    under_way = sum(sizes[each] for each in OPEN_BATCHES)
    dropped = sum(count for name, count in broadcast.dropped.items() if name != "erased")
    erased = broadcast.dropped.get("erased", 0)
    return Progress(
        state=broadcast.state,
        cause=broadcast.cause,
        reason=broadcast.reason,
        whole=broadcast.planned_at is not None,
        planned=broadcast.planned,
        sent=sent,
        failed=failed,
        dropped=dropped,
        erased=erased,
        open=under_way,
        left=max(0, broadcast.planned - sent - failed - dropped - erased - under_way),
        resting=quiet(at) and (broadcast.state == BroadcastState.SENDING or _is_due(broadcast, at)),
    )


def _is_due(broadcast: Broadcast, at: datetime) -> bool:
    return broadcast.state == BroadcastState.SCHEDULED and (broadcast.send_at is None or broadcast.send_at <= at)


def statistics(session: Session, broadcast: Broadcast) -> Statistics:
    """What came of a broadcast so far."""
    arms = range(max(1, len(broadcast.wordings)))
    sizes: Counter[tuple[str, int]] = Counter()
    languages: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for state, arm, language, reason, _, people in batches_by(session, broadcast.id):
        sizes[state, arm] += people
        if state == BatchState.SENT:
            languages[language] += people
        elif state == BatchState.FAILED:
            failed[reason] += people
    statuses = begun(session, broadcast.id)
    told = tuple(_outcome(broadcast, arm, sizes, statuses) for arm in arms)
    return Statistics(
        whole=_together(told),
        arms=told,
        units=tuple(unit(broadcast, arm) for arm in arms),
        languages=dict(languages),
        failed=dict(failed),
        excluded=dict(broadcast.excluded),
        dropped=dict(broadcast.dropped),
        left_at=left_at(session, broadcast.id),
        line_at=broadcast.figures_at,
    )


def _outcome(
    broadcast: Broadcast, arm: int, sizes: Counter[tuple[str, int]], statuses: dict[tuple[int, str], int]
) -> Outcome:
    of = {status: statuses.get((arm, status), 0) for status in InterviewStatus}
    line = broadcast.line_figures.get(str(arm), {})
    return Outcome(
        sent=sizes[BatchState.SENT, arm],
        failed=sizes[BatchState.FAILED, arm],
        begun=sum(of.values()),
        completed=of[InterviewStatus.COMPLETED],
        stopped=of[InterviewStatus.STOPPED],
        expired=of[InterviewStatus.EXPIRED],
        running=of[InterviewStatus.ASKING] + of[InterviewStatus.PAUSED],
        opened=line.get("opened"),
        clicked=line.get("clicked"),
    )


def _together(arms: tuple[Outcome, ...]) -> Outcome:
    def total(name: str) -> int:
        return sum(getattr(each, name) for each in arms)

    def known(name: str) -> int | None:
        found = [getattr(each, name) for each in arms]
        return None if None in found else sum(found)

    counts = ("sent", "failed", "begun", "completed", "stopped", "expired", "running")
    return Outcome(**{name: total(name) for name in counts}, opened=known("opened"), clicked=known("clicked"))
