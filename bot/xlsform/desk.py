"""What one import has before it: the grid, its languages, and what was found so far, each with its cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.errors import Problem, Severity
from bot.xlsform.languages import code_of, guessed
from bot.xlsform.sheets import Grid, Row, Sheet

_REFERENCE = re.compile(r"\$\{[^}]*\}")
_SMART = str.maketrans("‘’“”", "''\"\"")
_NAMES = {"languages": ("khaojai", "languages")}


@dataclass
class Desk:
    """`cells` are places in the file (sheet!C5) with their headings, by places in the data (questions[2].label)."""

    grid: Grid
    languages: tuple[str, ...] = ()
    unnamed: str = ""  # the language of columns that name none
    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def survey(self) -> Sheet:
        """The sheet of questions."""
        return self.grid["survey"]

    def told(self, sheet: Sheet, row: int, header: str, code: str, **facts: object) -> None:
        """Note a problem of a cell."""
        self.problems.append(Problem(sheet.where(row, header), code, {"column": header, **facts}))

    def warned(self, sheet: Sheet, row: int, header: str, code: str, **facts: object) -> None:
        """Note what is left out or changed without changing what is asked."""
        where = sheet.where(row, header)
        self.problems.append(Problem(where, code, {"column": header, **facts}, Severity.WARNING))

    def came_from(self, path: str, sheet: Sheet, row: int, header: str = "") -> None:
        """Keep where a part of the data came from."""
        self.cells[path] = (sheet.where(row, header), header)

    def code(self, written: str) -> str | None:
        """Our language for a heading's: the unnamed one where it names none."""
        return code_of(written) if written else self.unnamed

    def texts(self, sheet: Sheet, row: Row | None, path: str, *field: str) -> dict[str, str]:
        """The texts of a field by language, in the questionnaire's order of languages."""
        found: dict[str, str] = {}
        number = row.number if row else 2
        for header, written in sheet.translated(*field):
            code = self.code(written)
            if code is None or code in found:
                continue
            self.came_from(f"{path}.{code}", sheet, number, header)
            text = row.cells.get(header, "") if row else ""
            if text:
                found[code] = text
                if _REFERENCE.search(text):
                    self.told(sheet, number, header, "text_refers")
        self.came_from(path, sheet, number, sheet.header(*field) or "::".join(field))
        return {code: found[code] for code in self.languages if code in found}

    def expression(self, row: Row, *field: str) -> str:
        """An expression of the survey sheet, with quotes as they should be."""
        return self.survey.read(row, *field).translate(_SMART).strip()

    def flag(self, sheet: Sheet, row: Row, *field: str) -> bool | None:
        """Yes or no; None where the cell is empty or says something else, which is noted."""
        text = sheet.read(row, *field).strip().lower()
        if text in ("yes", "true", "true()", "1"):
            return True
        if text in ("no", "false", "false()", "0", ""):
            return False if text else None
        self.told(sheet, row.number, sheet.header(*field), "flag_dynamic")
        return None


def desk_for(grid: Grid) -> Desk:
    """The desk of a grid: which languages its columns are in. Those that are not ours are named."""
    desk = Desk(grid)
    settings, survey = grid.get("settings"), grid["survey"]
    first = settings.rows[0] if settings and settings.rows else None
    default = code_of(settings.read(first, "default_language")) if settings and first else None
    unlabelled = [row.cells.get(survey.header("label"), "") for row in survey.rows]
    desk.unnamed = default or guessed(filter(None, unlabelled))
    listed = settings.read(first, *_NAMES["languages"]).split() if settings and first else []
    found = [desk.code(written) for header, written in survey.translated("label") if _used(survey, header)]
    asked = [code for code in listed if code in found or not found] + [code for code in found if code]
    desk.languages = tuple(dict.fromkeys(asked)) or (desk.unnamed,)
    for sheet in grid.values():
        for header, tokens in sheet.fields.items():
            written = tokens[-1] if len(tokens) > 1 and _translatable(tokens) else ""
            if written and code_of(written) is None and _used(sheet, header):
                desk.warned(sheet, 1, header, "language_foreign", name=written)
    return desk


def _used(sheet: Sheet, header: str) -> bool:
    return any(row.cells.get(header) for row in sheet.rows)


def _translatable(tokens: tuple[str, ...]) -> bool:
    """Whether the last part of a heading is a language."""
    if tokens[0] in ("bind", "khaojai"):
        return len(tokens) > 2
    return tokens[0] in ("label", "hint")


def located(problems: Iterable[Problem], cells: Mapping[str, tuple[str, str]]) -> list[Problem]:
    """The problems of the data, at the cells that the data came from."""
    return [_moved(each, cells) for each in problems]


def _moved(problem: Problem, cells: Mapping[str, tuple[str, str]]) -> Problem:
    path: str = problem.where
    while path and path not in cells:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    where, header = cells.get(path, ("", ""))
    facts: dict[str, Any] = {**problem.facts, **({"column": header} if header else {})}
    return Problem(where or problem.where, problem.code, facts, problem.severity)
