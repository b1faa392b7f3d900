"""The map: every province in one of five steps of how much came from it."""

from dataclasses import dataclass

from bot.pictures.figures import Figure, Mark
from nlp.shapes import CREDIT, province_map

LEVELS = 5


@dataclass(frozen=True, slots=True)
class Province:
    """A province as drawn. `level`: "0" nothing, "1" to "5" from little to much, "small" where it is withheld."""

    name: str
    path: str
    level: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map, and from how many entries on each level begins: [(level, from, to), …]."""

    width: int
    height: int
    provinces: tuple[Province, ...]
    key: tuple[tuple[str, int, int], ...]
    credit: str = CREDIT


def drawn(figure: Figure) -> Drawn:
    """The map of `spoke.provinces`."""
    whole = province_map()
    totals = {row.slug: row.total for row in figure.rows if row.slug and row.total}
    numbers = sorted({mark.cell.number for mark in totals.values() if mark.cell.number})
    starts = _starts(numbers)
    provinces = tuple(
        Province(name, path, _level(totals.get(name), starts), totals.get(name)) for name, path in whole.paths.items()
    )
    ends = [*(start - 1 for start in starts[1:]), numbers[-1] if numbers else 0]
    key = tuple((str(place), start, end) for place, (start, end) in enumerate(zip(starts, ends, strict=False), 1))
    return Drawn(whole.width, whole.height, provinces, key)


def _starts(numbers: list[int]) -> list[int]:
    """Where the levels begin: as many provinces in each as the numbers allow."""
    if not numbers:
        return []
    found = {numbers[len(numbers) * place // LEVELS] for place in range(LEVELS)}
    return sorted(found)


def _level(mark: Mark | None, starts: list[int]) -> str:
    if mark is None:
        return "0"
    number = mark.cell.number
    return "small" if number is None else str(sum(number >= start for start in starts))
