"""The shapes of webhook events."""

from collections.abc import Mapping
from typing import Any

Event = dict[str, Any]

WITH_REPLY = {"message", "follow", "join", "memberJoined", "postback", "videoPlayComplete", "beacon", "messageEdited"}
_QUOTABLE = {"text", "sticker", "image", "video"}
_CONTENT = {"image", "video", "audio", "file"}


def user(user_id: str) -> Event:
    """The source of a one-to-one chat."""
    return {"type": "user", "userId": user_id}


def group(group_id: str, user_id: str = "") -> Event:
    """The source of a group; the speaker where there is one."""
    return {"type": "group", "groupId": group_id} | ({"userId": user_id} if user_id else {})


def chat_of(event: Event) -> str:
    """The id of the chat an event belongs to: group, room or user; "" when it has no source."""
    source = event.get("source") or {}
    return source.get("groupId") or source.get("roomId") or source.get("userId") or ""


def speaker_of(event: Event) -> str:
    """The user id in an event's source, or ""."""
    return (event.get("source") or {}).get("userId", "")


def message(said: Mapping[str, Any], ids: Mapping[str, str]) -> Event:
    """The `message` of a message event, from what a citizen said (the control API's form).

    `ids` holds id, quoteToken and markAsReadToken. Raises ValueError for a type unknown here.
    """
    kind = said.get("type")
    if kind not in _BUILDERS:
        raise ValueError(f"unknown message type: {kind}")
    shown = {"type": kind, "id": ids["id"]}
    if kind in _QUOTABLE:
        shown["quoteToken"] = ids["quoteToken"]
    shown["markAsReadToken"] = ids["markAsReadToken"]
    return shown | _BUILDERS[kind](said) | dict(said.get("extra", {}))


def _text(said: Mapping[str, Any]) -> Event:
    if not isinstance(said.get("text"), str) or not said["text"]:
        raise ValueError("a text message needs its text")
    return {"text": said["text"]} | _kept(said, "quotedMessageId")


def _sticker(said: Mapping[str, Any]) -> Event:
    shown = {"packageId": str(said["packageId"]), "stickerId": str(said["stickerId"])}
    shown["stickerResourceType"] = said.get("stickerResourceType") or ("MESSAGE" if said.get("text") else "STATIC")
    return shown | _kept(said, "keywords", "text", "quotedMessageId")


def _media(said: Mapping[str, Any]) -> Event:
    if said.get("external"):
        url = said["external"]
        provider = {"type": "external", "originalContentUrl": url, "previewImageUrl": said.get("preview", url)}
    else:
        provider = {"type": "line"}
    return {"contentProvider": provider} | _kept(said, "duration", "imageSet")


def _file(said: Mapping[str, Any]) -> Event:
    return {"fileName": said.get("fileName", "file.bin"), "fileSize": said.get("fileSize", 0)}


def _location(said: Mapping[str, Any]) -> Event:
    return {"latitude": said["latitude"], "longitude": said["longitude"]} | _kept(said, "title", "address")


def _kept(said: Mapping[str, Any], *names: str) -> Event:
    return {name: said[name] for name in names if said.get(name)}


_BUILDERS = {
    "text": _text,
    "sticker": _sticker,
    "image": _media,
    "video": _media,
    "audio": _media,
    "file": _file,
    "location": _location,
}


def carries_content(kind: str) -> bool:
    """Whether the bytes of such a message can be fetched."""
    return kind in _CONTENT
