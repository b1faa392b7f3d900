"""Where a mark of a picture leads: the queue, with the very filter the mark was counted by."""

from flask import url_for

from bot.dates import day_of
from bot.pictures.looking import Look, look
from bot.store.base import Session
from bot.store.seeking import Sought
from handlers.console.guard import may, visit
from handlers.console.look import language

QUEUE, ENTRY = "console.queue.index", "console.entries.show"


def opens(sought: Sought | None) -> str:
    """The address of the entries behind a mark; "" where there are none to open."""
    if sought is None or not may(QUEUE, visit().account.role):
        return ""
    return url_for(QUEUE, **sought.arguments())


def looked(session: Session, sought: Sought) -> Look:
    """All counts of what is sought, for this visitor. `session` is one of `Store.snapshot`."""
    at = visit()
    return look(session, at.sight, sought, language(), day_of(at.at))


def entry_url(number: str) -> str:
    """The address of an entry's page; "" where there is none for this visitor."""
    return url_for(ENTRY, number=number) if may(ENTRY, visit().account.role) else ""
