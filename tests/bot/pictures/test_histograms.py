"""Bins that people can read, holding every number once; and the middle."""

import statistics
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.histograms import BINS, histogram, median_of


@pytest.mark.parametrize(
    ("numbers", "bins"),
    [
        ({}, []),
        ({3.0: 2}, [("3", "3", 2)]),
        ({0.0: 1, 2.0: 4}, [("0", "0", 1), ("1", "1", 0), ("2", "2", 4)]),
        ({18.0: 1, 61.0: 2}, [("15–19", "15..20", 1), ("60–64", "60..65", 2)]),
        ({0.5: 1, 0.7: 1}, [("0.5–0.52", "0.5..0.52", 1), ("0.7–0.72", "0.7..0.72", 1)]),
    ],
)
def test_bins(numbers: dict[float, int], bins: list[tuple[str, str, int]]) -> None:
    found = [(each.name, each.choice, each.number) for each in histogram(numbers)]
    assert [each for each in found if each[2] or len(found) < 4] == bins


@given(st.dictionaries(st.integers(-500, 100_000), st.integers(1, 9), min_size=1))
def test_every_number_is_in_one_bin(numbers: dict[int, int]) -> None:
    bins = histogram({float(value): number for value, number in numbers.items()})
    assert len(bins) <= BINS + 3
    for each in bins:
        inside = sum(number for value, number in numbers.items() if each.least <= value < each.below)
        assert inside == each.number
    assert sum(each.number for each in bins) == sum(numbers.values())


@given(st.lists(st.integers(0, 20), min_size=1))
def test_the_median_is_statistics_own(values: list[int]) -> None:
    assert median_of({float(v): n for v, n in Counter(values).items()}) == statistics.median(values)


def test_no_median_of_nothing() -> None:
    assert median_of({}) is None
