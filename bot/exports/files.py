"""Tables as files: CSV and JSON Lines, and a file that takes its place only once it is whole.

CSV begins with a byte order mark, without which Thai Excel reads it as another alphabet. A cell that would begin a
formula gets an apostrophe before it (OWASP, "CSV Injection", which names full-width signs too), and every text is
quoted, so that no spreadsheet that parts cells at semicolons finds another cell inside one.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import orjson

from bot.exports.layout import Cell, Column
from bot.store.exporting import Filed

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Citizens' words: for the one who exports and their group.
MODE = 0o640

Counted = Callable[[Iterator[Filed], int], Iterator[Filed]]
"""Wraps a stream of entries of known length, to show progress."""


def safe(cell: Cell) -> Cell:
    """The cell, made harmless for a spreadsheet that reads CSV. Numbers are ours and stay numbers."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell


def write_csv(columns: Sequence[Column], filed: Iterable[Filed], out: TextIO) -> None:
    """Write a table as CSV with a byte order mark."""
    cells = [each.cell for each in columns]
    write_table([each.name for each in columns], ([cell(entry) for cell in cells] for entry in filed), out)


def write_table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], out: TextIO) -> None:
    """Write a table whose rows are there already as CSV with a byte order mark."""
    writer = _csv(out)
    writer.writerow(heads)
    writer.writerows([safe(each) for each in row] for row in rows)


def write_dictionary(columns: Sequence[Column], out: TextIO) -> None:
    """Write what each column means, as CSV."""
    write_table(("column", "meaning", "codes"), ((each.name, each.meaning, each.codes) for each in columns), out)


def _csv(out: TextIO) -> Any:
    out.write(BYTE_ORDER_MARK)
    return csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)


def write_jsonl(records: Iterable[dict[str, Any]], out: BinaryIO) -> None:
    """Write one JSON object a line, UTF-8."""
    for record in records:
        out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its place only once it is whole: a failed export leaves an earlier one as it was.

    What is not an ordinary file, such as a pipe or /dev/null, is written to as it is.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE), "wb") as file:
            yield file
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
