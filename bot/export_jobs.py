"""Exports that officials ask for in the console: made in the background, kept for a week, given to their maker alone.

The row in the database is what is to be done; a process holds it by a lease and renews that while it writes, so that
one that is killed leaves the export to the next, which begins it anew. Rights are those of the moment of making, and
are asked again when the file is fetched. Beside each file lie the ids of its entries: a file in which somebody stands
who was erased meanwhile, or took words back, is never given out again, and is removed at the clock's next look.
"""

import time
import uuid
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.errors import Refused
from bot.exports.exporting import FORMATS, Order, export
from bot.rights import sight_of
from bot.store.accounts import Account, Role
from bot.store.base import Clock, Session, Store
from bot.store.export_jobs import ExportJob, JobState, forget_jobs, kept_files, next_due, pending, words_went
from bot.store.exporting import Filed
from bot.store.seeking import Sought

log = structlog.get_logger()

FOLDER, DICTIONARY = "exports", "-dictionary"
KEPT = timedelta(days=7)
STRAY = timedelta(days=1)
REMEMBERED = timedelta(days=90)
LEASE = timedelta(minutes=2)
# An erasure may be written down this much after the moment it bears.
LATE = timedelta(minutes=2)
ATTEMPTS = 3
MOST_PENDING = 3
LONGEST_PURPOSE = 300
# How often progress is written down, in seconds.
TOLD_EVERY = 0.5
UNMASKERS = (Role.OFFICIAL, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: a format, a filter as a query string, and the purpose if it is to be unmasked."""

    format: str
    query: str
    unmasked: bool = False
    purpose: str = ""


def ask(session: Session, account: Account, wish: Wish, at: datetime) -> ExportJob:
    """Put an export in line. Raises Refused for a format, a purpose or a role that will not do, or for too many."""
    purpose = wish.purpose.strip() if wish.unmasked else ""
    if wish.format not in FORMATS:
        raise Refused("export.format")
    if wish.unmasked and account.role not in UNMASKERS:
        raise Refused("export.role")
    if wish.unmasked and not 0 < len(purpose) <= LONGEST_PURPOSE:
        raise Refused("export.purpose", most=LONGEST_PURPOSE)
    if pending(session, account.id) >= MOST_PENDING:
        raise Refused("export.too_many", most=MOST_PENDING)
    query = Sought.of(wish.query, me=account.id).query
    job = ExportJob(account_id=account.id, format=wish.format, query=query, purpose=purpose, asked_at=at)
    session.add(job)
    session.flush()
    return job


def own(session: Session, account: Account, number: int) -> ExportJob:
    """The account's own export. Raises Refused("not_found"): also where it holds what they may not see any more."""
    job = session.get(ExportJob, number)
    if job is None or job.account_id != account.id:
        raise Refused("not_found")
    sight = sight_of(session, account)
    if not all(sight.covers(each) for each in job.covers) or (job.purpose and account.role not in UNMASKERS):
        raise Refused("not_found")
    return job


def file_of(session: Session, job: ExportJob, data_dir: Path, at: datetime) -> Path:
    """The file of an export. Raises Refused("not_found") where there is none that may be given out."""
    path = data_dir / FOLDER / job.file
    expired = job.state != JobState.DONE or job.expires_at is None or job.expires_at <= at
    if expired or not path.is_file() or _holds_what_went(session, job, path):
        raise Refused("not_found")
    return path


def make_next(store: Store, clock: Clock, data_dir: Path) -> bool:
    """Make the export whose turn it is. Whether there was one."""
    with store.transaction() as session:
        job = next_due(session, clock())
        if job is None:
            return False
        job.attempts += 1
        job.state, job.leased_until, job.done = JobState.WORKING, clock() + LEASE, 0
        if job.attempts > ATTEMPTS:
            _end(job, JobState.FAILED, clock(), error="broken")
            return True
    _make(store, clock, data_dir / FOLDER, job)
    return True


def _make(store: Store, clock: Clock, folder: Path, job: ExportJob) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = _Made(store, clock, job)
    name = f"{uuid.uuid4().hex}.{job.format}"
    try:
        order = _order(store, job)
        export(store, clock, order, folder / name, made.counted)
    except Refused as refused:
        made.end(JobState.FAILED, error=refused.code)
        return
    except _LeaseLost:
        log.warning("export left to another process", export=job.id)
        return
    except Exception:
        log.exception("export failed", export=job.id)
        made.end(JobState.FAILED, error="broken")
        return
    _beside(folder / name).write_bytes(made.ids.tobytes())
    if not made.end(JobState.DONE, file=name, size=(folder / name).stat().st_size):
        _drop(folder / name)


def _order(store: Store, job: ExportJob) -> Order:
    """The order, with the rights of now. Raises Refused("export.role") where the account may not any more."""
    with store.reading() as session:
        account = session.get_one(Account, job.account_id)
        if not account.active or (job.purpose and account.role not in UNMASKERS):
            raise Refused("export.role")
        sought = Sought.of(job.query, me=account.id)
        return Order(job.format, account.actor, sought, job.purpose, sight_of(session, account))


class _LeaseLost(Exception):
    """Another process has taken the export over."""


class _Made:
    """An export being made: counts what goes by, keeps its ids, and writes the progress and the end down."""

    def __init__(self, store: Store, clock: Clock, job: ExportJob) -> None:
        self._store, self._clock = store, clock
        self._job, self._attempt, self._began = job.id, job.attempts, clock()
        self._covers: set[int | None] = set()
        self.ids = array("Q")

    def counted(self, filed: Iterator[Filed], total: int) -> Iterator[Filed]:
        """The same entries. Raises _LeaseLost."""
        self._tell(0, total)
        told = time.monotonic()
        for each in filed:
            self.ids.append(each.entry.id)
            self._covers.add(each.entry.project_id)
            if time.monotonic() - told > TOLD_EVERY:
                self._tell(len(self.ids), total)
                told = time.monotonic()
            yield each

    def end(self, state: JobState, **facts: object) -> bool:
        """Write the end down. Whether the export was still this process's."""
        with self._store.transaction() as session:
            job = self._mine(session)
            if job is None:
                return False
            job.checked_at, job.covers = self._began - LATE, sorted(self._covers, key=lambda each: each or 0)
            job.done, job.total = len(self.ids), len(self.ids) if state == JobState.DONE else job.total
            _end(job, state, self._clock(), **facts)
        return True

    def _tell(self, done: int, total: int) -> None:
        with self._store.transaction() as session:
            job = self._mine(session)
            if job is None:
                raise _LeaseLost
            job.done, job.total, job.leased_until = done, total, self._clock() + LEASE

    def _mine(self, session: Session) -> ExportJob | None:
        job = session.get(ExportJob, self._job, with_for_update=True)
        return job if job and (job.state, job.attempts) == (JobState.WORKING, self._attempt) else None


def _end(job: ExportJob, state: JobState, at: datetime, **facts: object) -> None:
    job.state, job.ended_at, job.leased_until = state, at, None
    job.expires_at = at + KEPT if state == JobState.DONE else None
    for name, value in facts.items():
        setattr(job, name, value)


def sweep(store: Store, clock: Clock, data_dir: Path) -> int:
    """Remove files that are a week old, and those that hold what citizens took back since. Returns how many."""
    gone = []
    at = clock()
    with store.transaction() as session:
        for job in kept_files(session):
            path = data_dir / FOLDER / job.file
            if (job.expires_at and job.expires_at <= at) or not path.is_file() or _holds_what_went(session, job, path):
                job.state = JobState.GONE
                gone.append(path)
            else:
                job.checked_at = at - LATE
        forget_jobs(session, at - REMEMBERED)
        kept = {Path(each.file).stem for each in kept_files(session)}
    for path in gone:
        _drop(path)
    _drop_strays(data_dir / FOLDER, kept, at)
    return len(gone)


def _drop_strays(folder: Path, kept: set[str], at: datetime) -> None:
    """Remove what a process left that was killed while it wrote."""
    for path in folder.glob("*"):
        stem = path.name.removeprefix(".").partition(".")[0].removesuffix(DICTIONARY)
        if stem not in kept and path.stat().st_mtime < (at - STRAY).timestamp():
            path.unlink(missing_ok=True)


def _holds_what_went(session: Session, job: ExportJob, path: Path) -> bool:
    ids = array("Q")
    beside = _beside(path)
    if not beside.is_file():
        return True
    ids.frombytes(beside.read_bytes())
    return words_went(session, ids, job.checked_at or job.asked_at)


def _beside(path: Path) -> Path:
    """Where the ids of a file's entries lie: eight bytes each, in the file's order."""
    return path.with_suffix(".ids")


def dictionary_of(path: Path) -> Path:
    """Where CSV's explanation of its columns lies: the other formats hold theirs, or need none."""
    return path.with_name(f"{path.stem}{DICTIONARY}.csv")


def _drop(path: Path) -> None:
    path.unlink(missing_ok=True)
    dictionary_of(path).unlink(missing_ok=True)
    _beside(path).unlink(missing_ok=True)
