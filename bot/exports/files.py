"""Tables as files: CSV, XLSX and JSON Lines.

CSV begins with a byte order mark, without which Thai Excel reads it as another alphabet; a cell a person wrote that
begins as a formula would gets an apostrophe before it (OWASP, "CSV Injection"). XLSX cells are typed: text stays text,
so a leading zero or equals sign needs no guard there.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import orjson
import rustpy_xlsxwriter

from bot.exports.layout import Cell, Column
from bot.store.exporting import Filed

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel's own limits: rows of a sheet, of which one is the header, and characters of a cell.
SHEET_ROWS = 1_048_575
CELL_CHARACTERS = 32_767
CUT = "…[ตัด / cut]"


def safe(cell: Cell) -> Cell:
    """The cell, made harmless for a spreadsheet that reads CSV. Numbers are ours and stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def write_csv(columns: Sequence[Column], filed: Iterable[Filed], out: TextIO) -> int:
    """Write a table as CSV with a byte order mark. Returns the number of rows."""
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([each.name for each in columns])
    count = 0
    for entry in filed:
        writer.writerow([safe(each.cell(entry)) for each in columns])
        count += 1
    return count


def write_dictionary(columns: Sequence[Column], out: TextIO) -> None:
    """Write what each column means, as CSV."""
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(("column", "meaning"))
    writer.writerows((each.name, each.meaning) for each in columns)


def write_xlsx(columns: Sequence[Column], filed: Iterator[Filed], out: BinaryIO, total: int) -> None:
    """Write a workbook: entries, on as many sheets as Excel's limit asks for, and a sheet that explains the columns."""
    sheets: list[tuple[str, Any]] = []
    for number in range(max(1, -(-total // SHEET_ROWS))):
        rows = _cells(columns, islice(filed, SHEET_ROWS)) if total else [{each.name: None for each in columns}]
        sheets.append((f"entries {number + 1}" if number else "entries", rows))
    sheets.append(("dictionary", [{"column": each.name, "meaning": each.meaning} for each in columns]))
    rustpy_xlsxwriter.write_worksheets(
        sheets,
        out,
        bold_headers=True,
        freeze_panes={"general": {"row": 1, "col": 0}},
    )


def _cells(columns: Sequence[Column], filed: Iterable[Filed]) -> Iterator[dict[str, Cell]]:
    for entry in filed:
        yield {each.name: _fitting(each.cell(entry)) for each in columns}


def _fitting(cell: Cell) -> Cell:
    """A cell within Excel's size; big numbers, which Excel would round, become text."""
    if isinstance(cell, str):
        return cell if len(cell) <= CELL_CHARACTERS else cell[: CELL_CHARACTERS - len(CUT)] + CUT
    return str(cell) if isinstance(cell, int) and abs(cell) >= 10**15 else cell


def write_jsonl(records: Iterable[dict[str, Any]], out: BinaryIO) -> int:
    """Write one JSON object a line, UTF-8. Returns the number of lines."""
    count = 0
    for record in records:
        out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its place only once it is whole: a failed export leaves an earlier one as it was."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


Counted = Callable[[Iterator[Filed], int], Iterator[Filed]]
"""Wraps a stream of entries of known length, to show progress."""
