"""Entries for tests of the queue: what citizens said, filed as the bot files it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.filing import file_words, place_in
from bot.store.base import Session, Store
from bot.store.people import Contact, contact_of
from bot.store.projects import project_by_slug

SAID = (
    ("road-safety", "ถนนหน้าโรงเรียนมืดมาก กลัวรถชนเด็ก ที่ชลบุรี"),
    ("road-safety", "รถเมล์ช้ามากรอนานเป็นชั่วโมง"),
    ("water-app", "เจ้าหน้าที่พูดจาดีมากค่ะ บริการรวดเร็วประทับใจ"),
    ("water-app", "แอ็ปใช้ยากกดไม่ได้เลย โทร 081-234-5678"),
    ("sme-internet", "ค่าธรรมเนียมแพงเกินไป รอคิวนาน เจ้าหน้าที่พูดไม่สุภาพ"),
    (None, "ช่วยด้วยค่ะ มีคนจะทำร้ายฉัน"),
)


def fill(store: Store, at: datetime, said: Sequence[tuple[str | None, str]] = SAID, person: str = "U1") -> list[str]:
    """File these, a minute apart up to `at`. Returns their numbers."""
    with store.transaction() as session:
        contact = _contact(session, person, at)
        numbers = []
        for place, (slug, text) in enumerate(said):
            when = at - timedelta(minutes=len(said) - place)
            entry = file_words(session, contact, text, f"{person}-{place}", when).entry
            place_in(session, entry, project_by_slug(session, slug) if slug else None, "test", when)
            numbers.append(entry.number)
    return numbers


def _contact(session: Session, line_id: str, at: datetime) -> Contact:
    found = contact_of(session, line_id)
    if found is None:
        found = Contact(line_id=line_id, first_seen_at=at, last_seen_at=at)
        session.add(found)
        session.flush()
    return found
