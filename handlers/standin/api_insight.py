"""Counts: quota, deliveries per day, and what became of messages. Small numbers are hidden, as LINE hides them."""

from datetime import date, datetime
from typing import Any

from handlers.standin.operations import HOURLY, Operation
from handlers.standin.state import Standin
from handlers.standin.usage import day
from handlers.standin.wire import Answer, Call, Wrong

_HIDDEN_BELOW = 20


def quota(standin: Standin, _: Call) -> Answer:
    """What may be sent in a month."""
    most = standin.settings.quota
    return Answer(body={"type": "none"} if most is None else {"type": "limited", "value": most})


def consumption(standin: Standin, call: Call) -> Answer:
    """What was sent in this month."""
    return Answer(body={"totalUsage": standin.usage.month(call.at)})


def delivery(standin: Standin, call: Call) -> Answer:
    """What was sent on a day, known from the next day on."""
    when = _day(call, "date")
    if when >= day(call.at):
        return Answer(body={"status": "unready"})
    return Answer(body={"status": "ready", "success": standin.usage.sent(call.route.rsplit("/", 1)[1], when)})


def units(standin: Standin, call: Call) -> Answer:
    """How many aggregation units were used in this month."""
    return Answer(body={"numOfCustomAggregationUnits": len(standin.usage.names(call.at))})


def unit_names(standin: Standin, call: Call) -> Answer:
    """Their names."""
    return Answer(body={"customAggregationUnits": list(standin.usage.names(call.at))})


def followers(standin: Standin, call: Call) -> Answer:
    """Friends, reachable friends, and blocks; known from the next day on."""
    if _day(call, "date") >= day(call.at):
        return Answer(body={"status": "unready"})
    with standin.lock:
        people = [one for one in standin.citizens.values() if one.friend]
        blocks = sum(one.blocked for one in people)
    counts = {"followers": len(people), "targetedReaches": len(people) - blocks, "blocks": blocks}
    return Answer(body={"status": "ready", **counts})


def demographic(_: Standin, __: Call) -> Answer:
    """The stand-in knows nobody's age."""
    return Answer(body={"available": False})


def message_event(standin: Standin, call: Call) -> Answer:
    """Of one broadcast or narrowcast: what arrived counts as seen here; nothing is known of taps."""
    request_id = call.query.get("requestId", "")
    done = standin.requests.get(request_id)
    if done is None or done["via"] not in ("broadcast", "narrowcast"):
        return Answer(
            body={"overview": _overview(0, requestId=request_id, delivered=None), "messages": [], "clicks": []}
        )
    facts = {"requestId": request_id, "timestamp": int(done["at"]), "delivered": _shown(done["delivered"])}
    return Answer(body={"overview": _overview(done["delivered"], **facts), "messages": [], "clicks": []})


def aggregation(standin: Standin, call: Call) -> Answer:
    """Of one aggregation unit, the same, over at most 30 days."""
    name, first, last = call.query.get("customAggregationUnit"), _day(call, "from"), _day(call, "to")
    if not name or not 0 <= (last - first).days <= 30:
        raise Wrong(400, "The value for the 'from', 'to' or 'customAggregationUnit' parameter is invalid")
    with standin.lock:
        months = standin.usage.units.items()
        seen = sum(names.get(name, 0) for (year, month), names in months if _within(year, month, first, last))
    return Answer(body={"overview": _overview(seen), "messages": [], "clicks": []})


def _within(year: int, month: int, first: date, last: date) -> bool:
    return (first.year, first.month) <= (year, month) <= (last.year, last.month)


def _overview(seen: int, **facts: Any) -> dict[str, Any]:
    played = {"uniqueMediaPlayed": None, "uniqueMediaPlayed100Percent": None}
    return {**facts, "uniqueImpression": _shown(seen), "uniqueClick": None, **played}


def _shown(number: int) -> int | None:
    return number if number >= _HIDDEN_BELOW else None


def _day(call: Call, name: str) -> date:
    text = call.query.get(name, "")
    try:
        if len(text) != 8:
            raise ValueError
        return datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        raise Wrong(400, f"The value for the '{name}' parameter is invalid") from None


OPERATIONS = (
    Operation("GET", "/v2/bot/message/quota", quota),
    Operation("GET", "/v2/bot/message/quota/consumption", consumption),
    *(
        Operation("GET", "/v2/bot/message/delivery/" + via, delivery)
        for via in ("reply", "push", "multicast", "broadcast")
    ),
    Operation("GET", "/v2/bot/message/aggregation/info", units),
    Operation("GET", "/v2/bot/message/aggregation/list", unit_names),
    Operation("GET", "/v2/bot/insight/followers", followers, rate=HOURLY),
    Operation("GET", "/v2/bot/insight/demographic", demographic, rate=HOURLY),
    Operation("GET", "/v2/bot/insight/message/event", message_event, rate=HOURLY),
    Operation("GET", "/v2/bot/insight/message/event/aggregation", aggregation, rate=HOURLY),
)
