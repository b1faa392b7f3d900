"""What can go wrong, in words people may be told.

The tree:

    Refused                  something a person asked for cannot be done; `code` names it, `facts` say where and why
    Misconfigured            the settings cannot work; every problem in one message, for the operator

Anything else that is raised is a bug, logged once with its traceback by the worker loop or the web handler.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author must mend: where it is ("questions[2].label.th"), what is wrong and how to mend it."""

    where: str
    text: str


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
