"""Cells as text, each with its place: what lies between a workbook and the form that is in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from openpyxl.utils import get_column_letter
from pyxform import aliases
from pyxform.parsing.sheet_headers import process_header

# Headings that stand for themselves; what they may be called besides is in pyxform's aliases.
_KNOWN = frozenset(("type", "name", "label", "hint", "default", "parameters", "choice_filter", "list_name", "khaojai"))
_ALIASES = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header | {"list_name": "list_name", "list name": "list_name"},
    "settings": aliases.settings_header,
}


def cell(sheet: str, column: int, row: int) -> str:
    """The place of a cell, counted from 0 across and from 1 down: "survey!C5"."""
    return f"{sheet}!{get_column_letter(column + 1)}{row}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading."""

    number: int
    header: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: text by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @cached_property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """What each heading means: "label::ไทย (th)" is ("label", "ไทย (th)"), "relevance" ("bind", "relevant")."""
        doubled = any("::" in each.header for each in self.columns)
        return {
            each.header: tuple(process_header(each.header, doubled, _ALIASES[self.name], _KNOWN)[1])
            for each in self.columns
        }

    @cached_property
    def _headers(self) -> dict[tuple[str, ...], str]:
        return {tokens: header for header, tokens in self.fields.items()}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {each.header: each.number for each in self.columns}

    def read(self, row: Row | None, *field: str) -> str:
        """What a row says of a field."""
        return row.cells.get(self._headers.get(field, ""), "") if row else ""

    def translated(self, *field: str) -> Iterator[tuple[str, str]]:
        """(heading, language as it is written) of every column of this field; "" for the column without one."""
        for header, tokens in self.fields.items():
            if tokens[: len(field)] == field and len(tokens) <= len(field) + 1:
                yield header, tokens[len(field)] if len(tokens) > len(field) else ""

    def header(self, *field: str) -> str:
        """The heading of a field, or ""."""
        return self._headers.get(field, "")

    def where(self, row: int, header: str = "") -> str:
        """The place of a cell, or of the whole row where there is no such column."""
        return cell(self.name, self._numbers[header], row) if header in self._numbers else f"{self.name}!{row}"


Grid: TypeAlias = Mapping[str, Sheet]


def plain(grid: Grid) -> dict[str, Sequence[dict[str, str | None]]]:
    """The grid as pyxform takes it: rows and headings by the name of the sheet."""
    told: dict[str, Sequence[dict[str, str | None]]] = {}
    for name, sheet in grid.items():
        last = max((row.number for row in sheet.rows), default=1)
        by_number: dict[int, Mapping[str, str]] = {row.number: row.cells for row in sheet.rows}
        told[name] = [dict(by_number.get(number, {})) for number in range(2, last + 1)]
        told[f"{name}_header"] = [dict.fromkeys(each.header for each in sheet.columns)]
    return told
