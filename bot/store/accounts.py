"""Accounts of officials, labs and admins; their rights by project, their sign-ins, and who tried too often."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId, one_of


class Role(StrEnum):
    """What an account is for. An official reads and decides, a lab asks, an admin does both and keeps the accounts."""

    OFFICIAL = "official"
    LAB = "lab"
    ADMIN = "admin"


class Theme(StrEnum):
    """The console's colours: as the machine prefers, or always light, or always dark."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Account(Base):
    """Somebody who works in the console. Never deleted, since the trail speaks of it; `active` ends its use.

    `email` is in lower case. `password` is an argon2 hash, None where only OpenID Connect signs in; `openid` is
    "issuer subject". `unsorted`: may read entries that belong to no project. `demo`: signs in by one tap, in the demo.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint(one_of("role", Role), name="role"),
        CheckConstraint(one_of("theme", Theme), name="theme"),
        CheckConstraint("language IN ('th', 'en')", name="language"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(128))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(256))
    openid: Mapped[str | None] = mapped_column(String(512), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    unsorted: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(8), default="th")
    theme: Mapped[str] = mapped_column(String(8), default=Theme.AUTO)
    # Whether single keys are shortcuts in the console: some people's hands or voice software need them off.
    shortcuts: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]

    @property
    def actor(self) -> str:
        """How the trail, an entry's history and a person's tags name this account: "account:12"."""
        return f"account:{self.id}"


class ProjectRight(Base):
    """This account works on this project."""

    __tablename__ = "project_rights"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True, index=True)


class SignIn(Base):
    """One browser that is signed in. Only a hash of its token is kept; the row's removal ends it at once."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_account", "account_id"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SignInTrouble(Base):
    """Failed sign-ins of one account or one network address, by a hash of its name, and until when it must wait."""

    __tablename__ = "sign_in_troubles"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    wait_until: Mapped[datetime]


def account_by_email(session: Session, email: str) -> Account | None:
    """The account with this address, in any case of letters, active or not."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def account_by_openid(session: Session, openid: str) -> Account | None:
    """The account that this OpenID Connect identity ("issuer subject") signed in to before."""
    return session.scalar(select(Account).where(Account.openid == openid))


def all_accounts(session: Session) -> list[Account]:
    """Every account, the active ones first, then by name."""
    return list(session.scalars(select(Account).order_by(Account.active.desc(), Account.name, Account.id)))


def hold_admins(session: Session, demo: bool) -> set[int]:
    """The ids of the active admins (the demo's or the real), whom nobody else can change until this transaction ends.

    PostgreSQL: row locks, and a second caller sees what the first left. SQLite: a writing transaction is alone.
    """
    admins = select(Account.id).where(Account.role == Role.ADMIN, Account.active, Account.demo == demo)
    return set(session.scalars(admins.order_by(Account.id).with_for_update()))


def projects_of(session: Session, account_id: int) -> set[int]:
    """The ids of the projects this account has a right to by name; an admin's rights do not depend on them."""
    return set(session.scalars(select(ProjectRight.project_id).where(ProjectRight.account_id == account_id)))


def project_counts(session: Session) -> dict[int, int]:
    """{account id: how many projects it has a right to}; accounts without any are left out."""
    counted = select(ProjectRight.account_id, func.count().label("projects")).group_by(ProjectRight.account_id)
    return {row.account_id: row.projects for row in session.execute(counted)}


def put_rights(session: Session, account_id: int, projects: set[int]) -> None:
    """Make these the projects of the account, and no others."""
    session.execute(delete(ProjectRight).where(ProjectRight.account_id == account_id))
    session.add_all(ProjectRight(account_id=account_id, project_id=each) for each in sorted(projects))
    session.flush()


def end_sign_ins(session: Session, account_id: int, but: str = "") -> None:
    """Sign the account out of every browser, but the one with this token's hash."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.token != but))


def forget_old_sign_ins(session: Session, began_before: datetime, seen_before: datetime) -> None:
    """Remove sign-ins that are over by time."""
    session.execute(delete(SignIn).where((SignIn.began_at < began_before) | (SignIn.seen_at < seen_before)))


def troubles(session: Session, keys: list[str], at: datetime) -> dict[str, SignInTrouble]:
    """What is known of failed sign-ins under these keys, each row (made where there is none) held until the end."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    blank = [{"key": key, "failures": 0, "last_at": at, "wait_until": at} for key in sorted(keys)]
    session.execute(insert(SignInTrouble).values(blank).on_conflict_do_nothing())
    known = select(SignInTrouble).where(SignInTrouble.key.in_(keys)).order_by(SignInTrouble.key).with_for_update()
    return {each.key: each for each in session.scalars(known)}


def forget_old_troubles(session: Session, before: datetime) -> None:
    """Remove failed sign-ins that are long past."""
    session.execute(delete(SignInTrouble).where(SignInTrouble.last_at < before))
