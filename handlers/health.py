"""Is it alive, is it ready, how much waits: for load balancers, operators and their graphs."""

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from bot.broadcasts.pacing import quota
from bot.inbox import milliseconds
from bot.store import broadcasts, mail
from bot.store.base import Clock, Store, Unavailable
from bot.store.migrating import is_current

# An event that waits longer than this, in seconds, means that no worker is at work.
LATE = 60


def health(store: Store, clock: Clock) -> Blueprint:
    """GET /healthz, /readyz and /metrics."""
    page = Blueprint("health", __name__)

    @page.get("/healthz")
    def healthz() -> Response:
        """The process answers."""
        return jsonify(status="ok")

    @page.get("/readyz")
    def readyz() -> tuple[Response, int]:
        """The store is there and at the newest migration; how much waits, and since when."""
        try:
            current = is_current(store)
            waiting = _waiting(store, clock) if current else {}
        except Unavailable:
            return jsonify(status="store unavailable"), 503
        if not current:
            return jsonify(status="migrations missing: python -m bot migrate"), 503
        late = (waiting["oldest_waiting_seconds"] or 0) > LATE
        return jsonify(status="late" if late else "ready", **waiting), 200

    @page.get("/metrics")
    def metrics() -> Response:
        """The same in Prometheus's text format; 503 while the store is away or not migrated."""
        try:
            gauges = _gauges(store, clock)
        except Unavailable:
            return Response("store unavailable\n", 503, mimetype="text/plain")
        return Response(generate_latest(gauges), mimetype=CONTENT_TYPE_LATEST)

    return page


def _gauges(store: Store, clock: Clock) -> CollectorRegistry:
    registry = CollectorRegistry()
    for name, value in _waiting(store, clock).items():
        Gauge(f"khaojai_{name}", name.replace("_", " "), registry=registry).set(value or 0)
    labelled, quota_left = _broadcasts(store)
    for name, by_state in labelled.items():
        gauge = Gauge(f"khaojai_{name}", name.replace("_", " "), ["state"], registry=registry)
        for state, count in by_state.items():
            gauge.labels(state).set(count)
    if quota_left is not None:
        Gauge("khaojai_line_quota_left", "messages left for broadcasts", registry=registry).set(quota_left)
    return registry


def _broadcasts(store: Store) -> tuple[dict[str, dict[str, int]], int | None]:
    """Broadcasts and recipients by state, and what is left of the month's messages, where that is limited."""
    with store.reading() as session:
        labelled = {
            "broadcasts": broadcasts.depth(session),
            "broadcast_recipients": broadcasts.recipients(session),
        }
        return labelled, quota(session).left


def _waiting(store: Store, clock: Clock) -> dict[str, float | None]:
    with store.reading() as session:
        depth = mail.depth(session)
    oldest = depth["oldest_ms"]
    return {
        "events_waiting": depth["events"],
        "events_failed": depth["failed_events"],
        "deliveries_waiting": depth["deliveries"],
        "oldest_waiting_seconds": None if oldest is None else round((milliseconds(clock) - oldest) / 1000, 1),
    }
