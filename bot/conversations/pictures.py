"""Photos that answer a question: kept from the moment they come, and gone when no answer needs them any more."""

from bot.conversations.desk import Desk
from bot.photos import Photo
from bot.store.entries import Attachment, attachments_of, count_of, of_contact
from bot.store.interviews import of_contact as interviews_of


def keep(desk: Desk, photo: Photo, source: str) -> None:
    """Keep a photo that came in the message `source`."""
    desk.session.add(
        Attachment(
            contact_id=desk.contact.id,
            key=photo.key,
            content_type=photo.content_type,
            size=photo.size,
            source=source,
            at=desk.at,
        )
    )
    desk.session.flush()


def drop_unused(desk: Desk) -> None:
    """Let go of photos that no question asked for, or whose answer was changed, cancelled or withdrawn."""
    kept = attachments_of(desk.session, desk.contact.id)
    used = _used(desk) if kept else set()
    for each in kept:
        if each.key not in used:
            desk.discarded.append(each.key)
            desk.session.delete(each)


def _used(desk: Desk) -> set[str]:
    interviews = interviews_of(desk.session, desk.contact.id)
    entries = of_contact(desk.session, desk.contact.id, count_of(desk.session, desk.contact.id))
    asked = [answer["value"] for each in interviews for answer in each.progress["answers"]]
    filed = [answer.value for each in entries for answer in each.answers]
    return {value["photo"] for value in (*asked, *filed) if isinstance(value, dict) and "photo" in value}
