"""Migrations go up, down and up again on both databases, with data in them, and end where the tables are."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, inspect, select

from bot.seed import seed
from bot.store.base import Store
from bot.store.entries import Answer, Entry
from bot.store.migrating import current, differences, go_back, head, migrate
from bot.store.projects import Project
from tests.bot.exports.filled import answered, entry, tag
from tests.guards.source import ROOT

NUMBERS = sorted(path.name[:4] for path in (ROOT / "bot/store/migrations/versions").glob("*.py"))


@pytest.fixture
def full(store: Store) -> Store:
    """A store with a lab and with what citizens said."""
    with store.transaction() as session:
        given = {"story": {"words": "รถชน"}, "travel_mode": {"kind": "select_one", "value": "car"}}
        made = answered(session, "road-safety-needs", given, project="road-safety")
        tag(made, "topic", "traffic.accidents")
        entry(session, "น้ำไม่ไหล", project="water-app")
    return store


def counts(store: Store) -> list[int]:
    """How many projects, entries and answers there are."""
    with store.reading() as session:
        return [session.scalar(select(func.count()).select_from(each)) or 0 for each in (Project, Entry, Answer)]


def test_numbers_follow_each_other() -> None:
    assert [f"{number:04}" for number in range(1, len(NUMBERS) + 1)] == NUMBERS
    assert head() == NUMBERS[-1]
    for path in (ROOT / "bot/store/migrations/versions").glob("*.py"):
        assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", path.name)


def test_tables_are_what_the_migrations_make(full: Store) -> None:
    assert (current(full), differences(full)) == (head(), [])


def test_down_and_up_again_step_by_step_with_data(full: Store) -> None:
    before = counts(full)
    for number in reversed(NUMBERS[:-1]):
        go_back(full, number)
        assert current(full) == number
    migrate(full)
    assert (current(full), differences(full), counts(full)) == (head(), [], before)


def test_all_the_way_down_and_up_leaves_a_store_that_works(full: Store) -> None:
    go_back(full, "base")
    assert set(inspect(full.engine).get_table_names()) <= {"alembic_version"}
    for number in NUMBERS:
        migrate(full, number)
    assert differences(full) == []
    with full.transaction() as session:
        assert seed(session, datetime(2026, 11, 1, tzinfo=UTC)) == 20


def test_migrating_twice_changes_nothing(full: Store) -> None:
    before = counts(full)
    migrate(full)
    assert (current(full), counts(full)) == (head(), before)
