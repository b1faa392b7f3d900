"""One answer as a cell: its code, its label, and the person's own words; masked unless somebody may see more.

A phone number, a photo and an exact point are personal whole; free words are masked where they hold personal data.
"""

from datetime import date
from typing import Any

from bot.dates import shown
from bot.exports.layout import JOINED, Cell
from bot.interview.questionnaire import Kind, Question
from bot.messages import fallback
from bot.wording import say

HIDDEN = {Kind.PHONE: "[เบอร์โทร]", Kind.PHOTO: "[รูปภาพ]", Kind.LOCATION: "[ตำแหน่ง]"}
CHOOSING = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)


def coded(row: Any, unmasked: bool) -> Cell:
    """The answer's value: a choice's name, a number, an ISO date, 1 and 0 for yes and no; of free text, its words."""
    if row.value is None:
        return None
    if row.kind in HIDDEN and not unmasked:
        return HIDDEN[row.kind]
    match row.value:
        case _ if row.kind == Kind.TEXT:
            return told(row, unmasked)
        case bool(yes):
            return int(yes)
        case list(values):
            return JOINED.join(map(str, values))
        case dict(values) if row.kind == Kind.LOCATION:
            return f"{values.get('latitude')}, {values.get('longitude')}"
        case dict(values):
            return JOINED.join(map(str, values.values()))
    value: Cell = row.value
    return value


def told(row: Any, unmasked: bool) -> str:
    """The person's own words. Beside a phone number, a photo or a point no word is safe to tell."""
    if unmasked:
        return str(row.words)
    return "" if row.kind in HIDDEN and row.value is not None else str(row.masked)


def category(row: Any, unmasked: bool) -> str:
    """What the answer counts as. Of kinds whose category might quote the person it stays hidden with the words."""
    return str(row.category) if unmasked or (row.kind not in HIDDEN and row.kind != Kind.TEXT) else ""


def exact(row: Any, unmasked: bool) -> Any:
    """The value with its type, for machines; masked as the cell is."""
    bare = row.kind not in HIDDEN and row.kind != Kind.TEXT
    return row.value if unmasked or bare else coded(row, unmasked)


def labels(question: Question) -> dict[str, str]:
    """{choice name: Thai label}."""
    return {each.name: fallback(each.label, "th") for each in question.choices}


def labelled(row: Any, names: dict[str, str]) -> Cell:
    """The value as people read it: labels of choices, yes and no in Thai, dates in the Buddhist Era."""
    value = row.value
    match row.kind:
        case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE:
            chosen = value if isinstance(value, list) else [value] if value else []
            return JOINED.join(names.get(str(each), str(each)) for each in chosen)
        case Kind.YES_NO if isinstance(value, bool):
            return say("th", "interview.yes" if value else "interview.no")
        case Kind.DATE if isinstance(value, str):
            return shown(date.fromisoformat(value), "th")
    return None


def chose(row: Any, name: str) -> Cell:
    """1 where this choice is among several, 0 where it is not, nothing where the question was not answered so."""
    return int(name in row.value) if row.kind == Kind.SELECT_MULTIPLE and isinstance(row.value, list) else None
