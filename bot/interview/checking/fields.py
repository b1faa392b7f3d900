"""What some kinds of question have: choices, a scale, a constraint."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from bot.errors import Problem
from bot.interview.checking.texts import Problems, flags, named, texts, unknown
from bot.interview.kinds import KINDS
from bot.interview.questionnaire import Kind

_LEAST_CHOICES, _MOST_CHOICES = 2, 13  # LINE's quick replies
_MOST_GRADES = 12  # the same, with one left for a control
_LABEL = 20  # grapheme clusters on a quick reply
_END = 17  # those of a rating's ends, beside the number
_MESSAGE = 300
_TEXT = 5000  # LINE's longest message

_CHOICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_OF_CHOICE = frozenset(("name", "label", "exclusive", "other"))
_OF_SCALE = frozenset(("least", "most", "low", "high"))


def choices(data: object, where: str, languages: Sequence[str]) -> Problems:
    """The choices of a question that has some."""
    if not isinstance(data, list) or not _LEAST_CHOICES <= len(data) <= _MOST_CHOICES:
        yield Problem(where, f"must be a list of {_LEAST_CHOICES} to {_MOST_CHOICES} choices")
        return
    names: list[object] = []
    for place, each in enumerate(data):
        here = f"{where}[{place}]"
        if not isinstance(each, Mapping):
            yield Problem(here, "must be a mapping with name and label")
            continue
        yield from unknown(each, here, _OF_CHOICE)
        yield from named(each.get("name"), f"{here}.name", _CHOICE, "letters, digits, _ and -")
        yield from texts(each.get("label"), f"{here}.label", languages, _LABEL)
        yield from flags(each, here, "exclusive", "other")
        if each.get("name") in names:
            yield Problem(f"{here}.name", f"“{each.get('name')}” is the name of an earlier choice")
        names.append(each.get("name"))
    yield from _once(data, where, languages)


def _once(data: Sequence[object], where: str, languages: Sequence[str]) -> Problems:
    """Two choices of one label cannot be told apart when typed; two for other words cannot both keep them."""
    choices = [each for each in data if isinstance(each, Mapping)]
    if sum(each.get("other") is True for each in choices) > 1:
        yield Problem(where, "only one choice can be the one for other words")
    for language in languages:
        labels = [each["label"].get(language) for each in choices if isinstance(each.get("label"), Mapping)]
        for label in {str(each) for each in labels if labels.count(each) > 1 and each is not None}:
            yield Problem(where, f"“{label}” is the label of two choices ({language})")


def scale(data: object, where: str, languages: Sequence[str]) -> Problems:
    """The scale of a rating."""
    if not isinstance(data, Mapping):
        yield Problem(where, "must be a mapping with least, most, low and high")
        return
    yield from unknown(data, where, _OF_SCALE)
    least, most = data.get("least", 1), data.get("most", 5)
    if not (type(least) is int and type(most) is int and least >= 0 and 1 <= most - least < _MOST_GRADES):
        yield Problem(where, f"least and most must be whole numbers, 0 or more, with 2 to {_MOST_GRADES} grades")
    for name in ("low", "high"):
        if name in data:
            yield from texts(data[name], f"{where}.{name}", languages, _END)


def constraint(question: Mapping[str, Any], where: str, languages: Sequence[str]) -> Problems:
    """The bounds of an answer: which there may be depends on the kind of question."""
    data, kind = question["constraint"], Kind(question["kind"])
    known = KINDS[kind].bounds
    if not known or not isinstance(data, Mapping):
        yield Problem(where, f"must be a mapping with {', '.join(sorted(known))}" if known else f"{kind} takes none")
        return
    yield from unknown(data, where, known | {"message"})
    if "message" in data:
        yield from texts(data["message"], f"{where}.message", languages, _MESSAGE)
    yield from flags(data, where, *({"whole"} & known))
    if "longest" in known and not _between(data.get("longest", 1), 1, _TEXT):
        yield Problem(f"{where}.longest", f"must be a whole number from 1 to {_TEXT}")
    if "at_least" in known:
        choices = question.get("choices")
        yield from _counts(data, where, len(choices) if isinstance(choices, list) else _MOST_CHOICES)
    if "least" in known:
        yield from _ends(data, where, kind)


def _between(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _counts(data: Mapping[str, Any], where: str, choices: int) -> Problems:
    least, most = data.get("at_least", 1), data.get("at_most", choices)
    if not (_between(least, 1, choices) and _between(most, 1, choices) and least <= most):
        yield Problem(where, f"at_least and at_most must be whole numbers from 1 to {choices}, the lesser first")


def _ends(data: Mapping[str, Any], where: str, kind: Kind) -> Problems:
    read, rule = (_day, "a date, 2026-01-31, or today") if kind is Kind.DATE else (_amount, "a number")
    ends = {name: read(data[name]) for name in ("least", "most") if data.get(name) is not None}
    for name, end in ends.items():
        if end is None:
            yield Problem(f"{where}.{name}", f"must be {rule}")
    fixed = [ends.get(name) for name in ("least", "most")]
    if None not in fixed and "today" not in fixed and fixed[0] > fixed[1]:  # type: ignore[operator]
        yield Problem(where, "least must not be more than most")


def _amount(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) else None


def _day(value: object) -> str | None:
    if value == "today" or type(value) is date:
        return str(value)
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
