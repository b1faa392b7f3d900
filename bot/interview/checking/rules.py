"""Conditions: they look back only, at answers that can be given."""

from collections.abc import Mapping, Sequence

from bot.errors import Problem
from bot.interview.building import wanted
from bot.interview.checking.texts import Problems, unknown
from bot.interview.kinds import KINDS
from bot.interview.questionnaire import Question, Test

_DEEPEST = 4  # all and any within each other
_FIELDS = frozenset({"question", *map(str, Test)})

Earlier = Mapping[str, Question | None]  # questions by name; None where there is something wrong with them


def rule(data: object, where: str, earlier: Earlier, names: Sequence[object], deep: int = 1) -> Problems:
    """A show_if, and those within it, as far as earlier questions can meet it."""
    if not isinstance(data, Mapping) or not data:
        yield Problem(where, "must be a mapping such as {question: …, is: …}, {all: […]} or {any: […]}")
        return
    joined = [word for word in ("all", "any") if word in data]
    if not joined:
        yield from _condition(data, where, earlier, names)
    elif len(data) > 1 or not isinstance(data[joined[0]], list) or not data[joined[0]]:
        yield Problem(where, f"{joined[0]} must stand alone, with a list of conditions")
    elif deep > _DEEPEST:
        yield Problem(where, f"all and any can stand within each other {_DEEPEST} deep")
    else:
        for place, each in enumerate(data[joined[0]]):
            yield from rule(each, f"{where}.{joined[0]}[{place}]", earlier, names, deep + 1)


def _condition(data: Mapping[object, object], where: str, earlier: Earlier, names: Sequence[object]) -> Problems:
    yield from unknown(data, where, _FIELDS)
    tests = [test for test in Test if str(test) in data]
    if not tests:
        yield Problem(where, f"must ask something: {', '.join(Test)}")
    name = data.get("question")
    if not isinstance(name, str) or name not in earlier:
        wrong = f"“{name}” comes later; conditions look back" if name in names else f"there is no question “{name}”"
        yield Problem(f"{where}.question", wrong)
        return
    question = earlier[name]
    if question is not None:
        for test in tests:
            yield from _test(question, test, data[str(test)], f"{where}.{test}")


def _test(question: Question, test: Test, value: object, where: str) -> Problems:
    manner = KINDS[question.kind]
    if test not in manner.tests:
        asked = ", ".join(each for each in Test if each in manner.tests)
        yield Problem(where, f"cannot be asked of {question.kind}; " + (f"{asked} can" if asked else "nothing can"))
    elif test is Test.ANSWERED:
        if not isinstance(value, bool):
            yield Problem(where, "must be true or false")
    elif test in (Test.ANY_OF, Test.NONE_OF):
        if not isinstance(value, list) or not value:
            yield Problem(where, "must be a list of values")
        else:
            for place, each in enumerate(value):
                yield from _fits(question, each, f"{where}[{place}]")
    else:
        yield from _fits(question, value, where)


def _fits(question: Question, value: object, where: str) -> Problems:
    if not KINDS[question.kind].fits(question, wanted(value, question.kind)):
        names = ", ".join(each.name for each in question.choices)
        yield Problem(where, f"{question.name} never has this answer" + (f"; its choices are {names}" if names else ""))
