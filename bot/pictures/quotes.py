"""Quotes for a report: of the commonest topics, what stands for most of them; the same ones whenever it is asked."""

from dataclasses import dataclass

from bot.pictures.figures import Figure, Row
from bot.pictures.looking import Look
from bot.store.base import Session
from bot.store.quoting import quotable
from bot.store.seeking import Sought
from bot.store.sight import Sight
from bot.wording import say

TOPICS, EACH = 6, 2


@dataclass(frozen=True, slots=True)
class Quote:
    """Masked words, the number they were filed under, and their mood in words."""

    number: str
    words: str
    mood: str


def quotes(session: Session, sight: Sight, look: Look, topics: Figure) -> list[tuple[str, list[Quote]]]:
    """For each of the commonest topics a few quotes of its commonest mood; nobody is quoted twice."""
    found: list[tuple[str, list[Quote]]] = []
    said: set[str] = set()
    for row in topics.rows[:TOPICS]:
        sought = _commonest(row)
        if sought is None:
            continue
        chosen: list[Quote] = []
        for each in sorted(quotable(session, sought, sight), key=_telling):
            if each.masked not in said and len(chosen) < EACH:
                said.add(each.masked)
                mood = say(look.language, f"console.overview.mood_{each.sentiment}")
                chosen.append(Quote(each.number, each.masked, mood))
        if chosen:
            found.append((row.name, chosen))
    return found


def _commonest(row: Row) -> Sought | None:
    """The filter of the row's commonest mood; None where it is withheld: few people could be told by their words."""
    shown = [mark for mark in row.marks if mark.cell.number]
    return max(shown, key=lambda mark: mark.cell.number or 0).sought if shown else None


def _telling(row: object) -> tuple[bool, float, int]:
    """Words without anything masked first, then the surest mood, then the oldest."""
    masked, score, id = (getattr(row, each) for each in ("masked", "sentiment_score", "id"))
    return ("[" in masked, -score, id)
