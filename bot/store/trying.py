"""Recent free words, as a trial of a project's own words reads them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.entries import Entry, EntryKind
from bot.store.sight import Sight, entries_seen


def recent_words(session: Session, sight: Sight, most: int) -> Iterator[Any]:
    """The newest free words that may be seen, newest first: rows of number, text, masked and project_id."""
    columns = (Entry.number, Entry.text, Entry.masked, Entry.project_id)
    words = select(*columns).where(Entry.kind == EntryKind.WORDS, Entry.text != "", entries_seen(sight))
    yield from session.execute(words.order_by(Entry.filed_at.desc(), Entry.id.desc()).limit(most))
