"""LINE's webhooks, read tolerantly: signature, splitting a body into events, and one event's meaning.

LINE adds event types, fields and enum values without notice (Messaging API docs, "Development guidelines"), so nothing
here fails on what it does not know: an unknown event is an Event that nobody answers.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# What the store holds of an id and of a reply token: LINE's are half as long.
_ID, _TOKEN = 64, 128
# LINE's console once verified webhooks with events of this user (line-bot-sdk-python issues #186, #188).
VERIFYING_USER = "Udeadbeefdeadbeefdeadbeefdeadbeef"


class Arrived(NamedTuple):
    """One event as it is kept in the inbox: its id, whose queue it joins, when it happened (ms), and its JSON."""

    id: str
    sender: str
    at_ms: int
    body: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The message of an event. `kind` is LINE's message type; fields that a kind does not have are empty."""

    id: str
    kind: str
    text: str = ""
    keywords: tuple[str, ...] = ()
    latitude: float = 0.0
    longitude: float = 0.0
    title: str = ""
    address: str = ""
    size: int = 0
    external: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One webhook event. `kind` is LINE's event type; `place` is "user", "group", "room" or ""."""

    id: str
    kind: str
    at_ms: int
    place: str = ""
    user: str = ""
    room: str = ""
    reply_token: str = ""
    standby: bool = False
    redelivered: bool = False
    message: Heard | None = None
    data: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    unsent: str = ""
    unblocked: bool = False


def signed(body: bytes, signature: str | None, secrets: Iterable[str]) -> bool:
    """Whether `signature` is Base64(HMAC-SHA256(secret, body)) for one of the secrets.

    Source: Messaging API reference, "Signature validation". Compared in constant time, on the raw bytes.
    """
    if not signature:
        return False
    given = signature.encode("utf-8", "replace")
    expected = (base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)) for secret in secrets)
    return any(hmac.compare_digest(given, each) for each in expected)


def split(body: bytes) -> list[Arrived]:
    """The events of a webhook body, in its order. Raises ValueError where the body is not LINE's JSON at all."""
    try:
        data = json.loads(body)
        events = data.get("events") if isinstance(data, dict) else None
        if not isinstance(events, list):
            raise ValueError("the body has no list of events")
        return [_arrived(each) for each in events if isinstance(each, dict)]
    except RecursionError:
        raise ValueError("the body is nested without end") from None


def _arrived(event: dict[str, Any]) -> Arrived:
    user, room = _source(event)
    return Arrived(
        id=_identity(event),
        sender=room or user,
        at_ms=_number(event.get("timestamp")),
        body=_whole(json.dumps(event, ensure_ascii=False, separators=(",", ":"))),
    )


def _identity(event: Mapping[str, Any]) -> str:
    return _text(event.get("webhookEventId"))[:_ID] or _fingerprint(event)


def _fingerprint(event: Mapping[str, Any]) -> str:
    """An id for an event that came without one: the same for a redelivery, which differs in its context alone."""
    same = {name: value for name, value in event.items() if name != "deliveryContext"}
    text = _whole(json.dumps(same, sort_keys=True, ensure_ascii=False))
    return "x" + hashlib.sha256(text.encode()).hexdigest()[:40]


def read(body: str) -> Event:
    """What one event of the inbox says. Fields that are missing, or not as LINE's reference has them, are empty."""
    try:
        event = json.loads(body)
    except RecursionError:  # it was within what Python nests when it came, and is no longer
        event = {}
    source = _dict(event.get("source"))
    user, room = _source(event)
    postback = _dict(event.get("postback"))
    context = _dict(event.get("deliveryContext"))
    token = _text(event.get("replyToken"))
    return Event(
        id=_identity(event),
        kind=_text(event.get("type")),
        at_ms=_number(event.get("timestamp")),
        place=_text(source.get("type")),
        user=user,
        room=room,
        reply_token=token if len(token) <= _TOKEN else "",
        standby=event.get("mode") == "standby",
        redelivered=context.get("isRedelivery") is True,
        message=_heard(event.get("message")),
        data=_text(postback.get("data")),
        params={name: _text(value) for name, value in _dict(postback.get("params")).items()},
        unsent=_text(_dict(event.get("unsend")).get("messageId"))[:_ID],
        unblocked=_dict(event.get("follow")).get("isUnblocked") is True,
    )


def _heard(message: object) -> Heard | None:
    if not isinstance(message, dict):
        return None
    keywords = message.get("keywords")
    return Heard(
        id=_text(message.get("id"))[:_ID],
        kind=_text(message.get("type")),
        text=_text(message.get("text")),
        keywords=tuple(filter(None, map(_text, keywords))) if isinstance(keywords, list) else (),
        latitude=_degrees(message.get("latitude")),
        longitude=_degrees(message.get("longitude")),
        title=_text(message.get("title")),
        address=_text(message.get("address")),
        size=_number(message.get("fileSize")),
        external=_dict(message.get("contentProvider")).get("type") == "external",
    )


def _source(event: Mapping[str, Any]) -> tuple[str, str]:
    """(user, group or room) of an event; either may be ""."""
    source = _dict(event.get("source"))
    user = _text(source.get("userId"))
    room = _text(source.get("groupId")) or _text(source.get("roomId"))
    return ("" if user == VERIFYING_USER else user[:_ID]), room[:_ID]


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return _whole(value).replace("\x00", "") if isinstance(value, str) else ""


def _whole(text: str) -> str:
    """The text with "?" for each half of a letter: JSON may spell one, and no store can keep it."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _number(value: object) -> int:
    return value if type(value) is int and 0 <= value < 2**62 else 0


def _degrees(value: object) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) <= 180 else 0.0
