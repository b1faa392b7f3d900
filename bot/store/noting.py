"""Triggers that note in `stale_days` which day's tallies a change makes untrue, in the transaction of the change.

In the database rather than in our code: erasing a citizen goes by cascades, bulk acts by single statements, and a
tally that missed one of them would be wrong for good. On PostgreSQL a row is added for each statement and day, so that
writers never wait for each other; on SQLite, where there is one writer, a day is noted once.

They stand beside the migrations, not in them: SQLite refuses to rebuild a table that a trigger of another table speaks
of, and drops the triggers of the one it rebuilds. So `migrating` takes them away before any migration and puts them
back, as they are here, after it.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect

ENTRY = (
    "project_id", "survey_id", "kind", "status", "partial", "rehearsal", "language", "sentiment", "urgency", "province",
    "filed_at",
)  # fmt: skip
ANSWER = ("entry_id", "question", "kind", "status", "category", "value")
INTERVIEW = ("contact_id", "version_id", "status", "rehearsal", "started_at")
TIMED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("entries", "filed_at", ENTRY),
    ("interviews", "started_at", INTERVIEW),
)
HANGING: tuple[tuple[str, tuple[str, ...]], ...] = (("entry_labels", ("entry_id", "label")), ("answers", ANSWER))
PREFIX = "note_stale_"


def put_triggers(connection: Connection) -> None:
    """Put up the triggers, where the tables they speak of exist."""
    tables = set(inspect(connection).get_table_names())
    if {"stale_days", "entries", "entry_labels", "answers", "interviews", "contacts"} <= tables:
        for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgresql():
            connection.exec_driver_sql(statement)


def drop_triggers(connection: Connection) -> None:
    """Take them away, and all that belongs to them."""
    if connection.dialect.name == "sqlite":
        for name in triggers(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    ours = f"starts_with(proname, '{PREFIX}') AND pronamespace = current_schema()::regnamespace"
    named = f"SELECT proname FROM pg_proc WHERE {ours}"
    for name in connection.exec_driver_sql(named).scalars().all():
        connection.exec_driver_sql(f"DROP FUNCTION {name}() CASCADE")


def triggers(connection: Connection) -> set[str]:
    """The names of the triggers that stand."""
    if connection.dialect.name == "sqlite":
        named = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND instr(name, '{PREFIX}') = 1"
    else:
        named = f"SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND starts_with(tgname, '{PREFIX}')"
    return set(connection.exec_driver_sql(named).scalars())


def _sqlite() -> Iterator[str]:
    def noting(name: str, event: str, days: str) -> str:
        missing = "NOT EXISTS (SELECT 1 FROM stale_days WHERE stale_days.day = found.day)"
        act = f"INSERT INTO stale_days (day) SELECT DISTINCT day FROM ({days}) AS found WHERE day IS NOT NULL"
        return f"CREATE TRIGGER {PREFIX}{name} AFTER {event} BEGIN {act} AND {missing}; END"

    def day(moment: str) -> str:
        return f"SELECT date({moment}, '+7 hours') AS day"

    for table, moment, columns in TIMED:
        before, after = day(f"OLD.{moment}"), day(f"NEW.{moment}")
        yield noting(f"{table}_added", f"INSERT ON {table}", after)
        yield noting(f"{table}_changed", f"UPDATE OF {', '.join(columns)} ON {table}", f"{before} UNION {after}")
        yield noting(f"{table}_gone", f"DELETE ON {table}", before)
    for table, columns in HANGING:
        before, after = (f"{day('filed_at')} FROM entries WHERE id = {each}.entry_id" for each in ("OLD", "NEW"))
        yield noting(f"{table}_added", f"INSERT ON {table}", after)
        yield noting(f"{table}_changed", f"UPDATE OF {', '.join(columns)} ON {table}", f"{before} UNION {after}")
        yield noting(f"{table}_gone", f"DELETE ON {table}", before)
    theirs = f"{day('started_at')} FROM interviews WHERE contact_id = NEW.id"
    yield noting("contacts_changed", "UPDATE OF language ON contacts", theirs)


def _postgresql() -> Iterator[str]:
    """A function and a trigger each; a trigger sees what its whole statement added, changed or took away."""
    for table, moment, columns in TIMED:
        yield from _noting(table, "INSERT", f"SELECT {_day(f'n.{moment}')} FROM after n")
        yield from _noting(table, "DELETE", f"SELECT {_day(f'o.{moment}')} FROM before o")
        both = f"SELECT unnest(ARRAY[{_day(f'o.{moment}')}, {_day(f'n.{moment}')}])"
        yield from _noting(table, "UPDATE", f"{both} FROM before o JOIN after n USING (id) WHERE {_differ(columns)}")
    for table in ("entry_labels", "answers"):
        for event, changed in (("INSERT", "after"), ("DELETE", "before")):
            theirs = f"{changed} c JOIN entries e ON e.id = c.entry_id"
            yield from _noting(table, event, f"SELECT {_day('e.filed_at')} FROM {theirs}")
        either = "(SELECT entry_id FROM before UNION SELECT entry_id FROM after)"
        yield from _noting(table, "UPDATE", f"SELECT {_day('e.filed_at')} FROM entries e WHERE e.id IN {either}")
    theirs = "before o JOIN after n USING (id) JOIN interviews i ON i.contact_id = n.id"
    told = "WHERE o.language <> n.language"
    yield from _noting("contacts", "UPDATE", f"SELECT {_day('i.started_at')} FROM {theirs} {told}")


def _day(moment: str) -> str:
    return f"CAST(timezone('Asia/Bangkok', {moment}) AS DATE)"


def _differ(columns: tuple[str, ...]) -> str:
    before, after = (", ".join(f"{each}.{column}" for column in columns) for each in ("o", "n"))
    return f"({before}) IS DISTINCT FROM ({after})"


def _noting(table: str, event: str, days: str) -> Iterator[str]:
    name = f"{PREFIX}{table}_{event.lower()}"
    act = f"INSERT INTO stale_days (day) SELECT DISTINCT day FROM ({days}) AS found (day) WHERE day IS NOT NULL"
    yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {act}; RETURN NULL; END $$"
    before, after = "OLD TABLE AS before", "NEW TABLE AS after"
    seen = {"INSERT": after, "DELETE": before, "UPDATE": f"{before} {after}"}
    yield (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {seen[event]}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
