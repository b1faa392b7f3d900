"""What some kinds of question have: choices, a scale, a constraint."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from bot.errors import Problem
from bot.interview.checking.texts import BUTTON, Problems, flags, named, texts, unknown
from bot.interview.kinds import KINDS
from bot.interview.questionnaire import Kind

_LEAST_CHOICES, _MOST_CHOICES = 2, 13  # LINE's quick replies
_MOST_GRADES = 12  # the same, with one left for a control
_END = 17  # those of a rating's ends, beside the number
_MESSAGE = 300
_TEXT = 5000  # LINE's longest message

_CHOICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_OF_CHOICE = frozenset(("name", "label", "exclusive", "other"))
_OF_SCALE = frozenset(("least", "most", "low", "high"))


def choices(data: object, where: str, languages: Sequence[str]) -> Problems:
    """The choices of a question that has some."""
    if not isinstance(data, list) or not _LEAST_CHOICES <= len(data) <= _MOST_CHOICES:
        count = len(data) if isinstance(data, list) else 0
        code = "too_many_choices" if count > _MOST_CHOICES else "choices_needed"
        yield Problem(where, code, {"count": count, "least": _LEAST_CHOICES, "most": _MOST_CHOICES})
        return
    names: list[object] = []
    for place, each in enumerate(data):
        here = f"{where}[{place}]"
        if not isinstance(each, Mapping):
            yield Problem(here, "choice_shape")
            continue
        yield from unknown(each, here, _OF_CHOICE)
        yield from named(each.get("name"), f"{here}.name", _CHOICE, "choice_name")
        yield from texts(each.get("label"), f"{here}.label", languages, BUTTON)
        yield from flags(each, here, "exclusive", "other")
        if each.get("name") in names:
            yield Problem(f"{here}.name", "choice_twice", {"name": each.get("name")})
        names.append(each.get("name"))
    yield from _once(data, where, languages)


def _once(data: Sequence[object], where: str, languages: Sequence[str]) -> Problems:
    """Two choices of one label cannot be told apart when typed; two for other words cannot both keep them."""
    choices = [each for each in data if isinstance(each, Mapping)]
    if sum(each.get("other") is True for each in choices) > 1:
        yield Problem(where, "two_others")
    for language in languages:
        labels = [each["label"].get(language) for each in choices if isinstance(each.get("label"), Mapping)]
        for label in {str(each) for each in labels if labels.count(each) > 1 and each is not None}:
            yield Problem(where, "label_twice", {"label": label, "language": language})


def scale(data: object, where: str, languages: Sequence[str]) -> Problems:
    """The scale of a rating."""
    if not isinstance(data, Mapping):
        yield Problem(where, "scale_shape")
        return
    yield from unknown(data, where, _OF_SCALE)
    least, most = data.get("least", 1), data.get("most", 5)
    if not (type(least) is int and type(most) is int and least >= 0 and 1 <= most - least < _MOST_GRADES):
        yield Problem(where, "scale_grades", {"most": _MOST_GRADES})
    for name in ("low", "high"):
        if name in data:
            yield from texts(data[name], f"{where}.{name}", languages, _END)


def constraint(question: Mapping[str, Any], where: str, languages: Sequence[str]) -> Problems:
    """The bounds of an answer: which there may be depends on the kind of question."""
    data, kind = question["constraint"], Kind(question["kind"])
    known = KINDS[kind].bounds
    if not known or not isinstance(data, Mapping):
        code = "constraint_shape" if known else "constraint_none"
        yield Problem(where, code, {"known": sorted(known), "kind": kind})
        return
    yield from unknown(data, where, known | {"message"})
    if "message" in data:
        yield from texts(data["message"], f"{where}.message", languages, _MESSAGE)
    yield from flags(data, where, *({"whole"} & known))
    if "longest" in known and not _between(data.get("longest", 1), 1, _TEXT):
        yield Problem(f"{where}.longest", "longest_range", {"most": _TEXT})
    if "at_least" in known:
        choices = question.get("choices")
        yield from _counts(data, where, len(choices) if isinstance(choices, list) else _MOST_CHOICES)
    if "least" in known:
        yield from _ends(data, where, kind)


def default(question: Mapping[str, Any], where: str) -> Problems:
    """The answer that is offered: one that the question itself takes."""
    value, kind, bounds = question["default"], Kind(question["kind"]), question.get("constraint")
    bounds = bounds if isinstance(bounds, Mapping) else {}
    if kind is Kind.TEXT:
        longest = bounds.get("longest", _TEXT)
        fits = isinstance(value, str) and bool(value.strip()) and len(value) <= (longest if type(longest) is int else 0)
    else:
        read = _day if kind is Kind.DATE else _amount
        end = read(value) if value != "today" else None
        least, most = (read(bounds.get(name)) for name in ("least", "most"))
        fits = end is not None and _within(end, least, most)
        fits = fits and not (bounds.get("whole") is True and value != int(value))
    if not fits:
        yield Problem(where, "default_unfit")


def _within(value: Any, least: Any, most: Any) -> bool:
    ends = [end if end != "today" else None for end in (least, most)]
    return (ends[0] is None or value >= ends[0]) and (ends[1] is None or value <= ends[1])


def _between(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _counts(data: Mapping[str, Any], where: str, choices: int) -> Problems:
    least, most = data.get("at_least", 1), data.get("at_most", choices)
    if not (_between(least, 1, choices) and _between(most, 1, choices) and least <= most):
        yield Problem(where, "counts_range", {"choices": choices})


def _ends(data: Mapping[str, Any], where: str, kind: Kind) -> Problems:
    read, code = (_day, "end_date") if kind is Kind.DATE else (_amount, "end_number")
    ends = {name: read(data[name]) for name in ("least", "most") if data.get(name) is not None}
    for name, end in ends.items():
        if end is None:
            yield Problem(f"{where}.{name}", code)
    fixed = [ends.get(name) for name in ("least", "most")]
    if None not in fixed and "today" not in fixed and fixed[0] > fixed[1]:  # type: ignore[operator]
        yield Problem(where, "ends_swapped")


def _amount(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) else None


def _day(value: object) -> str | None:
    if value == "today" or type(value) is date:
        return str(value)
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
