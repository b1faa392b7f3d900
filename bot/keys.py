"""Keys of the API: made for some projects by who works on them, shown once, good until revoked.

A key sees masked entries of its projects, and of them only those its maker may still see: who loses a right, or whose
account ends, takes their keys along.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import Refused
from bot.passwords import hashed
from bot.rights import sight_of, visible_projects
from bot.store.accounts import Account, Role
from bot.store.api_keys import ApiKey, all_keys, calls_since, key_by_hash
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.sight import Sight

KEEPERS = (Role.OFFICIAL, Role.ADMIN)
PREFIX, SHOWN = "khj_", 10
LONGEST_NAME = 128
CALLS_A_MINUTE = 120
CALLS_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Caller:
    """A key that was shown, what it may see now, and whether it has called too often."""

    key_id: int
    sight: Sight
    too_often: bool


def make(session: Session, account: Account, name: str, slugs: set[str], at: datetime) -> tuple[ApiKey, str]:
    """A new key and its secret, which is kept nowhere. Raises Refused for a name or projects that will not do."""
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused("key.name", most=LONGEST_NAME)
    seen = {each.slug: each.id for each in visible_projects(session, sight_of(session, account))}
    if not slugs or not slugs <= seen.keys():
        raise Refused("key.projects")
    secret = PREFIX + secrets.token_urlsafe(32)
    projects = sorted(seen[each] for each in slugs)
    told = {"hash": hashed(secret), "start": secret[:SHOWN], "projects": projects}
    key = ApiKey(name=name, account_id=account.id, created_at=at, **told)
    session.add(key)
    session.flush()
    note(session, By(account.actor, at), "key_made", key=key.id, projects=projects)
    return key, secret


def keys_seen(session: Session, sight: Sight) -> list[ApiKey]:
    """The keys of projects that may all be seen."""
    return [each for each in all_keys(session) if _covers(sight, each)]


def key_seen(session: Session, sight: Sight, number: int) -> ApiKey:
    """One of them. Raises Refused("not_found")."""
    key = session.get(ApiKey, number)
    if key is None or not _covers(sight, key):
        raise Refused("not_found")
    return key


def revoke(session: Session, key: ApiKey, by: By) -> bool:
    """End a key, now. Whether it was in use."""
    if key.revoked_at is not None:
        return False
    key.revoked_at, key.revoked_by = by.at, by.actor
    note(session, by, "key_revoked", key=key.id)
    return True


def caller(session: Session, secret: str, at: datetime) -> Caller | None:
    """Who calls with this secret; None where it is no key in use."""
    key = key_by_hash(session, hashed(secret))
    if key is None or key.revoked_at is not None:
        return None
    account = session.get_one(Account, key.account_id)
    if not account.active or account.role not in KEEPERS:
        return None
    makers = sight_of(session, account)
    sight = Sight(frozenset(each for each in key.projects if makers.covers(each)))
    too_often = calls_since(session, key.id, at - timedelta(minutes=1)) >= CALLS_A_MINUTE
    return Caller(key.id, sight, too_often)


def _covers(sight: Sight, key: ApiKey) -> bool:
    return all(sight.covers(each) for each in key.projects)
