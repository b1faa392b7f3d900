"""Broadcasts measured: recipients planned and sent a second, and peak memory, beside the stand-in's own ceiling.

    python -m tests.bench.bench_broadcasts [PEOPLE]

The ceiling is what bare HTTP calls of the same bodies come to, over as many connections, with no store and no pace.
"""

import json
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import urllib3
from sqlalchemy import insert

from bot.broadcasts import following, planning
from bot.broadcasts.sending import SENDERS, Sender
from bot.conversations.consent import VERSION
from bot.line.live import LiveGateway
from bot.store.base import Store
from bot.store.broadcasts import Broadcast, BroadcastState
from bot.store.people import Contact
from tests.bench.bench_export import _peak
from tests.bench.places import POSTGRES, SQLITE, place
from tests.bench.tables import show
from tests.bot.broadcasts.office import NOON, OTHER, WORDING, approved
from tests.programs import TOKEN

PEOPLE = 1_000_000
BATCH = 10_000
BARE_CALLS = 400
MULTICAST = "/v2/bot/message/multicast"
HEADS = (
    "database",
    "planned/s",
    "sent/s",
    "calls/s",
    "bare calls/s",
    "of bare",
    "peak MB",
    "over idle",
    "twice/missed",
)
HOW = """\
Two wordings, five languages, one process with two sending threads; LINE's limit of 200 calls a second (100,000
recipients) is kept. Bare: urllib3 sends full batches to the same stand-in as fast as it takes them. Peak is VmHWM of
the sending process, idle the same process before it begins."""


def fill(url: str, count: int) -> int:
    """So many citizens in five languages, and a broadcast to all of them that is approved. Gives its id."""
    store = Store(url)
    seen = {"first_seen_at": NOON, "last_seen_at": NOON, "consented_at": NOON, "consent_version": VERSION}
    languages = ["th"] * 16 + ["en", "my", "km", "lo"]
    for first in range(0, count, BATCH):
        rows = [
            seen | {"line_id": f"U{number:032x}", "language": languages[number % 20], "status": "active", "asked": ""}
            for number in range(first, min(first + BATCH, count))
        ]
        with store.transaction() as session:
            session.execute(insert(Contact), rows)
    with store.transaction() as session:
        number = approved(session, wordings=(WORDING, OTHER)).id
    store.close()
    return number


def measure(url: str, line: str, number: int) -> dict[str, float]:
    """Plan and send, in this process."""
    store, start = Store(url), time.time()
    gateway = LiveGateway((line, line), TOKEN)

    def clock() -> datetime:
        return NOON + timedelta(seconds=time.time() - start)

    sender = Sender(store, lambda: gateway, clock, 0)
    idle, began = _peak(), time.perf_counter()
    planning.begin_due(store, clock)
    while planning.plan_some(store, gateway, clock):
        pass
    planned = time.perf_counter() - began
    began = time.perf_counter()
    lanes = [threading.Thread(target=_send, args=(store, sender, number)) for _ in range(2)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    sent = time.perf_counter() - began
    with store.reading() as session:
        seen = following.progress(session, session.get_one(Broadcast, number), clock())
    spent = {"plan_s": planned, "send_s": sent, "idle_mb": idle, "peak_mb": _peak()}
    return {"people": seen.planned, "sent": seen.sent, **spent}


def _send(store: Store, sender: Sender, number: int) -> None:
    stopping = threading.Event()
    while True:
        worked = sender.turn(stopping)
        with store.reading() as session:
            if session.get_one(Broadcast, number).state != BroadcastState.SENDING:
                return
        if not worked:
            time.sleep(0.01)


def bare(line: str) -> float:
    """Calls a second of full batches, without us."""
    pool = urllib3.PoolManager(maxsize=SENDERS, block=True)
    to = [f"U{number:032x}" for number in range(500)]
    body = json.dumps({"to": to, "messages": [{"type": "text", "text": "ก" * 400}]}).encode()

    def call(_: int) -> None:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        answer = pool.request(
            "POST", line + MULTICAST, body=body, headers=headers | {"X-Line-Retry-Key": str(uuid.uuid4())}
        )
        assert answer.status == 200, answer.data

    with ThreadPoolExecutor(SENDERS) as callers:
        began = time.perf_counter()
        list(callers.map(call, range(BARE_CALLS)))
        return BARE_CALLS / (time.perf_counter() - began)


def _apart(url: str, line: str, number: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.bench_broadcasts", "--one", url, line, str(number)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main(count: int = PEOPLE) -> None:
    """Fill a store of each kind, send to everybody, and print what it took."""
    rows = []
    for kind in (SQLITE, POSTGRES):
        with place() as here:
            _, line = here.line()
            url = here.database(kind)
            number = fill(url, count)
            ceiling = bare(line)
            before = _calls(line)
            found = _apart(url, line, number)
            calls = _calls(line) - before
            rows.append(_row(kind, found, ceiling, calls))
    show(f"A broadcast to {count:,} citizens", HOW, HEADS, rows)


def _calls(line: str) -> int:
    told = urllib3.request("GET", f"{line}/control/calls", fields={"path": "none"}).json()
    return int(told["cursor"])


def _row(kind: str, found: dict[str, float], ceiling: float, calls: int) -> list[str]:
    speed = calls / found["send_s"]
    sent = found["sent"] / found["send_s"]
    figures = [f"{found['people'] / found['plan_s']:,.0f}", f"{sent:,.0f}", f"{speed:,.0f}", f"{ceiling:,.0f}"]
    memory = [f"{found['peak_mb']:.0f}", f"{found['peak_mb'] - found['idle_mb']:.0f}"]
    return [kind, *figures, f"{speed / ceiling:.2f}", *memory, f"{found['people'] - found['sent']:.0f}"]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
