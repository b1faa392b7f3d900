"""Signing in: what is right, what must wait, and when it is over; on both databases."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import Refused
from bot.passwords import keep
from bot.signing_in import (
    FREE_OF_ACCOUNT,
    FREE_OF_ADDRESS,
    IDLE,
    LONGEST_WAIT,
    NOTED,
    WHOLE,
    Attempt,
    begin,
    is_to_be_noted,
    note_life,
    sign_in,
    sign_out,
    signed_in,
)
from bot.store.accounts import Account, Role, SignIn
from bot.store.audit import AuditEvent
from bot.store.base import Store
from tests.conftest import SetClock

PASSWORD = "a long enough phrase"
KEPT = keep(PASSWORD)


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What passwords were checked against, without the 0.2 s of work: what is tested here is what follows from it."""
    checked: list[str | None] = []

    def is_right(kept: str | None, password: str) -> bool:
        checked.append(kept)
        return kept == KEPT and password == PASSWORD

    monkeypatch.setattr("bot.signing_in.is_right", is_right)
    return checked


@pytest.fixture
def somchai(store: Store, clock: SetClock) -> Account:
    with store.transaction() as session:
        account = Account(name="ก", email="somchai@example.org", role=Role.LAB, password=KEPT, created_at=clock())
        session.add(account)
    return account


def attempt(password: str = PASSWORD, email: str = "somchai@example.org", address: str = "192.0.2.1") -> Attempt:
    return Attempt(email, password, address)


def outcome(store: Store, clock: SetClock, tried: Attempt) -> str:
    try:
        sign_in(store, clock, tried)
    except Refused as refused:
        return refused.code
    return "in"


def test_the_right_password_signs_in_in_any_case_of_the_address(
    store: Store, clock: SetClock, somchai: Account
) -> None:
    account, token = sign_in(store, clock, attempt(email=" Somchai@Example.org"))
    assert account.id == somchai.id
    with store.reading() as session:
        found = signed_in(session, token, clock())
        assert found is not None and found[0].id == somchai.id
        assert token not in str(session.scalars(select(SignIn.token)).all())


@pytest.mark.parametrize(
    "case",
    [
        (attempt("wrong"), {}),
        (attempt(""), {}),
        (attempt(email="nobody@example.org"), {}),
        (attempt(), {"active": False}),
        (attempt(), {"demo": True}),
        (attempt(), {"password": None}),
    ],
)
def test_every_wrong_try_is_answered_alike_and_costs_the_same(
    somchai: Account, store: Store, clock: SetClock, checks: list[str | None], case: tuple[Attempt, dict[str, object]]
) -> None:
    tried, change = case
    with store.transaction() as session:
        account = session.get_one(Account, somchai.id)
        for name, value in change.items():
            setattr(account, name, value)
    with pytest.raises(Refused) as refused:
        sign_in(store, clock, tried)
    assert (refused.value.code, refused.value.facts) == ("sign_in.wrong", {})
    assert len(checks) == 1


def test_an_account_must_wait_longer_and_longer_wherever_one_tries_from(
    store: Store, clock: SetClock, somchai: Account
) -> None:
    for number in range(FREE_OF_ACCOUNT + 1):
        assert outcome(store, clock, attempt("wrong", address=f"192.0.2.{number}")) == "sign_in.wrong"
    assert outcome(store, clock, attempt(address="192.0.2.99")) == "sign_in.wait"
    waits = []
    for _ in range(12):
        with pytest.raises(Refused) as refused:
            sign_in(store, clock, attempt(address="192.0.2.99"))
        waits.append(int(str(refused.value.facts["seconds"])))
        clock.pass_by(seconds=waits[-1])
        assert outcome(store, clock, attempt("wrong", address="192.0.2.99")) == "sign_in.wrong"
    assert waits == sorted(waits) and waits[0] <= 3 and waits[-1] == LONGEST_WAIT.total_seconds() + 1
    clock.pass_by(seconds=waits[-1])
    assert outcome(store, clock, attempt(address="192.0.2.99")) == "in"
    assert outcome(store, clock, attempt("wrong")) == "sign_in.wrong"
    assert outcome(store, clock, attempt()) == "in"


def test_an_unknown_account_is_throttled_like_a_known_one(store: Store, clock: SetClock) -> None:
    codes = [outcome(store, clock, attempt(email="nobody@example.org")) for _ in range(FREE_OF_ACCOUNT + 2)]
    assert codes == ["sign_in.wrong"] * (FREE_OF_ACCOUNT + 1) + ["sign_in.wait"]


def test_an_address_must_wait_whatever_accounts_it_tries(store: Store, clock: SetClock, somchai: Account) -> None:
    for number in range(FREE_OF_ADDRESS + 1):
        assert outcome(store, clock, attempt(email=f"{number}@example.org")) == "sign_in.wrong"
    assert outcome(store, clock, attempt()) == "sign_in.wait"
    assert outcome(store, clock, attempt(address="198.51.100.7")) == "in"


def test_many_tries_at_once_are_all_counted(store: Store, clock: SetClock, somchai: Account) -> None:
    codes: list[str] = []
    threads = [
        threading.Thread(target=lambda: codes.append(outcome(store, clock, attempt("wrong")))) for _ in range(12)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(codes) == ["sign_in.wait"] * (11 - FREE_OF_ACCOUNT) + ["sign_in.wrong"] * (FREE_OF_ACCOUNT + 1)


@pytest.mark.parametrize(
    ("steps", "holds"),
    [
        ([IDLE - timedelta(seconds=1)], True),
        ([IDLE], False),
        ([IDLE - timedelta(seconds=1)] * 2, True),
        ([timedelta(hours=7)] * 3 + [timedelta(hours=3)], False),
        ([WHOLE], False),
    ],
)
def test_a_sign_in_ends_by_idleness_and_in_the_end(
    store: Store, clock: SetClock, somchai: Account, steps: list[timedelta], holds: bool
) -> None:
    _, token = sign_in(store, clock, attempt())
    found = None
    for step in steps:
        clock.at += step
        with store.transaction() as session:
            found = signed_in(session, token, clock())
            note_life(session, token, clock())
    assert (found is not None) is holds


def test_not_every_request_is_noted(store: Store, clock: SetClock, somchai: Account) -> None:
    _, token = sign_in(store, clock, attempt())
    with store.reading() as session:
        found = signed_in(session, token, clock())
        assert found is not None
        assert not is_to_be_noted(found[1], clock() + NOTED / 2)
        assert is_to_be_noted(found[1], clock() + NOTED)


def test_signing_out_makes_the_token_worthless(store: Store, clock: SetClock, somchai: Account) -> None:
    _, token = sign_in(store, clock, attempt())
    with store.transaction() as session:
        sign_out(session, token, clock())
        sign_out(session, token, clock())
    with store.reading() as session:
        assert signed_in(session, token, clock()) is None
        acts = session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)).all()
    assert acts == ["signed_in", "signed_out"]


def test_sign_ins_that_are_over_are_cleared_away(store: Store, clock: SetClock, somchai: Account) -> None:
    with store.transaction() as session:
        begin(session, somchai.id, clock())
        clock.pass_by(days=2)
        begin(session, somchai.id, clock())
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_the_trail_knows_of_wrong_tries_but_not_what_was_typed(store: Store, clock: SetClock, somchai: Account) -> None:
    outcome(store, clock, attempt("hunter2-hunter2"))
    outcome(store, clock, attempt(email="my-password-by-mistake@example.org"))
    with store.reading() as session:
        trail = [(each.act, each.actor, each.facts) for each in session.scalars(select(AuditEvent))]
    assert trail == [("sign_in_failed", "anyone", {"account": somchai.id})]
