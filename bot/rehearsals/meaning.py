"""What each scripted citizen means to answer: known beforehand, and so spread that each choice is somebody's."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.interview.questionnaire import Kind, Question, Value
from bot.rehearsals.phrases import phrases, stories

# Public places, in degrees: what a phone would send.
PLACES = (
    (13.7563, 100.5018, "ลานคนเมือง กรุงเทพมหานคร"),
    (18.7883, 98.9853, "ประตูท่าแพ เชียงใหม่"),
    (16.4419, 102.8360, "บึงแก่นนคร ขอนแก่น"),
    (7.0086, 100.4747, "หอนาฬิกาหาดใหญ่ สงขลา"),
)
_NUMBERS = (0, 1, 2, 3, 4, 5, 6, 7, 10, 12, 15, 20, 24, 30, 45, 60, 100, 250, 500, 1500, 20000)
_DAYS = (1, 3, 10, 25, 40, 90, 200, 400)


def meant(question: Question, survey: str, place: int, today: date, language: str) -> Value | None:
    """The answer that the person of this place (0 to 19) means to give to this question of this survey."""
    dealt = random.Random(f"{survey}:{question.name}")
    constraint = question.constraint
    match question.kind:
        case Kind.SELECT_ONE:
            return _dealt(dealt, [each.name for each in question.choices], place)
        case Kind.SELECT_MULTIPLE:
            return _several(dealt, question, place)
        case Kind.RATING:
            return _dealt(dealt, range(question.scale.least, question.scale.most + 1), place)
        case Kind.YES_NO:
            return _dealt(dealt, (True, False), place)
        case Kind.NUMBER:
            return _dealt(dealt, _numbers(constraint.least, constraint.most), place)
        case Kind.DATE:
            return _dealt(dealt, _days(_day(constraint.least, today), _day(constraint.most, today), today), place)
        case Kind.PHONE:
            return str(phrases()["phone"])
        case Kind.LOCATION | Kind.PHOTO | Kind.NOTE:
            return None
    story: str = _dealt(dealt, stories(language), place)
    return story[: constraint.longest]


def _dealt(dealt: random.Random, values: Sequence[Any], place: int) -> Any:
    """Each person gets another of the values, as cards are dealt from a shuffled pack."""
    pack = list(values)
    dealt.shuffle(pack)
    return pack[place % len(pack)]


def _several(dealt: random.Random, question: Question, place: int) -> list[str]:
    bounds = question.constraint
    alone = [each.name for each in question.choices if each.exclusive]
    rest = [each.name for each in question.choices if not each.exclusive]
    most = min(bounds.at_most or len(rest), len(rest), 3)
    least = min(max(bounds.at_least or 1, 1), len(rest))
    first = _dealt(dealt, [each.name for each in question.choices], place)
    if first in alone or not rest:
        return [first]
    count = least + place % (max(most - least, 0) + 1)
    others = [each for each in rest if each != first]
    wanted = {first, *others[:count][: count - 1]}
    return [each.name for each in question.choices if each.name in wanted]


def _numbers(least: object, most: object) -> list[int]:
    low = float(least) if isinstance(least, int | float) else 0.0
    high = float(most) if isinstance(most, int | float) else max(low + 100.0, 100.0)
    inside = [each for each in (*_NUMBERS, int(low), int(high)) if low <= each <= high]
    return sorted(set(inside)) or [int(low)]


def _day(bound: object, today: date) -> date | None:
    if not isinstance(bound, str):
        return None
    return today if bound == "today" else date.fromisoformat(bound)


def _days(least: date | None, most: date | None, today: date) -> list[str]:
    base = min(most or today, today) if least is None or least < today else least
    found = [base - timedelta(days=each) for each in _DAYS] + [base + timedelta(days=each) for each in (0, 1, 7)]
    inside = [each for each in found if (least is None or each >= least) and (most is None or each <= most)]
    return [each.isoformat() for each in sorted(set(inside))] or [(least or most or today).isoformat()]
