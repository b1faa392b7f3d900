"""What belongs to the whole questionnaire: the settings sheet, with our own columns."""

import re
from typing import Any

from bot.xlsform.desk import Desk

_TEXTS = ("title", "purpose", "intro", "outro")
EMPTY: dict[str, Any] = {"slug": "", "project": "", "languages": [], **{name: {} for name in _TEXTS}}


def read(desk: Desk, project: str) -> dict[str, Any]:
    """The questionnaire without its questions. What others' forms lack is an empty text, for their author to write."""
    sheet = desk.grid.get("settings")
    first = sheet.rows[0] if sheet and sheet.rows else None
    number = first.number if first else 2
    told: dict[str, Any] = {
        name: desk.cells.setdefault(name, ("settings!", f"khaojai::{name}")) and {} for name in EMPTY
    }
    if sheet is not None:
        for name in _TEXTS:
            told[name] = desk.texts(sheet, first, name, "khaojai", name)
        desk.came_from("slug", sheet, number, sheet.header("id_string"))
        desk.came_from("project", sheet, number, sheet.header("khaojai", "project"))
    title = sheet.read(first, "title").strip() if sheet else ""
    form_id = sheet.read(first, "id_string").strip() if sheet else ""
    own_project = sheet.read(first, "khaojai", "project").strip() if sheet else ""
    if title and not told["title"]:
        told["title"] = dict.fromkeys(desk.languages, title)
    return {
        "slug": slug(form_id or title),
        "project": project or own_project,
        **{name: told[name] for name in _TEXTS},
        "languages": list(desk.languages),
    }


def slug(text: str) -> str:
    """A name for addresses: lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60].strip("-") or "survey"
