"""Profiles, followers, contents, groups, tokens, counts, and the rich menus of the account."""

import base64
import json
import struct
import uuid
from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiException,
    CreateRichMenuAliasRequest,
    MarkMessagesAsReadByTokenRequest,
    MessageAction,
    RichMenuArea,
    RichMenuBounds,
    RichMenuBulkLinkRequest,
    RichMenuBulkUnlinkRequest,
    RichMenuRequest,
    RichMenuSize,
    UpdateRichMenuAliasRequest,
)


def status(call: Any, *arguments: Any, **more: Any) -> int:
    with pytest.raises(ApiException) as caught:
        call(*arguments, **more)
    return int(caught.value.status)


def test_profile(world: Any) -> None:
    user = world.citizen("มะลิ")
    world.control("PATCH", f"/citizens/{user}", {"language": "my", "pictureUrl": "https://example.org/m.png"})
    shown = world.sdk.get_profile(user)
    assert (shown.display_name, shown.user_id, shown.language) == ("มะลิ", user, "my")
    world.control("POST", f"/citizens/{user}/block")
    assert status(world.sdk.get_profile, user) == 404
    stranger = world.citizen(friend=False)
    assert status(world.sdk.get_profile, stranger) == 404
    world.say(stranger)
    assert world.sdk.get_profile(stranger).user_id == stranger
    assert status(world.sdk.get_profile, "U" + "0" * 32) == 404
    assert status(world.sdk.get_profile, "somchai") == 400


def test_followers(world: Any) -> None:
    friends = [world.citizen() for _ in range(3)]
    world.citizen(friend=False)
    assert status(world.sdk.get_followers) == 403
    world.control("POST", "/settings", {"verified": True})
    first = world.sdk.get_followers(limit=2)
    assert (first.user_ids, first.next) == (friends[:2], "2")
    last = world.sdk.get_followers(limit=2, start=first.next)
    assert (last.user_ids, last.next) == (friends[2:], None)
    assert world.call("GET", "/v2/bot/followers/ids?limit=1001").status == 400
    assert world.call("GET", "/v2/bot/followers/ids?start=x").status == 400


def test_bot_info(world: Any) -> None:
    assert world.sdk.get_bot_info().user_id == world.standin.bot_id


def test_content(world: Any) -> None:
    user, photo = world.citizen(), bytes(range(256))
    sent = {"type": "image", "content": base64.b64encode(photo).decode(), "contentType": "image/png"}
    message = world.say(user, **sent)["message"]["id"]
    answer = world.blob.get_message_content_with_http_info(message)
    assert (bytes(answer.data), answer.headers["Content-Type"]) == (photo, "image/png")
    assert bytes(world.blob.get_message_content_preview(message)) == photo
    assert world.control("GET", f"/media/{message}") == photo
    world.control("DELETE", f"/citizens/{user}/messages/{message}")
    assert status(world.blob.get_message_content, message) == 410
    assert world.call("GET", f"/control/media/{message}").status == 404
    for none in (
        "1",
        world.say(user)["message"]["id"],
        world.say(user, **sent | {"external": "https://example.org/a"})["message"]["id"],
    ):
        assert status(world.blob.get_message_content, none) == 404


def test_content_that_takes_time(world: Any) -> None:
    video = {"type": "video", "content": base64.b64encode(b"film").decode(), "contentType": "video/mp4", "notReady": 2}
    message = world.say(world.citizen(), **video)["message"]["id"]
    path = f"/v2/bot/message/{message}/content"
    assert world.call("GET", path + "/transcoding").json() == {"status": "processing"}
    assert [world.call("GET", path).status for _ in range(3)] == [202, 202, 200]
    assert bytes(world.blob.get_message_content_preview(message)).startswith(b"\x89PNG")
    assert world.blob.get_message_content_transcoding_by_message_id(message).status == "succeeded"


def test_mark_as_read(world: Any) -> None:
    token = world.say(world.citizen())["message"]["markAsReadToken"]
    world.sdk.mark_messages_as_read_by_token(MarkMessagesAsReadByTokenRequest(mark_as_read_token=token))
    assert world.call("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": "x"}).status == 400


def test_groups(world: Any) -> None:
    user, other = world.citizen("มะลิ"), world.citizen()
    group = world.control("POST", "/groups", {"members": [user], "groupName": "หมู่ ๓"})["groupId"]
    assert world.sdk.get_group_summary(group).group_name == "หมู่ ๓"
    assert world.sdk.get_group_member_count(group).count == 1
    assert world.sdk.get_group_members_ids(group).member_ids == [user]
    assert world.sdk.get_group_member_profile(group, user).display_name == "มะลิ"
    assert status(world.sdk.get_group_member_profile, group, other) == 404
    world.sdk.leave_group(group)
    assert status(world.sdk.get_group_summary, group) == 404
    assert world.send(group).status == 400
    assert world.received(group) == 0


def test_counts_are_known_the_next_day(world: Any) -> None:
    users = [world.citizen() for _ in range(20)]
    body = {"messages": [{"type": "text", "text": "ก"}]}
    cast = world.call("POST", "/v2/bot/message/broadcast", body).headers["x-line-request-id"]
    world.call("POST", "/v2/bot/message/multicast", body | {"to": users, "customAggregationUnits": ["srv_1"]})
    world.send(users[0], customAggregationUnits=["srv_2"])
    world.call("POST", "/v2/bot/message/reply", body | {"replyToken": world.say(users[0])["replyToken"]})
    days = {
        via: getattr(world.sdk, f"get_number_of_sent_{via}_messages")
        for via in ("reply", "push", "multicast", "broadcast")
    }
    assert {call("20260921").status for call in days.values()} == {"unready"}
    world.clock.pass_by(24 * 3600)
    assert {via: call("20260921").success for via, call in days.items()} == {
        "reply": 1, "push": 1, "multicast": 20, "broadcast": 20,
    }  # fmt: skip
    assert world.call("GET", "/v2/bot/message/delivery/push?date=2026-09-21").status == 400
    insight = "/v2/bot/insight/message/event"
    overview = world.call("GET", f"{insight}?requestId={cast}").json()["overview"]
    assert (overview["delivered"], overview["uniqueImpression"], overview["uniqueClick"]) == (20, 20, None)
    for unit, seen in (("srv_1", 20), ("srv_2", None), ("srv_3", None)):
        answer = world.call("GET", f"{insight}/aggregation?customAggregationUnit={unit}&from=20260901&to=20260930")
        assert answer.json()["overview"]["uniqueImpression"] == seen
    assert world.call("GET", f"{insight}/aggregation?customAggregationUnit=a&from=20260901&to=20261130").status == 400
    followers = world.call("GET", "/v2/bot/insight/followers?date=20260921").json()
    assert followers == {"status": "ready", "followers": 20, "targetedReaches": 20, "blocks": 0}


def jwt(**claims: Any) -> str:
    parts = [
        base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in ({"alg": "RS256"}, claims)
    ]
    return ".".join((*parts, "c2lnbmVk"))


def form(world: Any, path: str, **fields: str) -> Any:
    return world.pool.request("POST", world.url + path, fields=fields, encode_multipart=False)


def test_a_stateless_token_lives_15_minutes(world: Any) -> None:
    secret = {"grant_type": "client_credentials", "client_id": "1", "client_secret": "a-channel-secret"}
    answer = form(world, "/oauth2/v3/token", **secret).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 900)
    token = answer["access_token"]
    assert world.call("GET", "/v2/bot/info", Authorization=f"Bearer {token}").status == 200
    assert world.call("GET", f"/oauth2/v2.1/verify?access_token={token}").json()["expires_in"] == 900
    world.clock.pass_by(900)
    assert world.call("GET", "/v2/bot/info", Authorization=f"Bearer {token}").status == 401
    assert world.call("GET", f"/oauth2/v2.1/verify?access_token={token}").status == 400
    for wrong in ({"client_secret": "x"}, {"grant_type": "password"}, {"client_id": ""}):
        refused = form(world, "/oauth2/v3/token", **secret | wrong)
        assert refused.status == 400 and refused.json()["error"]


def test_version_2_1_tokens(world: Any) -> None:
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt(exp=int(world.clock.now) + 1800, token_exp=3600),
    }
    answer = form(world, "/oauth2/v2.1/token", **asked).json()
    assert answer["expires_in"] == 3600
    assert world.call("GET", "/oauth2/v2.1/tokens/kid").json() == {"kids": [answer["key_id"]]}
    assert form(world, "/oauth2/v2.1/revoke", access_token=answer["access_token"]).status == 200
    assert world.call("GET", "/v2/bot/info", Authorization=f"Bearer {answer['access_token']}").status == 401
    statuses = [form(world, "/oauth2/v2.1/token", **asked).status for _ in range(31)]
    assert statuses == [200] * 30 + [400]
    for late in (jwt(exp=int(world.clock.now) + 1801), jwt(exp=int(world.clock.now)), jwt(), "a.b.c", "x"):
        assert form(world, "/oauth2/v3/token", **asked | {"client_assertion": late}).status == 400


def test_short_lived_tokens(world: Any) -> None:
    secret = {"grant_type": "client_credentials", "client_id": "1", "client_secret": "a-channel-secret"}
    answer = form(world, "/v2/oauth/accessToken", **secret).json()
    assert answer["expires_in"] == 30 * 24 * 3600
    assert form(world, "/v2/oauth/verify", access_token=answer["access_token"]).status == 200
    form(world, "/v2/oauth/revoke", access_token=answer["access_token"])
    assert form(world, "/v2/oauth/verify", access_token=answer["access_token"]).status == 400


def menu(**more: Any) -> dict[str, Any]:
    area = {"bounds": {"x": 0, "y": 0, "width": 2500, "height": 843}, "action": {"type": "message", "text": "ก"}}
    made = {
        "size": {"width": 2500, "height": 843},
        "selected": False,
        "name": "ก",
        "chatBarText": "เมนู",
        "areas": [area],
    }
    return made | more


def area(**more: Any) -> dict[str, Any]:
    return {"bounds": {"x": 0, "y": 0, "width": 1, "height": 1}, "action": {"type": "message", "text": "ก"}} | more


SWITCH = {"type": "richmenuswitch", "richMenuAliasId": "a" * 32, "data": "x" * 300}

MENUS = [
    (menu(), menu(size={"width": 799, "height": 250}), "size.width"),
    (menu(size={"width": 2500, "height": 1686}), menu(size={"width": 2501, "height": 843}), "size.width"),
    (
        menu(size={"width": 800, "height": 250}, areas=[]),
        menu(size={"width": 800, "height": 249}, areas=[]),
        "size.height",
    ),
    (
        menu(size={"width": 1450, "height": 1000}, areas=[]),
        menu(size={"width": 1449, "height": 1000}, areas=[]),
        "size",
    ),
    (menu(name="กำ" * 300), menu(name="กำ" * 301), "name"),
    (menu(chatBarText="แบบสอบถามของฉัน"), menu(chatBarText="ก" * 15), "chatBarText"),
    (menu(areas=[area()] * 20), menu(areas=[area()] * 21), "areas"),
    (menu(), menu(areas=[area(bounds={"x": 1, "y": 0, "width": 2500, "height": 1})]), "areas[0].bounds"),
    (
        menu(areas=[area(action=SWITCH)]),
        menu(areas=[area(action=SWITCH | {"data": "x" * 301})]),
        "areas[0].action.data",
    ),
    (menu(), menu(areas=[area(action={"type": "camera", "label": "ก"})]), "areas[0].action.type"),
    (menu(), {name: value for name, value in menu().items() if name != "selected"}, "selected"),
]


@pytest.mark.parametrize(("taken", "refused", "where"), MENUS)
def test_rich_menu_limits(platform: Any, taken: dict[str, Any], refused: dict[str, Any], where: str) -> None:
    assert platform.call("POST", "/v2/bot/richmenu/validate", taken).status == 200
    bad = platform.call("POST", "/v2/bot/richmenu/validate", refused)
    assert bad.status == 400
    assert [one["property"] for one in bad.json()["details"]] == [where]


def png(width: int = 2500, height: int = 843, size: int = 200) -> bytes:
    return (b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)).ljust(size, b"\0")


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\0" * 9


def drawn(world: Any) -> str:
    """A rich menu as the SDK makes it, without its picture."""
    tap = RichMenuArea(
        bounds=RichMenuBounds(x=0, y=0, width=2500, height=843), action=MessageAction(label="ก", text="ก")
    )
    size = RichMenuSize(width=2500, height=843)
    asked = RichMenuRequest(size=size, selected=True, name="หลัก", chat_bar_text="เมนู", areas=[tap])
    return str(world.sdk.create_rich_menu(asked).rich_menu_id)


def pictured(world: Any) -> str:
    made = drawn(world)
    world.blob.set_rich_menu_image(made, body=bytearray(png()), _headers={"Content-Type": "image/png"})
    return made


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (png(), "image/png", 200),
        (jpeg(800, 250), "image/jpeg", 200),
        (png(size=1024 * 1024), "image/png", 200),
        (png(size=1024 * 1024 + 1), "image/png", 413),
        (png(), "image/gif", 415),
        (png(), "image/jpeg", 400),
        (png(2501), "image/png", 400),
        (png(800, 600), "image/png", 400),
        (b"", "image/png", 400),
    ],
)
def test_rich_menu_pictures(world: Any, data: bytes, kind: str, expected: int) -> None:
    path = f"/v2/bot/richmenu/{drawn(world)}/content"
    assert world.call("POST", path, data, Content_Type=kind).status == expected
    if expected == 200:
        assert world.call("GET", path).data == data
        assert world.call("POST", path, data, Content_Type=kind).status == 400


def test_rich_menus_in_force(world: Any) -> None:
    user, other, api = world.citizen(), world.citizen(), world.sdk
    assert world.control("GET", f"/richmenu/{user}") == {}
    bare, first, second = drawn(world), pictured(world), pictured(world)
    assert status(api.set_default_rich_menu, bare) == 400
    assert status(api.set_default_rich_menu, "richmenu-none") == 404
    assert status(api.get_default_rich_menu_id) == 404
    api.set_default_rich_menu(first)
    assert api.get_default_rich_menu_id().rich_menu_id == first
    assert status(api.get_rich_menu_id_of_user, user) == 404
    api.link_rich_menu_id_to_user(user, second)
    assert api.get_rich_menu_id_of_user(user).rich_menu_id == second
    shown = {one: world.control("GET", f"/richmenu/{one}")["richMenuId"] for one in (user, other)}
    assert shown == {user: second, other: first}
    assert world.control("GET", f"/richmenu-image/{second}") == png()
    api.unlink_rich_menu_id_from_user(user)
    assert world.control("GET", f"/richmenu/{user}")["richMenuId"] == first
    api.link_rich_menu_id_to_users(RichMenuBulkLinkRequest(rich_menu_id=second, user_ids=[user, other]))
    api.delete_rich_menu(second)
    assert world.control("GET", f"/richmenu/{user}")["richMenuId"] == first
    api.unlink_rich_menu_id_from_users(RichMenuBulkUnlinkRequest(user_ids=[user]))
    api.cancel_default_rich_menu()
    assert world.control("GET", f"/richmenu/{user}") == {}
    assert {one.rich_menu_id for one in api.get_rich_menu_list().richmenus} == {bare, first}
    assert api.get_rich_menu(first).chat_bar_text == "เมนู"
    assert status(api.get_rich_menu, second) == 404


def test_rich_menu_aliases(world: Any) -> None:
    first, second, api = pictured(world), pictured(world), world.sdk
    api.create_rich_menu_alias(CreateRichMenuAliasRequest(rich_menu_alias_id="th-main", rich_menu_id=first))
    again = CreateRichMenuAliasRequest(rich_menu_alias_id="th-main", rich_menu_id=second)
    assert status(api.create_rich_menu_alias, again) == 400
    api.update_rich_menu_alias("th-main", UpdateRichMenuAliasRequest(rich_menu_id=second))
    assert api.get_rich_menu_alias("th-main").rich_menu_id == second
    assert [one.rich_menu_alias_id for one in api.get_rich_menu_alias_list().aliases] == ["th-main"]
    api.delete_rich_menu_alias("th-main")
    assert status(api.get_rich_menu_alias, "th-main") == 404
    body = {"richMenuAliasId": "TH main", "richMenuId": first}
    assert world.call("POST", "/v2/bot/richmenu/alias", body).status == 400


def test_a_tap_that_switches_menus(world: Any) -> None:
    user, first, second = world.citizen(), pictured(world), pictured(world)
    for alias, made in (("one", first), ("two", second)):
        world.sdk.create_rich_menu_alias(CreateRichMenuAliasRequest(rich_menu_alias_id=alias, rich_menu_id=made))
    world.sdk.delete_rich_menu(first)
    for alias, expected in (("one", "RICHMENU_NOTFOUND"), ("none", "RICHMENU_ALIAS_ID_NOTFOUND"), ("two", "SUCCESS")):
        tapped = world.control(
            "POST", f"/citizens/{user}/postback", {"data": "x", "params": {"newRichMenuAliasId": alias}}
        )
        postback = world.event(tapped["webhookEventId"])["postback"]
        assert postback == {"data": "x", "params": {"newRichMenuAliasId": alias, "status": expected}}
    assert world.sdk.get_rich_menu_id_of_user(user).rich_menu_id == second


def test_drawing_rich_menus_is_limited(world: Any) -> None:
    statuses = [world.call("POST", "/v2/bot/richmenu", menu()).status for _ in range(101)]
    assert statuses == [200] * 100 + [429]


def test_link_token(world: Any) -> None:
    assert world.sdk.issue_link_token(world.citizen()).link_token
    assert status(world.sdk.issue_link_token, "U" + uuid.uuid4().hex) == 404
