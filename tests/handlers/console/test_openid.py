"""Signing in over OpenID Connect, against a real provider on this machine that can be told to misbehave."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot.store.accounts import Account, Role
from bot.store.base import Store
from tests.conftest import SetClock
from tests.handlers.console.office import Office, Officer
from tests.handlers.console.office import office as opened
from tests.handlers.console.provider import CLIENT, SECRET, Claims, Signer, app
from tests.handlers.town import served


@pytest.fixture
def signer(clock: SetClock) -> Iterator[Signer]:
    built = Signer(now=lambda: clock().timestamp())
    with served(app(built)) as address:
        built.address = address
        yield built


@pytest.fixture
def ministry(sqlite_url: str, clock: SetClock, tmp_path: Path, signer: Signer) -> Iterator[Office]:
    store = Store(sqlite_url)
    settings = {"oidc_issuer": signer.address, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    yield opened(store, clock, tmp_path, **settings)
    store.close()


@pytest.fixture
def malee(ministry: Office) -> Account:
    account = ministry.account(Role.LAB)
    change(ministry, account, email="malee@example.org")
    return account


def change(office: Office, account: Account, **columns: Any) -> None:
    with office.runtime.store.transaction() as session:
        kept = session.get_one(Account, account.id)
        for name, value in columns.items():
            setattr(kept, name, value)


def answer_of(person: Officer, wanted: str = "") -> str:
    """Go to the provider, and give the address it sends the browser back to."""
    to = person.get("/console/openid", query_string={"next": wanted} if wanted else {})
    assert to.status_code == 302
    return requests.get(to.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]


def signs_in(person: Officer, wanted: str = "") -> TestResponse:
    return person.get(answer_of(person, wanted))


def test_the_provider_proves_who_it_is(ministry: Office, malee: Account) -> None:
    person = ministry.stranger()
    assert "/console/openid" in person.get("/console/sign-in").text
    assert signs_in(person, "/console/help/roles").headers["Location"] == "/console/help/roles"
    assert "malee@example.org" in person.get("/console/profile").text


def test_afterwards_the_identity_counts_and_not_the_email(ministry: Office, malee: Account, signer: Signer) -> None:
    assert signs_in(ministry.stranger()).status_code == 303
    signer.person = {"sub": "42", "email": "married@example.org", "email_verified": False}
    assert signs_in(ministry.stranger()).status_code == 303
    signer.person = {"sub": "43", "email": "malee@example.org", "email_verified": True}
    assert signs_in(ministry.stranger()).status_code == 401


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "42", "email": "malee@example.org", "email_verified": False},
        {"sub": "42", "email": "malee@example.org"},
        {"sub": "42", "email": "malee@example.org", "email_verified": "true"},
        {"sub": "42", "email": "nobody@example.org", "email_verified": True},
        {"sub": "42"},
    ],
)
def test_nobody_gets_an_account_by_signing_in(ministry: Office, malee: Account, signer: Signer, person: Claims) -> None:
    signer.person = person
    answer = signs_in(ministry.stranger())
    assert answer.status_code == 401 and "ยังไม่มีบัญชี" in answer.text
    with ministry.runtime.store.reading() as session:
        assert session.scalars(select(Account.openid)).all() == [None]


@pytest.mark.parametrize("columns", [{"active": False}, {"demo": True}])
def test_an_ended_account_and_the_demo_stay_outside(ministry: Office, malee: Account, columns: dict[str, bool]) -> None:
    change(ministry, malee, **columns)
    assert signs_in(ministry.stranger()).status_code == 401


BENT: dict[str, Callable[[Claims], Claims]] = {
    "other nonce": lambda claims: claims | {"nonce": "another"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "other audience": lambda claims: claims | {"aud": "another client"},
    "no audience": lambda claims: {name: value for name, value in claims.items() if name != "aud"},
    "for another party": lambda claims: claims | {"aud": [CLIENT, "another"], "azp": "another"},
    "other issuer": lambda claims: claims | {"iss": "https://elsewhere.example"},
    "expired": lambda claims: claims | {"exp": claims["iat"] - 120},
    "without end": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "of tomorrow": lambda claims: claims | {"iat": claims["iat"] + 86_400, "exp": claims["exp"] + 86_400},
    "nobody": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
}


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT)
def test_a_token_that_is_not_for_this_request_is_refused(
    ministry: Office, malee: Account, signer: Signer, bend: Callable[[Claims], Claims]
) -> None:
    signer.bend = bend
    answer = signs_in(ministry.stranger())
    assert answer.status_code == 401 and "ไม่ตอบตามที่ควร" in answer.text


@pytest.mark.parametrize(
    "fault", [{"algorithm": "none"}, {"algorithm": "HS256"}, {"signed_by": "other"}, {"names": "https://evil.example"}]
)
def test_a_token_that_the_provider_has_not_signed_is_refused(
    ministry: Office, malee: Account, signer: Signer, fault: dict[str, str]
) -> None:
    person = ministry.stranger()
    if "names" in fault:
        signer.names = fault["names"]
        assert person.get("/console/openid").status_code == 502
        return
    for name, value in fault.items():
        setattr(signer, name, value)
    assert signs_in(person).status_code == 401
    assert person.get("/console/profile").status_code == 302


def test_new_keys_of_the_provider_are_fetched(ministry: Office, malee: Account, signer: Signer) -> None:
    assert signs_in(ministry.stranger()).status_code == 303
    signer.change_keys()
    assert signs_in(ministry.stranger()).status_code == 303


def test_an_answer_is_taken_once_and_only_by_the_browser_that_asked(ministry: Office, malee: Account) -> None:
    asked, other = ministry.stranger(), ministry.stranger()
    address = answer_of(asked)
    assert other.get(address).status_code == 401
    other.get("/console/openid")
    assert other.get(address).status_code == 401
    assert asked.get(address).status_code == 303
    assert asked.get(address).status_code == 401


@pytest.mark.parametrize("answer", ["", "?error=access_denied", "?code=x", "?state=x&code=x"])
def test_an_odd_answer_is_refused(ministry: Office, malee: Account, answer: str) -> None:
    person = ministry.stranger()
    person.get("/console/openid")
    assert person.get(f"/console/openid/return{answer}").status_code == 401


def test_a_provider_that_is_away_is_said_to_be(
    ministry: Office, sqlite_url: str, clock: SetClock, tmp_path: Path
) -> None:
    away = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    answer = opened(Store(sqlite_url), clock, tmp_path, **away).stranger().get("/console/openid")
    assert answer.status_code == 502 and "ไม่ตอบตามที่ควร" in answer.text


def test_without_a_provider_the_pages_are_not_there(office: Office) -> None:
    assert office.officer().get("/console/openid").status_code == 404
    assert "/console/openid" not in office.stranger().get("/console/sign-in").text
