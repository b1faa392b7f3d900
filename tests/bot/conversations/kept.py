"""What the bot keeps of a citizen, in words an official can read; and whether a word is left anywhere in a store."""

import re
from collections.abc import Iterator

from sqlalchemy import MetaData, select

from bot.interview.engine import Progress
from bot.store.base import Session, Store
from bot.store.entries import Answer, Attachment, Entry
from bot.store.interviews import Interview
from bot.store.people import Consent, LabOptOut, contact_of
from bot.store.projects import Lab

_STATUS = {"asking": "กำลังตอบ", "paused": "พักไว้", "completed": "ตอบจบ", "stopped": "เลิกตอบ", "expired": "หมดเวลา"}
_ANSWER = {"answered": "", "skipped": " (ข้าม)", "own_words": " (เก็บตามคำพูด)", "unsent": " (ยกเลิกการส่งแล้ว)"}
_ENTRY = {"withdrawn": " · ยกเลิกการส่งแล้ว"}


def kept(session: Session, line_id: str, tagged: bool = False) -> Iterator[str]:
    """A line for each thing that is kept; the machine's tags only where they are asked for."""
    contact = contact_of(session, line_id)
    if contact is None:
        yield "ไม่มีสิ่งใดเก็บไว้"
        return
    yield f"ผู้ใช้ ภาษา {contact.language} · {'ยินยอมแล้ว' if contact.consent_version else 'ยังไม่ยินยอม'}"
    blocked, out = contact.status == "blocked", contact.opted_out_at is not None
    yield from (told for told, so in (("บล็อกบอทไว้", blocked), ("เลิกรับข่าว", out)) if so)
    for no in session.scalars(select(LabOptOut).where(LabOptOut.contact_id == contact.id).order_by(LabOptOut.lab_id)):
        yield f"เลิกรับข่าวของ {session.get_one(Lab, no.lab_id).name['th']}"
    for consent in session.scalars(select(Consent).where(Consent.contact_id == contact.id).order_by(Consent.id)):
        yield f"ความยินยอมรุ่น {consent.version}: {'ให้' if consent.given else 'ถอน'}"
    for interview in session.scalars(select(Interview).where(Interview.contact_id == contact.id)):
        invited = " (จากคำเชิญ)" if interview.broadcast_id else ""
        yield f"การตอบ {interview.version.survey.slug}: {_STATUS[interview.status]}{invited}"
        yield from (f"  {name}: {words}" for name, words in _so_far(interview))
    for entry in session.scalars(select(Entry).where(Entry.contact_id == contact.id).order_by(Entry.id)):
        yield from _entry(entry)
        yield from _tags(entry) if tagged else ()
    photos = session.scalars(select(Attachment).where(Attachment.contact_id == contact.id)).all()
    yield from (f"รูป {len(photos)} รูป" for _ in photos[:1])


def _so_far(interview: Interview) -> Iterator[tuple[str, str]]:
    """The answers of an interview that is not filed yet, and the words kept beside them."""
    progress = Progress.from_data(interview.progress)
    for name in dict.fromkeys((*progress.answers, *progress.heard)):
        answer = progress.whole(name)
        if answer and (answer.category or answer.words):
            words = answer.words.replace("\n", " / ")
            yield name, " ".join(filter(None, (answer.category.replace("\n", " / "), f"“{words}”" if words else "")))


def _entry(entry: Entry) -> Iterator[str]:
    where = entry.project.short["th"] if entry.project else "ยังไม่มีโครงการ"
    kind = "จากแบบสอบถาม" if entry.kind == "survey" else "คำบอกเล่า"
    urgent = " · ฉุกเฉิน" if entry.urgency == "crisis" else ""
    partial = " · ตอบไม่ครบ" if entry.partial else ""
    yield f"เรื่อง {entry.number} · {kind} · {where}{partial}{urgent}{_ENTRY.get(entry.status, '')}"
    if entry.kind == "words" and entry.masked:
        yield f"  “{entry.masked}”"
    yield from map(_answer, entry.answers)


def _tags(entry: Entry) -> Iterator[str]:
    yield f"  ความรู้สึก: {entry.sentiment} · จังหวัด: {entry.province or '-'}"
    for tag in entry.tags:
        words = " / ".join(entry.text[start:end] for start, end in tag.spans)
        yield f"  {tag.kind}: {tag.tag}" + (f" “{words}”" if words else "")


def _answer(answer: Answer) -> str:
    words = answer.masked.replace("\n", " / ")
    told = " ".join(filter(None, (answer.category.replace("\n", " / "), f"“{words}”" if words else "")))
    return f"  {answer.question}: {told}{_ANSWER[answer.status]}"


def everywhere(store: Store) -> str:
    """All that all tables hold, as one text to look for words in, the search's codes read too."""
    tables = MetaData()
    with store.reading() as session:
        connection = session.connection()
        tables.reflect(connection)
        rows = [tuple(row) for table in tables.sorted_tables for row in connection.execute(select(table))]
    held = "\n".join(map(str, rows))
    return held + re.sub("0e[0-9a-f]{2}", _letter, held)


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[0], 16))
