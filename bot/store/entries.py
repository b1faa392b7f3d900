"""Entries: what citizens said, filed; their answers, tags, attachments and history."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, delete, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.store.base import Base, BigId, Json, one_of
from bot.store.projects import Project


class EntryKind(StrEnum):
    """Where an entry comes from: a survey's interview, or words written outside one."""

    SURVEY = "survey"
    WORDS = "words"


class EntryStatus(StrEnum):
    """How far the officials are with it. `withdrawn`: the citizen took all of its words back."""

    NEW = "new"
    IN_REVIEW = "in_review"
    USED = "used"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class TagKind(StrEnum):
    """What a tag speaks of."""

    TOPIC = "topic"
    QUALITY = "quality"
    SENTIMENT = "sentiment"
    URGENCY = "urgency"
    PLACE = "place"
    PROJECT = "project"


class Entry(Base):
    """One citizen's words in one lab project. `text` is all free words of it; tags' spans are offsets into it.

    `masked` is `text` with personal data replaced: what everyone sees who has not asked to see more.
    """

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint(one_of("kind", EntryKind), name="kind"),
        CheckConstraint(one_of("status", EntryStatus), name="status"),
        CheckConstraint("sentiment IN ('pos', 'neu', 'neg')", name="sentiment"),
        CheckConstraint("urgency IN ('normal', 'soon', 'crisis')", name="urgency"),
        Index("ix_entries_project_filed", "project_id", "filed_at"),
        Index("ix_entries_survey_filed", "survey_id", "filed_at"),
        Index("ix_entries_filed", "filed_at", "id"),
        Index("ix_entries_status_filed", "status", "filed_at"),
        Index("ix_entries_urgency_filed", "urgency", "filed_at"),
        Index("ix_entries_sentiment_filed", "sentiment", "filed_at"),
        Index("ix_entries_province_filed", "province", "filed_at"),
        Index("ix_entries_assignee", "assignee_id"),
        Index("ix_entries_contact", "contact_id"),
        Index("ix_entries_source", "source"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("survey_versions.id"))
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interviews.id", ondelete="SET NULL"), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default=EntryStatus.NEW)
    partial: Mapped[bool] = mapped_column(default=False)
    rehearsal: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    masked: Mapped[str] = mapped_column(Text)
    personal: Mapped[list[Any]]
    # The LINE message these words came in, for a later unsend; "" for a survey, whose answers have their own.
    source: Mapped[str] = mapped_column(String(64), default="")
    sentiment: Mapped[str] = mapped_column(String(8))
    sentiment_score: Mapped[float]
    urgency: Mapped[str] = mapped_column(String(8))
    province: Mapped[str | None] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(64))
    filed_at: Mapped[datetime]
    # The account that has taken it on. No foreign key: accounts are never deleted.
    assignee_id: Mapped[int | None] = mapped_column(BigId)
    # Grows with every act on the entry: who decides on what they read a while ago learns that it has changed.
    revision: Mapped[int] = mapped_column(default=0, server_default="0")

    project: Mapped[Project | None] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="entry", order_by="Answer.position", cascade="all, delete-orphan", passive_deletes=True
    )
    tags: Mapped[list["EntryTag"]] = relationship(
        order_by="EntryTag.id", cascade="all, delete-orphan", passive_deletes=True
    )


class Answer(Base):
    """One answer: its category (for counting), its value (for computing) and the person's own words."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("entry_id", "question"), Index("ix_answers_question", "question", "category"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    category: Mapped[str] = mapped_column(Text)
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    words: Mapped[str] = mapped_column(Text)
    masked: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")

    entry: Mapped[Entry] = relationship(back_populates="answers")


class EntryTag(Base):
    """One tag with the spans that earned it. A person's decision stands beside the machine's, in a row of its own."""

    __tablename__ = "entry_tags"
    __table_args__ = (
        CheckConstraint(one_of("kind", TagKind), name="kind"),
        Index("ix_entry_tags_entry", "entry_id"),
        Index("ix_entry_tags_tag", "kind", "tag", "entry_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    tag: Mapped[str] = mapped_column(String(128))
    direction: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(64))
    score: Mapped[float]
    spans: Mapped[list[Any]]
    model: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


# What has to leave every file that was made before.
UNSENT = "what = 'unsent'"


class EntryEvent(Base):
    """What happened to an entry. Append-only; never holds what the citizen said."""

    __tablename__ = "entry_events"
    __table_args__ = (
        Index("ix_entry_events_entry", "entry_id"),
        Index("ix_entry_events_unsent", "at", sqlite_where=text(UNSENT), postgresql_where=text(UNSENT)),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]


class EntryNote(Base):
    """What an official wrote down beside an entry, for colleagues. Append-only; citizens never see it."""

    __tablename__ = "entry_notes"
    __table_args__ = (Index("ix_entry_notes_entry", "entry_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)


class Attachment(Base):
    """A photo that a citizen sent as an answer. The bytes lie outside the database, under `key`."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_contact", "contact_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(128), unique=True)
    content_type: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    source: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


def entry_by_number(session: Session, number: str) -> Entry | None:
    """The entry with this reference number, as it was given out."""
    return session.scalar(select(Entry).where(Entry.number == number))


def entry_of(session: Session, interview_id: int) -> Entry | None:
    """What an interview was filed as, if it was."""
    return session.scalar(select(Entry).where(Entry.interview_id == interview_id))


def of_contact(session: Session, contact_id: int, limit: int = 20) -> list[Entry]:
    """The contact's entries, newest first."""
    newest = select(Entry).where(Entry.contact_id == contact_id).order_by(Entry.id.desc()).limit(limit)
    return list(session.scalars(newest))


def count_of(session: Session, contact_id: int) -> int:
    """How many entries of this contact there are."""
    return session.scalar(select(func.count()).select_from(Entry).where(Entry.contact_id == contact_id)) or 0


def said_in(session: Session, contact_id: int, message_id: str) -> tuple[list[Entry], list[Answer]]:
    """What is filed of one LINE message: entries made of it, and answers it gave."""
    entries = session.scalars(select(Entry).where(Entry.contact_id == contact_id, Entry.source == message_id))
    answers = session.scalars(
        select(Answer)
        .join(Entry)
        .where(Entry.contact_id == contact_id, (" " + Answer.source + " ").contains(f" {message_id} ", autoescape=True))
    )
    return list(entries), list(answers)


def answered(session: Session, contact_id: int, survey_id: int) -> Entry | None:
    """The newest whole entry of this contact in this survey, if they have answered it before and not only rehearsed."""
    whole = (Entry.partial.is_(False), Entry.rehearsal.is_(False))
    before = select(Entry).where(Entry.contact_id == contact_id, Entry.survey_id == survey_id, *whole)
    return session.scalar(before.order_by(Entry.id.desc()).limit(1))


def drop_tags(session: Session, entry_id: int) -> None:
    """Remove every tag of an entry, so that it can be tagged anew or stand without."""
    session.execute(delete(EntryTag).where(EntryTag.entry_id == entry_id))


def attachments_of(session: Session, contact_id: int) -> list[Attachment]:
    """Every photo kept of this contact."""
    return list(session.scalars(select(Attachment).where(Attachment.contact_id == contact_id)))
