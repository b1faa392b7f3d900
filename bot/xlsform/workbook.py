"""The bytes of an .xlsx file → its cells as text, each with its place. Hostile files are refused at small cost.

A file is looked at before it is opened: what it is, how large it grows when unpacked, whether its XML declares
entities. Sheets are then streamed, as far as the limits go.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import Problem
from bot.xlsform.sheets import Column, Grid, Row, Sheet, cell

LARGEST_FILE = 2_000_000  # bytes; a survey of 60 questions in five languages has 30,000
LARGEST_UNPACKED = 20_000_000  # bytes of all its parts together
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 2_000, 120
LONGEST_CELL = 5_000  # characters: LINE's longest message
SHEETS = ("survey", "choices", "settings")
UNREAD = ("entities", "external_choices", "osm")  # sheets of XLSForm's that we cannot use

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # the first bytes of .xlsx; of .xls and of what has a password


class NotAWorkbook(Exception):
    """The file is not one that can be read; `problem` says why."""

    def __init__(self, code: str, **facts: object) -> None:
        self.problem = Problem("", code, facts)
        super().__init__(code)


def opened(content: bytes) -> tuple[Grid, list[Problem]]:
    """The cells of the sheets of an XLSForm, and what is wrong with single cells. Raises NotAWorkbook."""
    _looked_at(content)
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        problems: list[Problem] = []
        named = {name.strip().lower(): workbook[name] for name in workbook.sheetnames}
        grid = {name: _sheet(name, named[name], problems) for name in SHEETS if name in named}
        problems += [Problem(f"{name}!", "sheet_unread", {"name": name}) for name in UNREAD if name in named]
    except NotAWorkbook:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError, EOFError):
        # openpyxl raises all of these at parts that are broken; ElementTree's error is a SyntaxError.
        raise NotAWorkbook("workbook_broken") from None
    if "survey" not in grid:
        raise NotAWorkbook("sheet_missing", sheets=tuple(workbook.sheetnames)[:10])
    return grid, problems


def _looked_at(content: bytes) -> None:
    """Raise NotAWorkbook for what is no .xlsx file, or would grow too large."""
    if len(content) > LARGEST_FILE:
        raise NotAWorkbook("file_too_large", size=len(content) // 1000, most=LARGEST_FILE // 1000)
    if not content.strip():
        raise NotAWorkbook("file_empty")
    if content.startswith(_OLE):
        raise NotAWorkbook("old_excel")
    if not content.startswith(_ZIP):
        raise NotAWorkbook("not_excel")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _parts_looked_at(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise NotAWorkbook("workbook_broken") from None


def _parts_looked_at(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > LARGEST_UNPACKED:
        raise NotAWorkbook("unpacked_too_large", most=LARGEST_UNPACKED // 1_000_000)
    if "xl/workbook.xml" not in archive.namelist():
        raise NotAWorkbook("not_excel")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            text = archive.read(part)  # no more than it declares, which was bounded above
            if b"<!DOCTYPE" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise NotAWorkbook("workbook_broken")


def _sheet(name: str, worksheet: Any, problems: list[Problem]) -> Sheet:
    rows = worksheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
    texts = [[_text(name, each, problems) for each in row] for row in rows]
    if len(texts) > MOST_ROWS + 1:
        raise NotAWorkbook("too_many_rows", sheet=name, most=MOST_ROWS)
    if any(text for row in texts for text in row[MOST_COLUMNS:]):
        raise NotAWorkbook("too_many_columns", sheet=name, most=MOST_COLUMNS)
    columns = tuple(_columns(name, texts[0] if texts else [], problems))
    found = (Row(number, _cells(row, columns)) for number, row in enumerate(texts[1:], start=2))
    problems += _headless(name, texts, columns)
    return Sheet(name, columns, tuple(row for row in found if row.cells))


def _columns(sheet: str, headers: list[str], problems: list[Problem]) -> Iterator[Column]:
    seen: set[str] = set()
    for number, text in enumerate(headers):
        header = " ".join(text.split())
        if header and header in seen:
            problems.append(Problem(cell(sheet, number, 1), "header_twice", {"column": header}))
        elif header:
            seen.add(header)
            yield Column(number, header)


def _cells(row: list[str], columns: tuple[Column, ...]) -> dict[str, str]:
    return {each.header: row[each.number] for each in columns if row[each.number : each.number + 1] not in ([], [""])}


def _headless(sheet: str, texts: list[list[str]], columns: tuple[Column, ...]) -> Iterator[Problem]:
    """Cells below no heading: nobody reads them."""
    headed = {each.number for each in columns}
    for number, row in enumerate(texts[1:], start=2):
        for place, text in enumerate(row):
            if text and place not in headed:
                yield Problem(cell(sheet, place, number), "cell_headless")


def _text(sheet: str, each: Any, problems: list[Problem]) -> str:
    """What a cell says, as text."""
    value = each.value
    if value is None:
        return ""
    where = cell(sheet, each.column - 1, each.row)
    if each.data_type == "f":
        problems.append(Problem(where, "cell_formula"))
        return ""
    if each.data_type == "e":
        problems.append(Problem(where, "cell_error", {"value": value}))
        return ""
    text = _said(value)
    if len(text) > LONGEST_CELL:
        problems.append(Problem(where, "cell_too_long", {"length": len(text), "most": LONGEST_CELL}))
        return text[:LONGEST_CELL]
    return text if text.strip() else ""


def _said(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value).replace("\xa0", " ").replace("_x000D_", "").replace("\r\n", "\n")
