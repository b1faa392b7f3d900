"""LINE's webhooks, read: the signature's test vector, odd bodies, and what each field becomes."""

import json

import pytest

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
