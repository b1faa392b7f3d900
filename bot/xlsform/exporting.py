"""A questionnaire → the bytes of an .xlsx file that is an XLSForm, with nothing lost.

What XLSForm has no word for stands in columns of our own, which other tools leave alone: khaojai::purpose::ไทย (th),
khaojai::sensitive, khaojai::kind, khaojai::low and high (a rating's ends), khaojai::show_if (where the expression alone
could be read in two ways); khaojai_exclusive and khaojai_other in the choices sheet, whose headings may hold no colon;
khaojai::project, languages, title, purpose, intro and outro in the settings.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.errors import Problem, Refused
from bot.interview import reading
from bot.interview.questionnaire import Choice, Kind, Question, Questionnaire, Texts
from bot.wording import say
from bot.xlsform import xpath
from bot.xlsform.conditions import Known, Unresolved, rule
from bot.xlsform.expressions import parsed
from bot.xlsform.languages import written

_TYPES = {
    Kind.RATING: "range", Kind.DATE: "date", Kind.TEXT: "text", Kind.PHONE: "text", Kind.PHOTO: "image",
    Kind.LOCATION: "geopoint", Kind.NOTE: "note",
}  # fmt: skip
_YES_NO = "khaojai_yes_no"  # the list of all yes-or-no questions
_WIDE, _NARROW = 40, 16  # widths of columns, in letters

Record = dict[str, str]


def write_workbook(questionnaire: Questionnaire) -> bytes:
    """The file. Raises Refused("survey.invalid", problems=...) for a text that no cell of an XLSForm can hold."""
    if unwritable := list(_unwritable(reading.plain(questionnaire), "")):
        raise Refused("survey.invalid", problems=unwritable)
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets(questionnaire).items():
        sheet = book.create_sheet(name)
        headers = list(dict.fromkeys(header for row in rows for header in row))
        _put(sheet, 1, headers)
        for number, row in enumerate(rows, start=2):
            _put(sheet, number, [row.get(header, "") for header in headers])
        _dressed(sheet, headers)
    written_to = BytesIO()
    book.save(written_to)
    return written_to.getvalue()


def _unwritable(data: Any, path: str) -> Iterator[Problem]:
    """Texts with ${, which would refer to an answer, or with what is no character to XML."""
    if isinstance(data, Mapping):
        for name, each in data.items():
            yield from _unwritable(each, f"{path}.{name}" if path else str(name))
    elif isinstance(data, list):
        for place, each in enumerate(data):
            yield from _unwritable(each, f"{path}[{place}]")
    elif isinstance(data, str) and ("${" in data or ILLEGAL_CHARACTERS_RE.search(data)):
        yield Problem(path, "text_unwritable")


def _put(sheet: Any, row: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, start=1):
        if text:
            cell = sheet.cell(row, column)
            cell.value = text
            cell.data_type = "s"  # text that begins with = is no formula


def _dressed(sheet: Any, headers: Sequence[str]) -> None:
    sheet.freeze_panes = "C2"
    for column, header in enumerate(headers, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        wide = "::" in header and header.count("::") + header.startswith("khaojai") != 2
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE if wide else _NARROW
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def sheets(questionnaire: Questionnaire) -> dict[str, list[Record]]:
    """The rows of each sheet, by heading."""
    kinds = {each.name: each.kind for each in questionnaire.questions}
    survey = [_question(each, kinds, questionnaire) for each in questionnaire.questions]
    choices = [row for each in questionnaire.questions for row in _choices(each)]
    if Kind.YES_NO in kinds.values():
        choices += list(_yes_no(questionnaire.languages))
    settings = _settings(questionnaire)
    return {"survey": survey} | ({"choices": choices} if choices else {}) | {"settings": [settings]}


def _settings(questionnaire: Questionnaire) -> Record:
    first = questionnaire.languages[0]
    row = {"form_title": questionnaire.title[first], "form_id": questionnaire.slug, "default_language": written(first)}
    row |= {"khaojai::project": questionnaire.project, "khaojai::languages": " ".join(questionnaire.languages)}
    for name in ("title", "purpose", "intro", "outro"):
        row |= _texts(f"khaojai::{name}", getattr(questionnaire, name))
    return row


def _texts(header: str, texts: Texts) -> Record:
    return {f"{header}::{written(code)}": text for code, text in texts.items()}


def _question(question: Question, kinds: Mapping[str, Kind], whole: Questionnaire) -> Record:
    row = {"type": _type(question), "name": question.name, **_texts("label", question.label)}
    row |= _texts("hint", question.hint)
    row["required"] = "yes" if question.required else ""
    row["relevant"] = xpath.relevant(question.show_if, kinds) if question.show_if else ""
    row["constraint"] = xpath.constraint(question)
    row |= _texts("constraint_message", question.constraint.message)
    if question.kind is Kind.RATING:
        row["parameters"] = f"start={question.scale.least} end={question.scale.most} step=1"
        row |= _texts("khaojai::low", question.scale.low) | _texts("khaojai::high", question.scale.high)
    row["default"] = xpath.fixed(question.default) if question.default is not None else ""
    row["khaojai::kind"] = str(question.kind) if question.kind in (Kind.YES_NO, Kind.PHONE) else ""
    row["khaojai::sensitive"] = "yes" if question.sensitive else ""
    row |= _texts("khaojai::purpose", question.purpose)
    row["khaojai::show_if"] = _exact(question, row["relevant"], whole)
    return row


def _type(question: Question) -> str:
    if question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
        return f"{question.kind} {question.name}"
    if question.kind is Kind.YES_NO:
        return f"select_one {_YES_NO}"
    if question.kind is Kind.NUMBER:
        return "integer" if question.constraint.whole else "decimal"
    return _TYPES[question.kind]


def _exact(question: Question, relevant: str, whole: Questionnaire) -> str:
    """The show_if as data, where its expression read again would be another."""
    if not relevant:
        return ""
    data = reading.plain(whole)["questions"]
    known = Known({each["name"]: each for each in data}, {}, {})
    wanted = next(each for each in data if each["name"] == question.name)["show_if"]
    try:
        same = rule(parsed(relevant), known) == wanted
    except Unresolved:
        same = False
    return "" if same else json.dumps(wanted, ensure_ascii=False)


def _choices(question: Question) -> Iterator[Record]:
    for each in question.choices:
        yield _choice(question.name, each)


def _choice(list_name: str, choice: Choice) -> Record:
    row = {"list_name": list_name, "name": choice.name, **_texts("label", choice.label)}
    flags = {"khaojai_exclusive": choice.exclusive, "khaojai_other": choice.other}
    return row | {name: "yes" for name, so in flags.items() if so}


def _yes_no(languages: Sequence[str]) -> Iterator[Record]:
    for name in ("yes", "no"):
        yield _choice(_YES_NO, Choice(name, {code: say(code, f"interview.{name}") for code in languages}))
