"""An item of a form → a question, as plain data: kind by kind."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bot.interview.questionnaire import Kind
from bot.xlsform.bounds import bounds
from bot.xlsform.choices import choices
from bot.xlsform.conditions import Unresolved, whole
from bot.xlsform.desk import Desk
from bot.xlsform.expressions import Unreadable, parsed
from bot.xlsform.form import Item

Data: TypeAlias = dict[str, Any]

_LONGEST_NAME = 60
_MOST_GRADES = 12
_REVIEW = "review"
_FIXED_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DYNAMIC = re.compile(r"\$\{|^[\w-]+\(.*\)$", re.DOTALL)
# Types that stand for a kind as they are; "khaojai::kind" may say more.
_SIMPLE = {
    "text": Kind.TEXT, "string": Kind.TEXT, "q string": Kind.TEXT, "photo": Kind.PHOTO, "picture": Kind.PHOTO,
    "q image": Kind.PHOTO, "q picture": Kind.PHOTO, "geopoint": Kind.LOCATION, "q geopoint": Kind.LOCATION,
    "gps": Kind.LOCATION, "location": Kind.LOCATION, "q location": Kind.LOCATION, "note": Kind.NOTE,
    "q note": Kind.NOTE, "add note prompt": Kind.NOTE, "add text prompt": Kind.TEXT, "add image prompt": Kind.PHOTO,
    "date": Kind.DATE, "q date": Kind.DATE, "add date prompt": Kind.DATE, "decimal": Kind.NUMBER,
    "add decimal prompt": Kind.NUMBER,
    "integer": Kind.NUMBER, "int": Kind.NUMBER, "q int": Kind.NUMBER, "add integer prompt": Kind.NUMBER,
    "percentage": Kind.NUMBER,
}  # fmt: skip
_WHOLE = frozenset(("integer", "int", "q int", "add integer prompt"))
_BOUNDED = frozenset((Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.SELECT_MULTIPLE))
# What to ask instead of what cannot be asked in a chat.
INSTEAD = {
    "time": Kind.TEXT, "dateTime": Kind.DATE, "datetime": Kind.DATE, "date time": Kind.DATE, "barcode": Kind.TEXT,
    "audio": Kind.TEXT, "video": Kind.PHOTO, "file": Kind.PHOTO, "geotrace": Kind.LOCATION, "geoshape": Kind.LOCATION,
    "rank": Kind.SELECT_MULTIPLE, "acknowledge": Kind.YES_NO, "trigger": Kind.YES_NO,
    "select one external": Kind.SELECT_ONE, "osm": Kind.LOCATION,
}  # fmt: skip


def question(item: Item, desk: Desk, path: str, name: str) -> Data | None:
    """The question in an item; None, with a problem noted, where there can be none.

    `name` is ours for it, `path` its place in the data. Its show_if comes later.
    """
    made = _made(item, desk, path)
    if made is None:
        return None
    survey, row = desk.survey, item.row
    desk.came_from(path, survey, row.number, survey.header("name"))
    for place, header in (("name", "name"), ("kind", "type"), ("choices", "type"), ("scale", "type")):
        desk.came_from(f"{path}.{place}", survey, row.number, survey.header(header))
    data: Data = {"name": name, "kind": str(made.pop("kind"))}
    data["label"] = desk.texts(survey, row, f"{path}.label", "label")
    for place, field in (("hint", ("hint",)), ("purpose", ("khaojai", "purpose"))):
        if texts := desk.texts(survey, row, f"{path}.{place}", *field):
            data[place] = texts
    if data["kind"] != Kind.NOTE:
        data["required"] = bool(desk.flag(survey, row, "bind", "required"))
    if desk.flag(survey, row, "khaojai", "sensitive"):
        data["sensitive"] = True
    desk.came_from(f"{path}.sensitive", survey, row.number, survey.header("khaojai", "sensitive"))
    data |= made
    _constrain(item, desk, path, data)
    _offer(item, desk, path, data)
    return data


def _offer(item: Item, desk: Desk, path: str, data: Data) -> None:
    """The default, where it is a fixed answer that can be put on a button."""
    survey, row = desk.survey, item.row
    text, header = survey.read(row, "default"), survey.header("default")
    desk.came_from(f"{path}.default", survey, row.number, header)
    if not text:
        return
    value: float | str | None = None
    if data["kind"] == Kind.NUMBER and _FIXED_NUMBER.fullmatch(text.strip()):
        value = whole(float(text))
    elif data["kind"] in (Kind.DATE, Kind.TEXT) and not _DYNAMIC.search(text):
        value = text
    if value is None:
        desk.warned(survey, row.number, header, "default_left_out", value=text[:60])
    else:
        data["default"] = value


def _made(item: Item, desk: Desk, path: str) -> Data | None:
    survey, row = desk.survey, item.row
    told = survey.read(row, "khaojai", "kind").strip()
    if told in (Kind.YES_NO, Kind.PHONE):
        return {"kind": Kind(told)}
    make = _MAKERS.get(item.type)
    if make is not None:
        return make(item, desk, path)
    if item.type in _SIMPLE:
        kind = _SIMPLE[item.type]
        return {"kind": kind} | ({"constraint": {"whole": True}} if item.type in _WHOLE else {})
    facts = {"type": survey.read(row, "type"), "instead": INSTEAD.get(item.type, Kind.TEXT)}
    desk.told(survey, row.number, survey.header("type"), "type_unsupported", **facts)
    return None


def _selected(kind: Kind) -> Callable[[Item, Desk, str], Data | None]:
    def make(item: Item, desk: Desk, path: str) -> Data | None:
        if not item.list_name:
            survey = desk.survey
            facts = {"type": survey.read(item.row, "type"), "instead": kind}
            desk.told(survey, item.row.number, survey.header("type"), "type_unsupported", **facts)
            return None
        return {"kind": kind, "choices": choices(item, desk, path)}

    return make


def _range(item: Item, desk: Desk, path: str) -> Data:
    """A short range of whole steps is a rating; any other is a number with bounds."""
    start, end, step = (float(item.parameters.get(name, "1")) for name in ("start", "end", "step"))
    least, most = sorted((start, end))
    every = abs(step) == 1 and start.is_integer() and end.is_integer()
    told = desk.survey.read(item.row, "khaojai", "kind").strip()
    if every and least >= 0 and 1 <= most - least < _MOST_GRADES and told != Kind.NUMBER:
        scale: Data = {"least": int(least), "most": int(most)}
        for end_name in ("low", "high"):
            if texts := desk.texts(desk.survey, item.row, f"{path}.scale.{end_name}", "khaojai", end_name):
                scale[end_name] = texts
        return {"kind": Kind.RATING, "scale": scale}
    if not every and not (step == 1 or step.is_integer() is False):
        desk.warned(desk.survey, item.row.number, desk.survey.header("parameters"), "step_left_out", step=whole(step))
    steps_whole = start.is_integer() and step.is_integer()
    ends = (int(each) if each.is_integer() else each for each in (least, most))
    bound = dict(zip(("least", "most"), ends, strict=True))
    return {"kind": Kind.NUMBER, "constraint": bound | ({"whole": True} if steps_whole else {})}


_MAKERS: Mapping[str, Callable[[Item, Desk, str], Data | None]] = {
    "select one": _selected(Kind.SELECT_ONE),
    "select all that apply": _selected(Kind.SELECT_MULTIPLE),
    "range": _range,
}


def _constrain(item: Item, desk: Desk, path: str, data: Data) -> None:
    survey, row = desk.survey, item.row
    header = survey.header("bind", "constraint")
    desk.came_from(f"{path}.constraint", survey, row.number, header)
    text = desk.expression(row, "bind", "constraint")
    found: Data = dict(data.pop("constraint", {}))
    if text:
        data["constraint"] = found
        try:
            bound, alone = bounds(parsed(text), data, item.name)
            found |= bound
            for choice in data.get("choices", ()):
                if choice["name"] in alone:
                    choice["exclusive"] = True
        except (Unreadable, Unresolved) as error:
            desk.told(survey, row.number, header, "constraint_unresolved", part=str(error))
        del data["constraint"]
    if data["kind"] in _BOUNDED:
        if message := desk.texts(survey, row, f"{path}.constraint.message", "bind", "jr:constraintMsg"):
            found["message"] = message
        if found:
            data["constraint"] = found


def our_name(name: str, taken: Mapping[str, str]) -> str:
    """A question's name as ours are: lower-case letters, digits and _, and not one that is `taken` (values)."""
    plain = re.sub(r"[^a-z0-9_]+", "_", name.casefold())
    plain = plain if re.match(r"[a-z]", plain) else f"q_{plain.strip('_')}"
    plain = plain[:_LONGEST_NAME]
    plain = f"{plain[: _LONGEST_NAME - 2]}_1" if plain == _REVIEW else plain
    number, found = 1, plain
    while found in taken.values():
        number += 1
        found = f"{plain[: _LONGEST_NAME - 3]}_{number}"
    return found
