"""A whole town for tests: the real application and the real stand-in of LINE, spoken to over HTTP with LINE's own SDK.

The worker runs when a test says so (`answer_all`), on the test's clock.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from flask import Flask
from werkzeug.serving import make_server

from bot.config import Settings
from bot.store.base import Clock, Store
from handlers.runtime import Runtime
from handlers.standin.app import create_app as standin_app
from handlers.standin.state import Standin
from handlers.web import create_app
from handlers.worker import Worker

SECRET, TOKEN = "secret-of-the-test", "token-of-the-test"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application behind a free port of this machine. Gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@dataclass
class Citizen:
    """Somebody with a phone."""

    town: "Town"
    id: str
    messages: list[str] = field(default_factory=list)

    def _post(self, path: str, **body: Any) -> dict[str, Any]:
        answer = requests.post(f"{self.town.control}/citizens/{self.id}/{path}", json=body, timeout=10)
        answer.raise_for_status()
        return dict(answer.json())

    def follow(self) -> list[dict[str, Any]]:
        """Add the bot as a friend."""
        self._post("follow")
        return self.hears()

    def block(self) -> list[dict[str, Any]]:
        """Block the bot."""
        self._post("block")
        return self.hears()

    def says(self, text: str) -> list[dict[str, Any]]:
        """Type, and read what comes back."""
        return self.sends(type="text", text=text)

    def sends(self, **message: Any) -> list[dict[str, Any]]:
        """Send any message of the stand-in's control API, and read what comes back."""
        self.messages.append(self._post("messages", **message)["messageId"])
        return self.hears()

    def taps(self, label: str, **params: str) -> list[dict[str, Any]]:
        """Tap what is labelled so in what the bot said last, and read what comes back."""
        action = next((each for each in actions(self.heard()) if label in str(each.get("label", ""))), None)
        assert action, f"nothing labelled {label!r} in {[each.get('label') for each in actions(self.heard())]}"
        body = {"data": action["data"], "displayText": action.get("displayText", "")}
        self._post("postback", **body, **({"params": params} if params else {}))
        return self.hears()

    def unsends(self, message: int = -1) -> list[dict[str, Any]]:
        """Take back a message, the last by default."""
        url = f"{self.town.control}/citizens/{self.id}/messages/{self.messages[message]}"
        requests.delete(url, timeout=10).raise_for_status()
        return self.hears()

    def hears(self) -> list[dict[str, Any]]:
        """Let the worker answer, and give the LINE messages that came with it."""
        before = len(self.heard())
        self.town.answer_all()
        return self.heard()[before:]

    def heard(self) -> list[dict[str, Any]]:
        """Every LINE message the bot sent to this citizen, in order."""
        return self.town.heard_by(self.id)


def actions(messages: Any) -> list[dict[str, Any]]:
    """Every postback or date picker within LINE messages, the newest message's first."""
    found: list[dict[str, Any]] = []
    for message in reversed(messages):
        found += _within(message)
    return found


def _within(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [each for item in part for each in _within(item)]
    if not isinstance(part, dict):
        return []
    mine = [part] if part.get("type") in ("postback", "datetimepicker") else []
    return mine + [each for value in part.values() for each in _within(value)]


def words(messages: list[dict[str, Any]]) -> str:
    """What LINE messages say, as one text."""
    return "\n".join(str(each.get("text") or each.get("altText") or "") for each in messages)


@dataclass
class Town:
    """The application, the stand-in, and a worker that works when told to."""

    runtime: Runtime
    standin: Standin
    control: str
    webhook: str
    worker: Worker

    def citizen(self, name: str = "สมหญิง", language: str = "th", agreed: bool = False) -> Citizen:
        """Somebody new; one who `agreed` has followed the bot and given consent."""
        body = {"displayName": name, "language": language}
        citizen = Citizen(self, requests.post(f"{self.control}/citizens", json=body, timeout=10).json()["userId"])
        if agreed:
            citizen.follow()
            citizen._post("postback", data="do=agree")
            citizen.hears()
        return citizen

    def heard_by(self, user: str) -> list[dict[str, Any]]:
        """Every LINE message the bot sent to this user, in order."""
        items = requests.get(f"{self.control}/chat", params={"since": 0, "user": user}, timeout=10).json()["items"]
        return [each["message"] for each in items if each["from"] == "bot" and each["kind"] == "message"]

    def answer_all(self) -> None:
        """Wait until the stand-in has sent its webhooks, and let the worker answer them all."""
        idle = requests.get(f"{self.control}/idle", params={"wait": 10}, timeout=15)
        idle.raise_for_status()
        self.pass_a_moment()
        self.worker.work()

    def pass_a_moment(self) -> None:
        """Let events come to rest: on a clock that stands still, time must be moved."""
        clock: Any = self.runtime.clock
        if hasattr(clock, "pass_by"):
            clock.pass_by(milliseconds=200)


@contextmanager
def town(store: Store, clock: Clock, data_dir: Path) -> Iterator[Town]:
    """A town over a store. The stand-in keeps the wall's time, as LINE does."""
    standin = Standin(secret=SECRET, token=TOKEN, webhook_url="http://127.0.0.1:9/", clock=time.time)
    with served(standin_app(standin)) as line:
        settings = Settings(
            line_channel_secret=SECRET, line_channel_access_token=TOKEN, line_api_url=line, data_dir=data_dir
        )
        runtime = Runtime(settings, store, clock)
        with served(create_app(runtime)) as web:
            standin.sender.route.url = f"{web}/line/webhook"
            yield Town(runtime, standin, f"{line}/control", f"{web}/line/webhook", Worker(runtime))
