"""Small tables as a workbook: a sheet each, text as text and numbers as numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import rustpy_xlsxwriter
from rustpy_xlsxwriter.rustpy_xlsxwriter import Format

from bot.exports.layout import Cell
from bot.exports.workbook import fitting

# Excel's: the length of a sheet's name, and what it may not hold.
LONGEST_NAME = 31
_UNFIT = re.compile(r"[\[\]:*?/\\']")
WIDTHS = (44.0, 16.0)
"""Of the first column, and of the others, in characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, what the columns are called, and the rows, each as long as the heads."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    wide: Sequence[str] = ()


def write_sheets(sheets: Sequence[Sheet], out: BinaryIO) -> None:
    """Write the tables, a sheet each, in their order."""
    named = dict(zip(_names([each.name for each in sheets]), sheets, strict=True))
    wrapping = Format().set_text_wrap().set_align("top")
    rustpy_xlsxwriter.write_worksheets(
        [(name, _rows(each)) for name, each in named.items()],
        out,
        bold_headers=True,
        freeze_panes={name: {"row": 1, "col": 0} for name in named},
        column_width=dict.fromkeys(named, WIDTHS[1]),
        column_widths={
            name: {each.heads[0]: WIDTHS[0], **dict.fromkeys(each.wide, 2 * WIDTHS[0])} for name, each in named.items()
        },
        column_formats={name: dict.fromkeys((each.heads[0], *each.wide), wrapping) for name, each in named.items()},
    )


def _rows(sheet: Sheet) -> list[dict[str, Cell]]:
    rows = [{head: fitting(cell) for head, cell in zip(sheet.heads, row, strict=True)} for row in sheet.rows]
    return rows or [dict.fromkeys(sheet.heads)]


def _names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes, each of them once."""
    found: list[str] = []
    for name in wanted:
        short = _UNFIT.sub(" ", name).strip()[:LONGEST_NAME] or "-"
        number = 1
        while short in found:
            number += 1
            short = f"{short[: LONGEST_NAME - 4]} {number}"
        found.append(short)
    return found
