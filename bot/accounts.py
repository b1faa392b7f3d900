"""Accounts: make them, change their roles and rights, end them. Every act is noted in the trail.

The last active admin can be neither demoted nor deactivated, whoever asks, and however many ask at once.
"""

import re
from dataclasses import dataclass

from bot.errors import Refused
from bot.passwords import checked, generated, hashed, keep
from bot.store.accounts import (
    Account,
    Role,
    Theme,
    account_by_email,
    end_sign_ins,
    hold_admins,
    projects_of,
    put_rights,
)
from bot.store.audit import By, note
from bot.store.base import Session

EMAIL = re.compile(r"[!-?A-~]{1,64}@[a-z0-9.-]+\.[a-z0-9-]+")  # plain ASCII
LANGUAGES = ("th", "en")
NAME, ADDRESS = 128, 254
DEMO = {Role.OFFICIAL: "เจ้าหน้าที่สาธิต", Role.LAB: "ห้องปฏิบัติการสาธิต", Role.ADMIN: "ผู้ดูแลสาธิต"}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made. `password` None: one is generated, and given back once."""

    name: str
    email: str
    role: Role
    password: str | None = None


def add(session: Session, new: NewAccount, by: By) -> tuple[Account, str | None]:
    """Make an account: (it, the generated password if there is one). Raises Refused: name, e-mail, password, taken."""
    name, email = _name(new.name), _email(new.email)
    if account_by_email(session, email) is not None:
        raise Refused("account.email_taken", email=email)
    made = None if new.password is not None else generated()
    password = keep(checked(new.password or made or "", name, email))
    account = Account(name=name, email=email, role=new.role, password=password, created_at=by.at)
    session.add(account)
    session.flush()
    note(session, by, "account_added", account=account.id, role=str(new.role))
    return account, made


def account(session: Session, account_id: int) -> Account:
    """The account of this id. Raises Refused("not_found")."""
    found = session.get(Account, account_id)
    if found is None:
        raise Refused("not_found")
    return found


def rename(session: Session, of: Account, name: str, by: By) -> None:
    """Give the account another name."""
    name = _name(name)
    if of.name != name:
        of.name = name
        note(session, by, "account_renamed", account=of.id)


def set_role(session: Session, of: Account, role: Role, by: By) -> None:
    """Make it an official's, a lab's or an admin's. Acts at once. Raises Refused for the last admin."""
    if of.role == role:
        return
    _leave_an_admin(session, of)
    note(session, by, "role_changed", account=of.id, was=of.role, now=str(role))
    of.role = role
    session.flush()


def set_active(session: Session, of: Account, active: bool, by: By) -> None:
    """End the account's use, with every sign-in of it, or allow it again. Raises Refused for the last admin."""
    if of.active == active:
        return
    if not active:
        _leave_an_admin(session, of)
        end_sign_ins(session, of.id)
    of.active = active
    note(session, by, "account_activated" if active else "account_deactivated", account=of.id)
    session.flush()


def set_rights(session: Session, of: Account, projects: set[int], unsorted: bool, by: By) -> None:
    """Say which projects (ids) it works on, and whether it reads what belongs to none. Acts at once."""
    before = projects_of(session, of.id)
    if before == projects and of.unsorted == unsorted:
        return
    put_rights(session, of.id, projects)
    of.unsorted = unsorted
    facts = {"given": sorted(projects - before), "taken": sorted(before - projects), "unsorted": unsorted}
    note(session, by, "rights_changed", account=of.id, **facts)


def reset(session: Session, of: Account, by: By, password: str | None = None) -> str | None:
    """Set the password and end every sign-in. Without one, it is generated and given back, once. Raises Refused."""
    made = None if password is not None else generated()
    of.password = keep(checked(password or made or "", of.name, of.email))
    end_sign_ins(session, of.id)
    note(session, by, "password_reset", account=of.id)
    return made


def set_password(session: Session, of: Account, password: str, by: By, stay: str = "") -> None:
    """The person's own change of password: it ends every sign-in but the one with the token `stay`."""
    of.password = keep(checked(password, of.name, of.email))
    end_sign_ins(session, of.id, but=hashed(stay))
    note(session, by, "password_changed", account=of.id)


def set_taste(of: Account, language: str, theme: str, shortcuts: bool) -> None:
    """How the person likes the console: its language, colours, and whether single keys are shortcuts. Not an act."""
    of.language = language if language in LANGUAGES else "th"
    of.theme = Theme(theme) if theme in list(Theme) else Theme.AUTO
    of.shortcuts = shortcuts


def demo_account(session: Session, role: Role, projects: set[int], by: By) -> Account:
    """The demo's account of this role, made or put back as it was: visitors may have changed it. It has no password."""
    email = f"{role}@demo.invalid"
    found = account_by_email(session, email)
    if found is None:
        found = Account(name=DEMO[role], email=email, role=role, demo=True, created_at=by.at)
        session.add(found)
    found.role, found.active, found.unsorted = role, True, role is not Role.LAB
    session.flush()
    if projects_of(session, found.id) != projects:
        put_rights(session, found.id, projects)
    return found


def _leave_an_admin(session: Session, of: Account) -> None:
    """Called before an account stops being an active admin; holds all admins until the transaction ends."""
    admins = hold_admins(session, of.demo)
    session.refresh(of)
    if of.id in admins and len(admins) == 1:
        raise Refused("account.last_admin")


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > NAME:
        raise Refused("account.name", most=NAME)
    return name


def _email(text: str) -> str:
    email = text.strip().lower()
    if len(email) > ADDRESS or not EMAIL.fullmatch(email):
        raise Refused("account.email")
    return email
