"""POST /line/webhook: check the signature, keep the events, answer. Nothing else happens while LINE waits.

LINE gives 2 seconds, and sends again what did not get a 2xx (where redelivery is on). So: 401 for a signature that is
not LINE's, 413 for a body no LINE would send, 400 for one that is signed and yet no webhook, 503 while events cannot be
kept.

It stands before Flask, whose routing, contexts and sessions cost more than all that is done here; behind it the address
is Flask's, which tells other methods what it takes.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import get_input_stream

from bot.inbox import Inbox
from bot.line.inbound import signed, split
from bot.store.base import Unavailable

log = structlog.get_logger()

PATH = "/line/webhook"
# Far above any body LINE sends: 100 events of the longest text are under 3 MB.
LARGEST = 4 * 1024 * 1024
# How much of a larger one is read and dropped: most callers hear no answer before they have said all.
HEARD_OUT = 32 * 1024 * 1024
PIECE = 64 * 1024


def add_webhook(app: Flask, inbox: Inbox, wake: Callable[[], None], secrets: Sequence[str]) -> None:
    """Let the application take webhooks; `wake` is called when something was kept."""
    receive = Door(inbox, wake, secrets)
    others = app.wsgi_app

    def first(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] == PATH and environ["REQUEST_METHOD"] == "POST":
            return receive(Request(environ))(environ, start_response)
        return others(environ, start_response)

    app.wsgi_app = first  # type: ignore[method-assign]
    app.add_url_rule(PATH, "line_webhook", lambda: ("", 405), methods=["POST"])


class Door:
    """What becomes of a webhook."""

    def __init__(self, inbox: Inbox, wake: Callable[[], None], secrets: Sequence[str]) -> None:
        self._inbox, self._wake, self._secrets = inbox, wake, secrets

    def __call__(self, request: Request) -> Response:
        """Judge it and keep its events. One line in the log."""
        began = time.perf_counter()
        status, what, events = self._judge(request)
        took = round((time.perf_counter() - began) * 1000, 1)
        log.info("webhook", status=status, what=what, events=events, ms=took, address=request.remote_addr)
        return Response(what, status, content_type="text/plain")

    def _judge(self, request: Request) -> tuple[int, str, int]:
        """The status, what it means, and how many events were kept."""
        request.max_content_length = LARGEST
        try:
            body = request.get_data(cache=False)
            if len(body) >= LARGEST:  # one without a length, which is cut off there
                raise RequestEntityTooLarge
        except RequestEntityTooLarge:
            _hear_out(request)
            return 413, "too large", 0
        if not signed(body, request.headers.get("x-line-signature"), self._secrets):
            return 401, "bad signature", 0
        try:
            events = split(body)
        except ValueError:
            return 400, "not a webhook body", 0
        try:
            self._inbox.accept(events)
        except (Unavailable, TimeoutError):
            return 503, "cannot keep events now", 0
        if events:
            self._wake()
        return 200, "kept", len(events)


def _hear_out(request: Request) -> None:
    """Read on to the end of a body, within reason, and keep nothing of it."""
    stream, heard = get_input_stream(request.environ), 0
    while heard < HEARD_OUT and (piece := stream.read(PIECE)):
        heard += len(piece)
