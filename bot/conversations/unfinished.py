"""An interview that a citizen left and may still take up."""

from datetime import timedelta

from bot.conversations.desk import Desk
from bot.store.interviews import Interview, InterviewStatus, newest, paused

# How long after its last word an interview that expired is still what a citizen speaks of.
LATE = timedelta(days=14)


def unfinished(desk: Desk) -> Interview | None:
    """The interview that was paused last, or that has run out of time but not long ago."""
    return paused(desk.session, desk.contact.id) or expired(desk)


def expired(desk: Desk) -> Interview | None:
    """The interview that fell silent, if it was the last and not long ago."""
    last = newest(desk.session, desk.contact.id)
    if last is None or last.status != InterviewStatus.EXPIRED or desk.at - last.updated_at > LATE:
        return None
    return last
