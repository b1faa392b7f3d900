"""The store itself: engine, transactions and the column types all tables share.

On SQLite every writing transaction begins with BEGIN IMMEDIATE: SQLite drops FOR UPDATE without a word, so two deferred
transactions would both read the same waiting row and both act on it.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import JSON, URL, BigInteger, DateTime, Engine, Integer, MetaData, create_engine, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

from bot.errors import Misconfigured

BigId = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")
Texts = dict[str, str]
__all__ = [
    "Base", "BigId", "Clock", "Instant", "Json", "Session", "Store", "Texts", "Unavailable", "Unfit", "alone", "locked",
    "now", "one_of",
]  # fmt: skip

Unavailable = DBAPIError
"""Raised by any use of the store while the database cannot be reached or is locked for too long."""
Unfit = (DataError, IntegrityError)
"""Of those, what is raised where the database is there and will never take this: nothing is mended by waiting."""


class Instant(TypeDecorator[datetime]):
    """A moment, always in UTC and aware; refuses naive datetimes, which would be somebody's local time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database: UTC, and naive on SQLite, which keeps no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database: aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The tables' common base; constraints are named, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Instant, dict[str, Any]: Json, list[Any]: Json, Texts: Json}


def one_of(column: str, values: type) -> str:
    """The text of a CHECK constraint that holds `column` to the members of a StrEnum."""
    return f"{column} IN ({', '.join(repr(str(each)) for each in values)})"  # type: ignore[attr-defined]


_KEPT = "kept"
# How long SQLite waits for another process's lock.
_BUSY_MS = 10_000


def _keep(session: Session, row: object) -> None:
    """Hold what a transaction read: a session alone forgets at once what nobody else holds, and reads it again."""
    if (kept := session.info.get(_KEPT)) is not None:
        kept.append(row)


class Store:
    """The database behind one address, for one process. Make it after a fork."""

    def __init__(self, url: str, pool_size: int = 20) -> None:
        self.url = url
        self.sqlite = _address(url).get_backend_name() == "sqlite"
        self.engine = (
            _sqlite_engine(url)
            if self.sqlite
            else create_engine(url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)
        )
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        event.listen(self._sessions, "loaded_as_persistent", _keep)
        # SQLite has one writer. Threads of this process wait for their turn here, where the next one gets it at once;
        # SQLite itself would let them sleep and try again, and the busiest would always win.
        self.turn: AbstractContextManager[object] = threading.Lock() if self.sqlite else nullcontext()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write: all of it or nothing. On SQLite it holds the one write lock from its beginning.

        What was read is held until the end, so that a survey or a project is read once for all who answer it.
        """
        with self.turn, self._sessions(info={_KEPT: []}) as session, session.begin():
            if self.sqlite:
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read only: whatever was changed is never flushed. What was read stays readable afterwards."""
        with self._sessions(autoflush=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Read only, and all of it as of one moment: for figures that several queries make together."""
        with self._sessions(autoflush=False) as session:
            if self.sqlite:
                session.connection().exec_driver_sql("BEGIN")
            else:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    def at_once(self) -> Connection:
        """A connection on which each statement commits by itself. Close it after use."""
        connection = self.engine.connect()
        # On SQLite the driver is always so: transactions there are begun by `transaction`.
        return connection if self.sqlite else connection.execution_options(isolation_level="AUTOCOMMIT")

    def ping(self) -> None:
        """Ask the database for a sign of life. Raises Unavailable."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def empty_log(self) -> None:
        """SQLite: write its log into the database and empty it, so that nothing removed lingers there.

        Where somebody is reading it is left to the next time. PostgreSQL looks after its own log.
        """
        if self.sqlite:
            with self.turn, self.engine.connect() as connection:
                for pragma in ("busy_timeout=0", "wal_checkpoint(TRUNCATE)", f"busy_timeout={_BUSY_MS}"):
                    connection.exec_driver_sql(f"PRAGMA {pragma}")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def locked(session: Session, names: list[str]) -> list[str]:
    """Of these names, those that this transaction now holds alone, until its end.

    PostgreSQL: advisory locks, which need no row to exist yet. SQLite: all, since a writing transaction is alone there.
    """
    if session.get_bind().dialect.name == "sqlite" or not names:
        return names
    found = session.execute(
        text(
            "SELECT name FROM unnest(CAST(:names AS text[])) WITH ORDINALITY AS t(name, place)"
            " WHERE pg_try_advisory_xact_lock(hashtextextended(name, 0)) ORDER BY place"
        ),
        {"names": names},
    )
    return list(found.scalars())


def alone(session: Session, what: str) -> None:
    """Wait until this transaction is the only one that does `what`. On SQLite a writing transaction always is."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 1))"), {"what": what})


def _address(url: str) -> URL:
    """The address, taken apart. Raises Misconfigured where it is none, not repeating it: it may hold a password."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise Misconfigured(["DATABASE_URL: cannot be read as the address of a database"]) from None


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    # autocommit in the driver: transactions are begun by us, as the module's docstring says.
    engine = create_engine(
        url, connect_args={"timeout": 10, "check_same_thread": False, "isolation_level": None}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


Clock = Callable[[], datetime]
"""Tells what time it is, aware. Passed by hand, so that tests can set it."""


def now() -> datetime:
    """The clock on the wall, in UTC."""
    return datetime.now(UTC)
