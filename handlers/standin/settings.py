"""How this LINE platform behaves today: quota, rates, and trouble on demand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

Rate = tuple[float, float] | None  # calls, seconds; None: no limit


@dataclass(slots=True)
class Settings:
    """All of it can be changed while it runs (`POST /control/settings`).

    quota: messages a month, None for no limit. rates: route → (calls, seconds), over LINE's own; "*" for all.
    redelivery: attempts after the first when the bot gives no 2xx (LINE's default is none). duplicate: extra copies of
    each webhook. shuffle: disorder. batch: events in one body. latency, backoff, timeout: seconds. hold: keep webhooks
    back until it is false again. mode: active | standby. signature: good | bad | missing. verified: a verified account,
    which alone may list its followers. strangers: what a multicast to an unknown user id gets, "ignore" or "refuse"
    (LINE's reference says both). replies: seconds a reply token lives. unknown_replies: accept reply tokens that this
    stand-in never gave out (for load tests that make their own webhooks).
    """

    quota: int | None = None
    rates: dict[str, Rate] = field(default_factory=dict)
    redelivery: int = 0
    duplicate: int = 0
    shuffle: bool = False
    batch: int = 1
    latency: float = 0.0
    backoff: float = 0.2
    timeout: float = 2.0
    hold: bool = False
    mode: str = "active"
    signature: str = "good"
    verified: bool = False
    strangers: str = "ignore"
    replies: float = 60.0
    unknown_replies: bool = False

    def change(self, wanted: Mapping[str, Any]) -> None:
        """Take over what is named. Raises ValueError naming what is unknown or has the wrong type."""
        known = {one.name for one in fields(self)}
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"unknown setting: {name}")
            setattr(self, name, _read(name, value))

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


_CHOICES = {"mode": ("active", "standby"), "signature": ("good", "bad", "missing"), "strangers": ("ignore", "refuse")}
_SWITCHES = ("shuffle", "hold", "verified", "unknown_replies")
_COUNTS = ("redelivery", "duplicate", "batch")


def _read(name: str, value: Any) -> Any:
    if name in _CHOICES and value in _CHOICES[name]:
        return value
    if name == "quota" and (value is None or (type(value) is int and value >= 0)):
        return value
    if name in _SWITCHES and isinstance(value, bool):
        return value
    if name in _COUNTS and isinstance(value, int) and value >= 0:
        return 3 if name == "redelivery" and value is True else int(value)
    if name == "rates" and isinstance(value, Mapping):
        return {route: _rate(rate) for route, rate in value.items()}
    if name in ("latency", "backoff", "timeout", "replies") and isinstance(value, int | float) and value >= 0:
        return float(value)
    raise ValueError(f"wrong value of setting {name}")


def _rate(value: Any) -> Rate:
    if value is None:
        return None
    calls, seconds = value
    return float(calls), float(seconds)
