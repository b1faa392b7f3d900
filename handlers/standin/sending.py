"""How messages of the account reach people."""

from collections.abc import Iterable
from typing import Any

from handlers.standin import ids
from handlers.standin.people import Citizen, Group
from handlers.standin.state import Standin
from handlers.standin.wire import Call, Wrong

_SHOWN_RECIPIENTS = 20
_QUOTABLE = {"text", "textV2", "sticker", "image", "video", "template", "flex", "imagemap", "coupon"}

Sent = list[dict[str, str]]


def deliver(standin: Standin, call: Call, via: str, chats: Iterable[str]) -> tuple[Sent, int]:
    """Put the call's messages into the chats that receive them; the caller holds the lock.

    Returns sentMessages (of the last chat) and how many chats.
    """
    raw = {"method": call.method, "path": call.path, "requestId": call.request_id, "body": _shortened(call.body)}
    sent, reached = [_name(standin, message, "") for message in call.body["messages"]], 0
    for chat_id in chats:
        if not receives(standin, chat_id, call.at):
            continue
        reached += 1
        sent = [_name(standin, message, chat_id) for message in call.body["messages"]]
        _put(standin, raw, via, chat_id, sent)
    return sent, reached


def receives(standin: Standin, chat_id: str, now: float) -> bool:
    """Whether what is sent to a chat arrives."""
    member = standin.member(chat_id)
    if isinstance(member, Citizen):
        return member.receives(now)
    return member is not None and member.joined


def charged(standin: Standin, chat_id: str, now: float) -> int:
    """What one message to a chat costs of the quota: a group costs as many as its members."""
    if not receives(standin, chat_id, now):
        return 0
    member = standin.member(chat_id)
    return len(member.members) if isinstance(member, Group) else 1


def afford(standin: Standin, people: int, now: float) -> None:
    """Raise Wrong (429) when so many more would pass the month's quota."""
    quota = standin.settings.quota
    if quota is not None and people > 0 and standin.usage.month(now) + people > quota:
        raise Wrong(429, "You have reached your monthly limit.")


def _name(standin: Standin, message: dict[str, Any], chat_id: str) -> dict[str, str]:
    named = {"id": ids.message_id()}
    if message["type"] in _QUOTABLE:
        named["quoteToken"] = ids.token()
        if chat_id:
            standin.quotes[named["quoteToken"]] = chat_id
    return named


def _put(standin: Standin, raw: dict[str, Any], via: str, chat_id: str, sent: Sent) -> None:
    standin.loading.pop(chat_id, None)
    standin.usage.by_chat[chat_id] += len(sent)
    at = standin.ms()
    for named, message in zip(sent, raw["body"]["messages"], strict=True):
        item = {"userId": chat_id, "at": at, "from": "bot", "kind": "message", "messageId": named["id"]}
        item |= {"message": message, "via": via, "raw": raw}
        if chat_id in standin.groups:
            item["groupId"] = chat_id
        standin.chat.add(item)


def _shortened(body: dict[str, Any]) -> dict[str, Any]:
    """A body for the log: of a long list of recipients, the first ones and how many there were."""
    to = body.get("to")
    if not isinstance(to, list) or len(to) <= _SHOWN_RECIPIENTS:
        return body
    return {**body, "to": to[:_SHOWN_RECIPIENTS], "toCount": len(to)}
