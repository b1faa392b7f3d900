"""Channel access tokens: stateless, v2.1, short-lived. OAuth errors have OAuth's shape."""

import base64
import json
import re
from typing import Any

from handlers.standin import ids
from handlers.standin.access import Issued
from handlers.standin.operations import Operation
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call

_STATELESS, _MONTH = 900, 30 * 24 * 3600  # seconds
_MOST_V21 = 30
_LONGEST_JWT = 30 * 60
_JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def stateless(standin: Standin, call: Call) -> Answer:
    """A token for 15 minutes, for the channel's secret or a signed assertion."""
    asked = call.body
    if "client_assertion" in asked:
        wrong = _assertion_wrong(asked, call.at)
    else:
        wrong = _secret_wrong(standin, asked)
    return wrong or _issue(standin, call, _STATELESS)


def version_2_1(standin: Standin, call: Call) -> Answer:
    """A token for up to 30 days with a key id; at most 30 at a time. The assertion's signature is not checked here."""
    wrong = _assertion_wrong(call.body, call.at)
    if wrong is not None:
        return wrong
    with standin.lock:
        if len(standin.access.key_ids(call.at)) >= _MOST_V21:
            return _refused("invalid_request", "The maximum number of channel access tokens has been reached")
        life = min(int(_claims(call.body["client_assertion"]).get("token_exp", _MONTH)), _MONTH)
        return _issue(standin, call, life, key_id=ids.token())


def short_lived(standin: Standin, call: Call) -> Answer:
    """A token for 30 days, for the channel's secret."""
    return _secret_wrong(standin, call.body) or _issue(standin, call, _MONTH)


def verify(standin: Standin, call: Call) -> Answer:
    """Whether a token is valid, and for how long."""
    token = call.query.get("access_token") or (call.body or {}).get("access_token", "")
    with standin.lock:
        issued = standin.access.find(token, call.at)
    if issued is None:
        return _refused("invalid_request", "access token expired")
    return Answer(body={"client_id": "1000000000", "expires_in": int(issued.ends - call.at), "scope": "P CM"})


def revoke(standin: Standin, call: Call) -> Answer:
    """It ends now; nobody is told whether it was one."""
    with standin.lock:
        standin.access.revoke(call.body.get("access_token", ""))
    return Answer()


def key_ids(standin: Standin, call: Call) -> Answer:
    """The key ids of the valid v2.1 tokens."""
    with standin.lock:
        return Answer(body={"kids": standin.access.key_ids(call.at)})


def _issue(standin: Standin, call: Call, seconds: int, key_id: str = "") -> Answer:
    token = ids.token() + ids.token()
    with standin.lock:
        standin.access.issue(token, Issued(call.at + seconds, key_id))
    more = {"key_id": key_id} if key_id else {}
    return Answer(body={"token_type": "Bearer", "access_token": token, "expires_in": seconds, **more})


def _secret_wrong(standin: Standin, asked: dict[str, str]) -> Answer | None:
    if asked.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", "unsupported grant_type")
    if not asked.get("client_id") or asked.get("client_secret") != standin.secret:
        return _refused("invalid_client", "invalid client_secret")
    return None


def _assertion_wrong(asked: dict[str, str], now: float) -> Answer | None:
    if asked.get("grant_type") != "client_credentials" or asked.get("client_assertion_type") != _JWT_BEARER:
        return _refused("invalid_request", "invalid grant_type or client_assertion_type")
    ends = _claims(asked.get("client_assertion", "")).get("exp")
    if not isinstance(ends, int | float) or not now < ends <= now + _LONGEST_JWT:
        return _refused("invalid_client", "invalid client_assertion")
    return None


def _claims(assertion: str) -> dict[str, Any]:
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", assertion):
        return {}
    middle = assertion.split(".")[1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def _refused(error: str, description: str) -> Answer:
    return Answer(400, {"error": error, "error_description": description})


OPERATIONS = (
    Operation("POST", "/oauth2/v3/token", stateless, body="form", open=True),
    Operation("POST", "/oauth2/v2.1/token", version_2_1, body="form", open=True),
    Operation("GET", "/oauth2/v2.1/verify", verify, open=True),
    Operation("POST", "/oauth2/v2.1/revoke", revoke, body="form", open=True),
    Operation("GET", "/oauth2/v2.1/tokens/kid", key_ids, open=True),
    Operation("POST", "/v2/oauth/accessToken", short_lived, rate=(370, 1), body="form", open=True),
    Operation("POST", "/v2/oauth/verify", verify, body="form", open=True),
    Operation("POST", "/v2/oauth/revoke", revoke, body="form", open=True),
)
