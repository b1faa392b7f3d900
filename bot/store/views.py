"""Saved views: filters with a name, a person's own or shared with all."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId


class SavedView(Base):
    """A filter with a name. `query` is the filter as a query string, `sort` the order of its list.

    A shared view is a name for a filter and no right: what it shows is what the reader may see. `standard`: the one its
    owner's queue opens with.
    """

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name"),
        Index("uq_saved_views_name", "account_id", "name", unique=True),
        Index(
            "uq_saved_views_one_standard",
            "account_id",
            unique=True,
            sqlite_where=text("standard"),
            postgresql_where=text("standard"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    query: Mapped[str] = mapped_column(Text)
    sort: Mapped[str] = mapped_column(String(16))
    shared: Mapped[bool] = mapped_column(default=False)
    standard: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


def views_for(session: Session, account_id: int) -> list[SavedView]:
    """The account's own views, then the ones others share, each by name."""
    held = or_(SavedView.account_id == account_id, SavedView.shared)
    own_first = (SavedView.account_id != account_id, SavedView.name, SavedView.id)
    return list(session.scalars(select(SavedView).where(held).order_by(*own_first)))


def view_named(session: Session, account_id: int, name: str) -> SavedView | None:
    """The account's own view of this name."""
    return session.scalar(select(SavedView).where(SavedView.account_id == account_id, SavedView.name == name))


def standard_view(session: Session, account_id: int) -> SavedView | None:
    """The view the account's queue opens with, if it chose one."""
    return session.scalar(select(SavedView).where(SavedView.account_id == account_id, SavedView.standard))


def no_standard(session: Session, account_id: int) -> None:
    """Let no view of the account be its standard."""
    session.execute(update(SavedView).where(SavedView.account_id == account_id).values(standard=False))
