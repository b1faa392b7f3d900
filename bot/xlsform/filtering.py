"""A choice_filter, where it can be resolved: by a fixed value, or by the answer to one earlier question.

There is no filtering in a chat of buttons. A filter by an earlier answer therefore becomes one question for each of
that answer's choices, which shows where it was chosen.
"""

from typing import Any

from bot.xlsform.choices import listed, our_choice, rows
from bot.xlsform.conditions import Known, Rule
from bot.xlsform.desk import Desk
from bot.xlsform.expressions import Call, Literal, Node, Ref, Unreadable, Word, parsed
from bot.xlsform.form import Item
from bot.xlsform.sheets import Row

_LONGEST_NAME = 60


def filtered(
    item: Item, desk: Desk, data: dict[str, Any], known: Known, place: int
) -> list[tuple[dict[str, Any], Rule]] | None:
    """The questions that a filtered one becomes, each with its condition; None for one without a filter."""
    text = desk.expression(item.row, "choice_filter")
    if not text or "choices" not in data:
        return None
    header = desk.survey.header("choice_filter")
    try:
        column, value = _equality(parsed(text))
    except Unreadable:
        desk.told(desk.survey, item.row.number, header, "filter_unresolved", filter=text)
        return None
    if isinstance(value, Literal):
        data["choices"] = listed(_having(desk, item, column, _text(value)), desk, f"questions[{place}].choices")
        return None
    leading = known.questions.get(value.name)
    if leading is None or leading["kind"] != "select_one":
        desk.told(desk.survey, item.row.number, header, "filter_unresolved", filter=text)
        return None
    parts: list[tuple[dict[str, Any], Rule]] = []
    for written, name in known.choices[value.name].items():
        if chosen := _having(desk, item, column, written):
            here = f"questions[{place + len(parts)}]"
            for path in [each for each in desk.cells if each.startswith(f"questions[{place}].")]:
                desk.cells.setdefault(here + path.removeprefix(f"questions[{place}]"), desk.cells[path])
            one = {**data, "name": f"{data['name']}_{our_choice(name, {}).lower().replace('-', '_')}"[:_LONGEST_NAME]}
            one["choices"] = listed(chosen, desk, f"{here}.choices")
            parts.append((one, {"question": leading["name"], "is": name}))
    if not parts:
        desk.told(desk.survey, item.row.number, header, "filter_unresolved", filter=text)
        return None
    desk.warned(desk.survey, item.row.number, header, "filter_split", count=len(parts), name=item.name)
    return parts


def _equality(node: Node) -> tuple[str, Literal | Ref]:
    """(column, value) of a filter such as province = ${province}. Raises Unreadable for any other."""
    match node:
        case Call("=", (Word(column), Literal() | Ref() as value)) | Call(
            "=", (Literal() | Ref() as value, Word(column))
        ):
            return column, value
    raise Unreadable("choice_filter")


def _having(desk: Desk, item: Item, column: str, value: str) -> list[Row]:
    return [row for row in rows(desk, item.list_name) if desk.grid["choices"].read(row, column).strip() == value]


def _text(literal: Literal) -> str:
    value = literal.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
