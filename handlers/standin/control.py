"""The control API's people: who there is, what they say and tap, follow and block, groups.

All of it is JSON under <prefix>/control; errors are {"error": words} with 400, 404 or 409.

    GET, POST /citizens                     {"displayName", "language", "pictureUrl"?, "userId"?, "friend"?} → 201
    GET, PATCH /citizens/ID                 POST /citizens/ID/follow, /block, /unblock
    POST /citizens/ID/messages              {"type": "text", "text", "quotedMessageId"?}
                                            {"type": "sticker", "packageId", "stickerId", "keywords"?, "text"?}
                                            {"type": "image" | "video" | "audio" | "file", "content": base64,
                                             "contentType", "fileName"?, "duration"?, "notReady"?: calls told to wait}
                                            {"type": "image" …, "external": address}
                                            {"type": "location", "latitude", "longitude", "title"?, "address"?}
                                            any with "groupId", and "extra": more properties of the message
    DELETE /citizens/ID/messages/MESSAGE    unsend
    POST /citizens/ID/postback              {"data", "params"?, "displayText"?, "groupId"?}
    GET, POST /groups                       {"members", "groupName"?}; POST /groups/ID/leave,
                                            POST, DELETE /groups/ID/members[/CITIZEN]

control_watch.py has the windows, control_trouble.py the levers.
"""

import re
from functools import partial
from typing import Any

from flask import Blueprint

from handlers.standin import ids, speaking
from handlers.standin.controls import Problem, body, citizen, group, route
from handlers.standin.people import Citizen, Group
from handlers.standin.state import Standin

_USER_ID = re.compile(r"U[0-9a-f]{32}\Z")
Told = dict[str, Any]


def register(made: Blueprint, standin: Standin) -> None:
    """Add the routes."""
    one, said = "/citizens/<user_id>", "/citizens/<user_id>/messages"
    for method, rule, act in (
        ("GET", "/citizens", everyone),
        ("POST", "/citizens", arrive),
        ("GET", one, look),
        ("PATCH", one, change),
        ("POST", one + "/follow", follow),
        ("POST", one + "/block", block),
        ("POST", one + "/unblock", unblock),
        ("POST", said, say),
        ("DELETE", said + "/<message_id>", unsend),
        ("POST", one + "/postback", tap),
        ("GET", "/groups", groups),
        ("POST", "/groups", found),
        ("POST", "/groups/<group_id>/leave", expel),
        ("POST", "/groups/<group_id>/members", join),
        ("DELETE", "/groups/<group_id>/members/<user_id>", part),
    ):
        route(made, method, rule, partial(act, standin))


def everyone(standin: Standin) -> Told:
    """All citizens."""
    with standin.lock:
        return {"citizens": [one.to_dict() for one in standin.citizens.values()]}


def arrive(standin: Standin) -> tuple[Told, int]:
    """A new citizen, not yet a friend of the account."""
    given = body()
    user_id = given.get("userId") or ids.member_id("U")
    if not _USER_ID.match(user_id):
        raise Problem(400, "userId must be U and 32 hex digits")
    with standin.lock:
        if user_id in standin.citizens:
            raise Problem(409, "there is such a citizen already")
        made = Citizen(user_id, given.get("displayName") or "ประชาชน", given.get("language", "th"))
        made.picture_url = given.get("pictureUrl") or ""
        made.friend = bool(given.get("friend", False))
        standin.citizens[user_id] = made
    return made.to_dict(), 201


def look(standin: Standin, user_id: str) -> Told:
    """One citizen."""
    return citizen(standin, user_id).to_dict()


def change(standin: Standin, user_id: str) -> Told:
    """Another name, language, picture; or a friend without an event."""
    one, given = citizen(standin, user_id), body()
    names = {"displayName": "display_name", "language": "language", "pictureUrl": "picture_url"}
    with standin.lock:
        for name, attribute in (names | {"friend": "friend", "blocked": "blocked"}).items():
            if name in given:
                setattr(one, attribute, given[name])
    return one.to_dict()


def follow(standin: Standin, user_id: str) -> Told:
    """Add the account as a friend."""
    return speaking.follow(standin, citizen(standin, user_id))


def block(standin: Standin, user_id: str) -> Told:
    """Block the account."""
    return speaking.block(standin, citizen(standin, user_id))


def unblock(standin: Standin, user_id: str) -> Told:
    """Unblock it: a follow event that says so."""
    return speaking.follow(standin, citizen(standin, user_id), unblocked=True)


def say(standin: Standin, user_id: str) -> tuple[Told, int]:
    """Send a message."""
    return speaking.say(standin, citizen(standin, user_id), body()), 201


def unsend(standin: Standin, user_id: str, message_id: str) -> Told:
    """Take a message back."""
    result = speaking.unsend(standin, citizen(standin, user_id), message_id)
    if result is None:
        raise Problem(404, "no such message of this citizen")
    return result


def tap(standin: Standin, user_id: str) -> tuple[Told, int]:
    """Tap a button."""
    return speaking.tap(standin, citizen(standin, user_id), body()), 201


def groups(standin: Standin) -> Told:
    """All groups."""
    with standin.lock:
        return {"groups": [one.to_dict() for one in standin.groups.values()]}


def found(standin: Standin) -> tuple[Told, int]:
    """Make a group and invite the account."""
    given = body()
    members = list(given.get("members", ()))
    for user_id in members:
        citizen(standin, user_id)
    made = Group(given.get("groupId") or ids.member_id("C"), given.get("groupName") or "กลุ่ม", members)
    return made.to_dict() | speaking.found(standin, made), 201


def expel(standin: Standin, group_id: str) -> Told:
    """Put the account out of a group."""
    return speaking.expel(standin, group(standin, group_id))


def join(standin: Standin, group_id: str) -> tuple[Told, int]:
    """People join."""
    members = [citizen(standin, user_id).user_id for user_id in body()["members"]]
    return speaking.move(standin, group(standin, group_id), members, joins=True), 201


def part(standin: Standin, group_id: str, user_id: str) -> Told:
    """One leaves."""
    return speaking.move(standin, group(standin, group_id), [user_id], joins=False)
