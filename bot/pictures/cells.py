"""Numbers that may be shown, and those that are too small to be: under five people, somebody could tell who it was.

Where one number of several that add up to a known total is withheld, it could be worked out; so another one goes with
it, and more until those withheld add up to five.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALL = 5
"""Numbers from 1 to one less than this are withheld."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number to be shown. None: it is withheld, as `small` (1 to 4) or to cover another one that is."""

    number: int | None
    small: bool = False

    @property
    def told(self) -> str:
        """As people read it: "1,234", "<5", or "•" where it is withheld to cover another."""
        if self.number is None:
            return f"<{SMALL}" if self.small else "•"
        return f"{self.number:,}"

    def share(self, total: int) -> float | None:
        """The part of the total, 0 to 1; None where the number is withheld or there is no total."""
        return None if self.number is None or not total else self.number / total


def alone(number: int) -> Cell:
    """A number that belongs to no total."""
    return Cell(None, small=True) if 0 < number < SMALL else Cell(number)


def cells(numbers: Sequence[int]) -> list[Cell]:
    """Numbers that add up to a total which is shown beside them."""
    withheld = {place for place, number in enumerate(numbers) if 0 < number < SMALL}
    others = sorted((number, place) for place, number in enumerate(numbers) if number >= SMALL)
    while withheld and others and (len(withheld) == 1 or sum(numbers[place] for place in withheld) < SMALL):
        withheld.add(others.pop(0)[1])
    return [
        Cell(None, small=number < SMALL) if place in withheld else Cell(number) for place, number in enumerate(numbers)
    ]
