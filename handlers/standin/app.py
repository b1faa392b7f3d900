"""The HTTP face: one Flask blueprint with relative paths, so that it works under a prefix and at the root."""

import json
from collections.abc import Callable

from flask import Blueprint, Flask, Response, request

from handlers.standin import (
    api_account,
    api_chat,
    api_content,
    api_groups,
    api_insight,
    api_messages,
    api_richmenus,
    api_tokens,
    control,
    control_trouble,
    control_watch,
    gate,
    ids,
)
from handlers.standin.operations import Operation
from handlers.standin.serving import hang_up
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, not_found

_APIS = (api_messages, api_account, api_chat, api_content, api_groups, api_insight, api_richmenus, api_tokens)
_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


def blueprint(standin: Standin) -> Blueprint:
    """LINE's API and the control API over one platform. Mount it with any `url_prefix`, or none."""
    made = Blueprint("standin", __name__)
    for module in _APIS:
        for operation in module.OPERATIONS:
            _add(made, standin, operation)
    for rule in ("/v2/<path:rest>", "/oauth2/<path:rest>"):
        nothing = Operation("*", rule, _nothing, rate=None, open=True)
        made.add_url_rule(rule, f"nothing {rule}", _view(standin, nothing), methods=_METHODS)
    for controls in (control, control_watch, control_trouble):
        controls.register(made, standin)
    return made


def create_app(standin: Standin) -> Flask:
    """The stand-in alone, at the root."""
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(blueprint(standin))
    return app


def _add(made: Blueprint, standin: Standin, operation: Operation) -> None:
    name = f"{operation.method} {operation.rule}".replace(".", "_")
    made.add_url_rule(operation.rule, name, _view(standin, operation), methods=[operation.method])


def _view(standin: Standin, operation: Operation) -> Callable[..., Response]:
    def view(**args: str) -> Response:
        call = _call(standin, operation, args)
        return _respond(gate.answer(standin, operation, call))

    return view


def _call(standin: Standin, operation: Operation, args: dict[str, str]) -> Call:
    prefix = (request.url_rule.rule if request.url_rule else "").removesuffix(operation.rule)
    call = Call(
        method=request.method,
        path=request.path[len(prefix) :],
        route=operation.rule,
        args=args,
        query=request.args,
        headers=request.headers,
        raw=b"" if operation.body == "form" else request.get_data(cache=False),
        request_id=ids.request_id(),
        at=standin.now(),
    )
    if operation.body == "form":
        call.body = request.form.to_dict()
    return call


def _respond(answer: Answer) -> Response:
    if answer.drop:
        hang_up(request.environ)
    content = answer.content
    if content is None:
        content = json.dumps(answer.body, ensure_ascii=False).encode()
    return Response(content, answer.status, answer.headers, content_type=answer.content_type)


def _nothing(_: Standin, __: Call) -> Answer:
    raise not_found()
