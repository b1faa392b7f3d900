"""Keys of the API in the console: made for one's own projects, shown once, revoked at once."""

import re

import pytest

from bot.store.accounts import Role
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer

SECRET = re.compile(r"<code>(khj_[\w-]{43})</code>")


def made(person: Officer) -> str:
    answer = person.post("/console/keys/new", {"name": "แดชบอร์ด", "projects": ["road-safety"]})
    return SECRET.findall(answer.text)[0]


def called(office: Office, secret: str) -> int:
    return office.stranger().get("/api/v1/projects", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_made_shown_once_and_revoked(office: Office) -> None:
    person = office.officer(Role.OFFICIAL, ["road-safety"])
    secret = made(person)
    assert called(office, secret) == 200
    page = person.get("/console/keys").text
    assert secret not in page and secret[:10] in page
    assert person.post("/console/keys/1/revoke").status_code == 303
    assert called(office, secret) == 401


def test_a_key_is_for_ones_own_projects(office: Office) -> None:
    person = office.officer(Role.OFFICIAL, ["road-safety"])
    for form in ({"name": "ก", "projects": ["water-app"]}, {"name": "ก"}, {"name": " ", "projects": ["road-safety"]}):
        assert person.post("/console/keys/new", form).status_code == 422


def test_keys_of_foreign_projects_do_not_exist(office: Office) -> None:
    made(office.officer(Role.OFFICIAL, ["road-safety"]))
    other = office.officer(Role.OFFICIAL, ["water-app"])
    assert "แดชบอร์ด" not in other.get("/console/keys").text
    assert other.get("/console/keys/1").status_code == 404
    assert other.post("/console/keys/1/revoke").status_code == 404
    colleague = office.officer(Role.OFFICIAL, ["road-safety", "water-app"])
    assert colleague.get("/console/keys/1").status_code == 200
    assert office.officer(Role.LAB, ["road-safety"]).get("/console/keys").status_code == 403


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk-light"])
def test_everybody_can_read_it(office: Office, browsing: Browsing, width: int, dark: bool) -> None:
    person = office.officer()
    assert called(office, made(person)) == 200
    for path in ("keys", "keys/new", "keys/1", "help/api"):
        page = browsing.open(person, f"/console/{path}", width, dark)
        assert (violations(page), is_too_wide(page)) == ([], False), path
