"""The door of the API: who calls, how often, and what is answered when something is wrong (RFC 9457)."""

from collections.abc import Callable
from typing import Any, NoReturn

import structlog
from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from bot import keys
from bot.errors import Refused
from bot.store.api_keys import Called, note_call
from handlers.api.description import described
from handlers.api.problems import Wrong, problem
from handlers.api.reading import READERS
from handlers.runtime import Runtime

log = structlog.get_logger()

ADDRESS = "/api/v1"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
READ = "GET, HEAD"


def api(runtime: Runtime) -> Blueprint:
    """The API over a runtime, to be mounted at /api/v1."""
    door = Blueprint("api", __name__)
    door.add_url_rule("/openapi.json", "openapi", described)
    for path, name, read in READERS:
        door.add_url_rule(path, name, _answering(runtime, read))
    door.add_url_rule("/", "root", _nowhere, methods=METHODS)
    door.add_url_rule("/<path:rest>", "nowhere", _nowhere, methods=METHODS, provide_automatic_options=False)
    for kind, told in ((Wrong, _wrong), (Refused, _refused), (HTTPException, _failed), (Exception, _broken)):
        door.register_error_handler(kind, told)
    door.after_request(_headed)
    door.after_request(lambda response: _logged(runtime, response))
    return door


def _answering(runtime: Runtime, read: Callable[..., Any]) -> Callable[..., Any]:
    """A view that lets a key in, reads, and gives the answer a tag by which it need not be sent twice."""

    def view(**named: str) -> Response:
        g.rows = 0
        with runtime.store.reading() as session:
            caller = _caller(runtime, session)
            g.key = caller.key_id
            if caller.too_often:
                raise Wrong(429, "Too many calls", f"At most {keys.CALLS_A_MINUTE} calls a minute.")
            answer, g.rows = read(session, caller.sight, runtime.clock(), **named)
        response = jsonify(answer)
        response.add_etag()
        return response.make_conditional(request)

    return view


def _caller(runtime: Runtime, session: Any) -> keys.Caller:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = keys.caller(session, secret.strip(), runtime.clock()) if kind.lower() == "bearer" else None
    if found is None:
        raise Wrong(401, "No valid key", 'Send "Authorization: Bearer KEY" with a key from the console.')
    return found


def _nowhere(rest: str = "") -> NoReturn:
    """No such address; or one that is only read."""
    for path, *_ in (*READERS, ("/openapi.json",)):
        known = path.split("/")
        asked = f"/{rest}".split("/")
        if len(known) == len(asked) and all(a == b or a.startswith("<") for a, b in zip(known, asked, strict=True)):
            raise MethodNotAllowed(READ.split(", "))
    raise NotFound


def _wrong(error: Wrong) -> Response:
    return problem(error)


def _refused(error: Refused) -> Response:
    if error.code == "not_found":
        return problem(Wrong(404, "Not found", "There is no such thing, or this key may not see it."))
    return problem(Wrong(400, "Bad request", error.code))


def _failed(error: HTTPException) -> Response:
    response = problem(Wrong(error.code or 500, error.name, error.description or ""))
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = READ
    return response


def _broken(error: Exception) -> Response:
    log.exception("api request failed", endpoint=request.endpoint)
    return problem(Wrong(500, "Internal error", "It has been noted."))


def _headed(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


def _logged(runtime: Runtime, response: Response) -> Response:
    """Write the call down beside its key; what a stranger calls is in no log of ours."""
    if (key := g.get("key")) is not None:
        with runtime.store.transaction() as session:
            note_call(session, key, Called(request.path, response.status_code, g.rows, runtime.clock()))
    return response
