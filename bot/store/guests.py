"""Guests: accounts' own LINE, to which test messages go; and the codes by which they were linked."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.accounts import Account
from bot.store.base import Base
from bot.store.people import Contact, ContactStatus


class Guest(Base):
    """An account's own LINE. Goes with either of them."""

    __tablename__ = "guests"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]


class GuestCode(Base):
    """What an account is to write to the bot from its own LINE, once; one code an account."""

    __tablename__ = "guest_codes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    expires_at: Mapped[datetime]


def code_row(session: Session, code: str, at: datetime) -> GuestCode | None:
    """The code, where it is known and still good."""
    return session.scalar(select(GuestCode).where(GuestCode.code == code, GuestCode.expires_at > at))


def guests(session: Session) -> list[tuple[Account, Contact]]:
    """Every active account with a LINE of its own that does not block the bot, by name."""
    linked = (
        select(Account, Contact)
        .join(Guest, Guest.account_id == Account.id)
        .join(Contact, Contact.id == Guest.contact_id)
        .where(Account.active, Contact.status == ContactStatus.ACTIVE)
    )
    return [(account, contact) for account, contact in session.execute(linked.order_by(Account.name, Account.id))]


def unlink(session: Session, account_id: int) -> None:
    """Forget an account's LINE, and any code that waits."""
    session.execute(delete(Guest).where(Guest.account_id == account_id))
    session.execute(delete(GuestCode).where(GuestCode.account_id == account_id))
