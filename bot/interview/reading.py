"""The door for plain data, as an author's YAML gives it: what is wrong with it, and the questionnaire it holds.

    problems(data)   what must be mended before it can be asked; data of any shape, never an exception
    warnings(data)   what its author should weigh: wording, ways out; it can be asked all the same
    read(data)       the Questionnaire, or Refused("survey.invalid", problems=...)
    plain(it)        the data again

Both lists hold `bot.errors.Problem`s: code, place and facts. `bot.problems` says them in Thai or English, with a
place for people and a mend.
"""

from collections.abc import Mapping
from typing import Any

from bot.errors import Problem, Refused
from bot.interview.building import build, plain
from bot.interview.checking import misshapen, unwise
from bot.interview.questionnaire import Questionnaire
from bot.interview.reaching import unreachable

__all__ = ["plain", "problems", "read", "warnings"]


def problems(data: object) -> list[Problem]:
    """All that an author must mend, in the order of the data. None: `read` takes it."""
    found = list(misshapen(data))
    if found or not isinstance(data, Mapping):
        return found
    return list(unreachable(build(data)))


def warnings(data: object) -> list[Problem]:
    """All that an author should weigh, in the order of the data."""
    return list(unwise(data))


def read(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire in this data. Raises Refused("survey.invalid", problems=...)."""
    found = problems(data)
    if found:
        raise Refused("survey.invalid", problems=found)
    return build(data)
