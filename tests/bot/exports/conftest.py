"""Taking an export and reading it back, as whoever receives it would."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.exports.exporting import Exported, Order, export
from bot.store.base import Store
from bot.store.exporting import Filed
from bot.store.seeking import Sought
from tests.conftest import SetClock

Row = dict[str, Any]


class Desk:
    """An official's desk: asks for exports and opens them."""

    def __init__(self, store: Store, clock: SetClock, folder: Path) -> None:
        self.store, self.clock, self.folder = store, clock, folder

    def take(self, kind: str, out: Path | None = None, **asked: Any) -> tuple[Path, Exported]:
        """Export to a file."""
        path = out or self.folder / f"out.{kind}"
        named = {f"{name}s": (asked[name],) for name in ("project", "survey") if name in asked}
        days = {name: asked[name] for name in ("since", "until") if name in asked}
        order = Order(format=kind, by="official", sought=Sought(**named, **days), purpose=asked.get("purpose", ""))
        return path, export(self.store, self.clock, order, path, _uncounted)

    def csv(self, **asked: Any) -> list[Row]:
        """Export as CSV and read it with Python's own reader."""
        path, _ = self.take("csv", **asked)
        return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))

    def xlsx(self, **asked: Any) -> list[Row]:
        """Export as XLSX and read the first sheet with openpyxl."""
        path, _ = self.take("xlsx", **asked)
        return sheet(path, "entries")

    def jsonl(self, **asked: Any) -> list[Row]:
        """Export as JSON Lines and read every line."""
        path, _ = self.take("jsonl", **asked)
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _uncounted(filed: Iterator[Filed], _total: int) -> Iterator[Filed]:
    return filed


def sheet(path: Path, name: str) -> list[Row]:
    """A sheet's rows by column."""
    heads, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.fixture
def desk(store: Store, clock: SetClock, tmp_path: Path) -> Desk:
    """On each database."""
    return Desk(store, clock, tmp_path)


@pytest.fixture
def sqlite_desk(sqlite_url: str, clock: SetClock, tmp_path: Path) -> Iterator[Desk]:
    """Where the database makes no difference."""
    store = Store(sqlite_url)
    yield Desk(store, clock, tmp_path)
    store.close()
