"""Open data: what it counts, what it withholds, and that nothing anybody said is in it."""

from collections import defaultdict
from typing import Any

import pytest

from bot.pictures.cells import SMALL
from bot.pictures.open_data import COLUMNS, OpenData, open_data
from bot.store.base import Store
from bot.store.seeking import Sought, count
from bot.store.sight import Sight
from tests.conftest import SetClock
from tests.crowd import SAYINGS, Crowd

EVERYTHING = Sight(None, unsorted=True)
Row = dict[str, Any]


@pytest.fixture
def crowded(store: Store, clock: SetClock) -> Store:
    """Six hundred entries over ten months."""
    Crowd(store, clock(), 600).fill()
    return store


def opened(store: Store, clock: SetClock, *projects: str) -> OpenData:
    with store.snapshot() as session:
        return open_data(session, EVERYTHING, projects, clock().date())


def table(found: OpenData) -> list[Row]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in found.rows]


def test_counts_what_the_queue_counts_in_whole_months(crowded: Store, clock: SetClock) -> None:
    found = opened(crowded, clock)
    assert (found.until.month, found.until.year) != (clock().month, clock().year)
    with crowded.reading() as session:
        for row in table(found):
            if row["figure"] == "entries" and row["series_en"] == "Total":
                sought = Sought(projects=(row["project"],), until=found.until)
                number = count(session, sought, EVERYTHING)
                assert row["count"] == (number if number >= SMALL else None)


def test_no_number_is_small_and_none_can_be_worked_out(crowded: Store, clock: SetClock) -> None:
    by_line: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in table(opened(crowded, clock)):
        assert row["count"] is None or row["count"] == 0 or row["count"] >= SMALL
        assert row["withheld"] == int(row["count"] is None)
        by_line[row["project"], row["figure"], row["code"], row["row_th"]].append(row)
    withheld = 0
    for line in by_line.values():
        if line[-1]["series_en"] == "Total" and line[-1]["count"] is not None:
            hidden = [row for row in line[:-1] if row["withheld"]]
            withheld += len(hidden)
            assert len(hidden) != 1, "a single withheld number is the total less the others"
    assert withheld


def test_months_hide_small_numbers_too(crowded: Store, clock: SetClock) -> None:
    months = [row for row in table(opened(crowded, clock)) if row["figure"] == "volume"]
    assert {row["withheld"] for row in months} == {0, 1}


def test_nothing_anybody_said_and_nobody_is_in_it(crowded: Store, clock: SetClock) -> None:
    text = "\n".join(str(cell) for row in opened(crowded, clock).rows for cell in row)
    said = [line.split(" | ")[1] for lines in SAYINGS.values() for line in lines.split("\n") if line]
    assert [words for words in said if words in text] == []
    assert "UC0" not in text


def test_is_of_the_projects_that_are_asked_for_and_seen(crowded: Store, clock: SetClock) -> None:
    assert {row["project"] for row in table(opened(crowded, clock, "water-app"))} == {"water-app"}
    with crowded.snapshot() as session:
        assert open_data(session, Sight(frozenset(), unsorted=False), (), clock().date()).rows == []


def test_a_lab_whose_first_month_is_not_over_has_none(store: Store, clock: SetClock) -> None:
    assert opened(store, clock).rows == []


def test_surveys_tell_their_choices_by_code(crowded: Store, clock: SetClock) -> None:
    rows = [row for row in table(opened(crowded, clock, "road-safety")) if row["figure"].startswith("road-safety-")]
    assert rows
    assert all(row["code"] for row in rows if row["figure"].endswith(".road_user"))
