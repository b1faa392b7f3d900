"""Two wordings compared: by how much the parts of those who answered differ, and how sure that is."""

import math
from dataclasses import dataclass

# The 97.5th percentile of the normal distribution: both ends leave 95 % between them.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Difference:
    """The second's part less the first's, with the ends of its 95 % confidence interval; all from -1 to 1."""

    by: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether chance alone would hardly make it: the interval does not hold 0."""
        return self.low > 0 or self.high < 0


def difference(first: tuple[int, int], second: tuple[int, int]) -> Difference | None:
    """Compare two parts, each (how many, of how many); None where one is of nobody.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
    (1998), method 10: Wilson's intervals of both, combined. It holds for small numbers and for parts near 0 and 1.
    """
    if not first[1] or not second[1]:
        return None
    one, other = first[0] / first[1], second[0] / second[1]
    (one_low, one_high), (other_low, other_high) = _wilson(*first), _wilson(*second)
    by = other - one
    low = by - math.hypot(other - other_low, one_high - one)
    high = by + math.hypot(other_high - other, one - one_low)
    return Difference(by, max(low, -1.0), min(high, 1.0))


def _wilson(many: int, of: int) -> tuple[float, float]:
    part, weight = many / of, Z * Z / of
    middle = (part + weight / 2) / (1 + weight)
    half = Z * math.sqrt(part * (1 - part) / of + weight / (4 * of)) / (1 + weight)
    return middle - half, middle + half
