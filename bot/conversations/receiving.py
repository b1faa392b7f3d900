"""The way in: one event of LINE, and what the bot answers.

`receive` decides by the kind of event; what a text or a tap means is decided in talking.py. It works inside the
worker's transaction, commits nothing, and calls nobody outside.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot import filing
from bot.conversations import consent, talking
from bot.conversations.desk import Desk, Questionnaires, Said
from bot.interview.engine import Progress
from bot.line.inbound import Event
from bot.messages import Message
from bot.photos import Photo
from bot.store.base import Session
from bot.store.entries import attachments_of
from bot.store.interviews import InterviewStatus, asking, of_contact
from bot.store.mail import cancel_deliveries, note_unsent, was_unsent
from bot.store.people import Contact, ContactStatus, Group, contact_of
from bot.wording import LANGUAGES, say


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the worker found out beforehand, outside of the transaction: languages of new citizens, photos that came."""

    languages: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, Photo] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be said, and which files are to be removed once the transaction is through."""

    said: Said
    discarded: tuple[str, ...] = ()


def receive(
    session: Session, event: Event, at: datetime, questionnaires: Questionnaires, found: Circumstances
) -> Outcome:
    """Answer one event. Events that nobody need answer give an empty outcome; none raises for what LINE may send."""
    if event.standby or event.place == "" or (event.place == "user" and not event.user):
        return Outcome([])
    if event.place != "user":
        return Outcome(_in_a_group(session, event, at))
    contact = _met(session, event, at, found)
    desk = Desk(session, contact, at, questionnaires, found.photos)
    hear = _HEARD.get(event.kind)
    said = hear(desk, event) if hear else []
    return Outcome(said, tuple(desk.discarded))


def _met(session: Session, event: Event, at: datetime, found: Circumstances) -> Contact:
    """The citizen, met for the first time or again. Their LINE id and language are kept, nothing they said."""
    contact = contact_of(session, event.user)
    if contact is None:
        language = found.languages.get(event.user, "")[:2].lower()
        contact = Contact(
            line_id=event.user,
            language=language if language in LANGUAGES else "th",
            status=ContactStatus.ACTIVE,
            asked="",
            first_seen_at=at,
            last_seen_at=at,
        )
        session.add(contact)
        session.flush()
    contact.last_seen_at = at
    return contact


def _in_a_group(session: Session, event: Event, at: datetime) -> Said:
    """Say once that we work one to one; then be silent. What is said in a group is not ours to keep."""
    room = event.room
    if event.kind == "leave" or not room:
        return []
    if session.get(Group, room) is not None or not event.reply_token:
        return []
    session.add(Group(line_id=room, told_at=at))
    return [Message(say("th", "group.once") + "\n\n" + say("en", "group.once"))]


def _follow(desk: Desk, _event: Event) -> Said:
    desk.contact.status = ContactStatus.ACTIVE
    return consent.welcome(desk)


def _unfollow(desk: Desk, _event: Event) -> Said:
    """Blocked: nothing more is sent, and the interview waits."""
    desk.contact.status = ContactStatus.BLOCKED
    cancel_deliveries(desk.session, desk.contact.line_id, int(desk.at.timestamp() * 1000))
    running = asking(desk.session, desk.contact.id)
    if running is not None:
        running.status = InterviewStatus.PAUSED
    return []


def _unsend(desk: Desk, event: Event) -> Said:
    """Remove what was said in this message, wherever it is. An open question it answered is asked again."""
    if not event.unsent:
        return []
    note_unsent(desk.session, event.unsent, int(desk.at.timestamp() * 1000))
    filing.take_back(desk.session, desk.contact, event.unsent, desk.at)
    for photo in attachments_of(desk.session, desk.contact.id):
        if photo.source == event.unsent:
            desk.discarded.append(photo.key)
            desk.session.delete(photo)
    for interview in of_contact(desk.session, desk.contact.id):
        interview.progress = Progress.from_data(interview.progress).forget(event.unsent).to_data()
    # An unsend has no reply token, and a push would cost the lab: the words are gone, and that is what was asked for.
    return []


def _message(desk: Desk, event: Event) -> Said:
    desk.contact.status = ContactStatus.ACTIVE
    if event.message is None or was_unsent(desk.session, event.message.id):
        return []
    return talking.hear(desk, event.message)


def _postback(desk: Desk, event: Event) -> Said:
    desk.contact.status = ContactStatus.ACTIVE
    return talking.tapped(desk, event)


_HEARD: dict[str, Callable[[Desk, Event], Said]] = {
    "follow": _follow,
    "unfollow": _unfollow,
    "unsend": _unsend,
    "message": _message,
    "postback": _postback,
}
