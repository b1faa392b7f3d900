"""An XLSForm → a questionnaire's plain data, and every problem with its cell."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from bot.errors import Problem
from bot.interview import reading
from bot.interview.building import build
from bot.interview.questionnaire import Kind
from bot.xlsform import settings, xpath
from bot.xlsform.choices import choice_names
from bot.xlsform.conditions import Known, Rule, Unresolved, joined, rule
from bot.xlsform.desk import Desk, desk_for, located
from bot.xlsform.expressions import Node, Unreadable, Word, parsed
from bot.xlsform.filtering import filtered
from bot.xlsform.form import Item, NotAForm, items
from bot.xlsform.questions import Data, our_name, question
from bot.xlsform.sheets import Row
from bot.xlsform.unread import unread
from bot.xlsform.workbook import NotAWorkbook, opened

_REFERENCE = re.compile(r"\$\{\s*([^}]+?)\s*\}")
_REPEATS = frozenset(("begin repeat", "begin loop", "begin lgroup", "begin looped group"))
_GROUPS = frozenset(("group", "repeat", "loop"))
# What a phone notes by itself, and data beside the form: nobody is asked for it.
_UNASKED = frozenset((
    "start", "end", "today", "deviceid", "username", "email", "phonenumber", "simserial", "subscriberid", "hidden",
    "audit", "xml-external", "csv-external", "start-geopoint", "background-audio", "background-geopoint",
    "get start time", "get end time", "get today", "start time", "end time", "device id", "phone number",
    "get device id",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds. `data` is None where nothing could be read; it may have problems, as any draft."""

    data: Data | None
    problems: list[Problem]


@dataclass
class _Found:
    """The questions so far, and what later ones may refer to, by their name in the file."""

    questions: list[Data] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=lambda: Known({}, {}, {}))
    used: set[str] = field(default_factory=set)
    rows: dict[str, Row] = field(default_factory=dict)  # of calculations
    later: set[str] = field(default_factory=set)  # names that are still to come


def read_workbook(content: bytes, project: str = "") -> Draft:
    """The draft in the bytes of an .xlsx file. `project` is the slug of one that it is to belong to, else its own.

    Never raises: a file that cannot be read is a draft without data.
    """
    try:
        grid, problems = opened(content)
    except NotAWorkbook as error:
        return Draft(None, [error.problem])
    desk = desk_for(grid)
    desk.problems += problems
    try:
        listed = items(grid)
    except NotAForm as error:
        return Draft(None, [*desk.problems, error.problem])
    found = _Found(later={each.name for each in listed})
    for item in listed:
        _take(item, desk, found)
    for name, row in found.rows.items():
        if name not in found.used:
            desk.warned(desk.survey, row.number, desk.survey.header("type"), "calculate_left_out", name=name)
    desk.problems += unread(desk, listed)
    data = settings.read(desk, project) | {"questions": found.questions}
    own = located([*reading.problems(data), *reading.warnings(data)], desk.cells)
    return Draft(data, _once([*desk.problems, *own]))


def _once(problems: list[Problem]) -> list[Problem]:
    return list({(each.where, each.code, str(each.facts)): each for each in problems}.values())


def _take(item: Item, desk: Desk, found: _Found) -> None:
    survey, row = desk.survey, item.row
    found.later.discard(item.name)
    if any(survey.read(each, "type").strip().lower().replace("_", " ") in _REPEATS for each in item.within):
        return  # told of at the beginning of the repeat
    header = survey.header("type")
    if item.type in _GROUPS:
        _begin(item, desk)
    elif item.type in _UNASKED:
        desk.warned(survey, row.number, header, "row_left_out", type=survey.read(row, "type"))
    elif item.type == "calculate":
        _calculate(item, desk, found)
    else:
        _ask(item, desk, found)


def _begin(item: Item, desk: Desk) -> None:
    survey, row = desk.survey, item.row
    if item.type != "group":
        desk.told(survey, row.number, survey.header("type"), "repeat_unsupported", name=item.name)
    elif label := next(filter(None, (row.cells.get(header, "") for header, _ in survey.translated("label"))), ""):
        header = next(header for header, _ in survey.translated("label") if row.cells.get(header))
        desk.warned(survey, row.number, header, "group_label", label=label[:60])


def _calculate(item: Item, desk: Desk, found: _Found) -> None:
    found.rows[item.name] = item.row
    try:
        node: Node = parsed(desk.expression(item.row, "bind", "calculate"))
    except Unreadable as error:
        node = Word(str(error))
    found.known = Known(found.known.questions, {**found.known.calculations, item.name: node}, found.known.choices)


def _ask(item: Item, desk: Desk, found: _Found) -> None:
    place = len(found.questions)
    name = our_name(item.name, found.names)
    data = question(item, desk, f"questions[{place}]", name)
    if data is None:
        return
    if name != item.name:
        facts = {"name": item.name, "new": name}
        desk.warned(desk.survey, item.row.number, desk.survey.header("name"), "name_changed", **facts)
    shows = _shows(item, desk, found)
    several = filtered(item, desk, data, found.known, place)
    for number, (each, condition) in enumerate(several or [(data, True)]):
        whole = shows if condition is True else joined("all", [shows, condition])
        path = f"questions[{place + number}].show_if"
        desk.came_from(path, desk.survey, item.row.number, desk.survey.header("bind", "relevant"))
        found.questions.append(each | ({"show_if": whole} if isinstance(whole, dict) else {}))
    found.names[item.name] = name
    if several is None:
        names = choice_names(desk, item.list_name) if item.list_name else {}
        questions = {**found.known.questions, item.name: data}
        found.known = Known(questions, found.known.calculations, {**found.known.choices, item.name: names})


def _shows(item: Item, desk: Desk, found: _Found) -> Rule:
    """The condition of an item: its own, and those of the groups around it."""
    parts: list[Rule] = []
    for row in (*item.within, item.row):
        text = desk.expression(row, "bind", "relevant")
        if not text:
            continue
        header = desk.survey.header("bind", "relevant")
        try:
            node = parsed(text)
            _use(text, desk, found)
            part = rule(node, found.known)
        except (Unreadable, Unresolved) as error:
            ahead = next((name for name in _REFERENCE.findall(text) if name in found.later | {item.name}), None)
            code = "looks_ahead" if ahead else "relevant_unresolved"
            desk.told(desk.survey, row.number, header, code, part=str(error), name=ahead)
            continue
        if part is False:
            desk.told(desk.survey, row.number, header, "relevant_never")
        parts.append(_exact(row, desk, found, text) or part)
    return joined("all", parts) if len(parts) != 1 else parts[0]


def _use(text: str, desk: Desk, found: _Found) -> None:
    """Note the calculations that an expression goes through, directly or by others."""
    for name in _REFERENCE.findall(text):
        if name in found.rows and name not in found.used:
            found.used.add(name)
            _use(desk.expression(found.rows[name], "bind", "calculate"), desk, found)


def _exact(row: Row, desk: Desk, found: _Found, text: str) -> dict[str, Any] | None:
    """The show_if as it was written here, where the file still says the same: some have more than one expression."""
    try:
        kept = json.loads(desk.survey.read(row, "khaojai", "show_if") or "null")
        data = {"name": "it", "kind": "text", "label": {}, "show_if": kept}
        questionnaire = build(settings.EMPTY | {"questions": [*found.questions, data]}) if kept else None
        asked = questionnaire.questions[-1].show_if if questionnaire else None
        same = asked and xpath.relevant(asked, {each["name"]: Kind(each["kind"]) for each in found.questions}) == text
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return kept if same else None
