"""The instrument: what is asked, in which order, on what condition. Made by `bot.interview.reading`, never changed.

Names follow XLSForm (https://xlsform.org/en/): name, label, hint, relevant (here `show_if`), constraint.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str]  # language → text
Value: TypeAlias = bool | int | float | str | list[str] | dict[str, str | float]


class Kind(StrEnum):
    """Kinds of question. How each is asked, read and shown is one entry in `bot.interview.kinds`."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RATING = "rating"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    PHONE = "phone"
    PHOTO = "photo"
    LOCATION = "location"
    NOTE = "note"


class Test(StrEnum):
    """What a condition may ask of an earlier answer. Of a list of choices, `is` asks whether it contains the one."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one earlier answer. `value` is a list for any_of and none_of, true or false for answered."""

    question: str
    test: Test
    value: Value


@dataclass(frozen=True, slots=True)
class ShowIf:
    """Conditions that must all hold (`all_of`), or of which any must hold."""

    all_of: bool
    conditions: tuple["Condition | ShowIf", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `exclusive` clears the others; typed words that fit no choice are kept under `other`."""

    name: str
    label: Texts
    exclusive: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating's ends, both included, and a word for each."""

    least: int = 1
    most: int = 5
    low: Texts = field(default_factory=dict)
    high: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an answer must keep to. Dates are ISO dates or "today"; `longest` counts characters; None binds nothing."""

    least: float | str | None = None
    most: float | str | None = None
    whole: bool = False
    longest: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    message: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `purpose` says why a `sensitive` one is asked; it is said with it.

    `default` is an answer offered on a button, to a number, date or text; it is never taken unasked.
    """

    name: str
    kind: Kind
    label: Texts
    hint: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    required: bool = True
    show_if: ShowIf | None = None
    constraint: Constraint = Constraint()
    scale: Scale = Scale()
    sensitive: bool = False
    purpose: Texts = field(default_factory=dict)
    default: float | str | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A list of questions with conditions on earlier answers: it always ends, and going back is always possible."""

    slug: str
    project: str
    title: Texts
    purpose: Texts
    intro: Texts
    outro: Texts
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
