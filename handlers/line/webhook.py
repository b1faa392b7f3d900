"""POST /line/webhook: check the signature, keep the events, answer. Nothing else happens while LINE waits.

LINE gives 2 seconds, and sends again what did not get a 2xx (where redelivery is on). So: 401 for a signature that is
not LINE's, 413 for a body no LINE would send, 400 for one that is signed and yet no webhook, 503 while events cannot be
kept.
"""

import time
from collections.abc import Callable, Sequence

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot.inbox import Inbox
from bot.line.inbound import signed, split
from bot.store.base import Unavailable

log = structlog.get_logger()

# Far above any body LINE sends: 100 events of the longest text are under 3 MB.
LARGEST = 4 * 1024 * 1024


def webhook(inbox: Inbox, wake: Callable[[], None], secrets: Sequence[str]) -> Blueprint:
    """The webhook as a blueprint; `wake` is called when something was kept."""
    page = Blueprint("line_webhook", __name__)

    @page.post("/line/webhook")
    def receive() -> Response:
        began = time.perf_counter()
        request.max_content_length = LARGEST
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            return _answer(413, "too large", began)
        if not signed(body, request.headers.get("x-line-signature"), secrets):
            return _answer(401, "bad signature", began)
        try:
            events = split(body)
        except ValueError:
            return _answer(400, "not a webhook body", began)
        try:
            inbox.accept(events)
        except (Unavailable, TimeoutError):
            return _answer(503, "cannot keep events now", began)
        if events:
            wake()
        return _answer(200, "kept", began, len(events))

    return page


def _answer(status: int, what: str, began: float, events: int = 0) -> Response:
    """The answer, and its one line in the log."""
    took = round((time.perf_counter() - began) * 1000, 1)
    log.info("webhook", status=status, what=what, events=events, ms=took, address=request.remote_addr)
    return Response(what, status, mimetype="text/plain")
