"""Every route of the console × every role × things of a foreign project. New routes are walked by themselves."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from bot.store.accounts import Account, Role
from bot.store.broadcasts import Broadcast
from bot.store.entries import Entry, EntryKind
from bot.store.people import Contact
from bot.store.projects import project_by_slug
from bot.store.themes import Insight, Theme
from tests.conftest import SetClock
from tests.handlers.console.office import Office, Officer

OWN, FOREIGN = "sme-internet", "road-safety"
# What stands for each argument in an address: something of a foreign project, or something that is not there.
# A new page with an argument of another name adds it here; what belongs to a project must be a foreign project's.
STRANGE: dict[str, Any] = {
    "project": FOREIGN,
    "survey": "road-safety-needs",
    "number": "7KXA-4PMW",
    "account": 999_999,
    "bulk": 999_999,
    "view": 999_999,
    "revision": 1,
    "kept": 1,
    "theme": 1,
    "insight": 1,
    "broadcast": 1,
    "segment": 999_999,
    "export": 999_999,
    "run": 999_999,
    "person": "no-such-person",
    "key": 999_999,
    "topic": "no-such-topic",
    "role": "no-such-role",
    "kind": "no-such-format",
    "rest": "no-such-page",
    "filename": "no-such-file.css",
}
# Public pages: a stranger may open them. Every other one sends a stranger to the sign-in.
PUBLIC = {
    "console.static", "console.signing.form", "console.signing.enter", "console.signing.leave",
    "console.home.choose_language", "console.demo.enter",
}  # fmt: skip


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console."):
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                yield rule, method


def address(app: Flask, rule: Rule) -> str:
    unknown = rule.arguments - STRANGE.keys()
    assert not unknown, f"{rule.rule}: say in STRANGE what is strange for {unknown}"
    with app.test_request_context():
        built = app.url_map.bind("localhost").build(rule.endpoint, {name: STRANGE[name] for name in rule.arguments})
    return str(built)


def open_(person: Officer, method: str, path: str, csrf: str) -> int:
    return person.client.open(path, method=method, data={"csrf_token": csrf} if method != "GET" else None).status_code


@pytest.fixture
def full(office: Office, clock: SetClock) -> Office:
    """An office with an entry in the foreign project."""
    with office.runtime.store.transaction() as session:
        project = project_by_slug(session, FOREIGN)
        assert project is not None
        contact = Contact(line_id="U1", first_seen_at=clock(), last_seen_at=clock())
        session.add(contact)
        session.flush()
        session.add(
            Entry(
                number=STRANGE["number"], contact_id=contact.id, project_id=project.id, kind=EntryKind.WORDS,
                language="th", text="ถนนมืด", masked="ถนนมืด", personal=[], sentiment="neg", sentiment_score=0.9,
                urgency="normal", model="test", filed_at=clock(),
            )
        )  # fmt: skip
        theme = {"key": "k", "name": "ไฟทาง", "named_by": "machine", "terms": {}, "born_at": clock()}
        session.add(Theme(id=STRANGE["theme"], project_id=project.id, **theme))
        session.flush()
        author = Account(name="x", email="x@example.org", role=Role.LAB, created_at=clock())
        session.add(author)
        session.flush()
        sent = {"name": "x", "kind": "message", "rule": {}, "wordings": [], "writers": [author.id]}
        when = {"created_at": clock(), "updated_at": clock()}
        number = STRANGE["broadcast"]
        session.add(Broadcast(id=number, series_id=number, project_id=project.id, author_id=author.id, **sent, **when))
        card = {"step": "understand", "title": "x", "finding": "y", "created_by": "x", "changed_at": clock()}
        session.add(Insight(id=STRANGE["insight"], project_id=project.id, created_at=clock(), **card))
    return office


def test_a_stranger_is_sent_to_the_sign_in(full: Office) -> None:
    stranger = full.stranger()
    csrf = stranger.csrf()
    for rule, method in rules(full.app):
        if rule.endpoint in PUBLIC:
            continue
        answer = stranger.client.open(
            address(full.app, rule), method=method, data={"csrf_token": csrf} if method != "GET" else None
        )
        assert answer.status_code == 302 and "/console/sign-in" in answer.headers["Location"], f"{method} {rule.rule}"


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LAB])
def test_what_is_foreign_does_not_exist(full: Office, role: Role) -> None:
    person = full.officer(role, [OWN])
    csrf = person.csrf()
    for rule, method in rules(full.app):
        if not rule.arguments or rule.endpoint == "console.demo.enter":
            continue
        roles = getattr(full.app.view_functions[rule.endpoint], "roles", set(Role))
        expected = {404} if role in roles else {403}
        assert open_(person, method, address(full.app, rule), csrf) in expected, f"{role}: {method} {rule.rule}"


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LAB])
def test_a_foreign_project_cannot_be_filtered_by(full: Office, role: Role) -> None:
    person = full.officer(role, [OWN])
    for rule, method in rules(full.app):
        view = full.app.view_functions[rule.endpoint]
        if (
            method != "GET"
            or rule.arguments
            or rule.endpoint in PUBLIC
            or role not in getattr(view, "roles", set(Role))
        ):
            continue
        assert person.get(f"{rule.rule}?project={FOREIGN}").status_code == 404, rule.rule
        assert person.get(f"{rule.rule}?project={OWN}&project={FOREIGN}").status_code == 404, rule.rule


@pytest.mark.parametrize("role", list(Role))
def test_a_page_opens_for_its_roles_and_no_other(full: Office, role: Role) -> None:
    person = full.officer(role, [OWN, FOREIGN])
    for rule, method in rules(full.app):
        if method != "GET" or rule.arguments:
            continue
        roles = getattr(full.app.view_functions[rule.endpoint], "roles", set(Role))
        status = person.get(rule.rule).status_code
        opens = {200, 302, 303, 400, 409}  # some pages refuse to open without a filter or a choice
        assert status in (opens if role in roles else {403}), f"{role}: {rule.rule} {status}"


@pytest.mark.parametrize("role", list(Role))
def test_every_form_needs_its_token(full: Office, role: Role) -> None:
    person = full.officer(role, [OWN, FOREIGN])
    for rule, method in rules(full.app):
        if method == "GET":
            continue
        roles = getattr(full.app.view_functions[rule.endpoint], "roles", set(Role))
        if role not in roles or rule.arguments & {"rest"}:
            continue
        status = person.client.open(address(full.app, rule), method=method).status_code
        assert status in (400, 404) and (status == 400 or rule.arguments), f"{method} {rule.rule} {status}"


def test_every_answer_has_its_headers(full: Office) -> None:
    person = full.officer()
    for rule, method in rules(full.app):
        if method != "GET":
            continue
        answer = person.get(address(full.app, rule))
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, rule.rule
        assert "frame-ancestors 'none'" in policy, rule.rule
        assert answer.headers["X-Content-Type-Options"] == "nosniff", rule.rule
        assert answer.headers["Cache-Control"] == "no-store", rule.rule
