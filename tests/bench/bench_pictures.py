"""How long the pictures take over many entries: from counts that are kept, and against counting everything anew."""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bot.pictures.looking import look
from bot.store.accounts import Role
from bot.store.base import Store
from bot.store.seeking import Sought
from bot.store.sight import Sight
from bot.store.tallies import Span, counted, roll
from bot.store.tallying import Facet, count_days
from tests.bench.places import POSTGRES, SQLITE, place
from tests.bench.tables import show
from tests.conftest import SetClock
from tests.crowd import Crowd
from tests.handlers.console.office import office

COUNTS = {SQLITE: 100_000, POSTGRES: 1_000_000}
HOW = (
    "Median of five, in milliseconds. `kept`: all counts read from the tallies; `a day anew`: the same with today's "
    "entries counted live; `all anew`: counted from the entries, once; pages: the whole answer of Flask's test client."
)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
EVERYTHING = Sight(None, unsorted=True)


def median(work: Callable[[], object], times: int = 5) -> float:
    """How long it takes, in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def measured(url: str, count: int, folder: Path) -> list[list[str]]:
    """Fill a store, keep its counts, and look at it."""
    store = Store(url)
    Crowd(store, NOW, count, days=730).fill()
    started, rounds = time.perf_counter(), 0
    while _rolled(store):
        rounds += 1
    rolled = time.perf_counter() - started
    served = office(store, SetClock(NOW), folder)
    person = served.officer(Role.ADMIN)

    def page(path: str) -> float:
        return median(lambda: person.get(path))

    rows = [
        ["kept: everything", f"{median(lambda: _kept(store, Span())):.0f}"],
        ["kept: 90 days", f"{median(lambda: _kept(store, Span(date(2026, 8, 24), None))):.0f}"],
        ["all anew", f"{median(lambda: _anew(store), 1):.0f}"],
        ["page: overview", f"{page('/console/overview'):.0f}"],
        ["page: overview, 90 days", f"{page('/console/overview?since=2026-08-24'):.0f}"],
        ["page: projects", f"{page('/console/projects'):.0f}"],
        ["page: a project", f"{page('/console/projects/road-safety'):.0f}"],
        ["page: its report", f"{page('/console/projects/road-safety/report'):.0f}"],
    ]
    Crowd(store, NOW, 50, days=1, seed=2).fill()
    rows.insert(2, ["a day anew: everything", f"{median(lambda: _kept(store, Span())):.0f}"])
    rows.append(
        [f"the clock keeps counts, a batch of 31 days ({rounds} batches)", f"{rolled * 1000 / max(rounds, 1):.0f}"]
    )
    store.close()
    return rows


def _rolled(store: Store) -> int:
    with store.transaction() as session:
        return roll(session)


def _kept(store: Store, span: Span) -> None:
    with store.snapshot() as session:
        counted(session, EVERYTHING, span)


def _anew(store: Store) -> None:
    with store.snapshot() as session:
        days = {date.fromisoformat(day) for day in look(session, EVERYTHING, Sought(), "th", NOW.date()).of(Facet.DAY)}
        count_days(session, days)


def main(sqlite: int = COUNTS[SQLITE], postgres: int = COUNTS[POSTGRES]) -> None:
    """Measure on both databases and print."""
    for kind, count in ((SQLITE, sqlite), (POSTGRES, postgres)):
        with place() as bench:
            rows = measured(bench.database(kind), count, bench.folder)
            show(f"Pictures over {count:,} entries, {kind}", HOW, ["what", "ms"], rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
