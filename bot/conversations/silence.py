"""Silence: one gentle nudge, then the interview ends and what was answered is kept, marked partial."""

from datetime import datetime, timedelta

from bot import outbox
from bot.conversations.desk import Desk, Questionnaires
from bot.conversations.interviews import file_partly, is_open
from bot.dates import quiet
from bot.messages import fallback
from bot.outbox import Reply
from bot.store.base import Session, locked
from bot.store.interviews import Interview, InterviewStatus, silent_since
from bot.store.people import Contact, ContactStatus

# Long enough to come home from work; a nudge is a push, which the lab pays for, so there is one.
NUDGE_AFTER = timedelta(hours=20)
EXPIRE_AFTER = timedelta(days=3)
# Whoever is nudged late, because of a night or because we were away, still has this long to go on.
GRACE = timedelta(days=1)
AT_ONCE = 200


def tend(session: Session, at: datetime, questionnaires: Questionnaires) -> dict[str, int]:
    """Nudge and end what is due. Returns how many of each."""
    return {
        "nudged": 0 if quiet(at) else _nudge(session, at, questionnaires),
        "expired": _expire(session, at, questionnaires),
    }


def _nudge(session: Session, at: datetime, questionnaires: Questionnaires) -> int:
    replies = []
    for desk, interview in _silent(session, at, at - NUDGE_AFTER, questionnaires, nudged=False):
        interview.nudged_at = at
        if desk.contact.status == ContactStatus.ACTIVE and is_open(interview.version.survey):
            title = fallback(interview.version.questionnaire["title"], desk.language)
            go_on = desk.option("go.on", "resume", i=str(interview.id))
            stop = desk.option("go.stop", "stop", i=str(interview.id))
            replies.append(Reply(desk.contact.line_id, [desk.tell("interview.nudge", go_on, stop, title=title)]))
    outbox.put(session, replies, int(at.timestamp() * 1000), leased=False)
    return len(replies)


def _expire(session: Session, at: datetime, questionnaires: Questionnaires) -> int:
    silent = _silent(session, at, at - EXPIRE_AFTER, questionnaires, nudged=True)
    due = [(desk, each) for desk, each in silent if each.nudged_at is not None and each.nudged_at <= at - GRACE]
    for desk, interview in due:
        file_partly(desk, interview)
        interview.status, interview.ended_at = InterviewStatus.EXPIRED, at
    return len(due)


def _silent(
    session: Session, at: datetime, since: datetime, questionnaires: Questionnaires, nudged: bool
) -> list[tuple[Desk, Interview]]:
    """Silent interviews whose citizens no worker is answering at this moment."""
    found = silent_since(session, since, nudged, AT_ONCE)
    desks = {each.id: Desk(session, session.get_one(Contact, each.contact_id), at, questionnaires) for each in found}
    free = set(locked(session, [each.contact.line_id for each in desks.values()]))
    return [(desks[each.id], each) for each in found if desks[each.id].contact.line_id in free]
