"""Answered events per second: from the inbox to the stand-in of LINE, and all the way from the webhook."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.store.base import Store
from bot.store.mail import depth
from tests.bench import town
from tests.bench.driver import CONNECTIONS
from tests.bench.places import POSTGRES, SQLITE, Place, place
from tests.bench.tables import show
from tests.programs import ROOT, SECRET, TOKEN, khaojai, until, web

HOW = f"""\
One event each of citizens who gave consent, a fresh database for every line. "waiting": the events are in the inbox
before the clock starts; it stops when every answer was taken by the stand-in of LINE, a process of its own, and that is
written down. "arriving": from the first signed webhook ({CONNECTIONS} kept connections, as fast as they are answered)
to the last answer. Free words are tagged, matched to a project and filed; a step is a tap that answers a question.
Ceiling: bare HTTP reply calls of one text to the same stand-in, {CONNECTIONS} connections, in the same run.
CPU: that of the workers (arriving: of the web process too), without the database's and the stand-in's."""

WORDS, STEPS = "free words", "interview steps"


@dataclass(frozen=True)
class Case:
    """What is answered, in which database, by how many workers."""

    what: str
    kind: str
    workers: int = 1


CASES = [
    Case(what, kind, workers)
    for what in (WORDS, STEPS)
    for kind, workers in ((SQLITE, 1), (POSTGRES, 1), (POSTGRES, 2))
]
QUICK = [Case(WORDS, SQLITE), Case(STEPS, POSTGRES)]

_series = (f"answer{number}x" for number in count())


@dataclass(frozen=True)
class Figures:
    """What one line of the table measured: events a second, CPU µs an event."""

    name: str
    rate: float
    cpu_us: float


def main(quick: bool = False) -> None:
    """Measure and print."""
    people = 50 if quick else 1_000
    with place() as here:
        _, line = here.line()
        ceiling = _ceiling(line, people * 2)
        found = [waiting(here, line, people, case) for case in (QUICK if quick else CASES)]
        found += [arriving(here, line, people, kind) for kind in ((SQLITE,) if quick else (SQLITE, POSTGRES))]
        ceiling = (ceiling + _ceiling(line, people * 2)) / 2
    rows = [(each.name, f"{each.rate:,.0f}", f"{each.rate / ceiling:.2f}", f"{each.cpu_us:,.0f}") for each in found]
    rows.append(("bare reply calls: the stand-in's ceiling", f"{ceiling:,.0f}", "1.00", ""))
    heads = ("events answered", "per second", "to ceiling", "CPU µs each")
    show("Answers", f"{HOW}\n{people:,} events a line.", heads, rows)


def _ceiling(line: str, calls: int) -> float:
    command = [sys.executable, "-m", "tests.bench.replies", line.rpartition(":")[2], str(calls), TOKEN]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    told = json.loads(done.stdout)
    assert not told["failed"], "the stand-in refused bare replies"
    return calls / float(told["seconds"])


class Workers:
    """Worker processes that work when told to."""

    def __init__(self, here: Place, url: str, line: str, workers: int) -> None:
        command = [sys.executable, "-m", "tests.bench.answering", url, line, str(here.folder)]
        log = (here.folder / "workers.log").open("ab")
        self._running = [
            subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1
            )
            for _ in range(workers)
        ]
        for each in self._running:
            assert self._said(each) == "ready\n"

    def work(self) -> tuple[float, float]:
        """Let them answer all there is. (seconds, CPU seconds)"""
        for each in self._running:
            assert each.stdin
            each.stdin.write("work\n")
        told = [json.loads(self._said(each)) for each in self._running]
        seconds = max(each["ended"] for each in told) - min(each["began"] for each in told)
        return seconds, sum(each["cpu"] for each in told)

    @staticmethod
    def _said(worker: "subprocess.Popen[str]") -> str:
        assert worker.stdout
        return worker.stdout.readline()

    def close(self) -> None:
        """Let them go."""
        for each in self._running:
            each.communicate(timeout=20)


def waiting(here: Place, line: str, people: int, case: Case) -> Figures:
    """Answer events that stand in the inbox."""
    url = here.database(case.kind)
    store = Store(url)
    town.settle(store, people)
    running = Workers(here, url, line, case.workers)
    events: Sequence[dict[str, Any]] = town.words(next(_series), people)
    if case.what == STEPS:
        town.arrive(store, town.beginnings(next(_series), people))
        running.work()
        events = town.first_answers(store, next(_series))
    assert len(events) == people
    town.arrive(store, events)
    seconds, cpu = running.work()
    _all_answered(store)
    running.close()
    store.close()
    counted = "1 worker" if case.workers == 1 else f"{case.workers} workers"
    return Figures(f"{case.what} waiting, {case.kind}, {counted}", people / seconds, cpu / people * 1e6)


def arriving(here: Place, line: str, people: int, kind: str) -> Figures:
    """Take webhooks and answer them: on SQLite in one process, on PostgreSQL with a worker of its own."""
    folder = here.folder / f"arriving-{kind}"
    folder.mkdir()
    store = Store(here.database(kind))
    town.settle(store, people)
    settings = {
        "database_url": store.url,
        "data_dir": folder,
        "line_channel_secret": SECRET,
        "line_channel_access_token": TOKEN,
        "line_api_url": line,
        "web_concurrency": 1,
        "broker_url": here.broker() if kind == POSTGRES else "",
    }
    with web(folder / "web.log", **settings) as (program, address):
        programs = [program]
        if kind == POSTGRES:
            programs.append(here.stack.enter_context(khaojai("worker", folder / "worker.log", **settings)))
            programs[-1].wait_for(lambda: "looks for events" in programs[-1].wrote(), "a worker")
        else:
            time.sleep(3)  # what is needed for tagging is loaded in the background
        used = sum(each.cpu() for each in programs)
        began = time.monotonic()
        _drive(address, people)
        until(lambda: not any(_depth(store).values()), "every answer", 120)
        seconds = time.monotonic() - began
        used = sum(each.cpu() for each in programs) - used
    _all_answered(store)
    store.close()
    layout = "all in one process" if kind == SQLITE else "web and 1 worker, woken over Redis"
    return Figures(f"free words arriving, {kind}, {layout}", people / seconds, used / people * 1e6)


def _drive(address: str, people: int) -> None:
    command = [sys.executable, "-m", "tests.bench.driver", address.rpartition(":")[2], "/line/webhook", str(people)]
    done = subprocess.run([*command, next(_series), SECRET], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not json.loads(done.stdout)["failed"], "webhooks were refused"


def _depth(store: Store) -> dict[str, int | None]:
    with store.reading() as session:
        return depth(session)


def _all_answered(store: Store) -> None:
    left = _depth(store)
    assert not any(left.values()), f"not everything was answered: {left}"
