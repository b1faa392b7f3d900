"""The province of a point on the map, without asking anyone: see `outlining` for the source and how right it is."""

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

OUTLINES = Path(__file__).parent / "data" / "outlines.tsv"
_KILOMETRES = 0.111  # one thousandth of a degree of latitude
_NEAR = 0.6
# Islands that the map leaves out: latitude, longitude, radius in kilometres.
_ISLANDS = (
    (10.097, 99.838, 4.5, "สุราษฎร์ธานี"),
    (9.74, 100.03, 9.5, "สุราษฎร์ธานี"),
    (6.488, 99.303, 3.5, "สตูล"),
    (6.56, 99.65, 16.0, "สตูล"),
    (8.65, 97.645, 9.0, "พังงา"),
    (9.42, 97.87, 8.0, "พังงา"),
    (7.74, 98.775, 5.0, "กระบี่"),
    (7.60, 98.37, 3.0, "ภูเก็ต"),
    (12.92, 100.78, 3.5, "ชลบุรี"),
    (13.15, 100.81, 3.5, "ชลบุรี"),
    (12.565, 101.455, 4.0, "ระยอง"),
    (11.65, 102.56, 12.0, "ตราด"),
    (11.81, 102.47, 5.0, "ตราด"),
    (7.21, 99.06, 4.0, "ตรัง"),
    (7.33, 99.28, 7.0, "ตรัง"),
)

Points = tuple[tuple[int, int], ...]


class Ring(NamedTuple):
    """One outline of a province, in thousandths of a degree: longitude first."""

    province: str
    points: Points
    box: tuple[int, int, int, int]


def province_at(latitude: float, longitude: float) -> str | None:
    """Say in which province a point lies, by its official Thai name; None outside Thailand.

    Degrees in WGS 84. Right to about a kilometre: nearer a border the neighbour may be named, and a point up to 600
    metres outside the kingdom or its coast counts as inside.
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    x, y = longitude * 1000, latitude * 1000
    near = [ring for ring in rings() if _is_near(ring, x, y)]
    for ring in reversed(near):
        if _holds(ring, x, y):
            return ring.province
    closest = min(((_distance(ring, x, y), ring.province) for ring in near), default=(math.inf, ""))
    return closest[1] if closest[0] <= _NEAR else _island(latitude, longitude)


@cache
def rings() -> tuple[Ring, ...]:
    """Give the outlines of all provinces, the largest first."""
    rings = [_ring(*line.split("\t")) for line in OUTLINES.read_text("utf-8").splitlines() if line[0] != "#"]
    return tuple(sorted(rings, key=lambda ring: -_size(ring)))


def _ring(province: str, steps: str) -> Ring:
    x = y = 0
    points: list[tuple[int, int]] = []
    for step in steps.split(" "):
        right, up = step.split(",")
        x, y = x + int(right), y + int(up)
        points.append((x, y))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Ring(province, tuple(points), (min(xs), min(ys), max(xs), max(ys)))


def _size(ring: Ring) -> int:
    left, bottom, right, top = ring.box
    return (right - left) * (top - bottom)


def _is_near(ring: Ring, x: float, y: float) -> bool:
    left, bottom, right, top = ring.box
    margin = _NEAR / _KILOMETRES
    return left - margin <= x <= right + margin and bottom - margin <= y <= top + margin


def _sides(ring: Ring) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    return zip(ring.points, ring.points[1:] + ring.points[:1], strict=True)


def _holds(ring: Ring, x: float, y: float) -> bool:
    """Count how often a ray to the right crosses the outline: an odd count means inside."""
    inside = False
    for (x1, y1), (x2, y2) in _sides(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _distance(ring: Ring, x: float, y: float) -> float:
    """Give the distance of a point to an outline in kilometres."""
    narrow = math.cos(math.radians(y / 1000))
    closest = math.inf
    for (x1, y1), (x2, y2) in _sides(ring):
        along, up, right, above = (x2 - x1) * narrow, y2 - y1, (x - x1) * narrow, y - y1
        length = along * along + up * up
        share = max(0.0, min(1.0, (right * along + above * up) / length)) if length else 0.0
        closest = min(closest, math.hypot(right - share * along, above - share * up))
    return closest * _KILOMETRES


def _island(latitude: float, longitude: float) -> str | None:
    for middle, east, radius, province in _ISLANDS:
        narrow = math.cos(math.radians(latitude))
        if math.hypot(latitude - middle, (longitude - east) * narrow) * 111 <= radius:
            return province
    return None
