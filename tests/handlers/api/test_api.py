"""The API: keys, rights, pages, errors, and that it is as it is described."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from werkzeug.test import TestResponse

from bot import keys
from bot.store.accounts import Account, Role, put_rights
from bot.store.api_keys import ApiKey
from bot.store.audit import By
from bot.store.base import Store
from tests.bot.exports.filled import answered, entry, tag
from tests.conftest import SetClock
from tests.handlers.console.office import Office
from tests.handlers.console.office import office as opened

PROBLEM = "application/problem+json"


class Program:
    """A program with a key of road-safety."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.person = office.account(Role.OFFICIAL, ["road-safety", "water-app"])
        with office.runtime.store.transaction() as session:
            self.key, self.secret = keys.make(session, self.person, "ลอง", {"road-safety"}, office.runtime.clock())

    def get(self, path: str, secret: str = "", **headers: str) -> TestResponse:
        told = {"Authorization": f"Bearer {secret or self.secret}", **headers}
        return self.office.app.test_client().get(f"/api/v1{path}", headers=told)


@pytest.fixture
def program(store: Store, clock: SetClock, tmp_path: Path) -> Program:
    office = opened(store, clock, tmp_path)
    with store.transaction() as session:
        for number in range(5):
            made = entry(
                session,
                f"เบอร์ 0812345678 {number}",
                masked=f"เบอร์ [เบอร์โทร] {number}",
                project="road-safety",
                number=f"ROAD-{number}",
                filed_at=clock() - timedelta(days=9 - number),
            )
            tag(made, "topic", "service.cost")
        entry(session, "น้ำ", project="water-app", number="WATER")
        entry(session, "ไม่มีโครงการ", number="NONE")
        answered(session, "road-safety-needs", {"story": {"words": "เล่า"}}, project="road-safety", number="SURVEY")
    return Program(office)


def numbers(answer: TestResponse) -> list[str]:
    return [each["number"] for each in answer.json["entries"]]


def test_only_the_keys_projects_and_masked(program: Program) -> None:
    answer = program.get("/entries")
    assert numbers(answer) == ["SURVEY", *(f"ROAD-{number}" for number in (4, 3, 2, 1, 0))]
    assert "0812345678" not in answer.text and answer.headers["Cache-Control"] == "no-store"
    assert program.get("/entries/ROAD-1").json["tags"][0]["tag"] == "service.cost"
    assert [each["slug"] for each in program.get("/projects").json["projects"]] == ["road-safety"]
    assert {each["project"] for each in program.get("/surveys").json["surveys"]} == {"road-safety"}
    assert len(program.get("/topics").json["topics"]) > 20


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_stay_right_while_entries_arrive(program: Program, order: str) -> None:
    found: list[str] = []
    cursor = ""
    for turn in range(9):
        answer = program.get(f"/entries?limit=2&order={order}{cursor}")
        found += numbers(answer)
        with program.office.runtime.store.transaction() as session:
            entry(session, "ใหม่", project="road-safety", number=f"NEW-{turn}", filed_at=program.office.runtime.clock())
        if answer.json["next"] is None:
            break
        cursor = f"&cursor={answer.json['next']}"
    assert len(found) == len(set(found)) == 6
    program.office.runtime.clock.pass_by(seconds=11)  # type: ignore[attr-defined]
    later = numbers(program.get(f"/entries?order=oldest&cursor={answer.json['last']}"))
    assert len([each for each in later if each.startswith("NEW")]) == turn + 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/entries?project=water-app", 404),
        ("/entries?project=no-such", 404),
        ("/entries?survey=water-app-needs", 404),
        ("/entries/WATER", 404),
        ("/entries/NONE", 404),
        ("/entries/NOWHERE", 404),
        ("/no-such", 404),
        ("/", 404),
        ("/entries?limit=0", 400),
        ("/entries?limit=201", 400),
        ("/entries?sentiment=angry", 400),
        ("/entries?nonsense=1", 400),
        ("/entries?assigned=me", 400),
        ("/entries?noproject=1", 400),
        ("/entries?cursor=9.9.9", 400),
        ("/entries?cursor=0.1", 400),
        ("/projects?limit=1", 400),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(program: Program, path: str, status: int) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.content_type, answer.get_json(force=True)["status"]) == (status, PROBLEM, status)


@pytest.mark.parametrize("secret", ["khj_wrong", "khj_" + "a" * 400])
def test_no_key_no_answer(program: Program, secret: str) -> None:
    answer = program.get("/entries", secret)
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"
    assert program.office.app.test_client().get("/api/v1/entries").status_code == 401


def test_a_key_ends_with_its_makers_right_and_when_revoked(program: Program) -> None:
    store = program.office.runtime.store
    with store.transaction() as session:
        put_rights(session, program.person.id, set())
    assert program.get("/entries/ROAD-1").status_code == 404
    with store.transaction() as session:
        session.get_one(Account, program.person.id).active = False
    assert program.get("/entries").status_code == 401
    with store.transaction() as session:
        session.get_one(Account, program.person.id).active = True
        keys.revoke(session, session.get_one(ApiKey, program.key.id), By("ops", program.office.runtime.clock()))
    assert program.get("/entries").status_code == 401


def test_nothing_is_sent_twice_that_did_not_change(program: Program) -> None:
    first = program.get("/entries")
    again = program.get("/entries", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_too_many_calls_wait_a_minute_and_are_logged(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "CALLS_A_MINUTE", 3)
    assert [program.get("/topics").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert program.get("/topics").headers["Retry-After"] == "60"
    program.office.runtime.clock.pass_by(seconds=61)  # type: ignore[attr-defined]
    assert program.get("/entries?q=ลับ").status_code == 200
    admin = program.office.officer()
    page = admin.get(f"/console/keys/{program.key.id}").text
    assert page.count("/api/v1/topics") == 5 and "/api/v1/entries" in page and "ลับ" not in page


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(program: Program, method: str) -> None:
    answer = getattr(program.office.app.test_client(), method)("/api/v1/entries")
    assert (answer.status_code, answer.headers["Allow"], answer.content_type) == (405, "GET, HEAD", PROBLEM)


@pytest.fixture
def on_sqlite(office: Office) -> Iterator[Program]:
    with office.runtime.store.transaction() as session:
        answered(session, "road-safety-needs", {"story": {"words": "เล่า"}}, project="road-safety", number="SURVEY")
    yield Program(office)


def test_it_is_as_it_is_described(on_sqlite: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "CALLS_A_MINUTE", 10_000)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", on_sqlite.office.app)
    headers = {"Authorization": f"Bearer {on_sqlite.secret}"}
    tried: list[str] = []
    for operation in schema.get_all_operations():
        _try(operation.ok(), headers, tried)
    assert {"/entries", "/entries/{number}", "/projects", "/surveys", "/topics"} <= set(tried)


def _try(operation: Any, headers: dict[str, str], tried: list[str]) -> None:
    """Some cases of one operation, valid and not."""

    @given(case=operation.as_strategy())
    @settings(max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def cases(case: schemathesis.Case) -> None:
        tried.append(case.path)
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    cases()
