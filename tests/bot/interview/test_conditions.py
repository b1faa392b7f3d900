"""Which questions show."""

from typing import Any

import pytest

from bot.interview.conditions import showing
from bot.interview.progress import Answer, Status
from bot.interview.reading import read

ASKED: list[dict[str, Any]] = [
    {"name": "one", "kind": "select_one", "choices": ["a", "b", "c"]},
    {"name": "many", "kind": "select_multiple", "choices": ["a", "b", "c"]},
    {"name": "rating", "kind": "rating"},
    {"name": "yes", "kind": "yes_no"},
    {"name": "day", "kind": "date"},
    {"name": "words", "kind": "text", "required": False},
]
ANSWERS = {
    "one": Answer("one", "select_one", value="a"),
    "many": Answer("many", "select_multiple", value=["a", "b"]),
    "rating": Answer("rating", "rating", value=3),
    "yes": Answer("yes", "yes_no", value=True),
    "day": Answer("day", "date", value="2026-06-01"),
    "words": Answer("words", "text", status=Status.SKIPPED),
}


def questionnaire(*last: dict[str, Any]) -> Any:
    def full(data: dict[str, Any]) -> dict[str, Any]:
        choices = [{"name": each, "label": {"en": f"choice {each}"}} for each in data.get("choices", ())]
        return {"label": {"en": data["name"]}, **data, **({"choices": choices} if choices else {})}

    texts = {name: {"en": name} for name in ("title", "purpose", "intro", "outro")}
    return read({"slug": "s", "project": "p", "languages": ["en"], "questions": [*map(full, (*ASKED, *last))], **texts})


@pytest.mark.parametrize(
    ("rule", "shows"),
    [
        ({"question": "one", "is": "a"}, True),
        ({"question": "one", "is": "b"}, False),
        ({"question": "one", "is_not": "b"}, True),
        ({"question": "one", "any_of": ["b", "a"]}, True),
        ({"question": "one", "none_of": ["b", "c"]}, True),
        ({"question": "one", "none_of": ["a"]}, False),
        ({"question": "many", "is": "b"}, True),
        ({"question": "many", "is": "c"}, False),
        ({"question": "many", "is_not": "b"}, False),
        ({"question": "many", "any_of": ["b", "c"]}, True),
        ({"question": "many", "none_of": ["c"]}, True),
        ({"question": "rating", "at_least": 3}, True),
        ({"question": "rating", "at_least": 4}, False),
        ({"question": "rating", "at_most": 3}, True),
        ({"question": "rating", "at_least": 2, "at_most": 4}, True),
        ({"question": "rating", "at_least": 4, "at_most": 5}, False),
        ({"question": "yes", "is": True}, True),
        ({"question": "yes", "is": "no"}, False),
        ({"question": "day", "at_least": "2026-01-01"}, True),
        ({"question": "day", "at_most": "2026-01-01"}, False),
        ({"question": "words", "answered": True}, False),
        ({"question": "words", "answered": False}, True),
        ({"question": "one", "answered": True}, True),
        ({"all": [{"question": "one", "is": "a"}, {"question": "yes", "is": True}]}, True),
        ({"all": [{"question": "one", "is": "a"}, {"question": "yes", "is": False}]}, False),
        ({"any": [{"question": "one", "is": "b"}, {"question": "yes", "is": True}]}, True),
        ({"any": [{"all": [{"question": "one", "is": "a"}]}, {"question": "yes", "is": False}]}, True),
    ],
)
def test_holds(rule: dict[str, Any], shows: bool) -> None:
    last = {"name": "last", "kind": "text", "show_if": rule}
    shown = [each.name for each in showing(questionnaire(last), ANSWERS)]
    assert ("last" in shown) is shows


@pytest.mark.parametrize(("one", "shown"), [("a", {"helmet", "why"}), ("b", set())])
def test_the_answer_to_a_hidden_question_does_not_count(one: str, shown: set[str]) -> None:
    helmet = {"name": "helmet", "kind": "yes_no", "show_if": {"question": "one", "is": "a"}}
    why = {"name": "why", "kind": "text", "show_if": {"question": "helmet", "is": False}}
    answers = {"one": Answer("one", "select_one", value=one), "helmet": Answer("helmet", "yes_no", value=False)}
    assert {each.name for each in showing(questionnaire(helmet, why), answers)} - {
        each["name"] for each in ASKED
    } == shown


@pytest.mark.parametrize("status", [Status.OPEN, Status.SKIPPED])
def test_only_what_was_answered_counts(status: Status) -> None:
    last = {"name": "last", "kind": "text", "show_if": {"question": "many", "is": "a"}}
    answers = {"many": Answer("many", "select_multiple", value=["a"], status=status)}
    assert "last" not in {each.name for each in showing(questionnaire(last), answers)}
