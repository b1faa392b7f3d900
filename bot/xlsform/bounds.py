"""A `constraint` → the bounds of an answer, as the plain data of a Constraint."""

from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import Any

from bot.xlsform.conditions import Unresolved, fixed, shown, stepped, whole
from bot.xlsform.expressions import Call, Literal, Node, Ref

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_ENDS = {"least": (">", ">="), "most": ("<", "<=")}
_MEASURED = {"string-length": "text", "count-selected": "select_multiple"}


def bounds(node: Node, question: Mapping[str, Any], name: str) -> tuple[dict[str, Any], set[str]]:
    """(bounds, choices that go alone) in a constraint of the question that the file calls `name`. Raises Unresolved."""
    found: dict[str, Any] = {}
    alone: set[str] = set()
    for part in _conjuncts(node):
        choice = _exclusive(part)
        if choice is not None and question["kind"] == "select_multiple":
            alone.add(choice)
            continue
        for field, end in _bound(_itself(part, name), question).items():
            if field in found:
                raise Unresolved(shown(part))
            found[field] = end
    return found, alone


def _conjuncts(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.name == "and":
        for each in node.args:
            yield from _conjuncts(each)
    else:
        yield node


def _exclusive(node: Node) -> str | None:
    """The choice that is alone, where this is the way to say so: not(selected(., 'x') and count-selected(.) > 1)."""
    match node:
        case Call("not", (Call("and", (Call("selected", (Ref("."), Literal(str(name)))), more)),)):
            pass
        case Call("or", (Call("not", (Call("selected", (Ref("."), Literal(str(name)))),)), less)):
            return name if less in _ONE else None
        case Call("if", (Call("selected", (Ref("."), Literal(str(name)))), less, Call("true", ()))):
            return name if less in _ONE else None
        case _:
            return None
    return name if more in _SEVERAL else None


def _count(op: str, number: float) -> Node:
    return Call(op, (Call("count-selected", (Ref("."),)), Literal(number)))


_SEVERAL = (_count(">", 1), _count(">=", 2), _count("!=", 1))
_ONE = (_count("=", 1), _count("<=", 1), _count("<", 2))


def _itself(node: Node, name: str) -> Node:
    """The expression with the question's own name for what it is: the answer being given."""
    match node:
        case Ref(ref) if ref == name:
            return Ref(".")
        case Call(called, args):
            return Call(called, tuple(_itself(each, name) for each in args))
    return node


def _bound(node: Node, question: Mapping[str, Any]) -> dict[str, Any]:
    match node:
        case Call(op, (left, right)) if op in _FLIPPED:
            if isinstance(right, Ref) or (isinstance(right, Call) and right.name in _MEASURED):
                left, right, op = right, left, _FLIPPED[op]
            end = "today" if right == Call("today", ()) else fixed(right)
            match left, question["kind"]:
                case Ref("."), "number" if not isinstance(end, str) and end is not None:
                    return _number(op, end, bool(question.get("constraint", {}).get("whole")), node)
                case Ref("."), "date" if isinstance(end, str):
                    return _date(op, end, node)
                case Call(measure, (Ref("."),)), kind if _MEASURED.get(measure) == kind and isinstance(end, float):
                    return _length(op, end, kind, node)
    raise Unresolved(shown(node))


def _field(op: str, strict: bool, node: Node) -> str:
    if op in ("<", ">") and not strict:
        raise Unresolved(shown(node))
    return "least" if op in _ENDS["least"] else "most"


def _date(op: str, end: str, node: Node) -> dict[str, Any]:
    field = _field(op, strict=end != "today", node=node)
    return {field: stepped(end, {">": 1, "<": -1}.get(op, 0)) if end != "today" else end}


def _number(op: str, end: float, is_whole: bool, node: Node) -> dict[str, Any]:
    field = _field(op, is_whole, node)
    if op == ">":
        return {field: floor(end) + 1}
    return {field: ceil(end) - 1 if op == "<" else whole(end)}


def _length(op: str, end: float, kind: str, node: Node) -> dict[str, Any]:
    most = ceil(end) - 1 if op == "<" else floor(end)
    least = floor(end) + 1 if op == ">" else ceil(end)
    if kind == "text":
        if op in (">", ">="):
            if least <= 1:
                return {}  # some text: there is no empty answer here
            raise Unresolved(shown(node))
        return {"longest": most}
    return {"at_least": least} if op in (">", ">=") else {"at_most": most}
