"""Every limit on messages: taken at the limit, refused one over, and the property named."""

from typing import Any

import pytest

PICTURE = "https://example.org/a.png"
G = "กำ่"  # one grapheme cluster of three code points
WIDE = "😀"  # two UTF-16 units


def text(**more: Any) -> dict[str, Any]:
    return {"type": "text", "text": "ก", **more}


def quick(action: Any, **more: Any) -> dict[str, Any]:
    return text(quickReply={"items": [{"type": "action", "action": action, **more}]})


def postback(**more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": "ตกลง", "data": "x", **more}


def uri(address: str) -> dict[str, Any]:
    return {"type": "uri", "label": "ไป", "uri": address}


def picker(**more: Any) -> dict[str, Any]:
    return {"type": "datetimepicker", "label": "วัน", "data": "d", "mode": "date", **more}


def template(**more: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "ก", "template": more}


def buttons(count: int = 1, **more: Any) -> dict[str, Any]:
    return template(**{"type": "buttons", "text": "ก", "actions": [postback()] * count} | more)


def confirm(count: int = 2, **more: Any) -> dict[str, Any]:
    return template(**{"type": "confirm", "text": "ก", "actions": [postback()] * count} | more)


def carousel(*columns: dict[str, Any]) -> dict[str, Any]:
    return template(type="carousel", columns=list(columns))


def column(count: int = 1, **more: Any) -> dict[str, Any]:
    return {"text": "ก", "actions": [postback()] * count, **more}


def images(count: int, label: str = "ดู") -> dict[str, Any]:
    return template(type="image_carousel", columns=[{"imageUrl": PICTURE, "action": postback(label=label)}] * count)


def location(**more: Any) -> dict[str, Any]:
    return {"type": "location", "title": "ก", "address": "ข", "latitude": 13.7, "longitude": 100.5, **more}


def image(address: Any = PICTURE, preview: str = PICTURE) -> dict[str, Any]:
    return {"type": "image", "originalContentUrl": address, "previewImageUrl": preview}


def video(tracking: str) -> dict[str, Any]:
    return image() | {"type": "video", "trackingId": tracking}


def audio(duration: Any) -> dict[str, Any]:
    return {"type": "audio", "originalContentUrl": "https://example.org/a.m4a", "duration": duration}


def imagemap(**more: Any) -> dict[str, Any]:
    action = {"type": "uri", "linkUri": "https://example.org", "area": {"x": 0, "y": 0, "width": 9, "height": 9}}
    made = {"baseUrl": "https://example.org/map", "altText": "ก", "baseSize": {"width": 1040, "height": 500}}
    return {"type": "imagemap", **made, "actions": [action], **more}


def rich(said: str, **substitution: Any) -> dict[str, Any]:
    return {"type": "textV2", "text": said, "substitution": substitution}


EMOJI = {"type": "emoji", "productId": "5ac1", "emojiId": "001"}
CLIP = {"type": "clipboard", "label": "คัดลอก"}
MESSAGE = {"type": "message", "label": "พูด"}
LONG_URL = "https://example.org/" + "a" * 1980
FLEX = {"type": "flex", "contents": {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": []}}}

# what, taken at the limit, refused beyond it, the property LINE names
LIMITS = [
    ("text", text(text="ก" * 5000), text(text="ก" * 5001), "text"),
    ("text in UTF-16 units", text(text=WIDE * 2500), text(text=WIDE * 2500 + "ก"), "text"),
    ("text given", text(), text(text=""), "text"),
    ("text there", text(), {"type": "text"}, "text"),
    (
        "emoji on its $",
        text(text="ก$", emojis=[{"index": 1, "productId": "5", "emojiId": "1"}]),
        text(text="ก$", emojis=[{"index": 0, "productId": "5", "emojiId": "1"}]),
        "emojis[0].index",
    ),
    (
        "emojis",
        text(text="$" * 20, emojis=[{"index": i, "productId": "5", "emojiId": "1"} for i in range(20)]),
        text(text="$" * 21, emojis=[{"index": i, "productId": "5", "emojiId": "1"} for i in range(21)]),
        "emojis",
    ),
    ("known type", text(), {"type": "texts", "text": "ก"}, "type"),
    ("type given", text(), {"text": "ก"}, "type"),
    ("known property", text(), text(quickreply={}), "quickreply"),
    ("textV2 placeholder", rich("{a} {{b}}", a=EMOJI), rich("{a} {b}", a=EMOJI), "text"),
    ("textV2 brace", rich("{{"), rich("{"), "text"),
    ("textV2 key", rich("ก", **{"a" * 20: EMOJI}), rich("ก", **{"a" * 21: EMOJI}), "substitution." + "a" * 21),
    (
        "textV2 emojis",
        rich("ก", **{f"a{i}": EMOJI for i in range(20)}),
        rich("ก", **{f"a{i}": EMOJI for i in range(21)}),
        "substitution",
    ),
    (
        "quick replies",
        text(quickReply={"items": [{"type": "action", "action": postback()}] * 13}),
        text(quickReply={"items": [{"type": "action", "action": postback()}] * 14}),
        "quickReply.items",
    ),
    ("one quick reply", quick(postback()), text(quickReply={"items": []}), "quickReply.items"),
    (
        "quick reply label",
        quick(postback(label="a" * 20)),
        quick(postback(label="a" * 21)),
        "quickReply.items[0].action.label",
    ),
    (
        "label in clusters",
        quick(postback(label=G * 20)),
        quick(postback(label=G * 21)),
        "quickReply.items[0].action.label",
    ),
    (
        "quick reply label given",
        quick(postback()),
        quick({"type": "postback", "data": "x"}),
        "quickReply.items[0].action.label",
    ),
    (
        "quick reply picture",
        quick(postback(), imageUrl=PICTURE),
        quick(postback(), imageUrl="http://example.org/a.png"),
        "quickReply.items[0].imageUrl",
    ),
    (
        "postback data",
        quick(postback(data="a" * 300)),
        quick(postback(data="a" * 301)),
        "quickReply.items[0].action.data",
    ),
    (
        "postback data given",
        quick(postback()),
        quick({"type": "postback", "label": "ก"}),
        "quickReply.items[0].action.data",
    ),
    (
        "displayText",
        quick(postback(displayText=G * 300)),
        quick(postback(displayText=G * 301)),
        "quickReply.items[0].action.displayText",
    ),
    (
        "displayText or text",
        quick(postback(text="ก")),
        quick(postback(text="ก", displayText="ก")),
        "quickReply.items[0].action.text",
    ),
    (
        "fillInText",
        quick(postback(inputOption="openKeyboard", fillInText="a" * 300)),
        quick(postback(inputOption="openKeyboard", fillInText="a" * 301)),
        "quickReply.items[0].action.fillInText",
    ),
    (
        "fillInText with keyboard",
        quick(postback(inputOption="openKeyboard", fillInText="ก")),
        quick(postback(fillInText="ก")),
        "quickReply.items[0].action.fillInText",
    ),
    (
        "inputOption",
        quick(postback(inputOption="openVoice")),
        quick(postback(inputOption="openDoor")),
        "quickReply.items[0].action.inputOption",
    ),
    (
        "message action",
        quick(MESSAGE | {"text": G * 300}),
        quick(MESSAGE | {"text": G * 301}),
        "quickReply.items[0].action.text",
    ),
    ("uri length", quick(uri(LONG_URL[:1000])), quick(uri(LONG_URL[:1001])), "quickReply.items[0].action.uri"),
    ("uri tel", quick(uri("tel:1669")), quick(uri("ftp://example.org")), "quickReply.items[0].action.uri"),
    ("uri line", quick(uri("line://nv/location")), quick(uri("javascript:alert(1)")), "quickReply.items[0].action.uri"),
    (
        "uri encoded",
        quick(uri("https://example.org/%E0%B8%81")),
        quick(uri("https://example.org/a b")),
        "quickReply.items[0].action.uri",
    ),
    (
        "clipboard",
        quick(CLIP | {"clipboardText": "a" * 1000}),
        quick(CLIP | {"clipboardText": "a" * 1001}),
        "quickReply.items[0].action.clipboardText",
    ),
    (
        "date",
        quick(picker(initial="2026-11-21", min="1900-01-01", max="2100-12-31")),
        quick(picker(initial="2026-11-21T10:00")),
        "quickReply.items[0].action.initial",
    ),
    (
        "time",
        quick(picker(mode="time", initial="23:59")),
        quick(picker(mode="time", initial="24:00")),
        "quickReply.items[0].action.initial",
    ),
    (
        "datetime",
        quick(picker(mode="datetime", min="2026-11-21t10:00")),
        quick(picker(mode="datetime", min="2026-11-21")),
        "quickReply.items[0].action.min",
    ),
    ("years", quick(picker(max="2100-12-31")), quick(picker(max="2569-01-01")), "quickReply.items[0].action.max"),
    ("real day", quick(picker(max="2024-02-29")), quick(picker(max="2025-02-29")), "quickReply.items[0].action.max"),
    (
        "min before max",
        quick(picker(min="2026-01-01", max="2026-01-02")),
        quick(picker(min="2026-01-02", max="2026-01-02")),
        "quickReply.items[0].action.max",
    ),
    (
        "initial within",
        quick(picker(initial="2026-01-02", max="2026-01-02")),
        quick(picker(initial="2026-01-03", max="2026-01-02")),
        "quickReply.items[0].action.initial",
    ),
    ("picker mode", quick(picker()), quick(picker(mode="month")), "quickReply.items[0].action.mode"),
    (
        "camera",
        quick({"type": "camera", "label": "ก"}),
        buttons(actions=[{"type": "camera", "label": "ก"}]),
        "template.actions[0].type",
    ),
    (
        "camera roll",
        quick({"type": "cameraRoll", "label": "ก"}),
        buttons(actions=[{"type": "cameraRoll", "label": "ก"}]),
        "template.actions[0].type",
    ),
    (
        "place",
        quick({"type": "location", "label": "ก"}),
        buttons(actions=[{"type": "location", "label": "ก"}]),
        "template.actions[0].type",
    ),
    (
        "switch of menus",
        quick(postback()),
        quick({"type": "richmenuswitch", "label": "ก", "richMenuAliasId": "a", "data": "x"}),
        "quickReply.items[0].action.type",
    ),
    ("sender", text(sender={"name": "ก" * 20, "iconUrl": PICTURE}), text(sender={"name": "ก" * 21}), "sender.name"),
    ("sender is not LINE", text(sender={"name": "เข้าใจ"}), text(sender={"name": "Line ช่วยเหลือ"}), "sender.name"),
    (
        "sender icon",
        text(sender={"iconUrl": PICTURE}),
        text(sender={"iconUrl": "http://example.org/a.png"}),
        "sender.iconUrl",
    ),
    (
        "sticker",
        {"type": "sticker", "packageId": "1", "stickerId": "2"},
        {"type": "sticker", "packageId": "1"},
        "stickerId",
    ),
    ("picture https", image(), image("http://example.org/a.png"), "originalContentUrl"),
    ("picture address", image(LONG_URL), image(LONG_URL + "a"), "originalContentUrl"),
    ("preview", image(), {"type": "image", "originalContentUrl": PICTURE}, "previewImageUrl"),
    ("video tracking", video("a" * 100), video("a" * 101), "trackingId"),
    ("audio", audio(1), audio(0), "duration"),
    ("place title", location(title="ก" * 100), location(title="ก" * 101), "title"),
    ("place address", location(address="ก" * 100), location(address="ก" * 101), "address"),
    ("latitude", location(latitude=90), location(latitude=90.1), "latitude"),
    ("longitude", location(longitude=-180), location(longitude=-181), "longitude"),
    ("imagemap", imagemap(), imagemap(baseSize={"width": 1041, "height": 1}), "baseSize.width"),
    ("imagemap alt", imagemap(altText="ก" * 1500), imagemap(altText="ก" * 1501), "altText"),
    (
        "imagemap actions",
        imagemap(actions=imagemap()["actions"] * 50),
        imagemap(actions=imagemap()["actions"] * 51),
        "actions",
    ),
    ("template alt", buttons() | {"altText": "ก" * 1500}, buttons() | {"altText": "ก" * 1501}, "altText"),
    ("flex alt", FLEX | {"altText": "ก" * 1500}, FLEX | {"altText": "ก" * 1501}, "altText"),
    ("flex alt given", FLEX | {"altText": "ก"}, FLEX, "altText"),
    ("buttons", buttons(4), buttons(5), "template.actions"),
    ("a button", buttons(1), buttons(0), "template.actions"),
    ("buttons text", buttons(text=G * 160), buttons(text=G * 161), "template.text"),
    ("buttons text with title", buttons(title="ก", text=G * 60), buttons(title="ก", text=G * 61), "template.text"),
    (
        "buttons text with picture",
        buttons(thumbnailImageUrl=PICTURE, text="a" * 60),
        buttons(thumbnailImageUrl=PICTURE, text="a" * 61),
        "template.text",
    ),
    ("buttons title", buttons(title=G * 40), buttons(title=G * 41), "template.title"),
    (
        "button label",
        buttons(actions=[postback(label=G * 20)]),
        buttons(actions=[postback(label=G * 21)]),
        "template.actions[0].label",
    ),
    ("confirm", confirm(), confirm(1), "template.actions"),
    ("confirm three", confirm(), confirm(3), "template.actions"),
    ("confirm text", confirm(text=G * 240), confirm(text=G * 241), "template.text"),
    ("columns", carousel(*[column()] * 10), carousel(*[column()] * 11), "template.columns"),
    ("column actions", carousel(column(3)), carousel(column(4)), "template.columns[0].actions"),
    ("columns alike", carousel(column(2), column(2)), carousel(column(2), column(1)), "template.columns"),
    (
        "titles alike",
        carousel(column(title="ก"), column(title="ก")),
        carousel(column(title="ก"), column()),
        "template.columns",
    ),
    ("column text", carousel(column(text=G * 120)), carousel(column(text=G * 121)), "template.columns[0].text"),
    (
        "column text with title",
        carousel(column(title="ก", text="a" * 60)),
        carousel(column(title="ก", text="a" * 61)),
        "template.columns[0].text",
    ),
    ("image columns", images(10), images(11), "template.columns"),
    ("image label", images(1, G * 12), images(1, G * 13), "template.columns[0].action.label"),
    ("template type", buttons(), template(type="button", text="ก", actions=[]), "template.type"),
]


@pytest.mark.parametrize(("taken", "refused", "where"), [pytest.param(*row[1:], id=row[0]) for row in LIMITS])
def test_limit(platform: Any, taken: dict[str, Any], refused: dict[str, Any], where: str) -> None:
    good = platform.call("POST", "/v2/bot/message/validate/reply", {"messages": [taken]})
    assert (good.status, good.json()) == (200, {})
    bad = platform.call("POST", "/v2/bot/message/validate/reply", {"messages": [refused]})
    assert bad.status == 400
    assert bad.json()["message"] == "The request body has 1 error(s)"
    assert [one["property"] for one in bad.json()["details"]] == [f"messages[0].{where}"]


# of the wrong type: LINE names the property in the message itself
WRONG_TYPES = [
    (text(text=5), "messages[0].text"),
    (text(text=["ก"]), "messages[0].text"),
    (text(quickReply=[]), "messages[0].quickReply"),
    (quick("x"), "messages[0].quickReply.items[0].action"),
    (quick(postback(label=3)), "messages[0].quickReply.items[0].action.label"),
    (location(latitude="13"), "messages[0].latitude"),
    (audio(True), "messages[0].duration"),
    ({"type": "sticker", "packageId": 1, "stickerId": "2"}, "messages[0].packageId"),
    ("สวัสดี", "messages[0]"),
    (
        quick(uri("https://example.org") | {"altUri": {"desktop": "https://example.org"}}),
        "messages[0].quickReply.items[0].action.altUri",
    ),
]


@pytest.mark.parametrize(("message", "where"), WRONG_TYPES)
def test_wrong_type(platform: Any, message: Any, where: str) -> None:
    bad = platform.call("POST", "/v2/bot/message/validate/push", {"messages": [message]})
    told = f"The property, '{where}', in the request body is invalid (line: -, column: -)"
    assert (bad.status, bad.json()) == (400, {"message": told})


@pytest.mark.parametrize(("count", "status"), [(0, 400), (1, 200), (5, 200), (6, 400)])
def test_messages_per_call(platform: Any, count: int, status: int) -> None:
    answer = platform.call("POST", "/v2/bot/message/validate/broadcast", {"messages": [text()] * count})
    assert answer.status == status
    if status == 400:
        assert answer.json()["details"] == [{"message": "Size must be between 1 and 5", "property": "messages"}]


def test_all_errors_are_told_at_once(platform: Any) -> None:
    wrong = [text(text=""), quick(postback(label="", data=""))]
    bad = platform.call("POST", "/v2/bot/message/validate/push", {"messages": wrong}).json()
    assert bad["message"] == "The request body has 3 error(s)"
    assert len(bad["details"]) == 3


def test_null_counts_as_absent(platform: Any) -> None:
    assert platform.call("POST", "/v2/bot/message/validate/push", {"messages": [text(quickReply=None)]}).status == 200
    assert platform.call("POST", "/v2/bot/message/validate/push", {"messages": [text(text=None)]}).status == 400
