"""Accounts as an admin keeps them in the console, and the trail of what was done."""

import re

import pytest

from bot.store.accounts import Role, account_by_email, projects_of
from tests.conftest import SetClock
from tests.handlers.console.office import Office

FORM = {"name": "มาลี", "email": "malee@example.org", "role": "lab", "projects": ["water-app", "road-safety"]}
SECRET = re.compile(r'class="secret"><code>([^<]+)<')


def test_a_new_account_gets_a_password_once_and_signs_in_with_it(office: Office) -> None:
    admin = office.officer()
    (password,) = SECRET.findall(admin.post("/console/accounts/new", FORM).text)
    with office.runtime.store.reading() as session:
        account = account_by_email(session, "malee@example.org")
        assert account is not None and account.role == "lab" and len(projects_of(session, account.id)) == 2
    person = office.stranger()
    answer = person.post("/console/sign-in", {"email": "malee@example.org", "password": password})
    assert answer.status_code == 303
    assert password not in admin.get(f"/console/accounts/{account.id}").text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"email": "malee"}, "อีเมลนี้ไม่ถูกต้อง"),
        ({"name": " "}, "โปรดใส่ชื่อ"),
        ({"role": "king"}, "โปรดเลือกบทบาท"),
        ({"role": ""}, "โปรดเลือกบทบาท"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(office: Office, change: dict[str, str], told: str) -> None:
    answer = office.officer().post("/console/accounts/new", FORM | change)
    assert answer.status_code == 422 and told in answer.text
    assert len(re.findall(r'name="projects"[^>]* checked', answer.text)) == 2


def test_the_last_admin_is_told_why(office: Office) -> None:
    admin = office.officer()
    assert admin.account is not None
    mine = f"/console/accounts/{admin.account.id}"
    for form in ({"name": "ก", "role": "lab", "active": "yes"}, {"name": "ก", "role": "admin"}):
        answer = admin.post(mine, form, headers={"Referer": f"http://localhost{mine}"}, follow_redirects=True)
        assert "ต้องมีผู้ดูแลระบบ" in answer.text
    assert admin.get("/console/accounts").status_code == 200


def test_a_reset_shows_the_password_once_and_ends_the_sign_ins(office: Office) -> None:
    admin, person = office.officer(), office.officer(Role.LAB)
    assert person.account is not None
    answer = admin.post(f"/console/accounts/{person.account.id}/reset")
    assert SECRET.search(answer.text)
    assert person.get("/console/profile").status_code == 302


def test_the_trail_is_filtered_and_turned_page_by_page(office: Office, clock: SetClock) -> None:
    admin = office.officer()
    for number in range(60):
        office.officer(Role.LAB)
        clock.pass_by(minutes=number % 2)
    page = admin.get("/console/audit").text
    assert page.count("<tr data-row>") == 50
    (older,) = re.findall(r'rel="next" href="([^"]+)"', page)
    office.officer(Role.LAB)  # what arrives meanwhile shifts nothing
    second = admin.get(older.replace("&amp;", "&")).text
    assert second.count("<tr data-row>") == 11
    admin.post("/console/accounts/new", FORM)
    added = admin.get("/console/audit?act=account_added").text
    assert added.count("<tr data-row>") == 1 and "เพิ่มผู้ใช้" in added
    assert admin.account is not None
    assert admin.get(f"/console/audit?actor={admin.account.actor}&act=signed_in").text.count("<tr data-row>") == 1
    assert "ไม่มีการกระทำ" in admin.get("/console/audit?until=2026-11-20").text
    assert "ไม่มีการกระทำ" not in admin.get("/console/audit?since=2026-11-21").text


def test_the_trail_shows_what_an_attacker_typed_as_text_only(office: Office) -> None:
    admin = office.officer()
    admin.post("/console/accounts/new", FORM | {"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in admin.get("/console/accounts").text
    assert "<script>alert" not in admin.get("/console/audit").text
