"""Checks made of smaller checks.

A check takes a value and returns what is wrong with it: pairs of a path below the value and LINE's words, nothing when
it is right. Paths are only built for what is wrong, so that right messages cost little.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

Path = tuple[str | int, ...]
Found = list[tuple[Path, str]]
Check = Callable[[Any], Found]

RIGHT: Found = []
EMPTY = "May not be empty"
TYPE = "The property is invalid"
UNKNOWN = "Unknown property"

_grapheme = regex.compile(r"\X")


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as LINE counts texts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Length in grapheme clusters, as LINE counts labels."""
    return len(text) if text.isascii() and "\r" not in text else len(_grapheme.findall(text))


def wrong(message: str) -> Found:
    """One thing wrong with the value itself."""
    return [((), message)]


def below(name: str | int, found: Found) -> Found:
    """The same, seen from one level above."""
    return [((name, *path), message) for path, message in found] if found else RIGHT


def text(most: int, measure: Callable[[str], int] = utf16, least: int = 1) -> Check:
    """A text of `least` to `most` units."""
    message = f"Length must be between {least} and {most}"

    def check(value: Any) -> Found:
        if not isinstance(value, str):
            return wrong(TYPE)
        if not value and least:
            return wrong(EMPTY)
        return RIGHT if least <= measure(value) <= most else wrong(message)

    return check


def pattern(expression: str, message: str = TYPE) -> Check:
    """A text of a form."""
    form = re.compile(expression)

    def check(value: Any) -> Found:
        return RIGHT if isinstance(value, str) and form.fullmatch(value) else wrong(message)

    return check


def one_of(*values: str) -> Check:
    """One of these words."""
    message = f"Must be one of the following values: [{', '.join(values)}]"

    def check(value: Any) -> Found:
        return RIGHT if isinstance(value, str) and value in values else wrong(message)

    return check


def number(least: float, most: float, whole: bool = True) -> Check:
    """A number in a range."""
    kinds = (int,) if whole else (int, float)
    message = f"Must be between {least} and {most}"

    def check(value: Any) -> Found:
        if isinstance(value, bool) or not isinstance(value, kinds):
            return wrong(TYPE)
        return RIGHT if least <= value <= most else wrong(message)

    return check


def boolean(value: Any) -> Found:
    """true or false."""
    return RIGHT if isinstance(value, bool) else wrong(TYPE)


def both(*checks: Check) -> Check:
    """The first complaint of several checks."""

    def check(value: Any) -> Found:
        for one in checks:
            found = one(value)
            if found:
                return found
        return RIGHT

    return check


def items(inner: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` such values."""
    message = f"Size must be between {least} and {most}"

    def check(value: Any) -> Found:
        if not isinstance(value, list):
            return wrong(TYPE)
        if not least <= len(value) <= most:
            return wrong(message)
        found: Found = []
        for index, one in enumerate(value):
            found += below(index, inner(one))
        return found

    return check


@dataclass(frozen=True, slots=True)
class Need:
    """A property that must be there."""

    check: Check


Fields = Mapping[str, Check | Need]


def record(fields: Fields, *rules: Check) -> Check:
    """An object with these properties and no others (null counts as absent); then rules on the whole."""
    checks = {name: field.check if isinstance(field, Need) else field for name, field in fields.items()}
    needed = [name for name, field in fields.items() if isinstance(field, Need)]

    def check(value: Any) -> Found:
        if not isinstance(value, dict):
            return wrong(TYPE)
        found: Found = [((name,), EMPTY) for name in needed if value.get(name) is None]
        for name, given in value.items():
            if given is None:
                continue
            inner = checks.get(name)
            found += below(name, inner(given) if inner else wrong(UNKNOWN))
        return found or _first(rules, value)

    return check


def variants(kinds: Mapping[str, Check], named: str = "type") -> Check:
    """An object whose `type` says which check applies."""
    message = f"Must be one of the following values: [{', '.join(kinds)}]"

    def check(value: Any) -> Found:
        if not isinstance(value, dict):
            return wrong(TYPE)
        kind = value.get(named)
        inner = kinds.get(kind) if isinstance(kind, str) else None
        if inner is None:
            return [((named,), EMPTY if kind is None else message)]
        return inner(value)

    return check


def late(find: Callable[[], Check]) -> Check:
    """A check that is defined further below (for shapes that contain themselves)."""
    return lambda value: find()(value)


def dotted(path: Path) -> str:
    """messages[0].quickReply.items[2].action"""
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return written.removeprefix(".")


def slashed(path: Path) -> str:
    """/body/contents/0"""
    return "".join(f"/{part}" for part in path)


def _first(rules: Iterable[Check], value: Any) -> Found:
    for rule in rules:
        found = rule(value)
        if found:
            return found
    return RIGHT
