"""Labs, officials, citizens and broadcasts for tests, put straight into a store."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bot.broadcasts import deciding, writing
from bot.broadcasts.writing import Draft
from bot.conversations.consent import VERSION
from bot.store.accounts import Account, Role
from bot.store.audit import By
from bot.store.base import Session, Store
from bot.store.broadcasts import Broadcast
from bot.store.people import Contact

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
SURVEY, PROJECT = "road-safety-needs", "road-safety"
WORDING = {
    "title": {"th": "ถนนหน้าบ้านคุณ", "en": "The road before your door"},
    "text": {"th": "ช่วยตอบ", "en": "Please answer"},
}
OTHER = {"title": {"th": "คุณเห็นอะไรบนถนน"}, "text": {"th": "ขอเวลา 3 นาที"}}
AT = By("operator", NOON)


def account(session: Session, role: Role = Role.ADMIN, name: str = "a") -> Account:
    """An account of its own name."""
    made = Account(name=name, email=f"{uuid.uuid4().hex}@example.org", role=role, created_at=NOON)
    session.add(made)
    session.flush()
    return made


def people(session: Session, count: int, first: int = 0, **facts: Any) -> list[str]:
    """So many citizens who agreed. Gives their LINE ids."""
    seen = {"first_seen_at": NOON - timedelta(days=9), "last_seen_at": NOON - timedelta(days=1)}
    agreed = {"status": "active", "consent_version": VERSION, "consented_at": seen["first_seen_at"], "asked": ""}
    ids = [f"U{number:032x}" for number in range(first + 1, first + count + 1)]
    session.execute(insert(Contact), [{"language": "th", **seen, **agreed, **facts, "line_id": each} for each in ids])
    return ids


def approved(session: Session, **facts: Any) -> Broadcast:
    """A broadcast that a second person let go out."""
    name = facts.get("name", "")
    author, second = account(session, name=f"writer {name}"), account(session, name=f"second {name}")
    made = writing.create(session, author, draft(**facts), AT)
    writing.submit(session, author, made, AT)
    deciding.approve(session, second, made, made.revision, AT)
    return made


def draft(**facts: Any) -> Draft:
    """A whole draft; `facts` change it."""
    return Draft(**{"project": PROJECT, "name": "ชวนตอบ", "survey": SURVEY, "wordings": (WORDING,), **facts})


def in_store(store: Store, count: int, **facts: Any) -> int:
    """The id of an approved broadcast in a store of so many citizens."""
    with store.transaction() as session:
        people(session, count)
        return approved(session, **facts).id


def ids_of(broadcasts: Iterable[Broadcast]) -> list[int]:
    """Their ids."""
    return [each.id for each in broadcasts]
