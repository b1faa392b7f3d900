"""Webhooks: their shapes, their signature, their order, and trouble on demand."""

import json
import re
import threading
from typing import Any

import pytest
from linebot.v3.webhook import SignatureValidator, WebhookParser

from handlers.standin.sender import sign

SECRET = "a-channel-secret"


def test_signature_vector() -> None:
    """The vector of LINE's own documentation."""
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert sign("8c570fa6dd201bb328f1c1eac23a96d8", body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


SAID: list[dict[str, Any]] = [
    {"type": "text", "text": "ถนนหน้าโรงเรียนมืดมาก 😀"},
    {"type": "text", "text": "ใช่", "quotedMessageId": "1"},
    {"type": "sticker", "packageId": "446", "stickerId": "1988", "keywords": ["Thanks"]},
    {"type": "sticker", "packageId": "446", "stickerId": "1989", "text": "ขอบคุณ"},
    {"type": "image", "content": "aGVsbG8=", "contentType": "image/jpeg"},
    {"type": "image", "external": "https://example.org/a.jpg"},
    {"type": "video", "content": "aGVsbG8=", "contentType": "video/mp4", "duration": 1500},
    {"type": "audio", "content": "aGVsbG8=", "contentType": "audio/mp4", "duration": 900},
    {"type": "file", "content": "aGVsbG8=", "contentType": "application/pdf", "fileName": "คำร้อง.pdf"},
    {"type": "location", "latitude": 13.75, "longitude": 100.5, "title": "ป้ายรถเมล์", "address": "กรุงเทพฯ"},
]


@pytest.mark.parametrize("said", SAID)
def test_message_events_have_every_field(world: Any, said: dict[str, Any]) -> None:
    user = world.citizen()
    event = world.say(user, **said)
    message = event["message"]
    for name in ("text", "keywords", "title", "address", "latitude", "duration", "fileName", "quotedMessageId"):
        if name in said:
            assert message[name] == said[name]
    assert set(event) == {
        "type", "message", "webhookEventId", "deliveryContext", "timestamp", "source", "replyToken", "mode",
    }  # fmt: skip
    assert event["source"] == {"type": "user", "userId": user}
    assert event["timestamp"] == int(world.clock.now * 1000)
    assert event["mode"] == "active" and event["deliveryContext"] == {"isRedelivery": False}
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", event["webhookEventId"])
    assert re.fullmatch(r"\d{18}", message["id"]) and message["markAsReadToken"]
    assert ("quoteToken" in message) == (said["type"] in ("text", "sticker", "image", "video"))


def other_events(world: Any) -> list[str]:
    """One of everything else that happens; the ids of the events."""
    user, friend = world.citizen(), world.citizen()
    one = f"/citizens/{user}"
    happened = [
        world.control("POST", one + "/follow"),
        world.control("POST", one + "/block"),
        world.control("POST", one + "/unblock"),
        world.control("POST", one + "/postback", {"data": "q=1", "params": {"date": "2026-11-21"}, "displayText": "ก"}),
    ]
    said = world.control("POST", one + "/messages", {"type": "text", "text": "ก"})
    happened.append(world.control("DELETE", f"{one}/messages/{said['messageId']}"))
    group = world.control("POST", "/groups", {"members": [user]})
    inside = f"/groups/{group['groupId']}"
    happened += [
        group,
        world.control("POST", inside + "/members", {"members": [friend]}),
        world.control("DELETE", f"{inside}/members/{friend}"),
        world.control("POST", inside + "/leave"),
    ]
    return [str(one["webhookEventId"]) for one in happened]


def test_other_events(world: Any) -> None:
    events = [world.event(one) for one in other_events(world)]
    assert [(one["type"], "replyToken" in one) for one in events] == [
        ("follow", True),
        ("unfollow", False),
        ("follow", True),
        ("postback", True),
        ("unsend", False),
        ("join", True),
        ("memberJoined", True),
        ("memberLeft", False),
        ("leave", False),
    ]
    assert [one["follow"] for one in events if one["type"] == "follow"] == [
        {"isUnblocked": False},
        {"isUnblocked": True},
    ]
    assert events[3]["postback"] == {"data": "q=1", "params": {"date": "2026-11-21"}}
    assert events[6]["joined"]["members"][0]["type"] == "user"


def test_the_sdk_understands_and_trusts_all_of_it(world: Any) -> None:
    user = world.citizen()
    for said in SAID:
        world.say(user, **said)
    other_events(world)
    world.control("GET", "/idle?wait=5")
    parser = WebhookParser(SECRET)
    for body, headers in zip(world.bot.bodies, world.bot.headers, strict=True):
        lower = {name.lower(): value for name, value in headers.items()}
        assert lower["content-type"] == "application/json; charset=utf-8"
        events = parser.parse(body.decode(), lower["x-line-signature"])
        assert events and all(type(one).__name__ != "UnknownEvent" for one in events)
        assert json.loads(body)["destination"] == world.standin.bot_id


def test_words_in_a_group(world: Any) -> None:
    user = world.citizen()
    group = world.control("POST", "/groups", {"members": [user]})["groupId"]
    event = world.say(user, groupId=group)
    assert event["source"] == {"type": "group", "groupId": group, "userId": user}
    assert (
        world.call(
            "POST", f"/control/citizens/{world.citizen()}/messages", {"type": "text", "text": "ก", "groupId": group}
        ).status
        == 400
    )


@pytest.mark.parametrize(("kind", "valid"), [("good", True), ("bad", False), ("missing", None)])
def test_signature_on_demand(world: Any, kind: str, valid: bool | None) -> None:
    world.control("POST", "/settings", {"signature": kind})
    world.say(world.citizen())
    given = {name.lower(): value for name, value in world.bot.headers[0].items()}.get("x-line-signature")
    if valid is None:
        assert given is None
    else:
        assert SignatureValidator(SECRET).validate(world.bot.bodies[0].decode(), given) is valid


def test_standby_events_cannot_be_answered(world: Any) -> None:
    world.control("POST", "/settings", {"mode": "standby"})
    event = world.say(world.citizen())
    assert event["mode"] == "standby" and "replyToken" not in event


def test_no_redelivery_unless_asked_for(world: Any) -> None:
    world.bot.statuses = [500]
    world.say(world.citizen())
    assert len(world.bot.bodies) == 1


@pytest.mark.parametrize(
    ("statuses", "attempts"), [([500, 503], 3), ([500] * 9, 4), ([302], 2), ([204], 1), ([400], 2)]
)
def test_redelivery_until_it_is_taken_or_given_up(world: Any, statuses: list[int], attempts: int) -> None:
    world.bot.statuses = list(statuses)
    world.control("POST", "/settings", {"redelivery": 3, "backoff": 0.01})
    event = world.say(world.citizen())
    assert world.bot.events == [event] + [event | {"deliveryContext": {"isRedelivery": True}}] * (attempts - 1)
    log = world.control("GET", "/webhooks")["webhooks"]
    assert [one["status"] for one in log] == [*statuses, 200][:attempts]
    assert all(one["ms"] >= 0 for one in log)


def test_a_slow_bot_is_not_waited_for(world: Any) -> None:
    world.bot.pause = threading.Event()
    world.control("POST", "/settings", {"timeout": 0.05, "redelivery": 1, "backoff": 0.01})
    user = world.citizen()
    world.control("POST", f"/citizens/{user}/messages", {"type": "text", "text": "ก"})
    world.control("GET", "/idle?wait=5")
    world.bot.pause.set()
    log = world.control("GET", "/webhooks")["webhooks"]
    assert [(one["status"], one["reason"]) for one in log] == [(0, "REQUEST_TIMEOUT")] * 2


def test_a_bot_that_is_not_there(world: Any) -> None:
    world.standin.sender.route.url = "http://127.0.0.1:9/line/webhook"
    user = world.citizen()
    world.control("POST", f"/citizens/{user}/messages", {"type": "text", "text": "ก"})
    world.control("GET", "/idle?wait=5")
    assert world.control("GET", "/webhooks")["webhooks"][0]["reason"] == "COULD_NOT_CONNECT"


@pytest.mark.parametrize(("statuses", "outcome"), [([0], (200, "OK")), ([0, 0], (0, "COULD_NOT_CONNECT"))])
def test_a_connection_closed_under_way_is_tried_once_more(world: Any, statuses: list[int], outcome: Any) -> None:
    world.say(world.citizen())
    world.bot.statuses = statuses
    world.say(world.citizen())
    last = world.control("GET", "/webhooks")["webhooks"][-1]
    assert (last["status"], last["reason"]) == outcome


def speak(world: Any, people: list[str], times: int) -> list[tuple[str, str]]:
    """Everyone says 0, 1, 2 …; what the bot heard, as (user, text)."""
    for turn in range(times):
        for user in people:
            world.control("POST", f"/citizens/{user}/messages", {"type": "text", "text": str(turn)})
    world.control("GET", "/idle?wait=10")
    return [(one["source"]["userId"], one["message"]["text"]) for one in world.bot.events]


def test_order_is_kept_per_citizen(world: Any) -> None:
    people = [world.citizen() for _ in range(6)]
    heard = speak(world, people, 8)
    for user in people:
        assert [text for who, text in heard if who == user] == [str(turn) for turn in range(8)]


def test_disorder(world: Any) -> None:
    world.control("POST", "/settings", {"shuffle": True})
    user = world.citizen()
    heard = speak(world, [user], 12)
    assert sorted(heard) == sorted((user, str(turn)) for turn in range(12))
    assert heard != [(user, str(turn)) for turn in range(12)]
    stamps = [one["timestamp"] for one in world.bot.events]
    assert len(set(stamps)) == 1


def test_duplicates(world: Any) -> None:
    world.control("POST", "/settings", {"duplicate": 2})
    event = world.say(world.citizen())
    assert world.bot.events == [event] * 3


def test_several_events_in_one_body(world: Any) -> None:
    people = [world.citizen() for _ in range(3)]
    world.control("POST", "/settings", {"batch": 3, "hold": True})
    for user in people:
        world.control("POST", f"/citizens/{user}/messages", {"type": "text", "text": "ก"})
    assert world.call("GET", "/control/idle?wait=0.1").status == 408
    assert not world.bot.bodies
    threading.Event().wait(0.06)
    world.control("POST", "/settings", {"hold": False})
    world.control("GET", "/idle?wait=5")
    assert len(world.bot.bodies) == 1
    assert [one["source"]["userId"] for one in world.bot.events] == people


def test_raw_events(world: Any) -> None:
    odd = {
        "type": "levitate",
        "mode": "active",
        "source": {"type": "user", "userId": "U" + "7" * 32},
        "replyToken": "t1",
    }
    world.control("POST", "/events", {"events": [odd]})
    world.control("GET", "/idle?wait=5")
    assert world.bot.events == [odd]
    body = {"replyToken": "t1", "messages": [{"type": "text", "text": "ก"}]}
    assert world.call("POST", "/v2/bot/message/reply", body).status == 200
    assert world.received("U" + "7" * 32) == 1


def test_raw_events_in_one_body_or_only_made_known(world: Any) -> None:
    events = [
        {"type": "x", "replyToken": f"t{n}", "source": {"type": "user", "userId": f"U{n:032x}"}} for n in range(3)
    ]
    assert world.control("POST", "/events", {"events": events, "together": True})["status"] == 200
    assert [json.loads(body)["events"] for body in world.bot.bodies] == [events]
    later = {"type": "x", "replyToken": "later", "source": events[0]["source"]}
    world.control("POST", "/events", {"events": [later], "send": False})
    world.control("GET", "/idle?wait=5")
    assert len(world.bot.bodies) == 1
    body = {"replyToken": "later", "messages": [{"type": "text", "text": "ก"}]}
    assert world.call("POST", "/v2/bot/message/reply", body).status == 200
    assert world.call("POST", "/control/events", {"events": ["x"]}).status == 400


def test_webhook_endpoint(world: Any) -> None:
    path, test = "/v2/bot/channel/webhook/endpoint", "/v2/bot/channel/webhook/test"
    assert world.sdk.get_webhook_endpoint().endpoint == world.bot.url
    told = world.call("POST", test, {}).json()
    assert (told["success"], told["statusCode"], told["reason"]) == (True, 200, "OK")
    assert json.loads(world.bot.bodies[0]) == {"destination": world.standin.bot_id, "events": []}
    world.bot.statuses = [401]
    assert world.call("POST", test, {}).json()["reason"] == "ERROR_STATUS_CODE"
    for url in ("http://example.org/", "https://", "ftp://x", "https://example.org/" + "a" * 500):
        assert world.call("PUT", path, {"endpoint": url}).status == 400
    assert world.call("PUT", path, {"endpoint": "https://example.org/line"}).status == 200
    assert world.sdk.get_webhook_endpoint().endpoint == "https://example.org/line"
