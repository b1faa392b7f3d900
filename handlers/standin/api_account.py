"""The account and its friends: profiles, followers, bot info, webhook endpoint."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from handlers.standin.checks import bodies
from handlers.standin.operations import HOURLY, Operation
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, Wrong, not_found

_USER_ID = re.compile(r"U[0-9a-f]{32}\Z")


def profile(standin: Standin, call: Call) -> Answer:
    """What a user shows of themselves."""
    user_id = call.args["user_id"]
    if not _USER_ID.match(user_id):
        raise Wrong(400, "The value for the 'userId' parameter is invalid")
    citizen = standin.citizens.get(user_id)
    if citizen is None or not citizen.shows_profile():
        raise not_found()
    return Answer(body=citizen.profile())


def followers(standin: Standin, call: Call) -> Answer:
    """The friends, page by page; for verified accounts only."""
    if not standin.settings.verified:
        raise Wrong(403, "Access to this API is not available for your account")
    try:
        limit, start = int(call.query.get("limit", 300)), int(call.query.get("start", 0))
    except ValueError:
        raise Wrong(400, "The value for the 'start' or 'limit' parameter is invalid") from None
    if not 1 <= limit <= 1000:
        raise Wrong(400, "The value for the 'limit' parameter is invalid")
    with standin.lock:
        friends = [one.user_id for one in standin.citizens.values() if one.friend and not one.blocked]
    page = friends[start : start + limit]
    more = {"next": str(start + limit)} if start + limit < len(friends) else {}
    return Answer(body={"userIds": page, **more})


def info(standin: Standin, _: Call) -> Answer:
    """Who the account is."""
    shown = {"userId": standin.bot_id, "basicId": "@000khaojai", "displayName": standin.bot_name}
    return Answer(body={**shown, "chatMode": "bot", "markAsReadMode": "auto"})


def endpoint(standin: Standin, _: Call) -> Answer:
    """Where webhooks go."""
    return Answer(body={"endpoint": standin.sender.route.url, "active": bool(standin.sender.route.url)})


def set_endpoint(standin: Standin, call: Call) -> Answer:
    """Let webhooks go elsewhere: https, or http on this machine (there is no certificate for a loopback address)."""
    bodies.check_endpoint(call.body)
    _check_url(call.body["endpoint"])
    standin.sender.route.url = call.body["endpoint"]
    return Answer()


def test_endpoint(standin: Standin, call: Call) -> Answer:
    """Send an empty webhook now and tell what came back."""
    url = call.body.get("endpoint") or standin.sender.route.url
    if not url:
        raise not_found()
    _check_url(url)
    result = standin.sender.post([], url)
    at = datetime.fromtimestamp(call.at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f000Z")
    told = {"statusCode": result["status"], "reason": result["reason"], "detail": result["detail"]}
    return Answer(body={"success": result["reason"] == "OK", "timestamp": at, **told})


def _check_url(url: object) -> None:
    try:
        parts = urlsplit(url) if isinstance(url, str) and len(url) <= 500 else urlsplit("")
    except ValueError:
        parts = urlsplit("")
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise Wrong(400, "Invalid webhook endpoint URL")


OPERATIONS = (
    Operation("GET", "/v2/bot/profile/<user_id>", profile),
    Operation("GET", "/v2/bot/followers/ids", followers),
    Operation("GET", "/v2/bot/info", info),
    Operation("GET", "/v2/bot/channel/webhook/endpoint", endpoint, rate=(1000, 60)),
    Operation("PUT", "/v2/bot/channel/webhook/endpoint", set_endpoint, rate=(1000, 60), body="json"),
    Operation("POST", "/v2/bot/channel/webhook/test", test_endpoint, rate=HOURLY, body="json"),
)
