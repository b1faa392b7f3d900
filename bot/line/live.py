"""The gateway on line-bot-sdk v3: the one module that imports it (0.7 s and 70 MB, so only those who send do).

One ApiClient a process, made after any fork, shared by all threads; every call has a time limit, for the SDK has none
of its own. The SDK turns only TLS errors into its ApiException; the transport's own errors are caught beside it.

Messages are sent through the SDK's ApiClient as the JSON they are: building its models of them would take longer than
the call itself (0.5 ms for 13 quick replies), would drop what the models do not know, and checks less than LINE does.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import requests
import urllib3
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    Configuration,
    MessagingApi,
)

from bot.line.gateway import (
    Account,
    Content,
    Forbidden,
    Gone,
    LineMessages,
    NotReady,
    QuotaSpent,
    Rejected,
    Throttled,
    TokenGone,
    TooLarge,
    UnitFigures,
    Unreachable,
    WebhookTest,
)

# Seconds to connect, and to wait for an answer.
TIME_LIMIT = (3.0, 10.0)
PIECE = 64 * 1024
_WEBHOOK = "/v2/bot/channel/webhook"
_JSON = {"Accept": "application/json", "Content-Type": "application/json"}


class LiveGateway:
    """LINE itself, or whatever answers as LINE does at `hosts` (api, api-data)."""

    def __init__(self, hosts: tuple[str, str], access_token: str, threads: int = 32) -> None:
        configuration = Configuration(host=hosts[0], access_token=access_token)
        configuration.connection_pool_maxsize = threads
        # The SDK would repeat a POST on its own; whether to repeat is ours to decide, by retry key.
        configuration.retries = urllib3.Retry(0)
        self._client = ApiClient(configuration)
        self._api = MessagingApi(self._client)
        self._content_host = hosts[1]
        self._token = access_token

    def reply(self, token: str, messages: LineMessages) -> str:
        """See Gateway.reply."""
        return self._send("reply", {"replyToken": token, "messages": list(messages)})

    def push(self, to: str, messages: LineMessages, key: str) -> str:
        """See Gateway.push."""
        return self._send("push", {"to": to, "messages": list(messages)}, key)

    def multicast(self, to: Sequence[str], messages: LineMessages, key: str, unit: str = "") -> str:
        """See Gateway.multicast."""
        body: dict[str, Any] = {"to": list(to), "messages": list(messages)}
        return self._send("multicast", body | ({"customAggregationUnits": [unit]} if unit else {}), key)

    def validate(self, messages: LineMessages) -> None:
        """See Gateway.validate."""
        self._send("validate/multicast", {"messages": list(messages)})

    def quota(self) -> int | None:
        """See Gateway.quota."""
        told = self._ask("/v2/bot/message/quota")
        return int(told["value"]) if told.get("type") == "limited" else None

    def consumption(self) -> int:
        """See Gateway.consumption."""
        return int(self._ask("/v2/bot/message/quota/consumption").get("totalUsage") or 0)

    def unit_figures(self, unit: str, first: date, last: date) -> UnitFigures:
        """See Gateway.unit_figures."""
        span = {"from": f"{first:%Y%m%d}", "to": f"{last:%Y%m%d}"}
        asked = [("customAggregationUnit", unit), *span.items()]
        told = self._ask("/v2/bot/insight/message/event/aggregation", asked).get("overview") or {}
        return UnitFigures(told.get("uniqueImpression"), told.get("uniqueClick"))

    def account(self) -> Account:
        """See Channel.account."""
        told = self._ask("/v2/bot/info")
        return Account(str(told.get("displayName", "")), str(told.get("basicId", "")))

    def webhook(self) -> tuple[str, bool]:
        """See Channel.webhook."""
        try:
            told = self._ask(f"{_WEBHOOK}/endpoint")
        except Rejected:  # LINE answers 404 where none was ever set
            return "", False
        return str(told.get("endpoint", "")), told.get("active") is True

    def set_webhook(self, address: str) -> None:
        """See Channel.set_webhook."""
        self._call(f"{_WEBHOOK}/endpoint", "PUT", _JSON, body={"endpoint": address})

    def test_webhook(self) -> WebhookTest:
        """See Channel.test_webhook."""
        told = json.loads(self._call(f"{_WEBHOOK}/test", "POST", _JSON, body={}).raw_data)
        status = int(told.get("statusCode") or 0)
        return WebhookTest(
            told.get("success") is True, status, str(told.get("reason", "")), str(told.get("detail", ""))
        )

    def _ask(self, path: str, query: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
        answer = self._call(path, "GET", {"Accept": "application/json"}, query_params=list(query))
        told = json.loads(answer.raw_data)
        return told if isinstance(told, dict) else {}

    def _send(self, verb: str, body: dict[str, Any], key: str = "") -> str:
        """Make the call; returns LINE's request id. A retry key that was accepted before means that it had arrived."""
        headers = _JSON | ({"X-Line-Retry-Key": key} if key else {})
        try:
            answer = self._call(f"/v2/bot/message/{verb}", "POST", headers, body=body)
        except _Arrived as arrived:
            return arrived.request_id
        return str((answer.headers or {}).get("x-line-request-id", ""))

    def _call(self, path: str, method: str, headers: dict[str, str], **more: Any) -> Any:
        """Call LINE. Raises a GatewayError, or _Arrived."""
        try:
            return self._client.call_api(
                path,
                method,
                header_params=headers,
                response_types_map={},
                auth_settings=["Bearer"],
                _request_timeout=TIME_LIMIT,
                **more,
            )
        except ApiException as error:
            raise _judged(error) from error
        except urllib3.exceptions.HTTPError as error:
            raise Unreachable(type(error).__name__) from error

    def language(self, user: str) -> str:
        """See Gateway.language."""
        try:
            return self._api.get_profile(user, _request_timeout=TIME_LIMIT).language or ""
        except (ApiException, urllib3.exceptions.HTTPError):
            return ""

    def content(self, message_id: str, limit: int) -> Content:
        """See Gateway.content. Streamed by ourselves, since the SDK would hold any size in memory."""
        url = f"{self._content_host}/v2/bot/message/{message_id}/content"
        try:
            with requests.get(
                url, headers={"Authorization": f"Bearer {self._token}"}, timeout=TIME_LIMIT, stream=True
            ) as answer:
                _check_content(answer.status_code)
                return Content(_read(answer, limit), answer.headers.get("Content-Type", ""))
        except requests.RequestException as error:
            raise Unreachable(type(error).__name__) from error


def _check_content(status: int) -> None:
    match status:
        case 200:
            return
        case 202:
            raise NotReady()
        case 404 | 410:
            raise Gone()
        case 429:
            raise Throttled()
        case _ if status >= 500:
            raise Unreachable(str(status))
    raise Rejected(str(status))


def _read(answer: requests.Response, limit: int) -> bytes:
    data = bytearray()
    for piece in answer.iter_content(PIECE):
        data += piece
        if len(data) > limit:
            raise TooLarge()
    return bytes(data)


class _Arrived(Exception):
    """The retry key was accepted before: under which request."""

    def __init__(self, request_id: str) -> None:
        super().__init__(request_id)
        self.request_id = request_id


def _judged(error: ApiException) -> Exception:
    """What the status means (Messaging API reference, "Error responses")."""
    status = int(error.status or 0)
    headers = error.headers or {}
    request_id = str(headers.get("x-line-request-id", ""))
    reason = _reason(error.body)
    if status == 409:
        return _Arrived(str(headers.get("x-line-accepted-request-id", request_id)))
    if status == 429:
        # Two causes, one status: the text is the only difference LINE makes.
        return (QuotaSpent if "monthly limit" in reason else Throttled)(reason, request_id)
    if status == 0 or status >= 500:
        return Unreachable(reason or str(status), request_id)
    if status == 400 and "reply token" in reason.lower():
        return TokenGone(reason, request_id)
    return (Forbidden if status in (401, 403) else Rejected)(f"{status} {reason}", request_id)


def _reason(body: object) -> str:
    """LINE's own words for what was wrong, with the properties it names; never the message's text."""
    try:
        told = json.loads(body) if isinstance(body, str | bytes) else {}
    except ValueError:
        return ""
    if not isinstance(told, dict):
        return ""
    details = [f"{each.get('property', '')}: {each.get('message', '')}" for each in told.get("details") or []]
    return "; ".join([str(told.get("message", "")), *details])[:500]
