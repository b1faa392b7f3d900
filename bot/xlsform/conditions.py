"""A `relevant` → a show_if, as the plain data of `bot.interview.reading`.

What an expression may do here: compare one earlier answer with a fixed value, selected(), not(), and, or, ask whether
something was answered, and go through a calculate that comes down to these. A comparison of two answers, arithmetic
and the like cannot be said in a show_if: that raises Unresolved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Any, TypeAlias

from bot.xlsform.expressions import Call, Literal, Node, Ref

Rule: TypeAlias = dict[str, Any] | bool  # the data of a show_if, or what always or never holds

_NEGATED = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_HOLDS = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


class Unresolved(Exception):
    """What a show_if cannot say. The message is the part that is too much."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an expression may speak of: questions as plain data by the name in the file, and calculations."""

    questions: Mapping[str, Mapping[str, Any]]
    calculations: Mapping[str, Node]
    choices: Mapping[str, Mapping[str, str]]  # by question: name in the file → ours


def rule(node: Node, known: Known, holds: bool = True, deep: int = 0) -> Rule:
    """The rule that is true exactly where the expression is (or is not, with `holds` false). Raises Unresolved."""
    if deep > 60:
        raise Unresolved("…")
    match node:
        case Call("and" | "or" as word, (left, right)):
            parts = [rule(left, known, holds, deep + 1), rule(right, known, holds, deep + 1)]
            return joined("all" if (word == "and") == holds else "any", parts)
        case Call("not", (inner,)):
            return rule(inner, known, not holds, deep + 1)
        case Call("true", ()):
            return holds
        case Call("false", ()):
            return not holds
        case Call("selected", (Ref(name), Literal(value))):
            return _selected(name, str(value), known, holds)
        case Call("if", (test, yes, no)):
            then = joined("all", [rule(test, known, True, deep + 1), rule(yes, known, holds, deep + 1)])
            other = joined("all", [rule(test, known, False, deep + 1), rule(no, known, holds, deep + 1)])
            return joined("any", [then, other])
        case Call(op, (left, right)) if op in _HOLDS:
            return _comparison(op, (left, right), known, holds, deep + 1)
        case Ref(name) if name in known.calculations:
            return rule(known.calculations[name], known, holds, deep + 1)
    raise Unresolved(shown(node))


def joined(word: str, parts: Sequence[Rule]) -> Rule:
    """Rules joined by all or any, without what goes without saying; alike tests of one answer become one."""
    absorbing = word == "any"
    listed: list[dict[str, Any]] = []
    for part in parts:
        if part is absorbing:
            return absorbing
        if isinstance(part, dict):
            listed += part.get(word, [part])
    listed = _merged(listed, *(("is", "any_of") if word == "any" else ("is_not", "none_of")))
    if not listed:
        return not absorbing
    return listed[0] if len(listed) == 1 else {word: listed}


def _merged(rules: Sequence[dict[str, Any]], one: str, several: str) -> list[dict[str, Any]]:
    merged: list[dict[str, Any]] = []
    places: dict[str, int] = {}
    for each in rules:
        name = each.get("question")
        if name is None or not ({one, several} & set(each)) or isinstance(each.get(one), bool):
            merged.append(each)
            continue
        values = each[several] if several in each else [each[one]]
        if name in places:
            before = merged[places[name]]
            kept = before[several] if several in before else [before[one]]
            merged[places[name]] = {"question": name, several: list(dict.fromkeys([*kept, *values]))}
        else:
            places[name] = len(merged)
            merged.append(each)
    return merged


def _comparison(op: str, sides: tuple[Node, Node], known: Known, holds: bool, deep: int) -> Rule:
    left, right = sides
    if fixed(left) is not None and fixed(right) is None:
        left, right, op = right, left, _FLIPPED[op]
    value = fixed(right)
    match left:
        case Literal() | Call("date", _) if value is not None:
            return _HOLDS[op](str(fixed(left)), str(value)) is holds
        case Call("string-length" | "count-selected", (Ref(name),)) if value is not None:
            return _counted(name, op, value, known, holds)
        case Call("true" | "false" as word, ()) if value is not None:
            return rule(Call(word, ()), known, holds if _HOLDS[op](str(value), "true") else not holds, deep)
        case Call("if", (test, yes, no)):
            return rule(Call("if", (test, Call(op, (yes, right)), Call(op, (no, right)))), known, holds, deep)
        case Ref(name) if name in known.calculations:
            return _calculated(known.calculations[name], Call(op, (left, right)), known, holds, deep)
        case Ref(name) if value is not None and name in known.questions:
            return _compared(known, name, op if holds else _NEGATED[op], value, asked=holds)
    raise Unresolved(shown(Call(op, (left, right))))


def _calculated(node: Node, test: Call, known: Known, holds: bool, deep: int) -> Rule:
    """A test of a calculation, which is `node`."""
    op, right = test.name, test.args[1]
    boolean = isinstance(node, Call) and node.name in ("and", "or", "not", "selected", *_HOLDS)
    if not boolean:
        return rule(Call(op, (node, right)), known, holds, deep)
    truth = {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}
    said = right.name == "true" if isinstance(right, Call) and right.name in ("true", "false") else None
    said = truth.get(str(fixed(right))) if said is None else said
    if said is None or op not in ("=", "!="):
        raise Unresolved(shown(node))
    return rule(node, known, holds is (said is (op == "=")), deep)


def _counted(name: str, op: str, value: object, known: Known, holds: bool) -> Rule:
    """Whether there is an answer at all, asked by its length."""
    if name not in known.questions or not isinstance(value, int | float):
        raise Unresolved(name)
    some, none = _HOLDS[op](1, value) and _HOLDS[op](10_000, value), _HOLDS[op](0, value)
    if some == none:
        raise Unresolved(f"{name} {op} {value}")
    return {"question": known.questions[name]["name"], "answered": some is holds}


def _selected(name: str, value: str, known: Known, holds: bool) -> Rule:
    question = known.questions.get(name)
    if question is None or question["kind"] not in ("select_one", "select_multiple", "yes_no"):
        raise Unresolved(f"selected(${{{name}}}, '{value}')")
    return {"question": question["name"], "is" if holds else "is_not": _answer(known, name, value)}


def _answer(known: Known, name: str, value: object) -> Any:
    """A fixed value as an answer to the question has it. Raises Unresolved where it never has it."""
    question = known.questions[name]
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if question["kind"] == "yes_no" and text in ("yes", "no"):
        return text == "yes"
    if question["kind"] in ("select_one", "select_multiple"):
        return known.choices.get(name, {}).get(text, text)
    raise Unresolved(f"${{{name}}} = '{text}'")


def _compared(known: Known, name: str, op: str, value: object, asked: bool) -> Rule:
    """One answer against a fixed value. What was a negated comparison (`asked` false) holds without an answer too."""
    question = known.questions[name]
    ours, kind = question["name"], question["kind"]
    if value == "":
        if op not in ("=", "!="):
            raise Unresolved(f"${{{name}}} {op} ''")
        return {"question": ours, "answered": op == "!="}
    if kind in ("select_one", "yes_no") and op in ("=", "!="):
        return {"question": ours, "is" if op == "=" else "is_not": _answer(known, name, value)}
    if kind == "select_one":
        return _ranked(question, op, value)
    if kind not in ("number", "rating", "date"):
        raise Unresolved(f"${{{name}}} {op} {value}")
    tested = _tested(question, op, value)
    unanswered = {"question": ours, "answered": False}
    return (
        {"question": ours} | tested
        if asked or "is_not" in tested
        else joined("any", [unanswered, {"question": ours} | tested])
    )


def _ranked(question: Mapping[str, Any], op: str, value: object) -> Rule:
    """Choices whose names are numbers, compared by them."""
    try:
        names = [each["name"] for each in question["choices"]]
        fitting = [each for each in names if _HOLDS[op](float(each), float(str(value)))]
    except ValueError:
        raise Unresolved(f"{question['name']} {op} {value}") from None
    return {"question": question["name"], "any_of": fitting} if fitting else False


def _tested(question: Mapping[str, Any], op: str, value: object) -> dict[str, Any]:
    kind = question["kind"]
    if kind == "date":
        end: Any = _day(str(value))
    else:
        try:
            end = whole(float(str(value)))
        except ValueError:
            raise Unresolved(f"{question['name']} {op} {value}") from None
    if op in ("=", "!="):
        return {"is" if op == "=" else "is_not": end}
    if op in (">=", "<="):
        return {"at_least" if op == ">=" else "at_most": end}
    if kind == "date":
        return {"at_least" if op == ">" else "at_most": stepped(end, 1 if op == ">" else -1)}
    if kind == "number" and not question.get("constraint", {}).get("whole"):
        raise Unresolved(f"{question['name']} {op} {value}")
    return {"at_least": floor(end) + 1} if op == ">" else {"at_most": ceil(end) - 1}


def fixed(node: Node) -> str | float | None:
    """The value of an expression that speaks of no answer: a text, a number, an ISO date."""
    match node:
        case Literal(value):
            return value
        case Call("date", (Literal(str(value)),)):
            return value
    return None


def whole(number: float) -> float:
    """The number as an int where it is one, as authors write it."""
    return int(number) if number.is_integer() else number


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unresolved(text) from None


def stepped(day: str, days: int) -> str:
    """The ISO date so many days later. Raises Unresolved for what is no date."""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        raise Unresolved(day) from None


def shown(node: Node) -> str:
    """The expression, to be quoted to its author."""
    match node:
        case Ref(name):
            return "." if name == "." else f"${{{name}}}"
        case Literal(value):
            return f"'{value}'" if isinstance(value, str) else str(whole(value))
        case Call(op, (left, right)) if op in (*_HOLDS, "and", "or", "+", "-", "*", "div", "mod"):
            return f"{shown(left)} {op} {shown(right)}"
        case Call(name, args):
            return f"{name}({', '.join(map(shown, args))})"
    return node.name
