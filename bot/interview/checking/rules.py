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
        yield Problem(where, "condition_shape")
        return
    joined = [word for word in ("all", "any") if word in data]
    if not joined:
        yield from _condition(data, where, earlier, names)
    elif len(data) > 1 or not isinstance(data[joined[0]], list) or not data[joined[0]]:
        yield Problem(where, "join_alone", {"word": joined[0]})
    elif deep > _DEEPEST:
        yield Problem(where, "rules_deep", {"most": _DEEPEST})
    else:
        for place, each in enumerate(data[joined[0]]):
            yield from rule(each, f"{where}.{joined[0]}[{place}]", earlier, names, deep + 1)


def _condition(data: Mapping[object, object], where: str, earlier: Earlier, names: Sequence[object]) -> Problems:
    yield from unknown(data, where, _FIELDS)
    tests = [test for test in Test if str(test) in data]
    if not tests:
        yield Problem(where, "test_needed", {"tests": list(Test)})
    name = data.get("question")
    if not isinstance(name, str) or name not in earlier:
        code = "looks_ahead" if name in names else "question_unknown"
        yield Problem(f"{where}.question", code, {"name": name})
        return
    question = earlier[name]
    if question is not None:
        for test in tests:
            yield from _test(question, test, data[str(test)], f"{where}.{test}")


def _test(question: Question, test: Test, value: object, where: str) -> Problems:
    manner = KINDS[question.kind]
    if test not in manner.tests:
        asked = [each for each in Test if each in manner.tests]
        yield Problem(where, "test_unfit" if asked else "test_none", {"kind": question.kind, "tests": asked})
    elif test is Test.ANSWERED:
        if not isinstance(value, bool):
            yield Problem(where, "flag")
    elif test in (Test.ANY_OF, Test.NONE_OF):
        if not isinstance(value, list) or not value:
            yield Problem(where, "values_needed")
        else:
            for place, each in enumerate(value):
                yield from _fits(question, each, f"{where}[{place}]")
    else:
        yield from _fits(question, value, where)


def _fits(question: Question, value: object, where: str) -> Problems:
    if not KINDS[question.kind].fits(question, wanted(value, question.kind)):
        names = [each.name for each in question.choices]
        code = "choice_unknown" if names else "value_unfit"
        yield Problem(where, code, {"question": question.name, "choices": names})
