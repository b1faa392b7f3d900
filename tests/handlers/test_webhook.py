"""The webhook's door: who gets in, what is kept, and what LINE is told."""

import base64
import hashlib
import hmac
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import bindparam, select, text

from bot.config import Settings
from bot.store.base import Store
from bot.store.mail import InboxEvent
from handlers.line import webhook as door
from handlers.runtime import Runtime
from handlers.web import create_app
from handlers.worker import Worker
from tests.conftest import SetClock

NOW, BEFORE = "the-secret-of-now", "the-secret-of-before"
EVENT = {"type": "message", "webhookEventId": "01M7Y0000000000000000000AA", "timestamp": 1795230000000}


@pytest.fixture
def runtime(store: Store, clock: SetClock, tmp_path: Any) -> Runtime:
    settings = Settings(
        line_channel_secret=NOW,
        line_channel_secret_previous=BEFORE,
        line_api_url="http://127.0.0.1:9",
        data_dir=tmp_path,
    )
    return Runtime(settings, store, clock)


@pytest.fixture
def client(runtime: Runtime) -> Iterator[FlaskClient]:
    with create_app(runtime).test_client() as client:
        yield client


def sign(body: bytes, secret: str = NOW) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def post(client: FlaskClient, body: bytes, signature: str | None = "right") -> int:
    headers = {"Content-Type": "application/json"}
    if signature is not None:
        headers["X-Line-Signature"] = sign(body) if signature == "right" else signature
    return client.post("/line/webhook", data=body, headers=headers).status_code


def body_of(*events: dict[str, Any]) -> bytes:
    return json.dumps({"destination": "U" + "0" * 32, "events": list(events)}).encode()


def kept(store: Store) -> list[InboxEvent]:
    with store.reading() as session:
        return list(session.scalars(select(InboxEvent).order_by(InboxEvent.id)))


def test_events_are_kept_once_whatever_their_order(client: FlaskClient, store: Store) -> None:
    later = EVENT | {"webhookEventId": "01M7Y0000000000000000000AB"}
    redelivered = EVENT | {"deliveryContext": {"isRedelivery": True}}
    for body in (body_of(later, EVENT), body_of(redelivered), body_of(EVENT, later)):
        assert post(client, body) == 200
    assert [each.event_id[-2:] for each in kept(store)] == ["AB", "AA"]


def test_the_secret_before_a_rotation_still_opens(client: FlaskClient) -> None:
    assert post(client, body_of(EVENT), sign(body_of(EVENT), BEFORE)) == 200


@pytest.mark.parametrize(
    "signature", [None, "", "not base64 ก", "AAAA", sign(b"another body"), sign(body_of(EVENT), "another secret")]
)
def test_a_wrong_signature_is_refused_and_nothing_kept(
    client: FlaskClient, store: Store, signature: str | None
) -> None:
    assert post(client, body_of(EVENT), signature) == 401
    assert kept(store) == []


def test_the_signature_covers_the_raw_bytes(client: FlaskClient) -> None:
    spaced = body_of(EVENT).replace(b'": ', b'" :  ')
    assert post(client, spaced) == 200
    assert post(client, spaced, sign(body_of(EVENT))) == 401


def test_no_events_is_fine(client: FlaskClient, store: Store) -> None:
    assert post(client, body_of()) == 200
    assert kept(store) == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"events": 3}', b'{"destination": "U"}', b"\xff\xfe"])
def test_signed_nonsense_is_told_apart(client: FlaskClient, store: Store, body: bytes) -> None:
    assert post(client, body) == 400
    assert kept(store) == []


def test_a_body_over_the_limit_is_refused(client: FlaskClient, store: Store) -> None:
    body = body_of(EVENT | {"padding": "x" * door.LARGEST})
    assert post(client, body) == 413
    assert kept(store) == []


def test_a_body_over_the_limit_is_heard_out_so_that_its_sender_hears_the_refusal(client: FlaskClient) -> None:
    body = io.BytesIO(body_of(EVENT | {"padding": "x" * door.LARGEST}))
    for length in ({"content_length": body.getbuffer().nbytes}, {"environ_overrides": {"wsgi.input_terminated": True}}):
        body.seek(0)
        answer = client.post("/line/webhook", input_stream=body, **length)
        assert (answer.status_code, body.read()) == (413, b"")


def test_a_store_that_is_away_makes_line_send_again(runtime: Runtime) -> None:
    runtime.store = Store("postgresql+psycopg://nobody:x@127.0.0.1:9/none")
    with create_app(runtime).test_client() as client:
        assert post(client, body_of(EVENT)) == 503


def test_other_methods_are_told_what_the_address_takes(client: FlaskClient) -> None:
    answer = client.get("/line/webhook")
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"OPTIONS", "POST"})


def test_accepting_wakes_the_worker_and_an_empty_body_does_not(runtime: Runtime) -> None:
    calls = []
    runtime.wake = lambda: calls.append("look")
    with create_app(runtime).test_client() as client:
        post(client, body_of())
        assert calls == []
        post(client, body_of(EVENT))
        assert calls == ["look"]


USER = {"type": "user", "userId": "U" + "a" * 32}
GROUP = {"type": "group", "groupId": "C" + "b" * 32, "userId": "U" + "a" * 32}
ROOM = {"type": "room", "roomId": "R" + "c" * 32}
ODD = [
    {},
    {"type": "message"},
    {"type": "message", "source": USER, "message": None},
    {"type": "message", "source": USER, "message": {"type": "hologram", "id": "1"}},
    {"type": "message", "source": USER, "message": {"type": "text", "id": 5, "text": ["a"]}},
    {"type": "message", "source": USER, "message": {"type": "sticker", "id": "1", "keywords": "one"}},
    {"type": "message", "source": USER, "message": {"type": "location", "id": "1", "latitude": "here"}},
    {"type": "message", "source": GROUP, "mode": "active", "message": {"type": "text", "id": "1", "text": "สวัสดี"}},
    {"type": "message", "source": {"type": "planet"}, "message": {"type": "text", "id": "1", "text": "สวัสดี"}},
    {"type": "messageEdited", "source": GROUP, "message": {"type": "text", "id": "1", "text": "สวัสดี"}},
    {"type": "postback", "source": USER, "postback": {"data": "action=buy&item=1", "params": {"date": {"a": 1}}}},
    {"type": "postback", "source": USER, "postback": {}},
    {"type": "follow", "source": USER},
    {"type": "unfollow", "source": USER, "follow": {"isUnblocked": "yes"}},
    {"type": "unsend", "source": USER, "unsend": {"messageId": "none"}},
    {"type": "join", "source": ROOM},
    {"type": "leave", "source": ROOM},
    {"type": "memberJoined", "source": GROUP, "joined": {"members": [USER]}},
    {"type": "beacon", "source": USER, "beacon": {"hwid": "d41d8cd98f", "type": "leave"}},
    {"type": "accountLink", "link": {"result": "failed", "nonce": "n"}},
    {"type": "membership", "source": USER, "membership": {"type": "renewed"}},
    {"type": "delivery", "delivery": {"data": "x"}},
    {"type": "botSuspended", "timestamp": "soon"},
    {
        "type": "follow",
        "timestamp": True,
        "source": {"type": "user", "userId": "U" + "d" * 9000},
        "replyToken": "x" * 9000,
    },
    {"type": "join", "source": {"type": "group", "groupId": "C\ud800"}, "webhookEventId": "half \ud800, none \x00"},
    {"type": "message", "source": USER, "message": {"type": "location", "id": "1", "latitude": 10**400}},
    {"type": "a kind of next year", "source": USER, "mode": "a mode of next year", "news": {"deep": [1, 2]}},
    {"type": "message", "mode": "standby", "source": USER, "message": {"type": "text", "id": "1", "text": "สวัสดี"}},
]


def test_no_odd_event_fails_a_batch(client: FlaskClient, runtime: Runtime, store: Store, clock: SetClock) -> None:
    """All kinds of events, known and not, in one body, some without an id: all are kept and done, none fails."""
    assert post(client, body_of(*ODD)) == 200
    clock.pass_by(seconds=1)
    runtime.__dict__["gateway"] = Silent()
    Worker(runtime).work()
    events = kept(store)
    assert len(events) == len(ODD) + 1  # that something was unsent is remembered too
    assert {each.status for each in events} == {"done"}
    assert {each.body for each in events} == {""}


NEVER = {
    "sqlite": "CREATE TRIGGER never BEFORE INSERT ON contacts WHEN new.line_id = :user"
    " BEGIN SELECT RAISE(ABORT, 'never'); END",
    "postgresql": "ALTER TABLE contacts ADD CONSTRAINT never CHECK (line_id <> :user)",
}


def test_what_the_store_will_never_take_stops_nobody_else(
    client: FlaskClient, runtime: Runtime, store: Store, clock: SetClock
) -> None:
    with store.transaction() as session:
        statement = text(NEVER["sqlite" if store.sqlite else "postgresql"])
        session.execute(statement.bindparams(bindparam("user", USER["userId"], literal_execute=True)))
    hers = {"type": "user", "userId": "U" + "e" * 32}
    post(client, body_of({"type": "follow", "source": USER}, {"type": "follow", "source": hers}))
    clock.pass_by(seconds=1)
    runtime.__dict__["gateway"] = Silent()
    Worker(runtime).work()
    assert sorted(each.status for each in kept(store)) == ["done", "failed"]


class Silent:
    """A gateway at whose other end nobody is."""

    def language(self, _user: str) -> str:
        """Nothing is known."""
        return ""

    def reply(self, *_: Any) -> str:
        """Taken."""
        return "request"

    push = reply
