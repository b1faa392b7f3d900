"""Numbers in bins of equal and round width, and their middle."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

MOST_VALUES = 12
"""Up to so many whole values in a row each has its own bin."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Numbers from `least` up to, not including, `below`; its filter as text, and its name for people."""

    least: float
    below: float
    number: int

    @property
    def single(self) -> bool:
        """Whether it holds one whole value."""
        return self.below - self.least == 1 and self.least == int(self.least)

    @property
    def choice(self) -> str:
        """As the filter of entries takes it: a value, or "least..below", whose end is not included."""
        return f"{self.least:g}" if self.single else f"{self.least:g}..{self.below:g}"

    @property
    def name(self) -> str:
        """The value, or where the bin begins and ends."""
        if self.single:
            return f"{self.least:g}"
        whole = self.least == int(self.least) and self.below == int(self.below)
        return f"{self.least:,g}–{self.below - (1 if whole else 0):,g}"


def histogram(numbers: Mapping[float, int]) -> list[Bin]:
    """{value: how many} in bins, without gaps; [] where there is nothing."""
    if not numbers:
        return []
    least, most = min(numbers), max(numbers)
    whole = all(value == int(value) for value in numbers)
    width = 1.0 if whole and most - least < MOST_VALUES else _round_width((most - least) / BINS or 1, whole)
    first, last = math.floor(least / width), math.floor(most / width)
    found = dict.fromkeys(range(first, last + 1), 0)
    for value, number in numbers.items():
        found[math.floor(value / width)] += number
    return [Bin(place * width, (place + 1) * width, number) for place, number in found.items()]


def _round_width(width: float, whole: bool) -> float:
    """The next width that people count in: 1, 2, 5, 10, 20, 50 …"""
    power = 10.0 ** math.floor(math.log10(width))
    found = next(power * step for step in (1, 2, 5, 10) if power * step >= width)
    return max(found, 1.0) if whole else found


def median_of(numbers: Mapping[float, int]) -> float | None:
    """The middle of all values; between two, half way. None where there is none."""
    count = sum(numbers.values())
    if not count:
        return None
    passed, lower = 0, None
    for value in sorted(numbers):
        passed += numbers[value]
        if lower is not None:
            return (lower + value) / 2
        if passed * 2 > count:
            return value
        if passed * 2 == count:
            lower = value
    return lower
