"""What an author should weigh: wording, length, ways out. These are warnings; they keep nothing from being asked.

How a question is worded is looked at by `nlp.asking`, which knows Thai and English.
"""

from collections.abc import Mapping
from typing import Any

from bot.errors import Problem, Severity
from bot.interview.checking.texts import Problems, graphemes
from bot.interview.questionnaire import Kind
from nlp.asking import flaws, has_way_out

LONG = 120  # grapheme clusters: some four lines on a phone
_LISTED = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)


def unwise(data: object) -> Problems:
    """Warnings for each question, in the order of the data."""
    questions = data.get("questions") if isinstance(data, Mapping) else None
    for place, question in enumerate(questions if isinstance(questions, list) else []):
        if isinstance(question, Mapping) and question.get("kind") != Kind.NOTE:
            yield from _wordings(question, f"questions[{place}]")
            yield from _ways_out(question, f"questions[{place}]")


def _wordings(question: Mapping[Any, Any], where: str) -> Problems:
    label = question.get("label")
    for language, text in label.items() if isinstance(label, Mapping) else ():
        if isinstance(text, str):
            yield from _worded(text, language, f"{where}.label.{language}")


def _worded(text: str, language: str, where: str) -> Problems:
    if (length := graphemes(text)) > LONG:
        yield _warning(where, "question_long", length=length, longest=LONG)
    for flaw in flaws(text, language):
        yield _warning(where, f"wording_{flaw.rule}", words=flaw.words)


def _ways_out(question: Mapping[Any, Any], where: str) -> Problems:
    """Nobody should have to answer what they cannot, or would rather keep to themselves."""
    choices = question.get("choices")
    listed = choices if isinstance(choices, list) and question.get("kind") in _LISTED else []
    if question.get("required", True) is not True or any(_lets_out(each) for each in listed):
        return
    if question.get("sensitive") is True:
        yield _warning(f"{where}.required", "sensitive_required")
    elif len(listed) > 2:
        yield _warning(f"{where}.choices", "no_way_out")


def _lets_out(choice: object) -> bool:
    if not isinstance(choice, Mapping):
        return True  # a problem of another sort
    label = choice.get("label")
    texts = {code: text for code, text in label.items() if isinstance(text, str)} if isinstance(label, Mapping) else {}
    return choice.get("other") is True or choice.get("exclusive") is True or has_way_out(texts)


def _warning(where: str, code: str, **facts: object) -> Problem:
    return Problem(where, code, facts, Severity.WARNING)
