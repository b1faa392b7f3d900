"""Bulk acts: exactly the confirmed set while entries arrive, and back again, on both databases."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import bulk, entries
from bot.bulk import Act, Wanted
from bot.errors import Refused
from bot.filing import file_words, place_in
from bot.privacy import erase
from bot.store.accounts import Account, Role, put_rights
from bot.store.audit import AuditEvent, By
from bot.store.base import Session, Store
from bot.store.bulk import BulkAct, BulkState, count_up_to, newest_entry, tally
from bot.store.entries import Entry, EntryEvent, EntryStatus
from bot.store.facets import facets
from bot.store.labels import labels_of
from bot.store.people import Contact
from bot.store.projects import project_by_slug
from bot.store.seeking import Sought, count
from bot.store.sight import Sight

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ALL = Sight(None, unsorted=True)
WORDS = ("รอคิวนานมาก", "บริการดีมากค่ะ", "รถเมล์ช้ามาก", "ถนนมืดอันตราย")


def clock() -> datetime:
    return AT + timedelta(hours=1)


def file_some(session: Session, number: int, person: str = "U1") -> list[Entry]:
    contact = session.scalar(select(Contact).where(Contact.line_id == person))
    if contact is None:
        contact = Contact(line_id=person, first_seen_at=AT, last_seen_at=AT)
        session.add(contact)
        session.flush()
    road = project_by_slug(session, "road-safety")
    made = [file_words(session, contact, WORDS[each % 4], f"{person}-{each}", AT).entry for each in range(number)]
    for each in made:
        place_in(session, each, road, "test", AT)
    return made


@pytest.fixture
def official(store: Store) -> Iterator[Account]:
    with store.transaction() as session:
        account = Account(name="ก", email="k@example.go.th", role=Role.OFFICIAL, created_at=AT)
        session.add(account)
        session.flush()
        put_rights(session, account.id, {project_by_slug(session, "road-safety").id})  # type: ignore[union-attr]
        file_some(session, 12)
    yield account


def confirm(store: Store, account: Account, query: str, act: Act, expected: int | None = None) -> int:
    sought = Sought.of(query)
    with store.transaction() as session:
        last = newest_entry(session)
        told = count_up_to(session, sought, ALL, last) if expected is None else expected
        return bulk.confirm(session, account, Wanted(told, sought, last), act, By(account.actor, AT)).id


def states(store: Store) -> list[dict[str, object]]:
    with store.reading() as session:
        return [
            entries.before(session, each) | {"labels": list(map(str, labels_of(session, [each.id])[each.id]))}
            for each in session.scalars(select(Entry).order_by(Entry.id))
        ]


@pytest.mark.parametrize(
    ("act", "field", "value"),
    [
        (Act("status", "used"), "status", "used"),
        (Act("assign", "1"), "assignee_id", 1),
        (Act("tag", "+topic:service.cost"), "labels", "topic:service.cost"),
        (Act("tag", "-quality:fast-1"), "labels", None),
    ],
)
def test_an_act_is_done_to_all_and_undone_exactly(
    store: Store, official: Account, act: Act, field: str, value: object
) -> None:
    if act.kind == "assign":
        act, value = Act("assign", str(official.id)), official.id
    was = states(store)
    made = confirm(store, official, "tag=quality:fast-1", act)
    assert bulk.step(store, clock, made, size=4)
    bulk.finish(store, clock, made)
    with store.reading() as session:
        assert session.get_one(BulkAct, made).state == BulkState.DONE
        assert tally(session, made)["changed"] == session.get_one(BulkAct, made).total == 6
    now = [each[field] for each in states(store)]
    touched = [each for each in now if value == each or (field == "labels" and value in each)]  # type: ignore[operator]
    assert len(touched) == (0 if value is None else 6)
    with store.transaction() as session:
        bulk.undo(session, official, made, By(official.actor, AT))
    bulk.finish(store, clock, made)
    assert states(store) == was
    with store.reading() as session:
        assert tally(session, made)["put_back"] == 6
        done = session.scalars(select(EntryEvent.by).where(EntryEvent.what == "undone"))
        assert list(done) == [official.actor] * 6
        assert set(session.scalars(select(AuditEvent.act))) >= {"bulk", "bulk_undo"}


def test_the_set_is_exact_while_entries_arrive(store: Store, official: Account) -> None:
    stop, arrived = threading.Event(), [0]

    def arrive() -> None:
        while not stop.is_set():
            with store.transaction() as session:
                arrived[0] += len(file_some(session, 2, f"U-late-{arrived[0]}"))

    citizen = threading.Thread(target=arrive)
    citizen.start()
    try:
        done = []
        for status in ("in_review", "used", "answered"):
            for _ in range(20):
                try:
                    made = confirm(store, official, "project=road-safety", Act("status", status))
                    break
                except Refused as refused:
                    assert refused.code == "bulk.changed"
            bulk.finish(store, clock, made)
            done.append(made)
    finally:
        stop.set()
        citizen.join()
    assert arrived[0] > 0
    with store.reading() as session:
        for made in done:
            counts = tally(session, made)
            assert counts["changed"] == session.get_one(BulkAct, made).total
            assert sum(counts.values()) == session.get_one(BulkAct, made).total
        last = session.get_one(BulkAct, done[-1])
        assert count(session, Sought.of("status=answered"), ALL) == last.total
        assert count(session, Sought(), ALL) == 12 + arrived[0]


def test_another_number_than_shown_changes_nothing(store: Store, official: Account) -> None:
    was = states(store)
    with pytest.raises(Refused, match=r"bulk\.changed"):
        confirm(store, official, "project=road-safety", Act("status", "used"), expected=11)
    with store.reading() as session:
        assert states(store) == was and session.scalar(select(BulkAct.id)) is None


def test_what_changed_since_is_left_and_told(store: Store, official: Account) -> None:
    made = confirm(store, official, "", Act("status", "used"))
    bulk.finish(store, clock, made)
    with store.transaction() as session:
        first, second = session.scalars(select(Entry).order_by(Entry.id).limit(2)).all()
        entries.change_status(session, first, EntryStatus.CLOSED, By("account:99", AT))
        second.revision += 0
        file_some(session, 1, "U-gone")
    with store.transaction() as session:
        bulk.undo(session, official, made, By(official.actor, AT))
        with pytest.raises(Refused, match=r"bulk\.undone"):
            bulk.undo(session, official, made, By(official.actor, AT))
    assert bulk.finish_all(store, clock) == 1
    with store.reading() as session:
        assert tally(session, made) == {
            "waiting": 0, "changed": 0, "same": 0, "gone": 0, "put_back": 11, "kept": 1,
        }  # fmt: skip
        assert session.scalar(select(Entry.status).order_by(Entry.id).limit(1)) == "closed"


def test_rights_hold_at_every_step(store: Store, official: Account) -> None:
    with store.transaction() as session:
        for each in file_some(session, 3, "U-other"):
            place_in(session, each, project_by_slug(session, "water-app"), "test", AT)
    made = confirm(store, official, "project=road-safety", Act("status", "used"))
    with pytest.raises(Refused, match="not_found"):
        confirm(store, official, "project=road-safety", Act("move", "water-app"))
    with pytest.raises(Refused, match="not_found"):
        confirm(store, official, "project=road-safety", Act("move", ""))
    with pytest.raises(Refused, match=r"bulk\.(changed|none)"):
        confirm(store, official, "project=water-app", Act("status", "used"))
    with store.transaction() as session:
        put_rights(session, official.id, set())
    bulk.finish(store, clock, made)
    with store.reading() as session:
        assert tally(session, made)["gone"] == 12


def test_erased_people_leave_only_their_place_in_the_count(store: Store, official: Account) -> None:
    made = confirm(store, official, "", Act("status", "used"))
    with store.transaction() as session:
        erase(session, session.scalars(select(Contact)).one(), AT)
    bulk.finish(store, clock, made)
    with store.reading() as session:
        assert tally(session, made)["gone"] == 12


def test_some_named_entries(store: Store, official: Account) -> None:
    with store.transaction() as session:
        numbers = tuple(session.scalars(select(Entry.number).limit(3)))
        made = bulk.confirm(
            session, official, Wanted(3, numbers=numbers), Act("status", "used"), By(official.actor, AT)
        ).id
    bulk.finish(store, clock, made)
    with store.reading() as session:
        assert set(session.scalars(select(Entry.number).where(Entry.status == "used"))) == set(numbers)


@pytest.mark.parametrize(
    "act",
    [
        Act("status", "withdrawn"), Act("status", ""), Act("tag", "topic:x"), Act("tag", "+topic:none"),
        Act("erase", ""), Act("assign", "x"), Act("assign", "999"), Act("tag", "+nonsense"),
    ],
)  # fmt: skip
def test_what_is_no_act_is_refused(store: Store, official: Account, act: Act) -> None:
    with pytest.raises(Refused, match=r"bulk\.act|entry\.tag"):
        confirm(store, official, "", act)


@pytest.mark.parametrize("query", ["", "status=new", "sentiment=neg&urgency=normal", "project=road-safety&q=รถ"])
def test_every_count_of_a_facet_is_the_count_of_its_list(store: Store, official: Account, query: str) -> None:
    with store.transaction() as session:
        for each in file_some(session, 5, "U2")[:2]:
            place_in(session, each, None, "test", AT)
    fields = {"status": "statuses", "sentiment": "sentiments", "urgency": "urgencies", "province": "provinces"}
    fields |= {"language": "languages", "kind": "kinds", "tag": "all_tags", "step": "steps", "project": "projects"}
    sought = Sought.of(query, me=official.id)
    with store.reading() as session:
        found = facets(session, sought, ALL)
        for name, field in fields.items():
            for value, number in found[name].items():
                if value:
                    narrowed = sought.but(**{field: (value,)})
                    assert count(session, narrowed, ALL) == number, (name, value)
        lifted = sought.but(projects=(), unsorted=True)
        assert count(session, lifted, ALL) == found["project"][""]
