"""Request bodies. Each `check_` raises Wrong, in LINE's shape, when the body is not right."""

from collections.abc import Mapping
from typing import Any

from handlers.standin.checks.core import (
    RIGHT,
    TYPE,
    Check,
    Found,
    Need,
    Path,
    boolean,
    dotted,
    items,
    number,
    pattern,
    record,
    slashed,
    text,
    wrong,
)
from handlers.standin.checks.messages import message
from handlers.standin.wire import Wrong, invalid_property

_MESSAGES = Need(items(message, 1, 5))
_QUIET = {"notificationDisabled": boolean}
_USER_ID = pattern("U[0-9a-f]{32}")
_UNIT = items(pattern("[A-Za-z0-9_]{1,30}"), 0, 1)


def _object(value: Any) -> Found:
    return RIGHT if isinstance(value, dict) else wrong(TYPE)


def _different(value: Any) -> Found:
    return RIGHT if len(set(value)) == len(value) else wrong("Duplicate user ids")


def user_ids(value: Any) -> Found:
    """1 to 500 user ids, each once."""
    return _IDS(value) or _different(value)


_IDS = items(_USER_ID, 1, 500)
_limit = record({"max": number(1, 2**31 - 1), "upToRemainingQuota": boolean, "forbidPartialDelivery": boolean})

_reply = record({"replyToken": Need(text(100)), "messages": _MESSAGES, **_QUIET})
_push = record(
    {"to": Need(pattern("[UCR][0-9a-f]{32}")), "messages": _MESSAGES, **_QUIET, "customAggregationUnits": _UNIT}
)
_multicast = record({"to": Need(user_ids), "messages": _MESSAGES, **_QUIET, "customAggregationUnits": _UNIT})
_broadcast = record({"messages": _MESSAGES, **_QUIET})
_narrowcast = record({"messages": _MESSAGES, "recipient": _object, "filter": _object, "limit": _limit, **_QUIET})
_validate = record({"messages": _MESSAGES})
_loading = record({"chatId": Need(_USER_ID), "loadingSeconds": number(5, 60)})
_mark_read = record({"markAsReadToken": Need(text(2000))})
_endpoint = record({"endpoint": Need(text(500))})


def check_reply(body: Mapping[str, Any]) -> None:
    """Reply token and 1 to 5 messages."""
    judge(body, _reply)


def check_push(body: Mapping[str, Any]) -> None:
    """A user, group or room, and 1 to 5 messages."""
    judge(body, _push)


def check_multicast(body: Mapping[str, Any]) -> None:
    """1 to 500 different user ids, and 1 to 5 messages."""
    judge(body, _multicast)


def check_broadcast(body: Mapping[str, Any]) -> None:
    """1 to 5 messages."""
    judge(body, _broadcast)


def check_narrowcast(body: Mapping[str, Any]) -> None:
    """1 to 5 messages, and whom they are for."""
    judge(body, _narrowcast)


def check_validate(body: Mapping[str, Any]) -> None:
    """1 to 5 messages."""
    judge(body, _validate)


def check_loading(body: Mapping[str, Any]) -> None:
    """A user, and 5 to 60 seconds in steps of 5."""
    judge(body, _loading)
    if body.get("loadingSeconds", 20) % 5:
        raise _wrong([(("loadingSeconds",), "Must be a multiple of 5")])


def check_mark_read(body: Mapping[str, Any]) -> None:
    """A mark-as-read token."""
    judge(body, _mark_read)


def check_endpoint(body: Mapping[str, Any]) -> None:
    """An address of at most 500 characters."""
    judge(body, _endpoint)


def judge(body: Mapping[str, Any], check: Check) -> None:
    """Raise Wrong when a check finds something."""
    found = check(body)
    if found:
        raise _wrong(found)


def _wrong(found: Found) -> Wrong:
    """LINE's 400. A property of the wrong type stands alone, and so do the errors inside a Flex message."""
    plain = [(path, words) for path, words in found if _in_flex(path) is None]
    if not plain:
        index = found[0][0][1]
        details = [_detail(words, slashed(path[3:])) for path, words in found if path[1] == index]
        return Wrong(400, f"A message (messages[{index}]) in the request body is invalid", details)
    if len(plain) == 1 and plain[0][1] == TYPE:
        return invalid_property(dotted(plain[0][0]))
    details = [_detail(words, dotted(path)) for path, words in plain]
    return Wrong(400, f"The request body has {len(details)} error(s)", details)


def _in_flex(path: Path) -> int | None:
    """The index of the message when a path leads into the contents of a Flex message."""
    if len(path) > 2 and path[0] == "messages" and path[2] == "contents":
        return int(path[1])
    return None


def _detail(words: str, where: str) -> dict[str, str]:
    return {"message": words, "property": where}
