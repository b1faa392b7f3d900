"""Runs of the scripted citizens that were asked for in the console: played in the background, their reports kept.

The row in the database is what is to be done; a process holds it by a lease that it renews with every person, so that
one that is killed leaves the run to the next, which begins it anew. It plays the draft as it was when it was asked for.
"""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.errors import Refused
from bot.interview import reading
from bot.rehearsals.play import Played
from bot.rehearsals.report import Report, rehearse
from bot.store.accounts import Account
from bot.store.audit import By, note
from bot.store.base import Clock, Session, Store
from bot.store.rehearsals import RehearsalRun, RunState, next_due, pending, runs_of
from bot.store.surveys import Survey

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
ATTEMPTS = 3
# Reports of a survey that are kept: each holds twenty conversations.
MOST_KEPT = 10


def ask(session: Session, survey: Survey, account: Account, at: datetime) -> RehearsalRun:
    """Put a run in line.

    Raises Refused("rehearsal.running") where one is under way, Refused("survey.invalid", problems=...) where the draft
    is not fit to be asked.
    """
    reading.read(survey.draft)
    if pending(session, survey.id) is not None:
        raise Refused("rehearsal.running")
    for old in runs_of(session, survey.id, 1000)[MOST_KEPT - 1 :]:
        session.delete(old)
    run = RehearsalRun(survey_id=survey.id, account_id=account.id, draft=survey.draft, asked_at=at)
    session.add(run)
    session.flush()
    note(session, By(account.actor, at), "rehearsal.run", survey=survey.slug, run=run.id)
    return run


def run_of(session: Session, survey: Survey, number: int) -> RehearsalRun:
    """The survey's run of this number. Raises Refused("not_found")."""
    run = session.get(RehearsalRun, number)
    if run is None or run.survey_id != survey.id:
        raise Refused("not_found")
    return run


def play_next(store: Store, clock: Clock) -> bool:
    """Play the run whose turn it is. Whether there was one."""
    with store.transaction() as session:
        run = next_due(session, clock())
        if run is None:
            return False
        run.attempts += 1
        run.state, run.leased_until, run.done = RunState.WORKING, clock() + LEASE, 0
        if run.attempts > ATTEMPTS:
            _end(run, RunState.FAILED, clock(), error="broken")
            return True
    _play(store, clock, run)
    return True


def _play(store: Store, clock: Clock, run: RehearsalRun) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="khaojai-rehearsal-") as folder:
            for told in rehearse(run.draft, Path(folder)):
                if not _tell(store, clock, run, told):
                    log.warning("rehearsal left to another process", run=run.id)
                    return
    except Refused as refused:
        _fail(store, clock, run, refused.code)
    except Exception:
        log.exception("rehearsal failed", run=run.id)
        _fail(store, clock, run, "broken")


def _tell(store: Store, clock: Clock, run: RehearsalRun, told: Played | Report) -> bool:
    """Write down one more person, or the report. Whether the run was still this process's."""
    with store.transaction() as session:
        mine = _mine(session, run)
        if mine is None:
            return False
        if isinstance(told, Report):
            mine.report, mine.verdict = told.to_data(), told.verdict
            _end(mine, RunState.DONE, clock())
        else:
            mine.done, mine.leased_until = mine.done + 1, clock() + LEASE
    return True


def _fail(store: Store, clock: Clock, run: RehearsalRun, error: str) -> None:
    with store.transaction() as session:
        if (mine := _mine(session, run)) is not None:
            _end(mine, RunState.FAILED, clock(), error=error)


def _mine(session: Session, run: RehearsalRun) -> RehearsalRun | None:
    row = session.get(RehearsalRun, run.id, with_for_update=True)
    return row if row and (row.state, row.attempts) == (RunState.WORKING, run.attempts) else None


def _end(run: RehearsalRun, state: RunState, at: datetime, error: str = "") -> None:
    run.state, run.ended_at, run.leased_until, run.error = state, at, None, error
