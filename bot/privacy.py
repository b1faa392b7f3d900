"""Erasure: a citizen's right (PDPA, section 33), carried out everywhere at once, with a receipt."""

from dataclasses import dataclass
from datetime import datetime

from bot.numbers import new_number
from bot.store.audit import AuditEvent
from bot.store.base import Session
from bot.store.entries import attachments_of, count_of
from bot.store.mail import cancel_deliveries, erase_mail
from bot.store.people import Contact, remove
from bot.store.search import purge


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed: how many entries, and the files still to be deleted once the transaction is through."""

    receipt: str
    entries: int
    files: tuple[str, ...]


def erase(session: Session, contact: Contact, at: datetime) -> Erased:
    """Remove the contact and, by the database's own cascades, all that hangs on it.

    What stays is one line in the trail: a receipt number, the time and how many entries went; nothing leads from it to
    the citizen. The `contact` object is left usable for the one last answer.
    """
    receipt = new_number()
    entries = count_of(session, contact.id)
    files = tuple(each.key for each in attachments_of(session, contact.id))
    cancel_deliveries(session, contact.line_id, int(at.timestamp() * 1000))
    erase_mail(session, contact.line_id)
    remove(session, contact)
    purge(session)
    session.add(AuditEvent(at=at, actor="citizen", act="erased", facts={"receipt": receipt, "entries": entries}))
    return Erased(receipt, entries, files)
