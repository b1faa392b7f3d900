"""Alive, ready, and how much waits."""

import json
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from bot.inbox import Inbox
from bot.line.inbound import split
from bot.store.base import Store
from bot.store.migrating import go_back
from handlers.health import health
from tests.conftest import SetClock


def told(store: Store, clock: SetClock, path: str) -> tuple[int, Any]:
    """The status and the body of an answer."""
    app = Flask("test")
    app.register_blueprint(health(store, clock))
    answer = app.test_client().get(path)
    return answer.status_code, answer.get_json() if answer.is_json else answer.get_data(as_text=True)


def arrive(store: Store, clock: SetClock, count: int) -> None:
    """Let events wait."""
    source = {"type": "user", "userId": "U" + "1" * 32}
    events = [
        {"type": "follow", "webhookEventId": f"e{number}", "timestamp": 1, "source": source} for number in range(count)
    ]
    Inbox(store, clock).accept(split(json.dumps({"events": events}).encode()))


def test_ready_and_how_much_waits(store: Store, clock: SetClock) -> None:
    nothing = {"events_waiting": 0, "events_failed": 0, "deliveries_waiting": 0, "oldest_waiting_seconds": None}
    assert told(store, clock, "/readyz") == (200, {"status": "ready", **nothing})
    arrive(store, clock, 2)
    clock.pass_by(seconds=5)
    waiting = nothing | {"events_waiting": 2, "oldest_waiting_seconds": 5.0}
    assert told(store, clock, "/readyz") == (200, {"status": "ready", **waiting})
    clock.pass_by(minutes=2)
    assert told(store, clock, "/readyz")[1]["status"] == "late"


def test_missing_migrations_are_not_ready(store: Store, clock: SetClock) -> None:
    go_back(store, "base")
    status, body = told(store, clock, "/readyz")
    assert (status, "python -m bot migrate" in body["status"]) == (503, True)
    assert told(store, clock, "/healthz") == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_store_that_is_away_is_not_ready(clock: SetClock, path: str) -> None:
    away = Store("postgresql+psycopg://nobody@127.0.0.1:9/none")
    assert told(away, clock, path)[0] == 503
    assert told(away, clock, "/healthz") == (200, {"status": "ok"})


def test_metrics_are_prometheuss(store: Store, clock: SetClock) -> None:
    arrive(store, clock, 3)
    clock.pass_by(seconds=7)
    status, text = told(store, clock, "/metrics")
    found = {each.name: each.samples[0].value for each in text_string_to_metric_families(text)}
    assert status == 200
    assert found["khaojai_events_waiting"] == 3
    assert found["khaojai_oldest_waiting_seconds"] == 7
    assert all(name.startswith("khaojai_") for name in found)
