"""A picture as data: rows of marks, each with its number and the filter that opens the entries behind it.

Pages draw it, sheets list it. Nothing in it is withheld and there all the same: a mark knows no more than may be shown.
"""

from dataclasses import dataclass

from bot.pictures.cells import Cell
from bot.store.seeking import Sought


@dataclass(frozen=True, slots=True)
class Mark:
    """One number of a picture. `tone` is how it is drawn; `sought` finds its entries, None where there are none.

    `part` is its length as drawn, 0 to 1, None where the number is withheld.
    """

    cell: Cell
    tone: str = "plain"
    sought: Sought | None = None
    part: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a picture: its name, and a mark for each series. `total` is of the whole line; `note` is in words."""

    name: str
    marks: tuple[Mark, ...]
    total: Mark | None = None
    note: str = ""
    percent: float | None = None
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `series` names the marks of every row; `base` is how many entries or answers it stands on.

    `shape`: "bars" (one mark a row), "stacked" (several, side by side), "columns" (one mark a row, drawn upright).
    """

    slug: str
    title: str
    shape: str
    head: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    base: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def most(self) -> int:
        """The largest number shown."""
        return max((mark.cell.number or 0 for row in self.rows for mark in row.marks), default=0)

    @property
    def stretch(self) -> float:
        """By how much bars are drawn longer than their shares, so that the longest fills the line."""
        longest = max((mark.part or 0 for row in self.rows for mark in row.marks), default=0)
        return 1 / longest if longest else 1

    @property
    def withholds(self) -> bool:
        """Whether a number is withheld."""
        marks = [mark for row in self.rows for mark in (*row.marks, *filter(None, (row.total,)))]
        return any(mark.cell.number is None for mark in marks)
