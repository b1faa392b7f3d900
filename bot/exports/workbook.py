"""A table as an Excel workbook. Cells are typed: text stays text, so that 0812 and =1+1 need no guard here."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import rustpy_xlsxwriter
from rustpy_xlsxwriter.rustpy_xlsxwriter import Format

from bot.exports.layout import Cell, Column
from bot.store.exporting import Filed

CUT = "…[ตัด / cut]"
# Integers from here on would lose digits, for Excel counts in floating point with 15 of them.
INEXACT = 10**15
# What XML cannot hold, and the carriage return, which Excel shows as _x000D_.
_UNFIT = dict.fromkeys([*range(9), 11, 12, *range(13, 32), 0xFFFE, 0xFFFF])
# Widths in characters; words wrap in columns that are wide.
NARROW, WIDE, WIDTH_OF_MEANINGS = 14.0, 40.0, 80.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Excel's own (Microsoft, "Excel specifications and limits"): rows of a sheet below its header, and the length
    of a cell, which it counts in UTF-16 code units.
    """

    rows: int = 1_048_575
    cell: int = 32_767


EXCEL = Limits()


def write_xlsx(
    columns: Sequence[Column], filed: Iterator[Filed], out: BinaryIO, total: int, limits: Limits = EXCEL
) -> None:
    """Write a workbook: entries, on as many sheets as the limit asks for, and a sheet that explains the columns.

    It is made in a file of its own and then copied: into an open file the library writes only from memory.
    """
    with tempfile.TemporaryDirectory(prefix="khaojai-export-") as folder:
        path = Path(folder) / "export.xlsx"
        count = max(1, -(-total // limits.rows))
        names = [f"entries {number + 1}" if number else "entries" for number in range(count)]
        empty = [{each.name: None for each in columns}]
        sheets: list[tuple[str, Any]] = [
            (name, _rows(columns, islice(filed, limits.rows), limits) if total else empty) for name in names
        ]
        sheets.append(("dictionary", [_explained(each) for each in columns]))
        rustpy_xlsxwriter.write_worksheets(sheets, str(path), **_looks(columns, names))
        with path.open("rb") as book:
            shutil.copyfileobj(book, out)


def _looks(columns: Sequence[Column], names: Sequence[str]) -> dict[str, Any]:
    """How the sheets of these names look: frozen heads, filters, widths, and wrapping where words are long."""
    widths = {each.name: float(each.width) for each in columns if each.width}
    wrapping = Format().set_text_wrap().set_align("top")
    wrapped = {name: wrapping for name, width in widths.items() if width >= WIDE}
    explained = {"column": 32.0, "meaning": WIDTH_OF_MEANINGS, "codes": WIDTH_OF_MEANINGS}
    return {
        "bold_headers": True,
        "datetime_format": "yyyy-mm-dd hh:mm:ss",
        "freeze_panes": {"general": {"row": 1, "col": 0}, **{name: {"row": 1, "col": 1} for name in names}},
        "autofilter": dict.fromkeys(names, True),
        "column_width": dict.fromkeys(names, NARROW),
        "column_widths": {**dict.fromkeys(names, widths), "dictionary": explained},
        "column_formats": {**dict.fromkeys(names, wrapped), "dictionary": {"meaning": wrapping, "codes": wrapping}},
    }


def _explained(column: Column) -> dict[str, str]:
    return {"column": column.name, "meaning": column.meaning, "codes": column.codes}


def _rows(columns: Sequence[Column], filed: Iterable[Filed], limits: Limits) -> Iterator[dict[str, Cell]]:
    cells = [(each.name, each.cell) for each in columns]
    for entry in filed:
        yield {name: fitting(cell(entry), limits.cell) for name, cell in cells}


def fitting(cell: Cell, longest: int = EXCEL.cell) -> Cell:
    """A cell as Excel can hold it: text within its length, moments without zone, big numbers as text."""
    match cell:
        case str():
            text = cell.translate(_UNFIT)
            return text if 2 * len(text) <= longest else _cut(text, longest)
        case datetime():
            return cell.replace(tzinfo=None)
        case int() if abs(cell) >= INEXACT:
            return str(cell)
    return cell


def _cut(text: str, longest: int) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    # Half a letter at the cut is dropped.
    return units[: 2 * (longest - len(CUT))].decode("utf-16-le", "ignore") + CUT
