"""What the control modules share: JSON in and out, and errors in words for those who write tests."""

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from handlers.standin.people import Citizen, Group
from handlers.standin.state import Standin

LONGEST_WAIT = 25.0  # seconds


class Problem(Exception):
    """The control call cannot be done."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def route(made: Blueprint, method: str, rule: str, act: Callable[..., Any]) -> None:
    """Add `<prefix>/control<rule>`. `act` returns what to send as JSON, or (that, status), or a Response."""

    def view(**args: str) -> Response:
        try:
            result = act(**args)
        except Problem as problem:
            return _json({"error": str(problem)}, problem.status)
        except (ValueError, TypeError, KeyError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, 400)
        if isinstance(result, Response):
            return result
        body, status = result if isinstance(result, tuple) else (result, 200)
        return _json(body, status)

    made.add_url_rule("/control" + rule, f"control {method} {rule}", view, methods=[method])


def body() -> dict[str, Any]:
    """The request's JSON object, {} when there is none."""
    given = request.get_json(silent=True, force=True) if request.content_length else {}
    if not isinstance(given, dict):
        raise Problem(400, "the body must be a JSON object")
    return given


def number(name: str, default: float = 0) -> float:
    """A number of the query."""
    return float(request.args.get(name) or default)


def wait() -> float:
    """How long the caller will wait, in seconds."""
    return max(0.0, min(number("wait"), LONGEST_WAIT))


def citizen(standin: Standin, user_id: str) -> Citizen:
    """The citizen of an id; 404 when there is none."""
    found = standin.citizens.get(user_id)
    if found is None:
        raise Problem(404, "no such citizen")
    return found


def group(standin: Standin, group_id: str) -> Group:
    """The group of an id; 404 when there is none."""
    found = standin.groups.get(group_id)
    if found is None:
        raise Problem(404, "no such group")
    return found


def _json(value: Any, status: int) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), status, content_type="application/json")
