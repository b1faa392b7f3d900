"""Which answers are sought: "survey:question:answer", as a filter of entries and as the pictures of a survey link it.

An answer is a choice's name, "yes", a number; "20..30" is a number from 20 up to and not including 30, "2026-02*" all
that begins so, "*" any answer that can be counted.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Float, case, cast, or_, select

from bot.interview.progress import Status
from bot.interview.questionnaire import Kind
from bot.store.entries import Answer, Entry
from bot.store.surveys import Survey

_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)")


class Given(NamedTuple):
    """An answer to a question of a survey, all by name."""

    survey: str
    question: str
    answer: str


def read_answer(text: str) -> Given | None:
    """An answer from an address; None where it is none."""
    parts = text.split(":", 2)
    return Given(*parts) if len(parts) == 3 and all(parts) else None


def gave(texts: Iterable[str]) -> Iterator[ColumnElement[bool]]:
    """What must hold of an Entry: any of the answers to one question, and that for each question."""
    questions: dict[tuple[str, str], list[str]] = {}
    for given in filter(None, map(read_answer, texts)):
        questions.setdefault(given[:2], []).append(given.answer)
    for (survey, question), answers in questions.items():
        held = or_(*map(_is, answers))
        said = select(Answer.entry_id).where(Answer.entry_id == Entry.id, Answer.question == question, held)
        yield Entry.survey_id == select(Survey.id).where(Survey.slug == survey).correlate(None).scalar_subquery()
        yield said.correlate(Entry).exists()


def _is(answer: str) -> ColumnElement[bool]:
    if answer == "*":
        return Answer.status == Status.ANSWERED
    if answer.endswith("*"):
        return Answer.category.startswith(answer[:-1], autoescape=True)
    if found := _RANGE.fullmatch(answer):
        # Only what is a number is read as one: another question of this name may have had words.
        is_number = (Answer.kind == Kind.NUMBER) & (Answer.category != "")
        number: ColumnElement[Any] = case((is_number, cast(Answer.category, Float)))
        return (number >= float(found[1])) & (number < float(found[2]))
    several = (" " + Answer.category + " ").contains(f" {answer} ", autoescape=True)
    return or_(Answer.category == answer, (Answer.kind == Kind.SELECT_MULTIPLE) & several)
