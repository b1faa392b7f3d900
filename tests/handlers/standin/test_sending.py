"""Sending with the real SDK: reply tokens, retry keys, recipients, quota, rates."""

import json
import time
import uuid
from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiException,
    BroadcastRequest,
    ButtonsTemplate,
    DatetimePickerAction,
    FlexContainer,
    FlexMessage,
    LocationMessage,
    MulticastRequest,
    NarrowcastRequest,
    PostbackAction,
    PushMessageRequest,
    QuickReply,
    QuickReplyItem,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
    StickerMessage,
    TemplateMessage,
    TextMessage,
    ValidateMessageRequest,
)

HELLO = TextMessage(text="สวัสดีค่ะ")


def reply(world: Any, token: str) -> Any:
    return world.sdk.reply_message(ReplyMessageRequest(reply_token=token, messages=[HELLO]))


def push(world: Any, to: str, key: str | None = None, message: Any = HELLO) -> Any:
    request = PushMessageRequest(to=to, messages=[message])
    return world.sdk.push_message_with_http_info(request, x_line_retry_key=key)


def multicast(world: Any, to: list[str], key: str | None = None) -> Any:
    return world.sdk.multicast_with_http_info(MulticastRequest(to=to, messages=[HELLO]), x_line_retry_key=key)


def refusal(call: Any, *arguments: Any) -> tuple[int, dict[str, Any]]:
    with pytest.raises(ApiException) as caught:
        call(*arguments)
    assert caught.value.headers["x-line-request-id"]
    return caught.value.status, json.loads(caught.value.body)


INVALID_TOKEN = (400, {"message": "Invalid reply token"})


def test_a_reply_token_works_once(world: Any) -> None:
    user = world.citizen()
    token = world.say(user)["replyToken"]
    sent = reply(world, token).sent_messages
    assert len(sent) == 1 and sent[0].id and sent[0].quote_token
    assert refusal(reply, world, token) == INVALID_TOKEN
    assert world.received(user) == 1


@pytest.mark.parametrize(("seconds", "works"), [(0, True), (60, True), (61, False)])
def test_a_reply_token_lives_a_minute(world: Any, seconds: int, works: bool) -> None:
    token = world.say(world.citizen())["replyToken"]
    world.clock.pass_by(seconds)
    if works:
        assert reply(world, token).sent_messages
    else:
        assert refusal(reply, world, token) == INVALID_TOKEN


def test_an_unknown_reply_token_is_invalid(world: Any) -> None:
    assert refusal(reply, world, "f" * 32) == INVALID_TOKEN
    world.control("POST", "/settings", {"unknown_replies": True})
    assert reply(world, "f" * 32).sent_messages


@pytest.mark.parametrize(("after", "works"), [(19 * 60, True), (21 * 60, False)])
def test_a_redelivery_renews_the_minute_but_not_for_ever(world: Any, after: int, works: bool) -> None:
    world.bot.statuses = [500]
    world.control("POST", "/settings", {"redelivery": 1, "backoff": 0.3})
    user = world.citizen()
    world.control("POST", f"/citizens/{user}/messages", {"type": "text", "text": "ก"})
    deadline = time.monotonic() + 5
    while not world.bot.events and time.monotonic() < deadline:
        time.sleep(0.005)
    world.clock.pass_by(after)
    world.control("GET", "/idle?wait=5")
    first, second = world.bot.events
    assert second == first | {"deliveryContext": {"isRedelivery": True}}
    if works:
        assert reply(world, first["replyToken"]).sent_messages
    else:
        assert refusal(reply, world, first["replyToken"]) == INVALID_TOKEN


def test_a_wrong_message_does_not_use_up_the_token(world: Any) -> None:
    token = world.say(world.citizen())["replyToken"]
    wrong = {"replyToken": token, "messages": [{"type": "text", "text": ""}]}
    assert world.call("POST", "/v2/bot/message/reply", wrong).status == 400
    assert reply(world, token).sent_messages


def test_reply_takes_no_retry_key(world: Any) -> None:
    token = world.say(world.citizen())["replyToken"]
    body = {"replyToken": token, "messages": [{"type": "text", "text": "ก"}]}
    assert world.call("POST", "/v2/bot/message/reply", body, X_Line_Retry_Key=str(uuid.uuid4())).status == 400
    assert world.call("POST", "/v2/bot/message/reply", body).status == 200


def test_a_retry_key_sends_once(world: Any) -> None:
    user, key = world.citizen(), str(uuid.uuid4())
    first = push(world, user, key)
    with pytest.raises(ApiException) as caught:
        push(world, user, key)
    again = caught.value
    assert again.status == 409
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert again.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert json.loads(again.body) == {
        "message": "The retry key is already accepted",
        "sentMessages": [{"id": one.id, "quoteToken": one.quote_token} for one in first.data.sent_messages],
    }
    assert world.received(user) == 1
    keys = world.control("GET", "/deliveries")["retryKeys"]
    assert keys == {key: {"attempts": 2, "accepted": True, "messages": 1}}


def test_a_retry_key_is_forgotten_after_a_day(world: Any) -> None:
    user, key = world.citizen(), str(uuid.uuid4())
    push(world, user, key)
    world.clock.pass_by(24 * 3600)
    assert refusal(push, world, user, key)[0] == 409
    world.clock.pass_by(1)
    assert push(world, user, key).status_code == 200
    assert world.received(user) == 2


def test_a_retry_key_goes_with_one_body(world: Any) -> None:
    user, key = world.citizen(), str(uuid.uuid4())
    push(world, user, key)
    assert refusal(push, world, user, key, TextMessage(text="อื่น"))[0] == 400
    assert refusal(push, world, world.citizen(), key)[0] == 400


@pytest.mark.parametrize("key", ["1", "not-a-uuid", "123e4567e89b12d3a456426614174000", ""])
def test_a_retry_key_is_a_uuid(world: Any, key: str) -> None:
    assert world.send(world.citizen(), X_Line_Retry_Key=key).status == 400


def test_a_refused_call_leaves_its_retry_key_free(world: Any) -> None:
    user, key = world.citizen(), str(uuid.uuid4())
    world.control("POST", "/faults", {"path": "/v2/bot/message/push", "status": 500})
    assert refusal(push, world, user, key)[0] == 500
    assert push(world, user, key).status_code == 200


def test_multicast_broadcast_and_narrowcast_keep_retry_keys_too(world: Any) -> None:
    user = world.citizen()
    sends = (
        lambda key: multicast(world, [user], key),
        lambda key: world.sdk.broadcast(BroadcastRequest(messages=[HELLO]), x_line_retry_key=key),
        lambda key: world.sdk.narrowcast(NarrowcastRequest(messages=[HELLO]), x_line_retry_key=key),
    )
    for send in sends:
        key = str(uuid.uuid4())
        send(key)
        assert refusal(send, key) == (409, {"message": "The retry key is already accepted"})
    assert world.received(user) == 3


def test_who_receives(world: Any) -> None:
    friend, blocked, stranger, writer = (world.citizen(friend=one) for one in (True, True, False, False))
    world.control("POST", f"/citizens/{blocked}/block")
    world.say(writer)
    people = [friend, blocked, stranger, writer]
    for one in people:
        assert push(world, one).status_code == 200
    assert [world.received(one) for one in people] == [1, 0, 0, 1]
    world.clock.pass_by(7 * 24 * 3600 + 1)
    assert push(world, writer).status_code == 200
    assert world.received(writer) == 1
    assert multicast(world, people).status_code == 200
    world.sdk.broadcast(BroadcastRequest(messages=[HELLO]))
    assert [world.received(one) for one in people] == [3, 0, 0, 1]


def test_unknown_users(world: Any) -> None:
    stranger = "U" + "0" * 32
    assert refusal(push, world, stranger) == (400, {"message": "Failed to send messages"})
    assert refusal(push, world, "somchai")[0] == 400
    assert multicast(world, [stranger]).status_code == 200
    world.control("POST", "/settings", {"strangers": "refuse"})
    assert refusal(multicast, world, [stranger])[0] == 400


@pytest.mark.parametrize(("count", "status"), [(0, 400), (1, 200), (500, 200), (501, 400)])
def test_multicast_takes_500(platform: Any, count: int, status: int) -> None:
    body = {"to": [f"U{one:032x}" for one in range(count)], "messages": [{"type": "text", "text": "ก"}]}
    assert platform.call("POST", "/v2/bot/message/multicast", body).status == status


def test_multicast_refuses_duplicates(platform: Any) -> None:
    body = {"to": ["U" + "1" * 32] * 2, "messages": [{"type": "text", "text": "ก"}]}
    assert platform.call("POST", "/v2/bot/message/multicast", body).status == 400


@pytest.mark.parametrize(
    ("units", "status"),
    [([], 200), (["srv_1_a"], 200), (["a" * 30], 200), (["a" * 31], 400), (["a-b"], 400), (["a", "b"], 400)],
)
def test_aggregation_units(world: Any, units: list[str], status: int) -> None:
    assert world.send(world.citizen(), customAggregationUnits=units).status == status
    names = world.sdk.get_aggregation_unit_name_list().custom_aggregation_units
    assert names == (units if status == 200 else [])


def test_quota(world: Any) -> None:
    one, two, three = world.citizen(), world.citizen(), world.citizen()
    world.control("PATCH", f"/citizens/{three}", {"blocked": True})
    assert world.sdk.get_message_quota().type == "none"
    world.control("POST", "/settings", {"quota": 3})
    assert world.sdk.get_message_quota().value == 3
    multicast(world, [one, two, three])
    assert world.sdk.get_message_quota_consumption().total_usage == 2
    spent = (429, {"message": "You have reached your monthly limit."})
    assert refusal(multicast, world, [one, two]) == spent
    push(world, one)
    assert refusal(push, world, one) == spent
    assert push(world, three).status_code == 200
    reply(world, world.say(one)["replyToken"])
    assert world.sdk.get_message_quota_consumption().total_usage == 3
    world.clock.pass_by(32 * 24 * 3600)
    assert world.sdk.get_message_quota_consumption().total_usage == 0
    assert push(world, one).status_code == 200


def test_a_group_costs_its_members(world: Any) -> None:
    members = [world.citizen() for _ in range(3)]
    group = world.control("POST", "/groups", {"members": members})["groupId"]
    push(world, group)
    assert world.sdk.get_message_quota_consumption().total_usage == 3
    assert world.received(group) == 1


def test_rates(world: Any) -> None:
    user = world.citizen()
    world.control("POST", "/settings", {"rates": {"/v2/bot/message/push": [2, 1]}})
    assert [world.send(user).status for _ in range(3)] == [200, 200, 429]
    assert world.send(user).json() == {"message": "The API rate limit has been exceeded. Try again later."}
    assert multicast(world, [user]).status_code == 200
    world.clock.pass_by(0.5)
    assert [world.send(user).status for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(("path", "most"), [("broadcast", 60), ("narrowcast", 60), ("multicast", 200)])
def test_rates_of_line(world: Any, path: str, most: int) -> None:
    body = {"messages": [{"type": "text", "text": "ก"}]} | ({"to": ["U" + "1" * 32]} if path == "multicast" else {})
    statuses = [world.call("POST", f"/v2/bot/message/{path}", body).status for _ in range(most + 1)]
    assert set(statuses[:most]) <= {200, 202}
    assert statuses[most] == 429


def test_narrowcast_is_told_later(world: Any) -> None:
    users = [world.citizen() for _ in range(3)]
    body = {"messages": [{"type": "text", "text": "ก"}], "limit": {"max": 2}}
    answer = world.call("POST", "/v2/bot/message/narrowcast", body)
    assert (answer.status, answer.json()) == (202, {})
    done = world.sdk.get_narrowcast_progress(answer.headers["x-line-request-id"])
    assert (done.phase, done.success_count) == ("succeeded", 2)
    assert sum(world.received(one) for one in users) == 2
    assert world.call("GET", "/v2/bot/message/progress/narrowcast?requestId=x").status == 404


def test_mentions_and_quotes(world: Any) -> None:
    user = world.citizen()
    group = world.control("POST", "/groups", {"members": [user]})["groupId"]
    mention = {"a": {"type": "mention", "mentionee": {"type": "user", "userId": user}}}
    message = {"type": "textV2", "text": "{a}", "substitution": mention}
    assert world.send(group, message).status == 200
    assert world.send(user, message).status == 400
    token = world.say(user)["message"]["quoteToken"]
    assert world.send(user, {"type": "text", "text": "ก", "quoteToken": token}).status == 200
    assert world.send(group, {"type": "text", "text": "ก", "quoteToken": token}).status == 400
    assert world.send(user, {"type": "text", "text": "ก", "quoteToken": "x"}).status == 400


def test_what_the_sdk_makes_is_taken(world: Any) -> None:
    choices = [
        QuickReplyItem(action=PostbackAction(label=f"ข้อ {n}", data=f"n={n}", display_text="ก")) for n in range(13)
    ]
    days = DatetimePickerAction(label="เลือกวัน", data="d", mode="date", initial="2026-11-21", min="2026-01-01")
    card = {
        "type": "bubble",
        "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "ก"}]},
    }
    messages = [
        TextMessage(text="ก", quick_reply=QuickReply(items=choices)),
        FlexMessage(alt_text="ก", contents=FlexContainer.from_dict(card)),
        TemplateMessage(alt_text="ก", template=ButtonsTemplate(text="ก", title="ข", actions=[days])),
        LocationMessage(title="ก", address="ข", latitude=13.75, longitude=100.5),
        StickerMessage(package_id="446", sticker_id="1988"),
    ]
    user = world.citizen()
    world.sdk.validate_push(ValidateMessageRequest(messages=messages))
    sent = world.sdk.push_message(PushMessageRequest(to=user, messages=messages)).sent_messages
    items = world.control("GET", f"/chat?user={user}")["items"]
    assert [one["messageId"] for one in items] == [one.id for one in sent]
    assert [one["message"]["type"] for one in items] == ["text", "flex", "template", "location", "sticker"]


def test_loading_ends_with_time_or_the_next_message(world: Any) -> None:
    user = world.citizen()

    def shows() -> bool:
        return bool(world.control("GET", f"/loading/{user}")["loading"])

    start = ShowLoadingAnimationRequest(chat_id=user, loading_seconds=10)
    assert world.sdk.show_loading_animation_with_http_info(start).status_code == 202
    assert shows()
    world.clock.pass_by(10)
    assert not shows()
    world.sdk.show_loading_animation(start)
    push(world, user)
    assert not shows()


@pytest.mark.parametrize(
    ("seconds", "status"), [(5, 202), (60, 202), (0, 400), (4, 400), (7, 400), (65, 400), ("5", 400), (None, 202)]
)
def test_loading_seconds(world: Any, seconds: Any, status: int) -> None:
    body = {"chatId": world.citizen()} | ({} if seconds is None else {"loadingSeconds": seconds})
    assert world.call("POST", "/v2/bot/chat/loading/start", body).status == status


def test_the_body_itself(world: Any) -> None:
    user, path = world.citizen(), "/v2/bot/message/push"
    good = {"to": user, "messages": [{"type": "text", "text": "ก"}]}
    assert world.call("POST", path, good, Content_Type="text/plain").status == 415
    assert world.call("POST", path, b"{").json()["message"].startswith("The request body could not be parsed as JSON")
    assert world.call("POST", path, b"\xff{}").status == 400
    assert world.call("POST", path, [good]).status == 400
    big = json.dumps(good).encode()
    assert world.call("POST", path, big + b" " * (2 * 1024 * 1024 - len(big))).status == 200
    assert world.call("POST", path, big + b" " * (2 * 1024 * 1024 - len(big) + 1)).status == 413
    assert world.call("POST", path, good, Authorization="Bearer other").status == 401
    assert world.call("POST", path, good, Authorization="").status == 401
    assert world.call("POST", "/v2/bot/message/shout", good).status == 404
    assert world.call("DELETE", path).status == 404
    assert world.received(user) == 1
