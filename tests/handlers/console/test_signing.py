"""Signing in through the browser's door: forms, cookies, sessions that end, the demo's one tap."""

import pytest
from werkzeug.test import TestResponse

from bot import accounts
from bot.passwords import keep
from bot.signing_in import FREE_OF_ACCOUNT, IDLE
from bot.store.accounts import Account, Role
from bot.store.audit import By
from bot.store.base import Store
from handlers.console.guard import TOKEN
from tests.conftest import SetClock
from tests.handlers.console.office import Office, Officer, opened_again

PASSWORD = "a long enough phrase"
KEPT = keep(PASSWORD)


def enters(person: Officer, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return person.post("/console/sign-in", {"email": email, "password": password, **more})


def sent_away(answer: TestResponse) -> bool:
    return answer.status_code == 302 and "/console/sign-in" in answer.headers["Location"]


def test_right_wrong_and_throttled(office: Office) -> None:
    account, person = office.account(Role.LAB, password=KEPT), office.stranger()
    wrong = enters(person, account.email, "wrong password")
    assert wrong.status_code == 401 and "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in wrong.text
    assert account.email in wrong.text and "wrong password" not in wrong.text
    assert enters(person, account.email).headers["Location"] == "/console/"
    assert person.get("/console/profile").status_code == 200
    other = office.stranger()
    for _ in range(FREE_OF_ACCOUNT + 1):
        assert enters(other, account.email, "wrong password").status_code == 401
    throttled = enters(other, account.email)
    assert throttled.status_code == 429 and "โปรดรอ" in throttled.text


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/console/help/roles", "/console/help/roles"),
        ("/console/audit?act=exported", "/console/audit?act=exported"),
        ("https://elsewhere.example/console/", "/console/"),
        ("//elsewhere.example", "/console/"),
        ("/console/\\elsewhere.example", "/console/"),
        ("/console/\r\nX: y", "/console/"),
        ("/phone", "/console/"),
    ],
)
def test_after_signing_in_one_goes_on_but_never_elsewhere(office: Office, wanted: str, goes: str) -> None:
    account = office.account(Role.ADMIN, password=KEPT)
    assert enters(office.stranger(), account.email, next=wanted).headers["Location"] == goes


def test_where_one_was_going_is_remembered(office: Office) -> None:
    stranger = office.stranger()
    assert stranger.get("/console/audit").headers["Location"] == "/console/sign-in?next=/console/audit"
    filtered = stranger.get("/console/audit?act=exported").headers["Location"]
    assert filtered == "/console/sign-in?next=/console/audit?act%3Dexported"


def test_a_sign_in_ends_by_itself(office: Office, clock: SetClock) -> None:
    person = office.officer()
    clock.at += IDLE / 2
    assert person.get("/console/profile").status_code == 200
    clock.at += IDLE * 0.9
    assert person.get("/console/profile").status_code == 200
    clock.at += IDLE
    assert sent_away(person.get("/console/profile"))


def test_signing_out_ends_it_also_for_a_copy_of_the_cookie(office: Office) -> None:
    person = office.officer()
    cookie = person.client.get_cookie("khaojai")
    assert cookie is not None
    person.post("/console/sign-out")
    assert sent_away(person.get("/console/profile"))
    person.client.set_cookie("khaojai", cookie.value)
    assert sent_away(person.get("/console/profile"))


def test_a_cookie_of_another_key_is_worth_nothing(office: Office) -> None:
    person = office.officer()
    cookie = person.client.get_cookie("khaojai")
    assert cookie is not None
    other = opened_again(office, secret_key="another-key-altogether").stranger()
    other.client.set_cookie("khaojai", cookie.value)
    assert sent_away(other.get("/console/profile"))


def test_what_an_admin_changes_acts_at_once(office: Office, clock: SetClock) -> None:
    admin, person = office.officer(), office.officer(Role.ADMIN)
    assert person.account is not None and person.get("/console/accounts").status_code == 200
    edit = f"/console/accounts/{person.account.id}"
    admin.post(edit, {"name": "ข", "role": "lab", "active": "yes"})
    assert person.get("/console/accounts").status_code == 403
    assert person.get("/console/help?project=water-app").status_code == 404
    admin.post(edit, {"name": "ข", "role": "lab", "active": "yes", "projects": ["water-app"]})
    assert person.get("/console/help?project=water-app").status_code == 200
    admin.post(edit, {"name": "ข", "role": "lab"})
    assert sent_away(person.get("/console/profile"))


def test_the_cookie_is_kept_from_scripts_and_in_production_from_plain_http(office: Office, ministry: Office) -> None:
    (cookie,) = [value for name, value in office.stranger().get("/console/sign-in").headers if name == "Set-Cookie"]
    assert cookie.startswith("khaojai=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    answer = ministry.stranger().get("/console/sign-in", base_url="https://khaojai.example.go.th")
    (cookie,) = [value for name, value in answer.headers if name == "Set-Cookie"]
    assert cookie.startswith("__Host-khaojai=") and "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in office.stranger().get("/console/sign-in").headers


@pytest.mark.parametrize("role", list(Role))
def test_the_demo_signs_in_by_one_tap_and_says_that_it_is_one(office: Office, role: Role) -> None:
    person = office.stranger()
    assert person.get("/console/sign-in").text.count("/console/demo/") == len(Role)
    assert person.post(f"/console/demo/{role}").headers["Location"] == "/console/"
    assert "ระบบสาธิต" in person.get("/console/profile").text
    assert person.get("/console/accounts").status_code == (200 if role is Role.ADMIN else 403)
    allowed = {Role.ADMIN: 200, Role.OFFICIAL: 200, Role.LAB: 404}[role]
    assert person.get("/console/help?project=road-safety").status_code == allowed


def test_in_production_there_is_no_demo(ministry: Office, clock: SetClock) -> None:
    page = ministry.stranger().get("/console/sign-in", base_url="https://localhost").text
    assert "/console/demo/" not in page and "ระบบสาธิต" not in page
    assert not [rule for rule in ministry.app.url_map.iter_rules() if "demo" in rule.endpoint]
    with ministry.runtime.store.transaction() as session:
        demo = accounts.demo_account(session, Role.ADMIN, set(), By("demo", clock()))
    assert sent_away(officer_of(ministry, demo).get("/console/profile", base_url="https://localhost"))


def officer_of(office: Office, account: Account) -> Officer:
    """Somebody whose browser keeps a token that was given to this account."""
    person = office.stranger()
    token = office.token(account)
    with person.client.session_transaction(base_url="https://localhost") as cookie:
        cookie[TOKEN] = token
    return person


def test_nobody_signs_in_as_the_demo_with_a_password(office: Office, clock: SetClock) -> None:
    with office.runtime.store.transaction() as session:
        demo = accounts.demo_account(session, Role.ADMIN, set(), By("demo", clock()))
        demo.password = KEPT
    assert enters(office.stranger(), demo.email).status_code == 401


def test_one_may_change_ones_own_password_knowing_the_old_one(office: Office) -> None:
    account, person, other = office.account(Role.LAB, password=KEPT), office.stranger(), office.stranger()
    enters(person, account.email)
    enters(other, account.email)
    person.account = other.account = account

    def changes(old: str, new: str, again: str) -> str:
        answer = person.post(
            "/console/profile/password", {"old": old, "new": new, "again": again},
            headers={"Referer": "http://localhost/console/profile"}, follow_redirects=True,
        )  # fmt: skip
        return answer.text

    new = "quite another phrase"
    assert "รหัสผ่านปัจจุบันไม่ถูกต้อง" in changes("not it at all", new, new)
    assert "สองช่องไม่ตรงกัน" in changes(PASSWORD, new, new + "s")
    assert "สั้นเกินไป" in changes(PASSWORD, "short", "short")
    assert "เปลี่ยนรหัสผ่านแล้ว" in changes(PASSWORD, new, new)
    assert sent_away(other.get("/console/profile"))
    assert enters(office.stranger(), account.email).status_code == 401
    assert enters(office.stranger(), account.email, new).status_code == 303


def test_the_database_knows_no_token(sqlite_url: str, office: Office) -> None:
    person = office.officer()
    with person.client.session_transaction() as cookie:
        token = cookie[TOKEN]
    with Store(sqlite_url).reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM sign_ins").all()
    assert rows and token not in str(rows)
