"""Exports measured: rows a second and peak memory of each format, beside a bare csv writer of the same cells.

    python -m tests.bench.bench_export [ENTRIES] [DATABASE_URL]

Each measurement is a process of its own, so that its peak memory is its own. Without an address the store is SQLite.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.exports.exporting import FORMATS, Order, export
from bot.seed import seed
from bot.store.base import Session, Store, now
from bot.store.entries import Answer, Entry, EntryTag
from bot.store.exporting import Filed
from bot.store.migrating import migrate
from bot.store.people import Contact
from bot.store.seeking import Sought
from bot.store.surveys import newest_version, survey_by_slug
from tests.bench.tables import show

ENTRIES = 50_000
SURVEY = "road-safety-needs"
BATCH = 2_000
STORY = "รถชนกันบ่อยมากตรงแยกหน้าโรงเรียน ไฟถนนดับมาหลายเดือนแล้ว แจ้งไปก็ยังไม่มีใครมาดู อยากให้ช่วยแก้ไขโดยเร็ว "
FILED = datetime(2026, 1, 1, tzinfo=UTC)
HEADS = ("format", "rows/s", "rows/CPU s", "of bare", "peak MB", "over idle", "file MB")
HOW = """\
Each in a process of its own; peak is VmHWM, idle the same process without the export. Bare: csv.writer, writing a
thousand rows of the export's own cells over and over, with no store to read and no cell to make."""


def fill(url: str, count: int) -> None:
    """A store of `count` answered interviews: twelve answers or fewer and three tags each."""
    store = Store(url)
    migrate(store)
    with store.transaction() as session:
        seed(session, FILED)
        session.add(Contact(line_id="U" + "0" * 32, first_seen_at=FILED, last_seen_at=FILED))
        session.flush()
    pick = random.Random(7)
    for start in range(1, count + 1, BATCH):
        with store.transaction() as session:
            _fill_batch(session, range(start, min(start + BATCH, count + 1)), pick)
    store.close()


def _fill_batch(session: Session, ids: range, pick: random.Random) -> None:
    survey = survey_by_slug(session, SURVEY)
    version = newest_version(session, survey.id) if survey else None
    assert survey and version
    belongs = {"project_id": survey.project_id, "survey_id": survey.id, "version_id": version.id, "contact_id": 1}
    session.execute(insert(Entry), [belongs | _entry(number, pick) for number in ids])
    session.execute(insert(Answer), [each for number in ids for each in _answers(number, pick)])
    session.execute(insert(EntryTag), [each for number in ids for each in _tags(number, pick)])


def _entry(number: int, pick: random.Random) -> dict[str, Any]:
    text = STORY * pick.randint(1, 4)
    return {
        "id": number, "number": f"N{number:08}", "kind": "survey", "status": "new", "language": "th", "text": text,
        "masked": text, "personal": [], "sentiment": "neg", "sentiment_score": pick.random(), "urgency": "normal",
        "province": "ชลบุรี", "model": "bench", "filed_at": FILED + timedelta(seconds=90 * number),
    }  # fmt: skip


def _answers(number: int, pick: random.Random) -> Iterator[dict[str, Any]]:
    reasons = pick.sample(["speed", "dark", "surface", "shape", "signs"], 2)
    values: dict[str, tuple[str, Any, str]] = {
        "travel_mode": ("select_one", pick.choice(["motorcycle", "car", "public"]), "มอเตอร์ไซค์"),
        "days_a_week": ("number", pick.randint(0, 7), "เจ็ดวัน"),
        "what_happened": ("select_one", "unhurt", "เกิด ไม่มีคนเจ็บ"),
        "when_happened": ("date", "2026-02-03", "เมื่อวาน"),
        "risk_spot": ("yes_no", True, "ใช่ค่ะ"),
        "spot_place": ("location", {"latitude": 13.7, "longitude": 100.5, "title": "", "address": "สุขใจ"}, "สุขใจ"),
        "spot_reasons": ("select_multiple", reasons, "มืด รถเร็ว"),
        "feel_safe": ("rating", pick.randint(1, 5), "สามดาว"),
        "story": ("text", STORY, STORY),
        "age_group": ("select_one", "from_20", "20 ถึง 39 ปี"),
    }  # fmt: skip
    for position, (question, (kind, value, words)) in enumerate(values.items()):
        yield {
            "entry_id": number, "position": position, "question": question, "kind": kind, "status": "answered",
            "category": "", "value": value, "words": words, "masked": words, "source": "",
        }  # fmt: skip


def _tags(number: int, pick: random.Random) -> Iterator[dict[str, Any]]:
    said = [("topic", "traffic.accidents", None), ("topic", "traffic.street_lights", None)]
    said += [("quality", "fast", pick.choice([-1, 1]))]
    for kind, tag, direction in said:
        yield {
            "entry_id": number, "kind": kind, "tag": tag, "direction": direction, "by": "machine", "score": 0.9,
            "spans": [[0, 4]], "model": "bench", "at": FILED,
        }  # fmt: skip


def _uncounted(filed: Iterator[Filed], _total: int) -> Iterator[Filed]:
    return filed


def measured(work: Callable[[], int]) -> dict[str, float]:
    """How many rows a second the work did, by the clock and by the processor, and the peak memory in MB."""
    wall, spent = time.perf_counter(), time.process_time()
    rows = work()
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    return {"rows": rows, "rows_per_s": rows / wall, "rows_per_cpu_s": rows / max(spent, 1e-9), "peak_mb": _peak()}


def _peak() -> float:
    """The most memory this program had at once, in MB. Not getrusage's: that remembers who started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def one(what: str, url: str, folder: Path) -> dict[str, float]:
    """One measurement, in this process: a format, "idle" (nothing done), or "bare" (the CSV's cells, written again)."""
    if what == "idle":
        return measured(lambda: 0)
    if what == "bare":
        return _bare(folder)
    order = Order(format=what, by="bench", sought=Sought(surveys=(SURVEY,)))
    return measured(lambda: export(Store(url), now, order, folder / f"out.{what}", _uncounted).entries)


def _bare(folder: Path) -> dict[str, float]:
    """Write rows of the very cells of the export over and over, as many as it had: no store, no making of cells."""
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        sample = [row for row, _ in zip(reader, range(1_000), strict=False)]
        count = len(sample) + sum(1 for _ in reader)

    def write() -> int:
        with (folder / "bare.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, quoting=csv.QUOTE_NONNUMERIC).writerows(sample[row % len(sample)] for row in range(count))
        return count

    return measured(write)


def _apart(what: str, url: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.bench_export", "--one", what, url, str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    return dict(json.loads(done.stdout))


def main(count: int = ENTRIES, url: str = "") -> None:
    """Fill a store and print what each format takes."""
    with tempfile.TemporaryDirectory(prefix="khaojai-bench-") as name:
        folder = Path(name)
        url = url or f"sqlite:///{folder / 'bench.sqlite3'}"
        started = time.perf_counter()
        fill(url, count)
        kind, filled = url.partition(":")[0], time.perf_counter() - started
        idle = _apart("idle", url, folder)["peak_mb"]
        found = {each: _apart(each, url, folder) for each in (*FORMATS, "bare")}
        rows = [_row(each, row, found["bare"], idle, folder) for each, row in found.items()]
        show(f"Export of {count:,} entries from {kind} (filled in {filled:.0f} s)", HOW, HEADS, rows)


def _row(what: str, row: dict[str, float], bare: dict[str, float], idle: float, folder: Path) -> list[str]:
    size = (folder / ("bare.csv" if what == "bare" else f"out.{what}")).stat().st_size / 1e6
    ratio = row["rows_per_cpu_s"] / bare["rows_per_cpu_s"]
    speed = [f"{row['rows_per_s']:,.0f}", f"{row['rows_per_cpu_s']:,.0f}", f"{ratio:.3f}"]
    return [what, *speed, f"{row['peak_mb']:.0f}", f"{row['peak_mb'] - idle:.0f}", f"{size:.0f}"]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        what, url, folder = sys.argv[2:]
        print(json.dumps(one(what, url, Path(folder))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES, sys.argv[2] if len(sys.argv) > 2 else "")
