"""What came of invitations: the interviews that were begun from them, counted."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.interviews import Interview, InterviewStatus

UNFINISHED = (InterviewStatus.ASKING, InterviewStatus.PAUSED, InterviewStatus.EXPIRED)


def begun(session: Session, broadcast_id: int) -> dict[tuple[int, str], int]:
    """{(arm, status): how many interviews} that a broadcast brought; rehearsals are none."""
    arm = func.coalesce(Interview.arm, 0)
    counted = (
        select(arm, Interview.status, func.count())
        .where(Interview.broadcast_id == broadcast_id, Interview.rehearsal.is_(False))
        .group_by(arm, Interview.status)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(counted)}


def left_at(session: Session, broadcast_id: int) -> dict[str, int]:
    """{question: how many stand at it} of interviews that a broadcast brought and that are not finished."""
    at = Interview.progress["at"].as_string()
    counted = (
        select(at, func.count())
        .where(
            Interview.broadcast_id == broadcast_id,
            Interview.rehearsal.is_(False),
            Interview.status.in_(UNFINISHED),
        )
        .group_by(at)
    )
    found: Counter[str] = Counter()
    for question, count in session.execute(counted):
        found[question or ""] += count
    found.pop("", None)
    return dict(found)
