"""Surveys as files, both ways: YAML, and XLSForm (.xlsx).

    opened("needs.xlsx", bytes)   a Draft: plain data, and every problem and warning with its place in the file
    written(data, "yaml")         the bytes of a file; opened again it is the same survey

Opening never raises, whatever the file is; what is refused is refused in bounded time and memory.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from bot.errors import Problem
from bot.interview import reading
from bot.xlsform import Draft, read_workbook, write_workbook

FORMATS = ("yaml", "xlsx")
MIME_TYPES = {
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LARGEST_YAML = 500_000  # bytes
_DEEPEST = 20  # a questionnaire nests to about 10
_WIDTH = 110
_LAST = re.compile(r"(\.[^.\[]*|\[\d+\])$")


def opened(name: str, content: bytes, project: str = "") -> Draft:
    """The draft in a file of this name. `project` is the slug of the one it is to belong to, else the file's own."""
    ending = name.lower().rpartition(".")[2]
    if ending in ("xlsx", "xls", "xlsm"):
        return read_workbook(content, project)
    if ending not in ("yaml", "yml"):
        return Draft(None, [Problem("", "file_kind_unknown")])
    return _read_yaml(content, project)


def written(data: Mapping[str, Any], kind: str) -> bytes:
    """A file of this format. Raises Refused("survey.invalid", problems=...) where XLSX cannot hold the draft."""
    if kind == "xlsx":
        return write_workbook(reading.read(data))
    text = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.encode()


def _read_yaml(content: bytes, project: str) -> Draft:
    if len(content) > LARGEST_YAML:
        facts = {"size": len(content) // 1000, "most": LARGEST_YAML // 1000}
        return Draft(None, [Problem("", "file_too_large", facts)])
    if not content.strip():
        return Draft(None, [Problem("", "file_empty")])
    try:
        loader = _Loader(content.decode("utf-8-sig"))
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except UnicodeDecodeError as error:
        return Draft(None, [Problem("", "not_utf8", {"byte": error.start + 1})])
    except (yaml.YAMLError, _Refusal, ValueError) as error:
        return Draft(None, [_told(error)])
    if isinstance(data, dict) and project:
        data["project"] = project
    lines = dict(_lines(node, ""))
    problems = [_on_line(each, lines) for each in (*reading.problems(data), *reading.warnings(data))]
    return Draft(data if isinstance(data, dict) else None, problems)


class _Refusal(Exception):
    """YAML that is not taken, though it is YAML."""

    def __init__(self, code: str, mark: Any, **facts: object) -> None:
        self.code, self.problem_mark, self.facts = code, mark, facts
        super().__init__(code)


class _Loader(yaml.SafeLoader):
    """YAML without what hides or repeats parts: aliases, keys that are there twice, endless nesting."""

    deep = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise _Refusal("alias", self.peek_event().start_mark)
        self.deep += 1
        if self.deep > _DEEPEST:
            raise _Refusal("too_deep", self.peek_event().start_mark)
        node = super().compose_node(parent, index)
        self.deep -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[Any] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                name = self.construct_object(key)
                if name in seen:
                    raise _Refusal("key_twice", key.start_mark, name=name)
                seen.add(name)
        return super().construct_mapping(node, deep)


def _told(error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"{mark.line + 1}:{mark.column + 1}" if mark else ""
    if isinstance(error, _Refusal):
        return Problem(where, error.code, error.facts)
    return Problem(where, "not_yaml", {"detail": getattr(error, "problem", None) or error})


def _lines(node: Any, path: str) -> Iterator[tuple[str, int]]:
    """The line of every place in the data."""
    if node is None:
        return
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            yield from _lines(value, f"{path}.{name}" if path else name)
    elif isinstance(node, yaml.SequenceNode):
        for place, each in enumerate(node.value):
            yield from _lines(each, f"{path}[{place}]")


def _on_line(problem: Problem, lines: Mapping[str, int]) -> Problem:
    """The problem with the line of its place, or of the nearest place around it that is in the file."""
    path = problem.where
    while path and path not in lines:
        path = _LAST.sub("", path) if _LAST.search(path) else ""
    facts = {**problem.facts, "line": lines[path]} if path else problem.facts
    return Problem(problem.where, problem.code, facts, problem.severity)
