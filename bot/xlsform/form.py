"""A form as pyxform understands it: the one place that knows how pyxform's result looks.

pyxform (https://github.com/XLSForm/pyxform) checks that the file is an XLSForm and tells what each row is, by whatever
name its type goes, and within which groups. It keeps no rows, changes quotes and joins lines; so texts are read from
the grid, by the row that an item came from.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from bot.errors import Problem
from bot.xlsform.sheets import Grid, Row, plain

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings)' sheet|sheet: '(survey|choices|settings)'")
_QUOTED = re.compile(r"'([^']+)'|\[([^\]:]+)\]")
_INTRODUCED = "group", "repeat", "loop"
# What pyxform says most often, by a part of its sentence, and what we call it.
_KNOWN = (
    ("Could not find the name", "reference_unknown"),
    ("Unknown question type", "type_unknown"),
    ("must be unique", "name_repeated"),
    ("Names must begin with", "name_not_xml"),
    ("has no label or hint", "label_missing"),
    ("Question or group with no name", "name_missing"),
    ("Question with no type", "type_missing"),
    ("should be a choices sheet", "choices_missing"),
    ("List name not in choices sheet", "list_unknown"),
    ("Unmatched", "group_unmatched"),
    ("required column headers were not found", "column_missing"),
    ("Reference variables must start with", "reference_broken"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the survey sheet: a question, or the beginning of a group. `type` is pyxform's word for it.

    `within` are the rows of the groups around it, outermost first.
    """

    type: str
    name: str
    row: Row
    within: tuple[Row, ...] = ()
    list_name: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


class NotAForm(Exception):
    """pyxform does not take it; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def items(grid: Grid) -> list[Item]:
    """What the survey sheet holds, in order. Raises NotAForm."""
    warnings: list[str] = []
    try:
        result = convert(plain(grid), warnings=warnings, validate=False)
    except PyXFormError as error:
        raise NotAForm(_told(grid, str(error), getattr(error, "context", None) or {})) from None
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, RecursionError) as error:
        # Forms of a shape that pyxform did not foresee end in one of these.
        raise NotAForm(Problem("survey!", "form_refused", {"detail": type(error).__name__})) from None
    rows: dict[str, list[Row]] = {}
    for row in grid["survey"].rows:
        rows.setdefault(" ".join(grid["survey"].read(row, "name").split()), []).append(row)
    tree: Mapping[str, Any] = result._pyxform or {}
    return list(_flat(tree.get("children", ()), rows, ()))


def _flat(children: list[Mapping[str, Any]], rows: dict[str, list[Row]], within: tuple[Row, ...]) -> Iterator[Item]:
    for child in children:
        waiting = rows.get(child["name"], [])
        if not waiting:
            continue  # what pyxform adds itself: the form's own id, the text field of or_other
        row = waiting.pop(0)
        parameters = child.get("parameters") or {}
        yield Item(child["type"], child["name"], row, within, child.get("list_name", ""), parameters)
        if child["type"] in _INTRODUCED:
            yield from _flat(child.get("children", []), rows, (*within, row))


def _told(grid: Grid, message: str, context: Mapping[str, Any]) -> Problem:
    """pyxform's error as a problem with its place, as far as its words tell."""
    code = next((code for part, code in _KNOWN if part in message), "form_refused")
    detail = " ".join(_ROW.sub("", message).split())
    quoted = [one or two for one, two in _QUOTED.findall(detail)]
    found = _SHEET.search(message)
    name = str(context.get("sheet") or (found and (found[1] or found[2])) or "survey")
    number = context.get("row") or next(map(int, _ROW.findall(message)), 0)
    facts = {"detail": detail[:300], "quoted": quoted[-1] if quoted else ""}
    sheet = grid.get(name)
    if sheet is None or not number:
        return Problem(_where_said(grid, quoted) or f"{name}!", code, facts)
    header = next((each for each, field in sheet.fields.items() if context.get("column") in (each, *field)), "")
    return Problem(sheet.where(number, header), code, facts | {"column": header})


def _where_said(grid: Grid, quoted: list[str]) -> str:
    """The cell that says exactly what an error quotes."""
    for sheet in grid.values():
        for row in sheet.rows:
            for header, text in row.cells.items():
                if text.strip() in quoted and header.lower() in ("type", "name", "list_name"):
                    return sheet.where(row.number, header)
    return ""
