"""What people do in their chats: it shows on their phones and goes to the bot as an event."""

import base64
from collections.abc import Mapping
from typing import Any

from handlers.standin import events, ids
from handlers.standin.events import Event
from handlers.standin.media import Content
from handlers.standin.people import Citizen, Group
from handlers.standin.state import Standin


def say(standin: Standin, citizen: Citizen, said: Mapping[str, Any]) -> dict[str, str]:
    """A citizen sends a message. Raises ValueError or KeyError when it is not one."""
    content = _content(said)
    if content is not None:
        said = {**said, "fileSize": len(content.data)}
    with standin.lock:
        chat_id = said.get("groupId") or citizen.user_id
        named = {"id": ids.message_id(), "quoteToken": ids.token(), "markAsReadToken": ids.token()}
        message = events.message(said, named)
        if content is not None:
            standin.media.held[named["id"]] = content
        standin.quotes[named["quoteToken"]] = chat_id
        standin.reads[named["markAsReadToken"]] = chat_id
        citizen.wrote_at = standin.now()
        event = standin.make("message", _source(standin, citizen, said), message=message)
        _show(standin, event, "message", message)
    standin.send(event)
    return {"messageId": named["id"], "webhookEventId": event["webhookEventId"]}


def tap(standin: Standin, citizen: Citizen, taken: Mapping[str, Any]) -> dict[str, str]:
    """A citizen taps a button that sends a postback. `displayText` is what the chat shows of it.

    With `params.newRichMenuAliasId` the tap is one of a richmenuswitch action: the citizen's menu changes.
    """
    if not isinstance(taken.get("data"), str):
        raise ValueError("a postback needs its data")
    postback = {name: taken[name] for name in ("data", "params") if taken.get(name) is not None}
    with standin.lock:
        citizen.wrote_at = standin.now()
        if "newRichMenuAliasId" in (taken.get("params") or {}):
            postback["params"] = _switch(standin, citizen, taken["params"]["newRichMenuAliasId"])
        event = standin.make("postback", _source(standin, citizen, taken), postback=postback)
        shown = {"displayText": taken["displayText"]} if taken.get("displayText") else {}
        _show(standin, event, "postback", {"type": "postback", **postback, **shown})
    standin.send(event)
    return {"webhookEventId": event["webhookEventId"]}


def _switch(standin: Standin, citizen: Citizen, alias: str) -> dict[str, str]:
    """A tap that switches rich menus: the phone shows the alias's menu, and the event tells how it went."""
    menu = standin.menus.aliases.get(alias)
    status = "SUCCESS" if menu in standin.menus.drawn else "RICHMENU_NOTFOUND" if menu else "RICHMENU_ALIAS_ID_NOTFOUND"
    if menu and status == "SUCCESS":
        standin.menus.linked[citizen.user_id] = menu
    return {"newRichMenuAliasId": alias, "status": status}


def unsend(standin: Standin, citizen: Citizen, message_id: str) -> dict[str, str] | None:
    """A citizen takes a message back. None when it is not theirs to take, or was taken back before."""
    with standin.lock:
        item = standin.chat.find(message_id)
        if item is None or item["unsent"] or item["userId"] != citizen.user_id or item["from"] != "citizen":
            return None
        source = _source(standin, citizen, item)
        standin.media.unsend(message_id)
        standin.chat.unsend(message_id, standin.ms())
        event = standin.make("unsend", source, unsend={"messageId": message_id})
    standin.send(event)
    return {"webhookEventId": event["webhookEventId"]}


def follow(standin: Standin, citizen: Citizen, unblocked: bool = False) -> dict[str, str]:
    """A citizen adds the account as a friend, for the first time or again after a block."""
    with standin.lock:
        citizen.friend, citizen.blocked = True, False
        event = standin.make("follow", events.user(citizen.user_id), follow={"isUnblocked": unblocked})
        _show(standin, event, "system", {"type": "follow", "isUnblocked": unblocked})
    standin.send(event)
    return {"webhookEventId": event["webhookEventId"]}


def block(standin: Standin, citizen: Citizen) -> dict[str, str]:
    """A citizen blocks the account."""
    with standin.lock:
        citizen.blocked = True
        event = standin.make("unfollow", events.user(citizen.user_id))
        _show(standin, event, "system", {"type": "unfollow"})
    standin.send(event)
    return {"webhookEventId": event["webhookEventId"]}


def found(standin: Standin, group: Group) -> dict[str, str]:
    """People make a group and invite the account."""
    with standin.lock:
        standin.groups[group.group_id] = group
    return _in_group(standin, group, "join")


def expel(standin: Standin, group: Group) -> dict[str, str]:
    """The account is put out of a group."""
    group.joined = False
    return _in_group(standin, group, "leave")


def move(standin: Standin, group: Group, members: list[str], *, joins: bool) -> dict[str, str]:
    """People join or leave a group."""
    named = {"members": [events.user(one) for one in members]}
    with standin.lock:
        others = [one for one in group.members if one not in members]
        group.members = others + members if joins else others
    if joins:
        return _in_group(standin, group, "memberJoined", joined=named)
    return _in_group(standin, group, "memberLeft", left=named)


def _in_group(standin: Standin, group: Group, kind: str, **facts: Any) -> dict[str, str]:
    with standin.lock:
        event = standin.make(kind, events.group(group.group_id), **facts)
        _show(standin, event, "system", {"type": kind, **facts})
    standin.send(event)
    return {"webhookEventId": event["webhookEventId"]}


def _show(standin: Standin, event: Event, kind: str, message: Mapping[str, Any]) -> None:
    source = event["source"]
    item = {
        "userId": source.get("userId") or events.chat_of(event),
        "at": event["timestamp"],
        "from": "citizen",
        "kind": kind,
        "messageId": message.get("id", ""),
        "message": dict(message),
        "via": "",
        "raw": event,
    }
    if "groupId" in source:
        item["groupId"] = source["groupId"]
    standin.chat.add(item)


def _source(standin: Standin, citizen: Citizen, said: Mapping[str, Any]) -> Event:
    group_id = said.get("groupId")
    if not group_id:
        return events.user(citizen.user_id)
    group = standin.groups.get(group_id)
    if group is None or citizen.user_id not in group.members:
        raise ValueError("no such group, or not a member of it")
    return events.group(group_id, citizen.user_id)


def _content(said: Mapping[str, Any]) -> Content | None:
    kind = str(said.get("type"))
    if not events.carries_content(kind) or said.get("external"):
        return None
    data = base64.b64decode(said.get("content") or "", validate=True)
    default = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mp4"}.get(kind, "application/octet-stream")
    return Content(data, kind, said.get("contentType") or default, int(said.get("notReady", 0)))
