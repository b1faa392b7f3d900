"""What may be shown of small numbers, and that nobody can work out the rest."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.cells import SMALL, alone, cells


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([10, 20], ["10", "20"]),
        ([0, 20], ["0", "20"]),
        ([3, 20, 7], ["•", "20", "•"]),
        ([1, 4, 20], ["•", "•", "•"]),
        ([1, 1, 20, 6], ["•", "•", "20", "•"]),
        ([4], ["<5"]),
        ([4, 0, 0], ["<5", "0", "0"]),
        ([2, 1], ["<5", "<5"]),
        ([4, 4], ["•", "•"]),
        ([4, 9, 10], ["•", "•", "10"]),
        ([4, 9, 9], ["•", "•", "•"]),
        ([], []),
    ],
)
def test_withholds_small_numbers_and_what_would_give_them_away(numbers: list[int], told: list[str]) -> None:
    assert [each.told for each in cells(numbers)] == told


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 7), max_size=4))
def test_a_withheld_number_cannot_be_worked_out(numbers: list[int]) -> None:
    """Of all numbers that look the same on the page, a withheld one could be at least two."""
    shown, total = cells(numbers), sum(numbers)
    assert all(cell.number in (None, number) for number, cell in zip(numbers, shown, strict=True))
    assert all(not 0 < (cell.number or 0) < SMALL for cell in shown)
    possible = [set[int]() for _ in numbers]
    for guess in itertools.product(range(total + 1), repeat=len(numbers)) if total >= SMALL else ():
        if sum(guess) == total and [each.told for each in cells(guess)] == [each.told for each in shown]:
            for place, number in enumerate(guess):
                possible[place].add(number)
    withheld = [found for found, cell in zip(possible, shown, strict=True) if cell.number is None]
    # One each of as many people as there are numbers can be told from the total alone, whatever is withheld.
    assert total < SMALL or total == len(withheld) or all(len(found) > 1 for found in withheld)


def test_a_number_that_belongs_to_no_total() -> None:
    assert [alone(number).told for number in (0, 1, 4, 5, 1234)] == ["0", "<5", "<5", "5", "1,234"]


def test_no_share_of_what_is_withheld() -> None:
    assert (alone(3).share(10), alone(6).share(12), alone(6).share(0)) == (None, 0.5, None)
