"""What a form says that nobody here reads: each column and row that is left out is named once."""

from collections.abc import Iterator, Sequence

from bot.errors import Problem, Severity
from bot.xlsform.desk import Desk
from bot.xlsform.form import Item
from bot.xlsform.sheets import Sheet

_READ: dict[str, set[tuple[str, ...]]] = {
    "survey": {("type",), ("name",), ("label",), ("hint",), ("choice_filter",), ("default",), ("parameters",),
               ("bind", "relevant"),
               ("bind", "constraint"), ("bind", "jr:constraintMsg"), ("bind", "required"), ("bind", "calculate"),
               ("khaojai", "kind"), ("khaojai", "sensitive"), ("khaojai", "purpose"), ("khaojai", "low"),
               ("khaojai", "high"), ("khaojai", "show_if")},
    "choices": {("list_name",), ("name",), ("label",), ("khaojai_exclusive",), ("khaojai_other",)},
    "settings": {("title",), ("id_string",), ("default_language",), ("version",), ("khaojai", "project"),
                 ("khaojai", "languages"), ("khaojai", "title"), ("khaojai", "purpose"), ("khaojai", "intro"),
                 ("khaojai", "outro")},
}  # fmt: skip
_ENDS = ("end", "begin")


def unread(desk: Desk, items: Sequence[Item]) -> Iterator[Problem]:
    """A warning for each column with something in it that is not read, and for each row that gave no item."""
    filters = " ".join(desk.survey.read(row, "choice_filter") for row in desk.survey.rows)
    for sheet in desk.grid.values():
        for header, field in sheet.fields.items():
            known = field in _READ[sheet.name] or field[:-1] in _READ[sheet.name]
            if not known and not (sheet.name == "choices" and header in filters):
                yield from _column(sheet, header)
    taken = {id(each.row) for each in items}
    for row in desk.survey.rows:
        kind = desk.survey.read(row, "type").strip()
        if id(row) not in taken and not kind.lower().startswith(_ENDS):
            where = desk.survey.where(row.number, desk.survey.header("type"))
            yield Problem(where, "row_left_out", {"type": kind}, Severity.WARNING)


def _column(sheet: Sheet, header: str) -> Iterator[Problem]:
    """One warning for a column, at the first cell that says something."""
    row = next((row for row in sheet.rows if row.cells.get(header)), None)
    if row is not None:
        where = sheet.where(row.number, header)
        yield Problem(where, "column_unread", {"column": header}, Severity.WARNING)
