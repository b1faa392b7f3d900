"""A served stand-in, a bot that takes its webhooks, and clients to speak with both."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import urllib3
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, MessagingApiBlob

from handlers.standin.app import create_app
from handlers.standin.serving import serve
from handlers.standin.state import Standin

SECRET, TOKEN = "a-channel-secret", "a-channel-token"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Bot:
    """Takes webhooks; `statuses` are answered first (0: hang up), then 200. `pause` seconds pass before each answer."""

    url: str = ""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    pause: threading.Event | None = None

    @property
    def bodies(self) -> list[bytes]:
        return [body for _, body in self.requests]

    @property
    def headers(self) -> list[dict[str, str]]:
        return [headers for headers, _ in self.requests]

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.bodies for event in json.loads(body)["events"]]


@dataclass
class World:
    """The stand-in under test: its state, its address, and ways to talk to it."""

    standin: Standin
    url: str
    bot: Bot
    clock: Clock
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)

    @property
    def sdk(self) -> MessagingApi:
        return MessagingApi(ApiClient(Configuration(host=self.url, access_token=TOKEN)))

    @property
    def blob(self) -> MessagingApiBlob:
        return MessagingApiBlob(ApiClient(Configuration(host=self.url, access_token=TOKEN)))

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> urllib3.BaseHTTPResponse:
        """A plain HTTP call with the token; a dict or list goes as JSON."""
        given = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if body is None or isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.pool.request(method, self.url + path, body=data, headers=given, retries=False, timeout=10)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A control call that must succeed."""
        answer = self.call(method, "/control" + path, body)
        assert answer.status < 300, answer.data
        return answer.json() if answer.headers["Content-Type"] == "application/json" else answer.data

    def citizen(self, name: str = "สมหญิง", friend: bool = True) -> str:
        """A new citizen's user id."""
        return str(self.control("POST", "/citizens", {"displayName": name, "friend": friend})["userId"])

    def say(self, user_id: str, **message: Any) -> dict[str, Any]:
        """A citizen says something; the event as the bot got it."""
        said = self.control("POST", f"/citizens/{user_id}/messages", {"type": "text", "text": "สวัสดี"} | message)
        return self.event(said["webhookEventId"])

    def event(self, event_id: str) -> dict[str, Any]:
        """The event of an id, once it has arrived."""
        self.control("GET", "/idle?wait=5")
        return next(one for one in self.bot.events if one["webhookEventId"] == event_id)

    def send(self, to: str, *messages: Any, **more: Any) -> urllib3.BaseHTTPResponse:
        """A plain push."""
        headers = {name: more.pop(name) for name in list(more) if name.startswith("X_")}
        wanted = list(messages) or [{"type": "text", "text": "สวัสดีค่ะ"}]
        return self.call("POST", "/v2/bot/message/push", {"to": to, "messages": wanted, **more}, **headers)

    def received(self, user_id: str) -> int:
        """How many messages of the bot reached a chat."""
        return int(self.control("GET", f"/deliveries?user={user_id}")["messages"])


@contextmanager
def _listening() -> Iterator[Bot]:
    taken = Bot()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.requests.append((dict(self.headers), body))
            if taken.pause:
                taken.pause.wait(5)
            status = taken.statuses.pop(0) if taken.statuses else 200
            self.close_connection = status == 0
            if status == 0:
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    taken.url = f"http://127.0.0.1:{server.server_port}/line/webhook"
    yield taken
    server.shutdown()
    server.server_close()


@contextmanager
def _served() -> Iterator[World]:
    clock = Clock()
    with _listening() as bot:
        standin = Standin(SECRET, TOKEN, bot.url, clock)
        server = serve(create_app(standin))
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield World(standin, f"http://127.0.0.1:{server.port}", bot, clock)
        standin.sender.close()
        server.shutdown()
        server.server_close()


@pytest.fixture
def world() -> Iterator[World]:
    """A fresh platform for one test."""
    with _served() as made:
        yield made


@pytest.fixture(scope="session")
def platform() -> Iterator[World]:
    """One platform for tests that leave nothing behind, such as validations."""
    with _served() as made:
        yield made
