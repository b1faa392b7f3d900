"""What can go wrong, in words people may be told.

The tree:

    Refused                  something a person asked for cannot be done; `code` names it, `facts` say where and why
    Misconfigured            the settings cannot work; every problem in one message, for the operator

Anything else that is raised is a bug, logged once with its traceback by the worker loop or the web handler.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """A problem keeps a questionnaire from being asked; a warning is for its author to weigh."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author must mend, or may. What is said of it, in the reader's language, is for `bot.problems`.

    `where` is for machines: "questions[2].label.th", or "survey!C5" in a spreadsheet; "" is the whole. `code` names
    what is wrong; `facts` fill its sentences.
    """

    where: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.PROBLEM


class Refused(Exception):
    """A request that cannot be met, for a reason the person may be told.

    `code` is a dotted name such as "survey.invalid", and a key of the wording catalogues; `facts` fill its sentence.
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        told = ", ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__(f"{code}: {told}" if told else code)


class Misconfigured(Exception):
    """Settings that cannot work. The message lists every problem, one a line, each naming its variable."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))
