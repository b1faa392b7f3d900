"""Message objects, one entry per type."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.standin.checks import flex, imagemaps
from handlers.standin.checks.actions import in_quick_reply
from handlers.standin.checks.core import (
    RIGHT,
    TYPE,
    Check,
    Found,
    Need,
    below,
    graphemes,
    items,
    number,
    one_of,
    pattern,
    record,
    text,
    variants,
    wrong,
)
from handlers.standin.checks.links import https
from handlers.standin.checks.templates import template

_ALT = text(1500)
_TOKEN = text(2000)
_DIGITS = pattern(r"\d{1,20}")
_KEY = re.compile(r"[0-9A-Za-z_]{1,20}")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([0-9A-Za-z_]{1,20})\}|[{}]")


def _no_line(value: Any) -> Found:
    """A sender may not call itself LINE."""
    return wrong("The name may not be used") if "line" in value.lower() else RIGHT


def _name(value: Any) -> Found:
    return _NAME(value) or _no_line(value)


_NAME = text(20, graphemes)
_sender = record({"name": _name, "iconUrl": https})
_quick_item = record({"type": Need(one_of("action")), "imageUrl": https, "action": Need(in_quick_reply)})
_quick_reply = record({"items": Need(items(_quick_item, 1, 13))})
_COMMON: dict[str, Check | Need] = {"type": lambda _: RIGHT, "quickReply": _quick_reply, "sender": _sender}

_emoji = record({"index": Need(number(0, 5000)), "productId": Need(text(100)), "emojiId": Need(text(100))})


def _emojis_hit(value: Mapping[str, Any]) -> Found:
    """Every emoji stands where the text has a $ (counted in UTF-16 units)."""
    units = value["text"].encode("utf-16-le", "surrogatepass")
    found: Found = []
    for place, emoji in enumerate(value.get("emojis") or ()):
        start = emoji["index"] * 2
        if units[start : start + 2] != b"$\x00":
            found.append((("emojis", place, "index"), "index must be the place of a $ in the text"))
    return found


_mentionee = variants(
    {
        "user": record({"type": lambda _: RIGHT, "userId": Need(pattern("U[0-9a-f]{32}"))}),
        "all": record({"type": lambda _: RIGHT}),
    }
)
_substitute = variants(
    {
        "mention": record({"type": lambda _: RIGHT, "mentionee": Need(_mentionee)}),
        "emoji": record({"type": lambda _: RIGHT, "productId": Need(text(100)), "emojiId": Need(text(100))}),
    }
)


def _substitution(value: Any) -> Found:
    if not isinstance(value, dict):
        return wrong(TYPE)
    if len(value) > 100:
        return wrong("Size must be between 0 and 100")
    found: Found = []
    for key, one in value.items():
        found += below(key, _substitute(one) if _KEY.fullmatch(key) else wrong("Invalid key"))
    for kind in ("mention", "emoji") if not found else ():
        if sum(one["type"] == kind for one in value.values()) > 20:
            found = wrong(f"At most 20 of type {kind}")
    return found


def _placeholders_known(value: Mapping[str, Any]) -> Found:
    """Every {key} in the text has its substitution, and lone braces are escaped by doubling."""
    known = value.get("substitution") or {}
    for match in _PLACEHOLDER.finditer(value["text"]):
        if match[0] in ("{", "}"):
            return [(("text",), "Unescaped brace")]
        if match[1] and match[1] not in known:
            return [(("text",), f"No substitution for {{{match[1]}}}")]
    return RIGHT


_MEDIA: dict[str, Check | Need] = {"originalContentUrl": Need(https), "previewImageUrl": Need(https)}
_TRACKING = pattern(r"[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}", "Length must be between 1 and 100")

_plain = record(
    {**_COMMON, "text": Need(text(5000)), "emojis": items(_emoji, 0, 20), "quoteToken": _TOKEN}, _emojis_hit
)
_rich = record(
    {**_COMMON, "text": Need(text(5000)), "substitution": _substitution, "quoteToken": _TOKEN}, _placeholders_known
)
_sticker = record({**_COMMON, "packageId": Need(_DIGITS), "stickerId": Need(_DIGITS), "quoteToken": _TOKEN})
_location = record(
    {
        **_COMMON,
        "title": Need(text(100)),
        "address": Need(text(100)),
        "latitude": Need(number(-90, 90, whole=False)),
        "longitude": Need(number(-180, 180, whole=False)),
    }
)

message = variants(
    {
        "text": _plain,
        "textV2": _rich,
        "sticker": _sticker,
        "image": record({**_COMMON, **_MEDIA}),
        "video": record({**_COMMON, **_MEDIA, "trackingId": _TRACKING}),
        "audio": record({**_COMMON, "originalContentUrl": Need(https), "duration": Need(number(1, 2**53))}),
        "location": _location,
        "imagemap": record({**_COMMON, **imagemaps.FIELDS}),
        "template": record({**_COMMON, "altText": Need(_ALT), "template": Need(template)}),
        "flex": record({**_COMMON, "altText": Need(_ALT), "contents": Need(flex.container)}),
        "coupon": record({**_COMMON, "couponId": Need(text(100)), "deliveryTag": text(30)}),
    }
)
