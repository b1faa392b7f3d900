"""Bulk acts: one act on everything that matches, exactly what was confirmed, in bounded steps, with an undo.

The set is fixed by id in the transaction that confirms it; entries that arrive meanwhile are not in it. Each step is a
transaction of its own; whoever goes on with an act (the page, the clock, another process) takes the next step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot import entries
from bot.entries import DECIDERS, Decision
from bot.errors import Refused
from bot.rights import project_seen, sight_of
from bot.store.accounts import Account, Role
from bot.store.audit import By, note
from bot.store.base import Clock, Session, Store
from bot.store.bulk import (
    BulkAct,
    BulkItem,
    BulkState,
    ItemState,
    count_named,
    fix,
    fix_named,
    held_act,
    next_items,
    unfinished,
)
from bot.store.entries import Entry, EntryStatus, TagKind
from bot.store.labels import Verdict, label_of
from bot.store.projects import project_by_slug
from bot.store.seeking import STATUSES, Sought
from bot.store.sight import Sight

STEP = 100
MOST_NAMED = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries, as the person saw them: a filter up to the entry that was the newest, or some by number.

    `expected`: how many the person was told; if it is another number by now, nothing is done.
    """

    expected: int
    sought: Sought = field(default_factory=Sought)
    last: int = 0
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What to do with each: `kind` is status, assign, move or tag; `value` a status, an account's id or "", a project's
    slug or "", or a label with "+" or "-" before it: give this tag, or take it away."""

    kind: str
    value: str


def confirm(session: Session, account: Account, wanted: Wanted, act: Act, by: By) -> BulkAct:
    """Fix the set and note the act in the trail. Raises Refused: "bulk.changed", "bulk.act", "not_found"…"""
    sight = sight_of(session, account)
    if account.role not in DECIDERS or len(wanted.numbers) > MOST_NAMED:
        raise Refused("bulk.act")
    facts = read_act(session, sight, act)
    query = "" if wanted.numbers else wanted.sought.query
    bulk = BulkAct(account_id=account.id, act=act.kind, facts=facts, query=query, total=0, confirmed_at=by.at)
    session.add(bulk)
    session.flush()
    if wanted.numbers:
        bulk.total = fix_named(session, bulk, list(wanted.numbers), sight)
    else:
        bulk.total = fix(session, bulk, wanted.sought, sight, wanted.last)
    if bulk.total != wanted.expected:
        raise Refused("bulk.changed", expected=wanted.expected, count=bulk.total)
    if not bulk.total:
        raise Refused("bulk.none")
    note(session, by, "bulk", bulk=bulk.id, what=act.kind, value=act.value, entries=bulk.total)
    return bulk


def read_act(session: Session, sight: Sight, act: Act) -> dict[str, Any]:
    """The act as it is kept, checked: it speaks only of what the person may see. Raises Refused."""
    value = act.value
    if act.kind == "status" and value in STATUSES:
        return {"status": value}
    if act.kind == "assign":
        account = session.get(Account, int(value)) if value.isascii() and value.isdigit() else None
        if value and (account is None or not account.active):
            raise Refused("bulk.act")
        return {"account": account.id if account else None}
    if act.kind == "move":
        if not value and not sight.unsorted:
            raise Refused("not_found")
        return {"project": project_seen(session, sight, value).slug if value else None}
    if act.kind == "tag" and value[:1] in ("+", "-"):
        entries.check_tag(_decision(value))
        return {"tag": value}
    raise Refused("bulk.act")


def numbered(session: Session, sight: Sight, numbers: tuple[str, ...]) -> int:
    """How many of these entries there are, and may be seen."""
    return count_named(session, list(numbers), sight)


def _decision(value: str) -> Decision:
    try:
        label = label_of(value[1:])
    except ValueError:
        raise Refused("bulk.act") from None
    verdict = Verdict.ADDED if value[0] == "+" else Verdict.REJECTED
    return Decision(TagKind(label.kind), label.tag, label.direction, verdict)


def undo(session: Session, account: Account, bulk_id: int, by: By) -> BulkAct:
    """Begin to put everything back; of an act still going on the rest is left. Raises Refused: "bulk.undone"."""
    bulk = held_act(session, bulk_id)
    if bulk is None or not sees(account, bulk):
        raise Refused("not_found")
    if bulk.state in (BulkState.UNDOING, BulkState.UNDONE):
        raise Refused("bulk.undone")
    bulk.state = BulkState.UNDOING
    note(session, by, "bulk_undo", bulk=bulk.id)
    return bulk


def sees(account: Account, bulk: BulkAct) -> bool:
    """Whether this account may look at the act, and undo it: who did it, and admins."""
    return bulk.account_id == account.id or account.role == Role.ADMIN


def step(store: Store, clock: Clock, bulk_id: int, size: int = STEP) -> bool:
    """Take the next step of an act, forward or back. Returns whether there is more to do."""
    with store.transaction() as session:
        bulk = held_act(session, bulk_id)
        if bulk is None or bulk.state not in (BulkState.DOING, BulkState.UNDOING):
            return False
        account = session.get_one(Account, bulk.account_id)
        by = By(account.actor, clock())
        forward = bulk.state == BulkState.DOING
        items = next_items(session, bulk.id, ItemState.WAITING if forward else ItemState.CHANGED, size)
        sight = sight_of(session, account) if account.active and account.role in DECIDERS else Sight(frozenset())
        for item, entry in items:
            if forward:
                _do(session, bulk, item, _within(sight, entry), by)
            else:
                _put_back(session, item, entry, by)
        if len(items) < size:
            _end(bulk, by)
        return len(items) == size


def finish(store: Store, clock: Clock, bulk_id: int) -> None:
    """Take all steps that are left."""
    while step(store, clock, bulk_id):
        pass


def finish_all(store: Store, clock: Clock, most: int = 50) -> int:
    """Go on with every act that was left half done, `most` steps of each. Returns how many there were."""
    with store.reading() as session:
        waiting = unfinished(session)
    for each in waiting:
        for _ in range(most):
            if not step(store, clock, each):
                break
    return len(waiting)


def _within(sight: Sight, entry: Entry | None) -> Entry | None:
    if entry is None or entry.status == EntryStatus.WITHDRAWN or not sight.covers(entry.project_id):
        return None
    return entry


def _do(session: Session, bulk: BulkAct, item: BulkItem, entry: Entry | None, by: By) -> None:
    if entry is None:
        item.state = ItemState.GONE
        return
    before = entries.before(session, entry)
    try:
        changed = _act(session, bulk.act, bulk.facts, entry, by)
    except Refused:
        changed = False
    item.state = ItemState.CHANGED if changed else ItemState.SAME
    if changed:
        item.before, item.revision = before, entry.revision


def _act(session: Session, kind: str, facts: Mapping[str, Any], entry: Entry, by: By) -> bool:
    match kind:
        case "status":
            return entries.change_status(session, entry, EntryStatus(facts["status"]), by)
        case "assign":
            account = session.get_one(Account, facts["account"]) if facts["account"] else None
            return entries.assign(session, entry, account, by)
        case "move":
            project = project_by_slug(session, facts["project"]) if facts["project"] else None
            return entries.move(session, entry, project, by)
    return entries.decide_tag(session, entry, _decision(facts["tag"]), by)


def _put_back(session: Session, item: BulkItem, entry: Entry | None, by: By) -> None:
    item.state = ItemState.KEPT
    if entry is None:
        return
    try:
        entries.put_back(session, entry, item.before, by, item.revision or 0)
    except Refused:
        return
    item.state = ItemState.PUT_BACK


def _end(bulk: BulkAct, by: By) -> None:
    if bulk.state == BulkState.DOING:
        bulk.state, bulk.ended_at = BulkState.DONE, by.at
    else:
        bulk.state, bulk.undone_at = BulkState.UNDONE, by.at
