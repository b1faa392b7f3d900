"""LINE's webhooks, read: the signature's test vector, odd bodies, and what each field becomes."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.line.inbound import VERIFYING_USER, read, signed, split

# Messaging API docs, "Verify webhook signature".
SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
BODY = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
SIGNATURE = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_lines_own_vector() -> None:
    assert signed(BODY, SIGNATURE, [SECRET])
    assert signed(BODY, SIGNATURE, ["another", SECRET])
    assert not signed(BODY + b" ", SIGNATURE, [SECRET])
    assert not signed(BODY, SIGNATURE, ["another"])
    assert not signed(BODY, None, [SECRET])
    assert not signed(BODY, SIGNATURE, [])


def test_an_event_without_an_id_is_the_same_when_redelivered() -> None:
    event = {"type": "follow", "timestamp": 5, "source": {"type": "user", "userId": "U1"}}
    again = event | {"deliveryContext": {"isRedelivery": True}}
    first, second = (split(json.dumps({"events": [each]}).encode())[0] for each in (event, again))
    assert first.id == second.id and first.id
    other = split(json.dumps({"events": [event | {"timestamp": 6}]}).encode())[0]
    assert other.id != first.id


def test_a_group_queues_by_the_group_and_a_person_by_themselves() -> None:
    events = [
        {"type": "message", "source": {"type": "group", "groupId": "C1", "userId": "U1"}},
        {"type": "message", "source": {"type": "room", "roomId": "R1"}},
        {"type": "message", "source": {"type": "user", "userId": "U1"}},
        {"type": "message", "source": {"type": "user", "userId": VERIFYING_USER}},
    ]
    assert [each.sender for each in split(json.dumps({"events": events}).encode())] == ["C1", "R1", "U1", ""]


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"{}", b'{"events":{}}', b"\xff"])
def test_what_is_no_webhook_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError):
        split(body)


def test_fields_of_a_text() -> None:
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": 1795230000000,
        "replyToken": "token",
        "webhookEventId": "01M7Y",
        "source": {"type": "user", "userId": "U1"},
        "deliveryContext": {"isRedelivery": True},
        "message": {"type": "text", "id": "9", "text": "สวัสดี\x00", "newField": 1},
    }
    found = read(json.dumps(event))
    assert (found.id, found.kind, found.user, found.reply_token) == ("01M7Y", "message", "U1", "token")
    assert found.redelivered and not found.standby
    assert found.message and (found.message.id, found.message.text) == ("9", "สวัสดี")


def test_fields_of_a_postback_an_unsend_and_a_place() -> None:
    postback = read('{"type":"postback","postback":{"data":"do=answer","params":{"date":"2026-11-21"}}}')
    assert (postback.data, postback.params) == ("do=answer", {"date": "2026-11-21"})
    assert read('{"type":"unsend","unsend":{"messageId":"7"}}').unsent == "7"
    place = read('{"message":{"type":"location","latitude":18.79,"longitude":98,"title":"ตลาด"}}').message
    assert place and (place.latitude, place.longitude, place.title) == (18.79, 98.0, "ตลาด")
    assert read('{"mode":"standby"}').standby


EVENT: dict[str, Any] = {
    "type": "message",
    "mode": "active",
    "timestamp": 1795230000000,
    "replyToken": "token",
    "webhookEventId": "01M7Y",
    "source": {"type": "user", "userId": "U1", "groupId": "C1"},
    "deliveryContext": {"isRedelivery": True},
    "message": {"type": "location", "id": "9", "text": "ก", "latitude": 18.7, "longitude": 98.9, "keywords": ["ดี"]},
    "postback": {"data": "do=answer", "params": {"date": "2026-11-21"}},
    "unsend": {"messageId": "7"},
    "contentProvider": {"type": "line"},
}
PLACES = [(name,) for name in EVENT] + [
    (name, inner) for name, value in EVENT.items() if isinstance(value, dict) for inner in value
]
ODD = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.sampled_from([10**400, "\x00", "\ud800", "ก" * 9000])
    | some.floats()
    | some.text(some.characters()),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.sampled_from(PLACES), ODD)
def test_whatever_a_field_holds_the_event_is_kept_and_read(place: tuple[str, ...], value: object) -> None:
    event = deepcopy(EVENT)
    holder = event if len(place) == 1 else event[place[0]]
    holder[place[-1]] = value
    [kept] = split(json.dumps({"events": [event]}).encode())
    found = read(kept.body)
    assert type(kept.at_ms) is int and 0 <= kept.at_ms < 2**62
    assert (found.room or found.user, found.id) == (kept.sender, kept.id)
    heard = found.message
    keywords = heard.keywords if heard else ()
    for text in (kept.id, kept.sender, found.reply_token, found.data, heard.text if heard else "", *keywords):
        assert b"\x00" not in text.encode()
    assert max(len(kept.id), len(kept.sender), len(found.unsent)) <= 64 and len(found.reply_token) <= 128
    if heard:
        assert -180 <= heard.latitude <= 180


def test_a_body_that_is_nested_without_end_is_no_webhook() -> None:
    with pytest.raises(ValueError, match="nested"):
        split(b'{"events":[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]}")
