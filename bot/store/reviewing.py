"""What one entry's page asks of the store."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.entries import Attachment, Entry, EntryEvent, EntryNote
from bot.store.labels import EntryLabel
from bot.store.sight import Sight, entries_seen
from bot.store.surveys import SurveyVersion

CANDIDATES = 60


def version_of(session: Session, entry: Entry) -> SurveyVersion | None:
    """The survey's version that the entry answers, if it answers one."""
    return session.get(SurveyVersion, entry.version_id) if entry.version_id is not None else None


def alike(session: Session, entry: Entry, sight: Sight) -> list[Entry]:
    """Entries that share tags with this one, those that share most first, of newer ones more."""
    mine = select(EntryLabel.label).where(EntryLabel.entry_id == entry.id)
    shared = (
        select(EntryLabel.entry_id, func.count().label("shared"))
        .where(EntryLabel.label.in_(mine), EntryLabel.entry_id != entry.id)
        .group_by(EntryLabel.entry_id)
        .subquery()
    )
    near = select(Entry).join(shared, shared.c.entry_id == Entry.id).where(entries_seen(sight), Entry.text != "")
    return list(session.scalars(near.order_by(shared.c.shared.desc(), Entry.id.desc()).limit(CANDIDATES)))


def notes_of(session: Session, entry_id: int) -> list[EntryNote]:
    """What officials wrote beside an entry, oldest first."""
    return list(session.scalars(select(EntryNote).where(EntryNote.entry_id == entry_id).order_by(EntryNote.id)))


def history_of(session: Session, entry_id: int) -> list[EntryEvent]:
    """What happened to an entry, newest first."""
    newest = select(EntryEvent).where(EntryEvent.entry_id == entry_id).order_by(EntryEvent.id.desc())
    return list(session.scalars(newest))


def photo_of(session: Session, entry: Entry, key: str) -> Attachment | None:
    """The photo of this key, if it is one of this entry's answers."""
    keys = [each.value.get("photo") for each in entry.answers if isinstance(each.value, dict)]
    return session.scalar(select(Attachment).where(Attachment.key == key)) if key in keys else None
