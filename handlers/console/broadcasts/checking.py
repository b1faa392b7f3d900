"""What a broadcast would do if it went out now: whom it reaches, what is left of the month, how it looks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot import segments
from bot.broadcasts.invitations import composed, languages_of
from bot.broadcasts.pacing import quota
from bot.broadcasts.writing import audience, problems
from bot.dates import morning, quiet
from bot.errors import Problem
from bot.segments import Audience
from bot.store.base import Session
from bot.store.broadcasts import Broadcast
from handlers.console.broadcasts.rules import Word, sentence


@dataclass(frozen=True, slots=True)
class Preview:
    """One wording in one language: LINE's own JSON, the very one that is sent."""

    arm: int
    language: str
    messages: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Check:
    """`rule` in words; `audience` None where the rule is not sound; `asked`: whether LINE was asked for the quota.

    `left` of the month's messages now, None for no limit, and `after` the sending; `resting`: when the quiet hours end,
    where it would meet them.
    """

    rule: str
    audience: Audience | None
    problems: list[Problem]
    asked: bool
    left: int | None
    after: int | None
    resting: datetime | None
    previews: tuple[Preview, ...]


def check(session: Session, broadcast: Broadcast, at: datetime, word: Word) -> Check:
    """Look at a broadcast, kept or only sketched."""
    sound = not segments.flaws(broadcast.rule)
    found = audience(session, broadcast, at) if sound else None
    known = quota(session)
    begins = broadcast.send_at or at
    return Check(
        rule=sentence(broadcast.rule, word) if sound else "",
        audience=found,
        problems=problems(broadcast, at),
        asked=known.asked_ms > 0,
        left=known.left,
        after=None if known.left is None or found is None else known.left - found.reached,
        resting=morning(begins) if quiet(begins) else None,
        previews=tuple(_previews(session, broadcast)),
    )


def _previews(session: Session, broadcast: Broadcast) -> list[Preview]:
    return [
        Preview(arm, language, composed(session, broadcast, arm, language))
        for arm, wording in enumerate(broadcast.wordings)
        for language in languages_of(wording)
    ]
