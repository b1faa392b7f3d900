"""The columns of a table of entries: which there are, what each is called and what it means.

Versions of a survey are merged by question name: a question that was ever asked has its columns, once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.store.exporting import Filed

Cell = str | int | float | datetime | None
JOINED = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the file, how a cell is made, and, for the dictionary, its meaning and its codes.

    `width` is in characters; 0 where no cell is long.
    """

    name: str
    meaning: str
    cell: Callable[[Filed], Cell]
    codes: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Instrument:
    """A survey as the export needs it: every question that any version asked, in its newest wording.

    `turned` names the questions whose kind was not the same in all versions.
    """

    slug: str
    questions: Sequence[Question]
    turned: frozenset[str] = frozenset()


def merged(slug: str, versions: Iterable[Questionnaire]) -> Instrument:
    """The versions of a survey, oldest first, as one: by question name, choices of all versions together."""
    questions: dict[str, Question] = {}
    turned: set[str] = set()
    for version in versions:
        for question in version.questions:
            if question.kind is Kind.NOTE:
                continue
            earlier = questions.get(question.name)
            if earlier is not None and earlier.kind is not question.kind:
                turned.add(question.name)
            questions[question.name] = _with_choices_of(question, earlier)
    return Instrument(slug, tuple(questions.values()), frozenset(turned))


def _with_choices_of(question: Question, earlier: Question | None) -> Question:
    if earlier is None:
        return question
    known = {each.name for each in question.choices}
    gone = tuple(each for each in earlier.choices if each.name not in known)
    return replace(question, choices=question.choices + gone)


def named_apart(columns: Iterable[Column], taken: Iterable[str]) -> list[Column]:
    """The columns under names that nobody else has: one that is taken gets "answer." before it."""
    used = set(taken)
    found = []
    for column in columns:
        name = column.name
        while name in used:
            name = f"answer.{name}"
        used.add(name)
        found.append(replace(column, name=name))
    return found
