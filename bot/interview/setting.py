"""The circumstances of one step, given by the caller, so that the interview needs neither clock nor profile."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Setting:
    """`language` is the one the citizen reads now; it may differ from step to step. `today` is the date in Bangkok."""

    language: str
    today: date
