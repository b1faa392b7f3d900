"""Errors of the API, as RFC 9457 "Problem Details for HTTP APIs" has them."""

from dataclasses import dataclass

import orjson
from flask import Response

KIND = "application/problem+json"
WAIT = "60"


@dataclass
class Wrong(Exception):
    """What a caller did that cannot be answered: a status of HTTP, a title, and what to do about it."""

    status: int
    title: str
    detail: str


def problem(wrong: Wrong) -> Response:
    """The answer that says so."""
    told = {"type": "about:blank", "title": wrong.title, "status": wrong.status, "detail": wrong.detail}
    response = Response(orjson.dumps(told), wrong.status, content_type=KIND)
    if wrong.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if wrong.status == 429:
        response.headers["Retry-After"] = WAIT
    return response
