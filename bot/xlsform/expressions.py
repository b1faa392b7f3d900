"""XLSForm's expressions (https://docs.getodk.org/form-operators-functions/), which are XPath 1.0, as trees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

_LONGEST, _DEEPEST = 4_000, 40
_TOKEN = re.compile(
    r"""\s*(?:
    \$\{\s*(?P<ref>[^}]+?)\s*\} | "(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<name>[^\W\d][\w:-]*(?:\.[\w:-]+)*) | (?P<op><=|>=|!=|\.\.|[=<>(),.+*/|\[\]-])
    )""",
    re.VERBOSE,
)
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


class Unreadable(Exception):
    """An expression that is not one, or uses what we do not know."""


@dataclass(frozen=True, slots=True)
class Ref:
    """${name}: the answer to a question. Its name is "." for the answer that is being given."""

    name: str


@dataclass(frozen=True, slots=True)
class Word:
    """A bare name: a column of the choices in a choice_filter."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; operators are functions of two, called as they are written."""

    name: str
    args: tuple["Node", ...]


Node: TypeAlias = Ref | Word | Literal | Call
Token: TypeAlias = tuple[str, str]  # sort, text


def parsed(text: str) -> Node:
    """The tree of an expression. Raises Unreadable."""
    if len(text) > _LONGEST:
        raise Unreadable(text[:40])
    reader = _Reader(list(_tokens(text)))
    node = reader.level(0, 0)
    if reader.here[0]:
        raise Unreadable(reader.here[1])
    return node


def _tokens(text: str) -> Iterator[Token]:
    text, place = text.strip(), 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise Unreadable(text[place : place + 20])
        yield ("text" if found.lastgroup in ("double", "single") else found.lastgroup), found[found.lastgroup]
        place = found.end()


class _Reader:
    """Recursive descent over tokens, loosest operators first."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._place = [*tokens, ("", "")], 0

    @property
    def here(self) -> Token:
        return self._tokens[self._place]

    def _next(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _expect(self, op: str) -> None:
        if self._next() != ("op", op):
            raise Unreadable(op)

    def level(self, level: int, deep: int) -> Node:
        """An expression of operators at this level or tighter ones."""
        if deep > _DEEPEST:
            raise Unreadable("(")
        if level == len(_LEVELS):
            return self._atom(deep + 1)
        node = self.level(level + 1, deep)
        while self.here[0] in ("op", "name") and self.here[1] in _LEVELS[level]:
            node = Call(self._next()[1], (node, self.level(level + 1, deep)))
        return node

    def _atom(self, deep: int) -> Node:
        sort, text = self._next()
        match sort, text:
            case "ref", _:
                return Ref(text)
            case "text", _:
                return Literal(text)
            case "number", _:
                return Literal(float(text))
            case "op", ".":
                return Ref(".")
            case "op", "-":
                return _negative(self._atom(deep + 1) if deep <= _DEEPEST else None)
            case "op", "(":
                node = self.level(0, deep)
                self._expect(")")
                return node
            case "name", _ if self.here == ("op", "("):
                return self._call(text, deep)
            case "name", _:
                return Word(text)
        raise Unreadable(text)

    def _call(self, name: str, deep: int) -> Node:
        self._next()
        args: list[Node] = []
        while self.here != ("op", ")"):
            if args:
                self._expect(",")
            args.append(self.level(0, deep))
        self._next()
        return Call(name, tuple(args))


def _negative(node: Node | None) -> Node:
    if isinstance(node, Literal) and isinstance(node.value, float):
        return Literal(-node.value)
    raise Unreadable("-")
