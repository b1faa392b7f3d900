"""The numbered migrations: up, down, and whether the database stands at the newest."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import text

from bot.errors import Refused
from bot.store.base import Store
from bot.store.noting import drop_triggers, put_triggers
from bot.store.search import FTS, GIN
from bot.store.tables import metadata

# One migration at a time on PostgreSQL, whoever starts it.
LOCK = 4_815_162_342


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def head() -> str:
    """The newest migration there is."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(store: Store) -> str | None:
    """The migration the database stands at, or None where it is empty."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(store: Store) -> bool:
    """Whether the database is at the newest migration. Raises Unavailable."""
    return current(store) == head()


def migrate(store: Store, revision: str = "head") -> None:
    """Bring the database up to `revision`; a second one that starts meanwhile waits its turn.

    Raises Refused where there is no such migration.
    """
    with store.engine.begin() as connection:
        if store.sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config = _config()
        config.attributes["connection"] = connection
        drop_triggers(connection)
        try:
            command.upgrade(config, revision)
        except CommandError:
            raise Refused(f"there is no migration called {revision}; the newest is {head()}") from None
        put_triggers(connection)


def go_back(store: Store, revision: str) -> None:
    """Take migrations back down to `revision` ("base" is an empty database)."""
    with store.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        drop_triggers(connection)
        command.downgrade(config, revision)
        put_triggers(connection)


def write(store: Store, message: str, number: str) -> None:
    """Write the next migration from what the tables have and the database has not. For developers."""
    with store.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.revision(config, message=message, autogenerate=True, rev_id=number)


def differences(store: Store) -> list[object]:
    """What the tables have and the database has not, or the other way round: [] at head."""
    with store.engine.connect() as connection:
        known = MigrationContext.configure(connection, opts={"include_object": is_ours})
        return list(compare_metadata(known, metadata))


def is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Whether it is to be compared: the search index, SQLite's and PostgreSQL's, is made by hand in its migration."""
    return name is None or not (name.startswith(FTS) or name == GIN)
