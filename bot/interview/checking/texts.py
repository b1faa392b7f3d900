"""Texts in several languages, names, and fields: the checks that all others are made of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import regex

from bot.errors import Problem

Problems: TypeAlias = Iterator[Problem]

_LONGEST_NAME = 60
BUTTON = 20  # grapheme clusters on a quick reply


def graphemes(text: str) -> int:
    """How many letters a person sees: LINE counts the labels of its buttons so."""
    return len(regex.findall(r"\X", text))


def texts(data: object, where: str, languages: Sequence[str], longest: int) -> Problems:
    """One text for each language, none longer than `longest` letters."""
    if not isinstance(data, Mapping):
        yield Problem(where, "texts_needed", {"languages": languages})
        return
    for each in languages:
        if each not in data:
            yield Problem(f"{where}.{each}", "language_missing", {"language": each})
    for language, text in data.items():
        place = f"{where}.{language}"
        if language not in languages:
            yield Problem(place, "language_unlisted", {"languages": languages})
        elif not isinstance(text, str) or not text.strip():
            yield Problem(place, "text_needed")
        elif graphemes(text) > longest:
            code = "button_too_long" if longest <= BUTTON else "text_too_long"
            yield Problem(place, code, _excess(graphemes(text), longest))


def _excess(length: int, longest: int) -> dict[str, int]:
    return {"length": length, "longest": longest, "over": length - longest}


def named(value: object, where: str, pattern: re.Pattern[str], code: str) -> Problems:
    """A name of this pattern, which the problem called `code` puts in words."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        yield Problem(where, code)
    elif len(value) > _LONGEST_NAME:
        yield Problem(where, "name_too_long", {"length": len(value), "longest": _LONGEST_NAME})


def unknown(data: Mapping[Any, Any], where: str, known: frozenset[str]) -> Problems:
    """Fields that nobody reads: most likely a slip of the pen."""
    for name in data:
        if name not in known:
            place = f"{where}.{name}" if where else f"{name}"
            yield Problem(place, "field_unknown", {"known": sorted(known)})


def flags(data: Mapping[Any, Any], where: str, *names: str) -> Problems:
    """Fields that are true or false where they are there."""
    for name in names:
        if not isinstance(data.get(name, True), bool):
            yield Problem(f"{where}.{name}", "flag")
