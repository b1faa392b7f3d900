"""Reference numbers: letters that no eye confuses, and a check letter that catches a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.numbers import LENGTH, LETTERS, new_number, read_number, shown

NUMBERS = st.builds(lambda _: new_number().replace("-", ""), st.integers())
CONFUSED = ("0OQDCG"[:4], "1IL", "2Z", "5S", "8B3", "UV")


def test_no_two_letters_look_alike() -> None:
    for alike in CONFUSED:
        assert sum(letter in LETTERS for letter in alike) <= 1, alike
    assert len(set(LETTERS)) == len(LETTERS) == 19


@given(NUMBERS)
def test_a_number_is_read_as_it_was_given_out(number: str) -> None:
    assert read_number(shown(number)) == shown(number)


@given(NUMBERS, st.integers(0, LENGTH - 1), st.sampled_from(LETTERS))
def test_every_single_wrong_letter_is_caught(number: str, place: int, letter: str) -> None:
    wrong = number[:place] + letter + number[place + 1 :]
    assert wrong == number or read_number(wrong) is None


@given(NUMBERS, st.integers(0, LENGTH - 2))
def test_every_swap_of_neighbours_is_caught(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or read_number(swapped) is None


@pytest.mark.parametrize("said", ["{}", "{} ค่ะ", "เลข {}ครับ", "status: {}", " {} "])
def test_a_number_is_found_among_words(said: str) -> None:
    number = new_number()
    for written in (number, number.lower(), number.replace("-", ""), number.replace("-", " ")):
        assert read_number(said.format(written)) == number


@pytest.mark.parametrize("said", ["", "ไม่มีเลขค่ะ", "1234", "7KXA", "AAAA-AAAB"])
def test_what_can_be_no_number_is_none(said: str) -> None:
    assert read_number(said) is None


def test_numbers_do_not_repeat() -> None:
    assert len({new_number() for _ in range(5_000)}) == 5_000
