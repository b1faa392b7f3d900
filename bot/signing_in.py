"""Signing in and staying signed in: throttled by account and by address, ended by time, by sign-out or by an admin."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import Refused
from bot.openid import Identity
from bot.passwords import hashed, is_right
from bot.store.accounts import (
    Account,
    SignIn,
    account_by_email,
    account_by_openid,
    forget_old_sign_ins,
    forget_old_troubles,
    troubles,
)
from bot.store.audit import By, note
from bot.store.base import Clock, Session, Store

# A sign-in ends after so long without a request, and after so long in all.
IDLE = timedelta(hours=8)
WHOLE = timedelta(hours=24)
# How often a request is noted as a sign of life: not each one, for each is a write.
NOTED = timedelta(minutes=5)
# So many wrong passwords are free; then each doubles the wait, from two seconds. A whole office may share one address.
FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 30
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at the sign-in page: what they typed, and the network address they come from."""

    email: str
    password: str
    address: str


def sign_in(store: Store, clock: Clock, attempt: Attempt) -> tuple[Account, str]:
    """Check a password: (the account, a token for the browser to keep). Raises Refused: wrong, or wait.

    A try is counted before the password is checked and forgiven afterwards, so that many at once are counted too.
    Unknown, inactive and demo accounts cost the same work and give the same answer as a wrong password.
    """
    at = clock()
    with store.transaction() as session:
        _count(session, attempt, at)
        account = account_by_email(session, attempt.email)
    if not _is_proven(account, attempt.password) or account is None:
        if account is not None:
            with store.transaction() as session:
                note(session, By("anyone", at), "sign_in_failed", account=account.id)
        raise Refused("sign_in.wrong")
    with store.transaction() as session:
        _forgive(session, attempt, at)
        return account, begin(session, account.id, at)


def sign_in_by_openid(store: Store, at: datetime, identity: Identity) -> str:
    """Sign in who proved themselves at the provider: a token for the browser to keep.

    The first time, the account is found by the verified e-mail, and bound to this identity. Nobody gets an account by
    signing in. Raises Refused("sign_in.no_account").
    """
    with store.transaction() as session:
        account = account_by_openid(session, identity.openid)
        if account is None and identity.email:
            account = account_by_email(session, identity.email)
            if account is not None and account.openid is None and account.active and not account.demo:
                account.openid = identity.openid
                note(session, By(account.actor, at), "openid_bound", account=account.id)
        if account is None or account.openid != identity.openid or not account.active or account.demo:
            raise Refused("sign_in.no_account")
        return begin(session, account.id, at)


def begin(session: Session, account_id: int, at: datetime) -> str:
    """Sign an account in, on whatever proof the caller has: the token for the browser to keep. Raises Refused."""
    account = session.get(Account, account_id)
    if account is None or not account.active:
        raise Refused("sign_in.wrong")
    forget_old_sign_ins(session, at - WHOLE, at - IDLE)
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token=hashed(token), account_id=account_id, began_at=at, seen_at=at))
    account.signed_in_at = at
    note(session, By(account.actor, at), "signed_in")
    return token


def signed_in(session: Session, token: str, at: datetime) -> tuple[Account, SignIn] | None:
    """Who keeps this token, if the sign-in still holds and the account is active; read anew for every request."""
    kept = session.get(SignIn, hashed(token))
    if kept is None or at - kept.began_at >= WHOLE or at - kept.seen_at >= IDLE:
        return None
    account = session.get(Account, kept.account_id)
    return (account, kept) if account is not None and account.active else None


def is_to_be_noted(sign_in: SignIn, at: datetime) -> bool:
    """Whether this request is to be noted as a sign of life."""
    return at - sign_in.seen_at >= NOTED


def note_life(session: Session, token: str, at: datetime) -> None:
    """Count the idle time from now on."""
    kept = session.get(SignIn, hashed(token))
    if kept is not None:
        kept.seen_at = max(kept.seen_at, at)


def sign_out(session: Session, token: str, at: datetime) -> None:
    """End this browser's sign-in. A copy of its cookie is worth nothing afterwards."""
    kept = session.get(SignIn, hashed(token))
    if kept is not None:
        note(session, By(f"account:{kept.account_id}", at), "signed_out")
        session.delete(kept)
        session.flush()


def _is_proven(account: Account | None, password: str) -> bool:
    may = account is not None and account.active and not account.demo
    return is_right(account.password if account is not None and may else None, password)


def _keys(attempt: Attempt) -> dict[str, int]:
    email = attempt.email.strip().lower()
    return {hashed(f"account {email}"): FREE_OF_ACCOUNT, hashed(f"address {attempt.address}"): FREE_OF_ADDRESS}


def _count(session: Session, attempt: Attempt, at: datetime) -> None:
    """Count a try as failed, for the account and the address. Raises Refused where either must wait."""
    forget_old_troubles(session, at - FORGOTTEN)
    keys = _keys(attempt)
    known = troubles(session, list(keys), at)
    longest = max(each.wait_until for each in known.values())
    if longest > at:
        raise Refused("sign_in.wait", seconds=int((longest - at).total_seconds()) + 1)
    for key, trouble in known.items():
        trouble.failures, trouble.last_at = trouble.failures + 1, at
        trouble.wait_until = at + _wait(trouble.failures - keys[key])


def _wait(beyond: int) -> timedelta:
    """How long to wait after so many failures beyond the free ones."""
    return timedelta(0) if beyond <= 0 else min(timedelta(seconds=2 ** min(beyond, 12)), LONGEST_WAIT)


def _forgive(session: Session, attempt: Attempt, at: datetime) -> None:
    """After a right password: the account begins anew, and the address has this one try back."""
    account_key, address_key = _keys(attempt)
    for key, trouble in troubles(session, [account_key, address_key], at).items():
        trouble.failures = 0 if key == account_key else max(0, trouble.failures - 1)
        trouble.wait_until = at
