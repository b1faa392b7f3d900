"""The control API: citizens, chats, calls, faults, reset; and living under a prefix."""

import threading
import time
from typing import Any

import pytest
import urllib3
from flask import Flask
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, PushMessageRequest, TextMessage

from handlers.standin.app import blueprint
from handlers.standin.serving import serve
from handlers.standin.state import Standin

PUSH = "/v2/bot/message/push"


def test_citizens(world: Any) -> None:
    user = world.control("POST", "/citizens", {"displayName": "มะลิ", "language": "my"})
    assert user == {
        "userId": user["userId"], "displayName": "มะลิ", "language": "my",
        "pictureUrl": "", "friend": False, "blocked": False,
    }  # fmt: skip
    one = f"/citizens/{user['userId']}"
    world.control("POST", one + "/follow")
    world.control("POST", one + "/block")
    assert world.control("GET", one)["blocked"]
    world.control("POST", one + "/unblock")
    assert world.control("GET", "/citizens")["citizens"] == [user | {"friend": True}]
    chosen = "U" + "a" * 32
    assert world.control("POST", "/citizens", {"userId": chosen})["userId"] == chosen
    assert world.call("POST", "/control/citizens", {"userId": chosen}).status == 409
    assert world.call("POST", "/control/citizens", {"userId": "U1"}).status == 400
    assert world.call("POST", "/control/citizens/U1/follow").status == 404


@pytest.mark.parametrize(
    "said",
    [
        {"type": "text"},
        {"type": "text", "text": ""},
        {"type": "shout", "text": "ก"},
        {"type": "sticker"},
        {"type": "image", "content": "?"},
        {},
    ],
)
def test_what_cannot_be_said(world: Any, said: dict[str, Any]) -> None:
    answer = world.call("POST", f"/control/citizens/{world.citizen()}/messages", said)
    assert answer.status == 400 and answer.json()["error"]
    assert world.control("GET", "/chat")["items"] == []


def test_the_chat_shows_both_sides(world: Any) -> None:
    user, other = world.citizen(), world.citizen()
    event = world.say(user, text="ไฟถนนเสีย")
    body = {"replyToken": event["replyToken"], "messages": [{"type": "text", "text": "รับเรื่องแล้วค่ะ"}]}
    world.call("POST", "/v2/bot/message/reply", body)
    world.say(other)
    chat = world.control("GET", f"/chat?since=0&user={user}")
    mine, answer = chat["items"]
    assert (mine["from"], mine["kind"], mine["message"]["text"], mine["raw"]) == (
        "citizen",
        "message",
        "ไฟถนนเสีย",
        event,
    )
    assert (answer["from"], answer["via"], answer["message"]) == ("bot", "reply", body["messages"][0])
    assert answer["raw"]["body"] == body and answer["raw"]["path"] == "/v2/bot/message/reply"
    assert len(world.control("GET", "/chat")["items"]) == 3
    assert world.control("GET", f"/chat?since={mine['cursor']}&user={user}")["items"] == [answer]
    assert world.control("GET", f"/chat?since={chat['cursor'] + 99}")["cursor"] == chat["cursor"]


def test_unsent_words_are_gone_from_the_chat(world: Any) -> None:
    user = world.citizen()
    message = world.say(user, text="ความลับ")["message"]["id"]
    before = world.control("GET", "/chat")["cursor"]
    path = f"/citizens/{user}/messages/{message}"
    event = world.event(world.control("DELETE", path)["webhookEventId"])
    assert event["unsend"] == {"messageId": message}
    (update,) = world.control("GET", f"/chat?since={before}")["items"]
    assert (update["messageId"], update["unsent"]) == (message, True)
    assert "ความลับ" not in str(world.control("GET", "/chat"))
    assert world.call("DELETE", "/control" + path).status == 404
    assert world.call("DELETE", f"/control/citizens/{world.citizen()}/messages/{message}").status == 404


def test_a_postback_shows_what_it_says(world: Any) -> None:
    user = world.citizen()
    world.control("POST", f"/citizens/{user}/postback", {"data": "q=1", "displayText": "ใช่"})
    (item,) = world.control("GET", "/chat")["items"]
    assert (item["kind"], item["message"]) == ("postback", {"type": "postback", "data": "q=1", "displayText": "ใช่"})
    assert world.call("POST", f"/control/citizens/{user}/postback", {}).status == 400


def test_the_chat_can_be_waited_for(world: Any) -> None:
    user, heard = world.citizen(), []
    waiting = threading.Thread(target=lambda: heard.append(world.control("GET", f"/chat?wait=5&user={user}")))
    waiting.start()
    world.say(world.citizen())
    world.say(user, text="มาแล้ว")
    waiting.join(5)
    assert [one["message"]["text"] for one in heard[0]["items"]] == ["มาแล้ว"]


def test_calls_are_noted_without_the_token(world: Any) -> None:
    user = world.citizen()
    key = "123e4567-e89b-12d3-a456-426614174000"
    world.send(user, X_Line_Retry_Key=key)
    world.call("GET", f"/v2/bot/profile/{user}")
    noted = world.control("GET", f"/calls?path={PUSH}")["calls"]
    assert [(one["method"], one["status"], one["body"]["to"]) for one in noted] == [("POST", 200, user)]
    assert noted[0]["headers"]["X-Line-Retry-Key"] == key
    everything = world.control("GET", "/calls")
    assert [one["path"] for one in everything["calls"]] == [PUSH, f"/v2/bot/profile/{user}"]
    assert "a-channel-token" not in str(everything)
    assert world.control("GET", f"/calls?since={everything['cursor']}")["calls"] == []
    assert len(world.control("GET", "/calls?path=/v2/bot/profile/*")["calls"]) == 1


@pytest.mark.parametrize(
    ("fault", "statuses", "received"),
    [
        ({"status": 500}, [500, 200], 1),
        ({"status": 500, "accept": True}, [500, 200], 2),
        ({"status": 429, "times": 2}, [429, 429], 0),
        ({"status": 429, "method": "GET"}, [200, 200], 2),
        ({"status": 503, "path": "/v2/bot/message/*"}, [503, 200], 1),
        ({"delay": 0.01}, [200, 200], 2),
    ],
)
def test_faults(world: Any, fault: dict[str, Any], statuses: list[int], received: int) -> None:
    user = world.citizen()
    world.control("POST", "/faults", {"path": PUSH} | fault)
    assert [world.send(user).status for _ in statuses] == statuses
    assert world.received(user) == received


@pytest.mark.parametrize("accept", [True, False])
def test_a_connection_that_is_dropped(world: Any, accept: bool) -> None:
    user = world.citizen()
    world.control("POST", "/faults", {"path": PUSH, "drop": True, "accept": accept})
    with pytest.raises(urllib3.exceptions.ProtocolError):
        world.send(user)
    assert world.received(user) == int(accept)
    assert world.send(user).status == 200


def test_an_answer_that_comes_too_late(world: Any) -> None:
    user = world.citizen()
    world.control("POST", "/faults", {"path": PUSH, "delay": 0.3, "accept": True})
    request = PushMessageRequest(to=user, messages=[TextMessage(text="ก")])
    with pytest.raises(urllib3.exceptions.HTTPError):
        world.sdk.push_message(request, _request_timeout=0.05)
    deadline = time.monotonic() + 5
    while not world.received(user) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert world.received(user) == 1


@pytest.mark.parametrize(
    "fault", [{}, {"path": PUSH}, {"path": PUSH, "status": 500, "times": 0}, {"path": PUSH, "statis": 5}]
)
def test_senseless_faults(world: Any, fault: dict[str, Any]) -> None:
    assert world.call("POST", "/control/faults", fault).status == 400


@pytest.mark.parametrize(
    "wanted", [{"speed": 1}, {"quota": "many"}, {"mode": "asleep"}, {"latency": -1}, {"rates": {"*": 5}}]
)
def test_senseless_settings(world: Any, wanted: dict[str, Any]) -> None:
    before = world.control("GET", "/settings")
    assert world.call("POST", "/control/settings", wanted).status == 400
    assert world.control("GET", "/settings") == before


def test_reset(world: Any) -> None:
    user = world.citizen()
    world.control("POST", "/settings", {"quota": 5, "rates": {"*": None}})
    cursor = world.control("GET", "/chat")["cursor"]
    world.say(user)
    world.control("POST", "/reset")
    assert world.control("GET", "/citizens")["citizens"] == []
    assert world.control("GET", "/settings")["quota"] is None
    assert world.control("GET", "/webhooks")["webhooks"] == []
    world.say(world.citizen())
    assert len(world.control("GET", f"/chat?since={cursor}")["items"]) == 1


def test_the_oldest_make_room(world: Any) -> None:
    chat = world.standin.chat
    user = world.citizen()
    with world.standin.lock:
        for number in range(20_050):
            chat.add({"userId": user, "messageId": str(number), "message": {}})
    assert len(chat.since(0)) == 20_000
    assert chat.find("0") is None and chat.find("20049") is not None


def test_under_a_prefix() -> None:
    """As in the demo: one server, the stand-in below /standin."""
    standin = Standin("secret", "token", "")
    app = Flask("demo")
    app.register_blueprint(blueprint(standin), url_prefix="/standin")
    server = serve(app)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    host = f"http://127.0.0.1:{server.port}/standin"
    user = urllib3.request("POST", host + "/control/citizens", json={"friend": True}).json()["userId"]
    api = MessagingApi(ApiClient(Configuration(host=host, access_token="token")))
    assert api.push_message(PushMessageRequest(to=user, messages=[TextMessage(text="ก")])).sent_messages
    calls = urllib3.request("GET", host + "/control/calls").json()["calls"]
    assert [one["path"] for one in calls] == [PUSH]
    server.shutdown()
    server.server_close()
