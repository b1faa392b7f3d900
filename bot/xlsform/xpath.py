"""A show_if and a constraint → XLSForm's expressions, as forms elsewhere evaluate them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.interview.questionnaire import Condition, Constraint, Kind, Question, ShowIf, Test, Value

_SIGNS = {Test.AT_LEAST: ">=", Test.AT_MOST: "<="}


def relevant(rule: ShowIf, kinds: Mapping[str, Kind]) -> str:
    """The `relevant` of a show_if; `kinds` are those of the questions it names."""
    return _joined(rule, kinds, outermost=True)


def _joined(rule: Condition | ShowIf, kinds: Mapping[str, Kind], outermost: bool = False) -> str:
    if isinstance(rule, Condition):
        return _condition(rule, kinds[rule.question])
    parts = [_joined(each, kinds) for each in rule.conditions]
    text = f" {'and' if rule.all_of else 'or'} ".join(parts)
    return text if outermost or len(parts) == 1 else f"({text})"


def _condition(condition: Condition, kind: Kind) -> str:
    name, test, value = f"${{{condition.question}}}", condition.test, condition.value
    if test is Test.ANSWERED:
        return f"{name} {'!=' if value else '='} ''"
    if test in _SIGNS:
        return f"{name} {_SIGNS[test]} {_literal(value, kind)}"
    values = value if isinstance(value, list) else [value]
    positive = test in (Test.IS, Test.ANY_OF)
    parts = [_is(name, each, kind, positive) for each in values]
    text = f" {'or' if positive else 'and'} ".join(parts)
    return text if len(parts) == 1 else f"({text})"


def _is(name: str, value: Value, kind: Kind, positive: bool) -> str:
    if kind is Kind.SELECT_MULTIPLE:
        test = f"selected({name}, {_literal(value, kind)})"
        return test if positive else f"not({test})"
    return f"{name} {'=' if positive else '!='} {_literal(value, kind)}"


def _literal(value: Any, kind: Kind) -> str:
    if isinstance(value, bool):
        return "'yes'" if value else "'no'"
    if isinstance(value, int | float):
        return fixed(value)
    if kind is Kind.DATE:
        return "today()" if value == "today" else f"date('{value}')"
    return f"'{value}'"


def fixed(value: float | str) -> str:
    """A number or text as it stands in a cell: numbers without an exponent."""
    return value if isinstance(value, str) else format(Decimal(repr(value)), "f")


def constraint(question: Question) -> str:
    """The `constraint` of a question's bounds, and of choices that go alone; "" where there is none."""
    bounds, parts = question.constraint, []
    if question.kind in (Kind.NUMBER, Kind.DATE):
        parts = [
            f". {sign} {_literal(end, question.kind)}"
            for sign, end in ((">=", bounds.least), ("<=", bounds.most))
            if end is not None
        ]
    if bounds.longest is not None:
        parts.append(f"string-length(.) <= {bounds.longest}")
    if question.kind is Kind.SELECT_MULTIPLE:
        parts += list(_counted(bounds, question))
    return " and ".join(parts)


def _counted(bounds: Constraint, question: Question) -> list[str]:
    ends = ((">=", bounds.at_least), ("<=", bounds.at_most))
    counts = [f"count-selected(.) {sign} {count}" for sign, count in ends if count is not None]
    alone = [each.name for each in question.choices if each.exclusive]
    return counts + [f"not(selected(., '{name}') and count-selected(.) > 1)" for name in alone]
