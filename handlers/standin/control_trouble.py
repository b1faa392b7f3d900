"""The control API's levers.

GET, POST /settings     settings.Settings, any of its names
POST, DELETE /faults    faults.Fault: {"path", "method"?, "status" | "delay" | "drop", "times"?, "accept"?}
POST /events            {"events": [raw webhook events], "send"?: false, "together"?: true}
POST /reset             forget everything
"""

from dataclasses import asdict
from functools import partial
from typing import Any

from flask import Blueprint

from handlers.standin.controls import Problem, body, route
from handlers.standin.events import Event
from handlers.standin.state import Standin

Told = dict[str, Any]


def register(made: Blueprint, standin: Standin) -> None:
    """Add the routes."""
    for method, rule, act in (
        ("GET", "/settings", settings),
        ("POST", "/settings", change),
        ("POST", "/faults", fault),
        ("DELETE", "/faults", mend),
        ("POST", "/reset", reset),
        ("POST", "/events", events),
    ):
        route(made, method, rule, partial(act, standin))


def settings(standin: Standin) -> Told:
    """How the platform behaves now."""
    return standin.settings.to_dict()


def change(standin: Standin) -> Told:
    """Behave otherwise."""
    with standin.lock:
        standin.settings.change(body())
    standin.sender.wake()
    return standin.settings.to_dict()


def fault(standin: Standin) -> tuple[Told, int]:
    """Let calls of a path fail."""
    with standin.lock:
        return asdict(standin.faults.add(body())), 201


def mend(standin: Standin) -> Told:
    """No more faults."""
    with standin.lock:
        standin.faults.clear()
    return {}


def reset(standin: Standin) -> Told:
    """Forget everything."""
    standin.reset()
    return {}


def events(standin: Standin) -> Told:
    """Send events as they are given, in one body each unless settings say otherwise.

    Their reply tokens become valid and the people in them known. {"send": false} does only that, for those who bring
    the webhook to the bot themselves; {"together": true} sends all in one body at once and tells what came of it.
    """
    given = body()
    wanted: list[Event] = given["events"]
    if not isinstance(wanted, list) or not all(isinstance(one, dict) for one in wanted):
        raise Problem(400, "events must be a list of objects")
    for event in wanted:
        standin.meet(event)
        standin.register(event)
    if given.get("together"):
        return standin.sender.post(wanted)
    if given.get("send", True):
        for event in wanted:
            standin.sender.put(event)
    return {"events": len(wanted)}
