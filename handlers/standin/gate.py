"""What every API call passes before its operation: faults, token, rate limit, size, media type, JSON."""

import json
import time
from typing import Any

from handlers.standin.faults import Fault
from handlers.standin.operations import Operation
from handlers.standin.settings import Rate
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call, Wrong

_LARGEST = 2 * 1024 * 1024  # bytes of a JSON body


def answer(standin: Standin, operation: Operation, call: Call) -> Answer:
    """Carry out a call, or refuse it, or fail as a fault says; and note it in the log."""
    with standin.lock:
        fault = standin.faults.take(call.method, call.path)
    result = _faulty(standin, operation, call, fault) if fault else _true(standin, operation, call)
    result.headers["x-line-request-id"] = call.request_id
    with standin.lock:
        standin.log.add(call, result)
    return result


def _faulty(standin: Standin, operation: Operation, call: Call, fault: Fault) -> Answer:
    result = None
    if fault.accept or fault.answer() is None:
        result = _true(standin, operation, call)
    if fault.delay:
        time.sleep(fault.delay)
    return fault.answer() or result or Answer()


def _true(standin: Standin, operation: Operation, call: Call) -> Answer:
    try:
        _admit(standin, operation, call)
        return operation.act(standin, call)
    except Wrong as wrong:
        return wrong.answer()


def _admit(standin: Standin, operation: Operation, call: Call) -> None:
    if not operation.open:
        _authenticate(standin, call)
    rate = _rate(standin, operation)
    if rate is not None:
        with standin.lock:
            if not standin.buckets.take(f"{operation.method} {operation.rule}", rate, call.at):
                raise Wrong(429, "The API rate limit has been exceeded. Try again later.")
    if operation.body == "json":
        call.body = _json(call)


def _authenticate(standin: Standin, call: Call) -> None:
    scheme, _, token = call.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Wrong(401, "Authentication failed due to the following reason: missing or malformed authorization header")
    if standin.access.find(token, call.at) is None:
        raise Wrong(401, "Authentication failed due to the following reason: invalid token")


def _rate(standin: Standin, operation: Operation) -> Rate:
    rates = standin.settings.rates
    if not rates:
        return operation.rate
    if operation.rule in rates:
        return rates[operation.rule]
    return rates.get("*", operation.rate)


def _json(call: Call) -> Any:
    if call.headers.get("Content-Type", "").split(";")[0].strip().lower() != "application/json":
        raise Wrong(415, "Unsupported media type")
    if len(call.raw) > _LARGEST:
        raise Wrong(413, "Request entity too large")
    try:
        body = json.loads(call.raw)
    except UnicodeDecodeError:
        raise Wrong(400, "The request body could not be parsed as JSON (line: 1, column: 1)") from None
    except ValueError as error:
        where = f"(line: {getattr(error, 'lineno', 1)}, column: {getattr(error, 'colno', 1)})"
        raise Wrong(400, f"The request body could not be parsed as JSON {where}") from None
    if not isinstance(body, dict):
        raise Wrong(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
    return body
