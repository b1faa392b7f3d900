"""Guests: an account links a LINE of its own, so that test messages can be sent to it.

The console shows a code; written to the bot from that LINE, once and within an hour, it links the two.
"""

import re
import secrets
from datetime import datetime, timedelta

from bot.numbers import LETTERS
from bot.store.accounts import Account
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.guests import Guest, GuestCode, code_row, unlink
from bot.store.people import Contact

LIFE = timedelta(hours=1)
_CODE = re.compile(rf"\s*TEST-([{LETTERS}]{{8}})\s*", re.IGNORECASE)


def new_code(session: Session, account: Account, at: datetime) -> str:
    """A code for this account, in place of any before: what is to be written to the bot. Good for an hour."""
    unlink_code = session.get(GuestCode, account.id)
    if unlink_code is not None:
        session.delete(unlink_code)
        session.flush()
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    session.add(GuestCode(account_id=account.id, code=code, expires_at=at + LIFE))
    session.flush()
    return f"TEST-{code}"


def is_code(text: str) -> bool:
    """Whether these words are a code and nothing else, good or not."""
    return _CODE.fullmatch(text) is not None


def join(session: Session, contact: Contact, text: str, at: datetime) -> bool:
    """Link this LINE to the account whose code was written. Whether the code was good."""
    found = _CODE.fullmatch(text)
    row = code_row(session, found[1].upper(), at) if found else None
    if row is None:
        return False
    account_id = row.account_id
    unlink(session, account_id)
    session.add(Guest(account_id=account_id, contact_id=contact.id, at=at))
    session.flush()
    note(session, By(f"account:{account_id}", at), "guest_joined")
    return True


def leave(session: Session, account: Account, by: By) -> None:
    """Forget this account's LINE."""
    unlink(session, account.id)
    note(session, by, "guest_left")
