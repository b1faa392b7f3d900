"""Sending: reply, push, multicast, narrowcast, broadcast, and asking whether a message would be taken."""

from datetime import UTC, datetime
from typing import Any

from handlers.standin.checks import bodies
from handlers.standin.operations import HOURLY, Operation
from handlers.standin.people import Citizen, Group
from handlers.standin.retries import HEADER
from handlers.standin.sending import afford, charged, deliver
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, Wrong, invalid_property, not_found


def reply(standin: Standin, call: Call) -> Answer:
    """Answer an event, once, within its minute. Free of charge."""
    if call.headers.get(HEADER) is not None:
        raise Wrong(400, "The retry key is not supported by this endpoint")
    bodies.check_reply(call.body)
    token = call.body["replyToken"]
    with standin.lock:
        chat_id = standin.replies.live(token, call.at, standin.settings.replies)
        if chat_id is None and not standin.settings.unknown_replies:
            raise Wrong(400, "Invalid reply token")
        _check_mentions(standin, call.body["messages"], chat_id or "")
        standin.replies.use(token)
        sent, reached = deliver(standin, call, "reply", [chat_id or ""])
        standin.usage.count("reply", reached, call.at)
    return Answer(body={"sentMessages": sent})


def push(standin: Standin, call: Call) -> Answer:
    """Write to one user or group."""
    bodies.check_push(call.body)
    to = call.body["to"]
    with standin.lock:
        standin.retries.check(call)
        if not _reachable(standin, to):
            raise Wrong(400, "Failed to send messages")
        _check_mentions(standin, call.body["messages"], to)
        cost = charged(standin, to, call.at)
        afford(standin, cost, call.at)
        sent, reached = deliver(standin, call, "push", [to])
        return _settle(standin, call, Answer(body={"sentMessages": sent}), (cost, reached))


def multicast(standin: Standin, call: Call) -> Answer:
    """Write the same to up to 500 users. Those who are blocked or unknown receive nothing, and LINE does not say so."""
    bodies.check_multicast(call.body)
    to = call.body["to"]
    with standin.lock:
        standin.retries.check(call)
        if standin.settings.strangers == "refuse" and any(one not in standin.citizens for one in to):
            raise invalid_property("to")
        return _cast(standin, call, to, 200)


def broadcast(standin: Standin, call: Call) -> Answer:
    """Write to every friend."""
    bodies.check_broadcast(call.body)
    with standin.lock:
        standin.retries.check(call)
        return _cast(standin, call, _friends(standin), 200)


def narrowcast(standin: Standin, call: Call) -> Answer:
    """Write to a part of the friends. The stand-in knows no attributes: it sends to all, up to the limit asked for."""
    bodies.check_narrowcast(call.body)
    with standin.lock:
        standin.retries.check(call)
        limit = call.body.get("limit", {})
        people = _friends(standin)[: limit.get("max")]
        quota = standin.settings.quota
        if limit.get("upToRemainingQuota") and quota is not None:
            people = people[: max(0, quota - standin.usage.month(call.at))]
        return _cast(standin, call, people, 202)


def progress(standin: Standin, call: Call) -> Answer:
    """How far a narrowcast has come."""
    done = standin.requests.get(call.query.get("requestId", ""))
    if done is None or done["via"] != "narrowcast":
        raise not_found()
    at = datetime.fromtimestamp(done["at"], UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    counts = {"successCount": done["delivered"], "failureCount": 0, "targetCount": done["delivered"]}
    return Answer(body={"phase": "succeeded", **counts, "acceptedTime": at, "completedTime": at})


def validate(_: Standin, call: Call) -> Answer:
    """Would these messages be taken?"""
    bodies.check_validate(call.body)
    return Answer()


def _reachable(standin: Standin, to: str) -> bool:
    """Whether there is such a user, or a group that the account is in."""
    member = standin.member(to)
    return member.joined if isinstance(member, Group) else member is not None


def _friends(standin: Standin) -> list[str]:
    return [one.user_id for one in standin.citizens.values() if one.friend and not one.blocked]


def _cast(standin: Standin, call: Call, people: list[str], status: int) -> Answer:
    _check_mentions(standin, call.body["messages"], "")
    afford(standin, sum(charged(standin, one, call.at) for one in people), call.at)
    _, reached = deliver(standin, call, _via(call), people)
    return _settle(standin, call, Answer(status), (reached, reached))


def _settle(standin: Standin, call: Call, answer: Answer, counted: tuple[int, int]) -> Answer:
    """Count what was sent, and remember the retry key."""
    cost, reached = counted
    via = _via(call)
    standin.usage.count(via, cost, call.at)
    for unit in call.body.get("customAggregationUnits") or ():
        standin.usage.unit(unit, reached, call.at)
    standin.requests[call.request_id] = {"via": via, "at": call.at, "delivered": reached}
    standin.retries.accept(call, answer, reached)
    return answer


def _via(call: Call) -> str:
    return call.route.rsplit("/", 1)[1]


def _check_mentions(standin: Standin, messages: list[dict[str, Any]], chat_id: str) -> None:
    """Mentions work in groups only; a quote must be of the same chat."""
    private = not chat_id or isinstance(standin.member(chat_id), Citizen)
    for index, message in enumerate(messages):
        quote = message.get("quoteToken")
        if quote is not None and standin.quotes.get(quote) != chat_id:
            raise Wrong(400, "Invalid quote token")
        parts = message.get("substitution") or {}
        if private and any(part.get("type") == "mention" for part in parts.values()):
            raise invalid_property(f"messages[{index}].substitution")


_SEND = "/v2/bot/message/"

OPERATIONS = (
    Operation("POST", _SEND + "reply", reply, body="json"),
    Operation("POST", _SEND + "push", push, body="json"),
    Operation("POST", _SEND + "multicast", multicast, rate=(200, 1), body="json"),
    Operation("POST", _SEND + "narrowcast", narrowcast, rate=HOURLY, body="json"),
    Operation("GET", _SEND + "progress/narrowcast", progress),
    Operation("POST", _SEND + "broadcast", broadcast, rate=HOURLY, body="json"),
    *(
        Operation("POST", _SEND + "validate/" + kind, validate, body="json")
        for kind in ("reply", "push", "multicast", "narrowcast", "broadcast")
    ),
)
