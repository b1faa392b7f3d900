"""The door for plain data, as an author's YAML gives it: what is wrong with it, and the questionnaire it holds."""

from collections.abc import Mapping
from typing import Any

from bot.errors import Problem, Refused
from bot.interview.building import build, plain
from bot.interview.checking import misshapen
from bot.interview.questionnaire import Questionnaire
from bot.interview.reaching import unreachable

__all__ = ["plain", "problems", "read"]


def problems(data: object) -> list[Problem]:
    """All that an author must mend, in the order of the data. None: `read` takes it."""
    found = list(misshapen(data))
    if found or not isinstance(data, Mapping):
        return found
    return list(unreachable(build(data)))


def read(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire in this data. Raises Refused("survey.invalid", problems=...)."""
    found = problems(data)
    if found:
        raise Refused("survey.invalid", problems=found)
    return build(data)
