"""Words to quote: masked, of entries that match a filter."""

from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from bot.store.entries import Entry
from bot.store.seeking import Sought, conditions
from bot.store.sight import Sight

SHORTEST, LONGEST = 20, 320


def quotable(session: Session, sought: Sought, sight: Sight, limit: int = 200) -> list[Row[Any]]:
    """The newest entries whose masked words are neither too short nor too long to quote: number, words, mood, score."""
    length = func.length(Entry.masked)
    told = select(Entry.id, Entry.number, Entry.masked, Entry.sentiment, Entry.sentiment_score, Entry.language)
    held = conditions(sought, sight)
    newest = told.where(*held, length >= SHORTEST, length <= LONGEST).order_by(Entry.filed_at.desc(), Entry.id.desc())
    return list(session.execute(newest.limit(limit)))
