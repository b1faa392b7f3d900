"""Texts in several languages, names, and fields: the checks that all others are made of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import regex

from bot.errors import Problem

Problems: TypeAlias = Iterator[Problem]

_LONGEST_NAME = 60


def graphemes(text: str) -> int:
    """How many letters a person sees: LINE counts the labels of its buttons so."""
    return len(regex.findall(r"\X", text))


def texts(data: object, where: str, languages: Sequence[str], longest: int) -> Problems:
    """One text for each language, none longer than `longest` letters."""
    if not isinstance(data, Mapping):
        yield Problem(where, f"write one text for each language: {{{', '.join(f'{each}: …' for each in languages)}}}")
        return
    yield from (Problem(f"{where}.{each}", "is missing in this language") for each in languages if each not in data)
    for language, text in data.items():
        place = f"{where}.{language}"
        if language not in languages:
            yield Problem(place, f"is not among the languages of this questionnaire ({', '.join(languages)})")
        elif not isinstance(text, str) or not text.strip():
            yield Problem(place, "must be text; put it in quotes if it looks like something else")
        elif graphemes(text) > longest:
            yield Problem(place, f"has {graphemes(text)} letters; at most {longest} fit")


def named(value: object, where: str, pattern: re.Pattern[str], rule: str) -> Problems:
    """A name of this pattern, which `rule` puts in words."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        yield Problem(where, f"must be {rule}; put it in quotes if it looks like something else")
    elif len(value) > _LONGEST_NAME:
        yield Problem(where, f"must be at most {_LONGEST_NAME} letters")


def unknown(data: Mapping[Any, Any], where: str, known: frozenset[str]) -> Problems:
    """Fields that nobody reads: most likely a slip of the pen."""
    for name in data:
        if name not in known:
            place = f"{where}.{name}" if where else f"{name}"
            yield Problem(place, f"is not known here; known are {', '.join(sorted(known))}")


def flags(data: Mapping[Any, Any], where: str, *names: str) -> Problems:
    """Fields that are true or false where they are there."""
    for name in names:
        if not isinstance(data.get(name, True), bool):
            yield Problem(f"{where}.{name}", "must be true or false")
