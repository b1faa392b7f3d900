"""Contacts, their consents, and the groups the bot was asked into."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, func, select
from sqlalchemy.orm import Mapped, Session, make_transient, mapped_column

from bot.store.base import Base, BigId, one_of


class ContactStatus(StrEnum):
    """Whether LINE would deliver what we send: a citizen who blocks the bot receives nothing."""

    ACTIVE = "active"
    BLOCKED = "blocked"


class Contact(Base):
    """One citizen on LINE. No name and no picture are kept: the LINE id, the language and the consent are enough."""

    __tablename__ = "contacts"
    __table_args__ = (CheckConstraint(one_of("status", ContactStatus), name="status"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="th")
    status: Mapped[str] = mapped_column(String(16), default=ContactStatus.ACTIVE)
    consent_version: Mapped[str | None] = mapped_column(String(32))
    consented_at: Mapped[datetime | None]
    opted_out_at: Mapped[datetime | None]
    # A made-up citizen of the phone page, for rehearsing a survey: whatever they say is a rehearsal.
    rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    # What the bot asked last outside an interview ("consent", "project:NUMBER"…), to understand a typed answer.
    asked: Mapped[str] = mapped_column(String(64), default="")
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class Consent(Base):
    """What a citizen agreed to or withdrew, and when. Append-only; goes when the citizen asks to be forgotten."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_contact_id", "contact_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(8))
    given: Mapped[bool]
    at: Mapped[datetime]


class LabOptOut(Base):
    """A citizen wants no broadcasts of this lab; `Contact.opted_out_at` is a no to those of all."""

    __tablename__ = "lab_opt_outs"

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("labs.id"), primary_key=True)
    at: Mapped[datetime]


class Group(Base):
    """A LINE group or room that was told, once, that the bot works one to one."""

    __tablename__ = "groups"

    line_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    told_at: Mapped[datetime]


_MET = "contacts met"


def contact_of(session: Session, line_id: str) -> Contact | None:
    """The contact with this LINE id, if we have met."""
    found: Contact | None = session.info.get(_MET, {}).get(line_id)
    if found is not None and found in session:
        return found
    return session.scalar(select(Contact).where(Contact.line_id == line_id))


def remove(session: Session, contact: Contact) -> None:
    """Delete the contact with all that hangs on it. The object stays readable for one last answer."""
    session.delete(contact)
    session.flush()
    make_transient(contact)


def known(session: Session, line_ids: list[str]) -> dict[str, Contact]:
    """Those of the LINE ids that we have met: {LINE id: contact}. This session's `contact_of` finds them at once."""
    found = {each.line_id: each for each in session.scalars(select(Contact).where(Contact.line_id.in_(line_ids)))}
    session.info.setdefault(_MET, {}).update(found)
    return found


def contacts_by_language(session: Session) -> dict[str, int]:
    """{language: how many contacts agreed to be asked and have not left}, those made up for rehearsals aside."""
    there = select(Contact.language, func.count()).where(
        Contact.consent_version.is_not(None), Contact.status == ContactStatus.ACTIVE, Contact.rehearsal.is_(False)
    )
    return dict(session.execute(there.group_by(Contact.language)).tuples().all())
