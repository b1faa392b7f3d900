"""What a scripted citizen does, one act at a time, and what they mean by it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.interview.questionnaire import Value


class How(StrEnum):
    """What is done with the phone."""

    SAYS = "says"
    TAPS = "taps"
    SENDS = "sends"
    UNSENDS = "unsends"
    WAITS = "waits"


class Aim(StrEnum):
    """What it is meant as: the answer to the question, a part of it, a wish to move on, or no answer at all."""

    ANSWER = "answer"
    PART = "part"
    MOVE = "move"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `text` is what is typed, or what a transcript shows; `value` is the answer that is meant.

    `data` and `params` are a tap's postback, `message` what is sent in LINE's words, `hours` how long one waits.
    """

    how: How
    text: str
    aim: Aim = Aim.ANSWER
    value: Value | None = None
    data: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    message: Mapping[str, Any] = field(default_factory=dict)
    photo: bytes | None = None
    hours: int = 0


class FellOff(Exception):
    """The person gives up: `why` is "refused" (no way on was found) or "tired" (too many questions)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


Acts = Iterator[Act]
