"""When a page cannot be given: said in the console's look and in the reader's language."""

from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from bot.errors import Refused
from handlers.console.look import t

log = structlog.get_logger()
TOLD = {400, 403, 404, 405, 413, 429}


def nowhere(rest: str) -> Any:
    """Every address below /console that is no page's."""
    abort(404)


def answer(console: Blueprint) -> None:
    """Give the console its error pages."""
    console.register_error_handler(Refused, refused)
    console.register_error_handler(HTTPException, failed)
    console.register_error_handler(Exception, broken)


def refused(error: Refused) -> Any:
    """What is not there is 404. Any other refusal is told on the page the form was sent from, or on one of its own."""
    if error.code == "not_found":
        return _page(404)
    sentence = t(error.code, **error.facts)
    if request.method == "POST" and (back := came_from()):
        flash(sentence, "bad")
        return redirect(back, 303)
    return _page(409, sentence)


def failed(error: HTTPException) -> Any:
    """An HTTP error: a page of ours for those that people meet; a redirect stays one."""
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, CSRFError):
        return _page(400, t("console.error.csrf"))
    return _page(code) if code in TOLD else _page(500 if code >= 500 else 400)


def broken(error: Exception) -> Any:
    """A bug: logged once with its traceback, and no detail given away."""
    log.exception("console request failed", endpoint=request.endpoint)
    g.visit = None  # what failed may be the database, which the bar of a signed-in page asks
    return _page(500)


def came_from() -> str | None:
    """The page of the console that this request was sent from, as a path."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host or not parts.path.startswith("/console"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _page(code: int, sentence: str = "") -> tuple[str | Response, int]:
    told = sentence or t(f"console.error.{code}")
    return render_template("console/error.html", code=code, sentence=told), code
