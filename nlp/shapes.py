"""The provinces as shapes to draw a small map of: see `outlining` for the source, which a drawing has to name.

Points are put on a coarse grid, so that neighbours still share their border to the point.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from nlp.points import Points, rings

CREDIT = "@svg-maps/thailand, Tae Noppakun Wongsrinoppakun, CC BY 4.0"
"""Whose map the shapes are derived from, and under which licence."""
_GRID = 20  # thousandths of a degree: two kilometres
_MIDDLE = 13.0  # the latitude at which the map's proportions are right
_NARROW = math.cos(math.radians(_MIDDLE))


class Map(NamedTuple):
    """A map: its size, and the path of every province (SVG's path data, by official Thai name)."""

    width: int
    height: int
    paths: Mapping[str, str]


@cache
def province_map() -> Map:
    """Give the map of all provinces; islands of less than two grid cells are left out, unless nothing else is there."""
    placed: dict[str, list[list[tuple[int, int]]]] = {}
    for ring in rings():
        points = _coarse(ring.points)
        if len(points) > 2 or ring.province not in placed:
            placed.setdefault(ring.province, []).append(points)
    every = [point for shapes in placed.values() for shape in shapes for point in shape]
    left, top = min(x for x, _ in every), min(y for _, y in every)
    width, height = max(x for x, _ in every) - left, max(y for _, y in every) - top
    paths = {name: "".join(_path(shape, left, top) for shape in shapes) for name, shapes in sorted(placed.items())}
    return Map(width, height, paths)


def _coarse(points: Points) -> list[tuple[int, int]]:
    """Put points on the grid, north up, without those that add nothing."""
    kept: list[tuple[int, int]] = []
    for x, y in points:
        point = round(x * _NARROW / _GRID), -round(y / _GRID)
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _in_line(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    (x1, y1), (x2, y2), (x3, y3) = first, middle, last
    return (x2 - x1) * (y3 - y2) == (x3 - x2) * (y2 - y1) and (x2 - x1) * (x3 - x2) >= 0 and (y2 - y1) * (y3 - y2) >= 0


def _path(shape: list[tuple[int, int]], left: int, top: int) -> str:
    return "".join(_steps(shape, left, top)) + "z"


def _steps(shape: list[tuple[int, int]], left: int, top: int) -> Iterator[str]:
    at = shape[0]
    yield f"M{at[0] - left} {at[1] - top}l"
    for point in shape[1:]:
        yield f"{point[0] - at[0]} {point[1] - at[1]} "
        at = point
