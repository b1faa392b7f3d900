"""The columns of a survey's questions.

Each answer stands as code and as label; of several choices each has a column of its own (1 or 0), beside the joined.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bot.exports.answers import CHOOSING, chose, coded, labelled, labels, told
from bot.exports.layout import JOINED, Cell, Column, Instrument, named_apart
from bot.exports.own import WIDE, own_columns
from bot.interview.questionnaire import Kind, Question
from bot.messages import fallback
from bot.store.exporting import Filed

LABELLED = (*CHOOSING, Kind.YES_NO, Kind.DATE)


def all_columns(instruments: Sequence[Instrument], unmasked: bool, one_survey: bool) -> list[Column]:
    """Every column: of the entry itself, then of each survey's questions.

    Where one survey alone is exported its columns are called as its questions are; else its name stands before.
    """
    own = own_columns(unmasked)
    asked: list[Column] = []
    for instrument in instruments:
        before = "" if one_survey else f"{instrument.slug}."
        for question in instrument.questions:
            turned = question.name in instrument.turned
            asked += _of_question(_Asked(instrument.slug, question, before + question.name, unmasked), turned)
    return own + named_apart(asked, (each.name for each in own))


class _Asked:
    """A question of a survey, and what its columns are called."""

    def __init__(self, survey: str, question: Question, name: str, unmasked: bool) -> None:
        self.survey, self.question, self.name, self.unmasked = survey, question, name, unmasked
        thai, english = fallback(question.label, "th"), question.label.get("en")
        self.label = " / ".join(dict.fromkeys(" ".join(each.split()) for each in (thai, english) if each))

    def column(self, suffix: str, meaning: str, cell: Callable[[Any], Cell], codes: str = "", width: int = 0) -> Column:
        """A column of this question; its cell is made of the answer, where there is one."""
        survey, name = self.survey, self.question.name

        def of(filed: Filed) -> Cell:
            row = filed.answers.get(name) if filed.entry.survey == survey else None
            return None if row is None else cell(row)

        return Column(f"{self.name}{suffix}", f"{self.label}{meaning}", of, codes, width)


def _of_question(asked: _Asked, turned: bool) -> list[Column]:
    question = asked.question
    words = partial(told, unmasked=asked.unmasked)
    if question.kind is Kind.TEXT and not turned:
        return [asked.column("", "", words, width=WIDE)]
    found = [asked.column("", " (รหัส / code)", partial(coded, unmasked=asked.unmasked), _codes(question))]
    if question.kind in LABELLED or question.choices:
        found.append(asked.column(".label", " (ข้อความ / label)", partial(labelled, names=labels(question))))
    if question.kind is Kind.SELECT_MULTIPLE:
        for name, label in labels(question).items():
            found.append(asked.column(f"/{name}", f": {label}", partial(chose, name=name), "1; 0"))
    return [*found, asked.column(".words", " (คำของผู้ตอบ / own words)", words)]


def _codes(question: Question) -> str:
    if question.kind is Kind.YES_NO:
        return "1; 0"
    if question.kind is Kind.RATING:
        return f"{question.scale.least}–{question.scale.most}"
    return JOINED.join(f"{name} = {label}" for name, label in labels(question).items())
