"""Accounts and their rights, on both databases: what is refused, what acts at once, what is noted."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot import accounts
from bot.accounts import NewAccount
from bot.errors import Refused
from bot.passwords import checked, generated, is_right, keep
from bot.rights import entry_seen, project_seen, sight_of, survey_seen, visible_projects
from bot.signing_in import begin, signed_in
from bot.store.accounts import Account, Role, account_by_email, projects_of
from bot.store.audit import AuditEvent, By
from bot.store.base import Session, Store
from bot.store.projects import project_by_slug
from tests.conftest import SetClock

GOOD = "a long enough phrase"


@pytest.fixture
def by(clock: SetClock) -> By:
    return By("tester", clock())


def made(store: Store, by: By, role: Role = Role.ADMIN, name: str = "somebody") -> int:
    with store.transaction() as session:
        account = Account(name=name, email=f"{name}@example.org", role=role, created_at=by.at)
        session.add(account)
        session.flush()
        return account.id


def acts(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def test_an_account_keeps_its_email_in_lower_case_and_no_password_in_clear(store: Store, by: By) -> None:
    with store.transaction() as session:
        account, shown = accounts.add(session, NewAccount(" สมชาย  ใจดี ", "Somchai@Example.ORG ", Role.LAB, GOOD), by)
    assert (account.name, account.email, shown) == ("สมชาย ใจดี", "somchai@example.org", None)
    assert account.password and GOOD not in account.password and account.password.startswith("$argon2id$")
    with store.reading() as session:
        assert account_by_email(session, "SOMCHAI@example.org") is not None
    assert acts(store) == ["account_added"]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewAccount("", "a@example.org", Role.LAB, GOOD), "account.name"),
        (NewAccount("n" * 129, "a@example.org", Role.LAB, GOOD), "account.name"),
        (NewAccount("ก", "not an address", Role.LAB, GOOD), "account.email"),
        (NewAccount("ก", "ก@example.org", Role.LAB, GOOD), "account.email"),
        (NewAccount("ก", "taken@example.org", Role.LAB, GOOD), "account.email_taken"),
        (NewAccount("ก", "TAKEN@example.org", Role.LAB, GOOD), "account.email_taken"),
        (NewAccount("ก", "a@example.org", Role.LAB, "short"), "password.short"),
        (NewAccount("ก", "a@example.org", Role.LAB, "x" * 129), "password.long"),
        (NewAccount("ก", "a@example.org", Role.LAB, "aaaaaaaaaaaaaaaa"), "password.plain"),
        (NewAccount("ก", "somchai.jaidee@example.org", Role.LAB, "Somchai.Jaidee"), "password.plain"),
    ],
)
def test_what_cannot_be_an_account_is_refused(store: Store, by: By, new: NewAccount, code: str) -> None:
    made(store, by, name="taken")
    with pytest.raises(Refused) as refused, store.transaction() as session:
        accounts.add(session, new, by)
    assert refused.value.code == code
    assert acts(store) == []


def test_a_generated_password_is_good_and_never_the_same() -> None:
    assert len({generated() for _ in range(100)}) == 100
    assert is_right(keep(checked(generated())), GOOD) is False


def test_no_password_is_right_for_who_has_none() -> None:
    assert is_right(None, "") is False and is_right("not a hash", "x") is False


Act = Callable[[Session, Account, By], object]
ENDS: dict[str, Act] = {
    "demoted": lambda session, account, by: accounts.set_role(session, account, Role.LAB, by),
    "ended": lambda session, account, by: accounts.set_active(session, account, False, by),
}


@pytest.mark.parametrize("act", ENDS.values(), ids=ENDS)
def test_the_last_active_admin_stays(store: Store, by: By, act: Act) -> None:
    admin, ended = made(store, by), made(store, by, name="ended")
    with store.transaction() as session:
        accounts.set_active(session, accounts.account(session, ended), False, by)
    with store.transaction() as session:
        accounts.demo_account(session, Role.ADMIN, set(), by)  # the demo's admin does not count
    with pytest.raises(Refused, match=r"account\.last_admin"), store.transaction() as session:
        act(session, accounts.account(session, admin), by)


@pytest.mark.parametrize("act", ENDS.values(), ids=ENDS)
def test_of_two_admins_who_end_each_other_at_once_one_stays(store: Store, by: By, act: Act) -> None:
    admins = [made(store, by, name="one"), made(store, by, name="two")]
    ready = threading.Barrier(2)
    refused: list[str] = []

    def end(account: int) -> None:
        ready.wait()
        try:
            with store.transaction() as session:
                act(session, accounts.account(session, account), by)
        except Refused as error:
            refused.append(error.code)

    threads = [threading.Thread(target=end, args=(each,)) for each in admins]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert refused == ["account.last_admin"]
    with store.reading() as session:
        left = [each for each in admins if (found := accounts.account(session, each)).active and found.role == "admin"]
    assert len(left) == 1


def test_rights_act_at_once_and_say_what_changed(store: Store, by: By) -> None:
    lab = made(store, by, Role.LAB)
    with store.transaction() as session:
        road, water = (project_by_slug(session, slug) for slug in ("road-safety", "water-app"))
        assert road and water
        account = accounts.account(session, lab)
        accounts.set_rights(session, account, {road.id}, False, by)
        accounts.set_rights(session, account, {water.id}, True, by)
        accounts.set_rights(session, account, {water.id}, True, by)
        assert projects_of(session, lab) == {water.id}
        assert [each.slug for each in visible_projects(session, sight_of(session, account))] == ["water-app"]
        facts = session.scalars(select(AuditEvent.facts).order_by(AuditEvent.id)).all()
    assert facts[1:] == [{"account": lab, "given": [water.id], "taken": [road.id], "unsorted": True}]


@pytest.mark.parametrize(("role", "count"), [(Role.ADMIN, 10), (Role.OFFICIAL, 1), (Role.LAB, 1)])
def test_each_role_sees_what_is_its(store: Store, by: By, role: Role, count: int) -> None:
    account_id = made(store, by, role)
    with store.transaction() as session:
        road = project_by_slug(session, "road-safety")
        assert road is not None
        account = accounts.account(session, account_id)
        accounts.set_rights(session, account, {road.id}, False, by)
        sight = sight_of(session, account)
        assert len(visible_projects(session, sight)) == count
        assert project_seen(session, sight, "road-safety").id == road.id
        assert survey_seen(session, sight, "road-safety-needs").project_id == road.id
        assert sight.covers(None) is (role is Role.ADMIN)


@pytest.mark.parametrize(
    ("find", "name"),
    [
        (project_seen, "water-app"),
        (project_seen, "no-such"),
        (survey_seen, "water-app-needs"),
        (survey_seen, "no-such"),
        (entry_seen, "7KXA-4PMW"),
    ],
)
def test_what_is_foreign_and_what_is_not_there_look_the_same(store: Store, by: By, find: Act, name: str) -> None:
    official = made(store, by, Role.OFFICIAL)
    with store.reading() as session, pytest.raises(Refused) as refused:
        sight = sight_of(session, accounts.account(session, official))
        find(session, sight, name)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.facts) == ("not_found", {})


@pytest.mark.parametrize("act", ["reset", "ended"])
def test_ending_an_account_or_resetting_it_ends_its_sign_ins(store: Store, by: By, act: str) -> None:
    account_id = made(store, by, Role.LAB)
    with store.transaction() as session:
        token = begin(session, account_id, by.at)
    with store.transaction() as session:
        account = accounts.account(session, account_id)
        assert signed_in(session, token, by.at) is not None
        if act == "reset":
            accounts.reset(session, account, by)
        else:
            accounts.set_active(session, account, False, by)
    with store.reading() as session:
        assert signed_in(session, token, by.at) is None


def test_ones_own_change_of_password_ends_the_other_sign_ins_only(store: Store, by: By) -> None:
    account_id = made(store, by, Role.LAB)
    with store.transaction() as session:
        here, there = begin(session, account_id, by.at), begin(session, account_id, by.at)
        accounts.set_password(session, accounts.account(session, account_id), GOOD, by, stay=here)
    with store.reading() as session:
        assert signed_in(session, here, by.at) is not None
        assert signed_in(session, there, by.at) is None


def test_the_demo_account_is_put_back_as_it_was(store: Store, by: By) -> None:
    with store.transaction() as session:
        account = accounts.demo_account(session, Role.OFFICIAL, {1, 2}, by)
        account.active, account.role = False, Role.LAB
        accounts.set_rights(session, account, set(), False, by)
        again = accounts.demo_account(session, Role.OFFICIAL, {1, 2}, by)
        assert (again.id, again.active, again.role, projects_of(session, again.id)) == (
            account.id,
            True,
            "official",
            {1, 2},
        )
        assert again.password is None
