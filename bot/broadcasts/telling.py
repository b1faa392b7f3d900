"""What people are told of a broadcast, wherever it is shown: its state, why it is paused, why somebody gets nothing."""

from bot.store.broadcasts import Broadcast
from bot.wording import say


def state(broadcast: Broadcast, language: str) -> str:
    """The state in words."""
    return say(language, f"broadcast.state.{broadcast.state}")


def cause(broadcast: Broadcast, language: str) -> str:
    """Why it is paused and what to do, with LINE's own words where there are some; "" where it is not."""
    if not broadcast.cause:
        return ""
    told = say(language, f"broadcast.cause.{broadcast.cause}")
    return f"{told} ({broadcast.reason})" if broadcast.reason else told


def without(reason: str, language: str) -> str:
    """Why somebody gets nothing: a name of `bot.segments.REASONS`, or "erased"."""
    return say(language, f"broadcast.without.{reason}")
