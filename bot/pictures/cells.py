"""Numbers that may be shown, and those that are too small to be: under five people, somebody could tell who it was.

Where numbers add up to a total that is shown, a small one that is withheld could be worked out; so the smallest of the
others (all that are as small) goes with it, and nothing tells which of those withheld is which: whoever knows the
total, this rule and all that is shown can still not say whose number is the small one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALL = 5
"""Numbers from 1 to one less than this are withheld."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number to be shown. None: it is withheld; `small`: it may be told that it is under five."""

    number: int | None
    small: bool = False

    @property
    def told(self) -> str:
        """As people read it: "1,234", "<5", or "•" for one of those withheld together."""
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
    """Numbers that add up to a total which is shown beside them (where it is not itself withheld)."""
    if sum(numbers) < SMALL:
        return list(map(alone, numbers))
    withheld = {place for place, number in enumerate(numbers) if 0 < number < SMALL}
    if withheld:
        cover = min((number for number in numbers if number >= SMALL), default=0)
        withheld |= {place for place, number in enumerate(numbers) if number == cover > 0}
    return [Cell(None) if place in withheld else Cell(number) for place, number in enumerate(numbers)]
