"""Making `data/outlines.tsv`, the outlines of the provinces in degrees, out of a drawn map of Thailand.

The map is @svg-maps/thailand 2.0.0 (npm), by Tae Noppakun Wongsrinoppakun, CC BY 4.0. It is drawn in Mercator's
projection, so that the kingdom's northernmost, southernmost, westernmost and easternmost points give its scale. Checked
against 77 provincial halls and eleven border crossings, it is right to about one kilometre.
"""

import itertools
import math
import re
from collections.abc import Iterator
from pathlib import Path

from nlp.gazetteer import Level, gazetteer

OUTLINES = Path(__file__).parent / "data" / "outlines.tsv"
# The northernmost, southernmost, westernmost and easternmost points of the kingdom, in degrees.
NORTH, SOUTH, WEST, EAST = 20.4646, 5.6128, 97.3438, 105.6370
_TOLERANCE = 0.15  # of the map's units, of which 67 are one degree of longitude: 250 m
_CARD = """\
# Outlines of the provinces of Thailand: a ring a line, as degrees times 1,000: longitude and latitude of its first
# point, then the steps to each next one. Made by `python -m nlp build outlines --data PATH`; do not edit by hand.
# Derived (scaled, simplified) from @svg-maps/thailand 2.0.0, https://github.com/VictorCazanave/svg-maps, by
# Tae Noppakun Wongsrinoppakun, licence CC BY 4.0, https://creativecommons.org/licenses/by/4.0/
"""
_OTHER_NAMES = {"lake songkha": "songkhla"}

Point = tuple[float, float]
Ring = list[Point]


def build_outlines(data: Path, target: Path = OUTLINES) -> int:
    """Write the outlines from the map `data`, an SVG file. Answers how many points they have."""
    shapes = [(name, list(_rings(path))) for name, path in _paths(data.read_text(encoding="utf-8"))]
    points = [point for _, rings in shapes for ring in rings for point in ring]
    lines: list[str] = []
    total = 0
    for name, rings in shapes:
        for ring in rings:
            kept = _simple(ring) if len(ring) > 8 else ring
            total += len(kept)
            lines.append(f"{_thai(name)}\t{_steps(list(_degrees(kept, points)))}")
    target.write_text(_CARD + "\n".join(lines) + "\n", encoding="utf-8")
    return total


def _paths(svg: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(r'<path\s+id="\w+"\s+aria-label="([^"]+)"\s+d="([^"]+)"', svg):
        yield found[1], found[2]


def _thai(english: str) -> str:
    name = english.lower()
    return gazetteer().names[Level.PROVINCE][_OTHER_NAMES.get(name, name)][0].province


def _rings(path: str) -> Iterator[Ring]:
    """Read an SVG path of moves and lines, absolute or relative."""
    tokens = iter(re.findall(r"[a-zA-Z]|-?[\d.]+(?:e-?\d+)?", path))
    command = ""
    ring: Ring = []
    x = y = 0.0
    for token in tokens:
        if token.isalpha():
            command = token
            if token in "zZ" and ring:
                yield ring
                (x, y), ring = ring[0], []
            continue
        value = float(token)
        if command in "hH":
            x = value + (x if command == "h" else 0)
        elif command in "vV":
            y = value + (y if command == "v" else 0)
        else:
            other = float(next(tokens))
            x, y = (x + value, y + other) if command.islower() else (value, other)
        if command in "mM":
            command = "l" if command == "m" else "L"
        ring.append((x, y))
    if ring:
        yield ring


def _simple(ring: Ring) -> Ring:
    """Leave out points that lie within the tolerance of the line between those kept (Douglas and Peucker, 1973)."""
    middle = len(ring) // 2
    return _thinned(ring[: middle + 1])[:-1] + _thinned([*ring[middle:], ring[0]])[:-1]


def _thinned(line: Ring) -> Ring:
    if len(line) < 3:
        return line
    distances = [_distance(point, line[0], line[-1]) for point in line[1:-1]]
    farthest = max(distances)
    if farthest <= _TOLERANCE:
        return [line[0], line[-1]]
    split = distances.index(farthest) + 1
    return _thinned(line[: split + 1])[:-1] + _thinned(line[split:])


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    if not length:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def _degrees(ring: Ring, points: Ring) -> Iterator[tuple[int, int]]:
    """Turn the map's units into thousandths of a degree; `points` are all of the map."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    for x, y in ring:
        longitude = WEST + (x - left) / (right - left) * (EAST - WEST)
        stretched = _mercator(NORTH) + (y - top) / (bottom - top) * (_mercator(SOUTH) - _mercator(NORTH))
        latitude = math.degrees(2 * math.atan(math.exp(stretched)) - math.pi / 2)
        yield round(longitude * 1000), round(latitude * 1000)


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _steps(ring: list[tuple[int, int]]) -> str:
    steps = [ring[0]]
    steps += [(x - before[0], y - before[1]) for before, (x, y) in itertools.pairwise(ring)]
    return " ".join(f"{x},{y}" for x, y in steps if (x, y) != (0, 0))
