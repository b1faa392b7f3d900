"""When a page cannot be given: the console's look, the reader's language, and nothing given away."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string

from bot.errors import Refused
from bot.signing_in import FREE_OF_ADDRESS
from bot.store.accounts import Role
from handlers.console.guard import LARGEST
from tests.handlers.console.office import Office, opened_again


def bug() -> str:
    raise RuntimeError("a secret of the inside")


def refusal() -> str:
    raise Refused("account.email_taken", email="<b>malee@example.org")


def missing() -> str:
    raise Refused("not_found")


def add(app: Flask, path: str, endpoint: str, view: Callable[[], str]) -> None:
    app.add_url_rule(f"/console/{path}", f"console.{endpoint}", view, methods=["GET", "POST"])


@pytest.fixture
def broken(office: Office) -> Office:
    """An office with pages that fail."""
    for view in (bug, refusal, missing):
        add(office.app, view.__name__, view.__name__, view)
    return office


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("bug", 500, "ระบบขัดข้อง"),
        ("refusal", 409, "มีบัญชีที่ใช้อีเมล &lt;b&gt;malee@example.org อยู่แล้ว"),
        ("missing", 404, "ไม่พบหน้านี้"),
        ("no/such/page", 404, "ไม่พบหน้านี้"),
    ],
)
def test_an_error_has_the_consoles_look(broken: Office, path: str, status: int, told: str) -> None:
    answer = broken.officer().get(f"/console/{path}")
    assert answer.status_code == status and told in answer.text and "secret" not in answer.text
    assert "<!doctype html>" in answer.text and answer.headers["Cache-Control"] == "no-store"


def test_what_a_form_is_refused_is_told_on_its_own_page(broken: Office) -> None:
    person = broken.officer()
    here = {"Referer": "http://localhost/console/profile?tab=2"}
    assert person.post("/console/refusal", headers=here).headers["Location"] == "/console/profile?tab=2"
    assert 'class="flash bad" role="alert"' in person.get("/console/profile").text
    for elsewhere in ("https://elsewhere.example/console/profile", "http://localhost/phone", ""):
        assert person.post("/console/refusal", headers={"Referer": elsewhere}).status_code == 409


def test_an_error_speaks_the_readers_language(broken: Office) -> None:
    person = broken.officer()
    person.post("/console/language", {"language": "en"})
    assert "Something broke on our side" in person.get("/console/bug").text


def test_a_huge_form_is_refused(office: Office) -> None:
    answer = office.officer().client.post("/console/language", data={"language": "x" * (LARGEST + 1)})
    assert answer.status_code == 413 and "ใหญ่เกินไป" in answer.text


@pytest.mark.parametrize(("proxies", "status"), [(1, 401), (0, 429)])
def test_only_our_own_proxies_are_believed_about_addresses(office: Office, proxies: int, status: int) -> None:
    stranger = opened_again(office, trusted_proxies=proxies).stranger()
    answer: Any = None
    for number in range(FREE_OF_ADDRESS + 2):
        form = {"email": f"{number}@example.org", "password": "wrong"}
        answer = stranger.post("/console/sign-in", form, headers={"X-Forwarded-For": f"1.1.1.1, 192.0.2.{number}"})
    assert answer.status_code == status


@pytest.fixture
def larger(office: Office) -> Office:
    """An office with a page that is by project, and one about a project."""
    if "console.queue.index" not in office.app.view_functions:
        page = '{% extends "console/base.html" %}'
        add(office.app, "queue", "queue.index", lambda: render_template_string(page))
    return office


def test_the_switcher_shows_ones_own_projects_and_stays_on_the_page(larger: Office) -> None:
    person = larger.officer(Role.LAB, ["road-safety", "water-app"])
    page = person.get("/console/queue?project=road-safety").text
    assert 'href="/console/queue?project=water-app"' in page and "project=sme-internet" not in page
    assert '<a href="/console/queue?project=road-safety" aria-current="true">' in page
    assert '<a href="/console/queue">' in page
