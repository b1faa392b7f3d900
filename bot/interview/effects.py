"""What a step brings about. The engine only says so; the caller makes it happen, in order.

What is said after Complete, Pause and Stop is the caller's, who knows the reference number and the menu.
"""

from dataclasses import dataclass
from typing import TypeAlias

from bot.interview.progress import Answer, Progress
from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Say:
    """Say this to the citizen."""

    message: Message


@dataclass(frozen=True, slots=True)
class Complete:
    """The interview is done: file these answers."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """The citizen goes on later."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The citizen gives no answers after all: nothing is filed. The progress keeps them, should they think again."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A command that is not the interview's own, such as "mydata". The interview stands as it was."""

    command: str


Effect: TypeAlias = Say | Complete | Pause | Stop | Hand


@dataclass(frozen=True, slots=True)
class Step:
    """Where the interview stands now, and what is to happen."""

    progress: Progress
    effects: tuple[Effect, ...]
