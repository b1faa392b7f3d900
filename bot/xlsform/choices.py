"""The choices of a question: rows of the choices sheet, whole or filtered by a choice_filter."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.wording import say
from bot.xlsform.desk import Desk
from bot.xlsform.form import Item
from bot.xlsform.sheets import Row

_OTHER = re.compile(r"\bor[ _](?:specify[ _])?other$")
_OTHER_NAME = "other"  # the name that or_other gives: https://xlsform.org/en/#specify-other
_LONGEST_NAME = 60


def choices(item: Item, desk: Desk, path: str) -> list[dict[str, Any]]:
    """The choices of an item's list, in order, with the one for other words where or_other asks for it."""
    found = listed(rows(desk, item.list_name), desk, f"{path}.choices")
    if _OTHER.search(desk.survey.read(item.row, "type").strip()):
        there = next((each for each in found if each["name"] == _OTHER_NAME), None)
        if there is None:
            there = {"name": _OTHER_NAME, "label": {code: say(code, "filed.other") for code in desk.languages}}
            found.append(there)
        there["other"] = True
    return found


def rows(desk: Desk, list_name: str) -> list[Row]:
    """The rows of a list."""
    sheet = desk.grid.get("choices")
    return [each for each in sheet.rows if sheet.read(each, "list_name").strip() == list_name] if sheet else []


def listed(chosen: Sequence[Row], desk: Desk, path: str) -> list[dict[str, Any]]:
    """These rows as choices."""
    sheet, found = desk.grid["choices"] if chosen else None, []
    names: dict[str, str] = {}
    for place, row in enumerate(chosen):
        assert sheet is not None
        here = f"{path}[{place}]"
        written = sheet.read(row, "name").strip()
        names[written] = name = our_choice(written, names)
        if name != written:
            desk.warned(sheet, row.number, sheet.header("name"), "name_changed", name=written, new=name)
        desk.came_from(here, sheet, row.number, sheet.header("name"))
        choice: dict[str, Any] = {"name": name, "label": desk.texts(sheet, row, f"{here}.label", "label")}
        choice |= {each: True for each in ("exclusive", "other") if desk.flag(sheet, row, f"khaojai_{each}")}
        found.append(choice)
    return found


def our_choice(name: str, taken: Mapping[str, str]) -> str:
    """A choice's name as ours are: letters, digits, _ and -, and not one that is `taken` (values)."""
    kept = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name)
    plain = name if kept else re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-") or "choice"
    plain = plain[:_LONGEST_NAME]
    number, found = 1, plain
    while found in taken.values():
        number += 1
        found = f"{plain}_{number}"
    return found


def choice_names(desk: Desk, list_name: str) -> dict[str, str]:
    """Our names for those of a list in the file."""
    sheet = desk.grid.get("choices")
    names: dict[str, str] = {}
    for row in rows(desk, list_name):
        assert sheet is not None
        written = sheet.read(row, "name").strip()
        names[written] = our_choice(written, names)
    return names
