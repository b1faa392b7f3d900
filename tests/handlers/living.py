"""Khaojai in real processes beside a stand-in of LINE in the test's own: what citizens say, and what they get back."""

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import urllib3

from handlers.standin.app import create_app
from handlers.standin.serving import serve
from handlers.standin.state import Standin
from tests.programs import SECRET, TOKEN, Program, until, web

# A worker that looks by itself only once an hour, so that only a wake-up call can bring it to work in a test.
DEAF = """
import sys
from bot import outbox
from handlers import worker
worker.LOOK_EVERY, outbox.LEASE_MS = float(sys.argv[1]), int(sys.argv[2])
from handlers.cli import main
main(["worker"])
"""
NEVER = 3600.0


@dataclass
class House:
    """The processes of one installation, and LINE's stand-in at their other end."""

    folder: Path
    standin: Standin
    settings: dict[str, Any]
    stack: ExitStack
    web: Program | None = None
    workers: list[Program] = field(default_factory=list)

    def start_web(self, command: str = "web") -> None:
        """The web process; LINE's webhooks go to it from now on."""
        output = self.folder / "web.log"
        self.web, address = self.stack.enter_context(web(output, command, **self.settings))
        self.standin.sender.route.url = f"{address}/line/webhook"

    def start_worker(self, look_every: float = NEVER, lease_ms: int = 30_000) -> Program:
        """One more worker process."""
        environment = {name.upper(): str(value) for name, value in self.settings.items()}
        command = [sys.executable, "-c", DEAF, str(look_every), str(lease_ms)]
        output = self.folder / f"worker{len(self.workers)}.log"
        worker = self.stack.enter_context(Program(command, output, environment))
        worker.wait_for(lambda: "looks for events" in worker.wrote(), "a worker")
        self.workers.append(worker)
        return worker

    def control(self, method: str, what: str, /, **body: Any) -> dict[str, Any]:
        """A call of the stand-in's control API."""
        url = f"{self.settings['line_api_url']}/control/{what}"
        answer = urllib3.request(method, url, json=body, timeout=10)
        assert answer.status < 300, answer.data
        return dict(answer.json())

    def citizen(self) -> str:
        """Somebody who followed the bot and gave consent. Gives the LINE id."""
        who = str(self.control("POST", "citizens", language="th", friend=True)["userId"])
        self.control("POST", f"citizens/{who}/postback", data="do=agree")
        until(lambda: self.heard(who), "the answer to a consent")
        return who

    def says(self, who: str, text: str) -> None:
        """Somebody writes."""
        self.control("POST", f"citizens/{who}/messages", type="text", text=text)

    def heard(self, who: str) -> list[str]:
        """What the bot said to somebody, each message as text."""
        with self.standin.lock:
            items = self.standin.chat.since(0, who)
        said = [each["message"] for each in items if each["from"] == "bot" and each["kind"] == "message"]
        return [str(each.get("text") or each.get("altText")) for each in said]


@contextmanager
def house(folder: Path, **settings: Any) -> Iterator[House]:
    """A house in which nothing runs yet but the stand-in of LINE."""
    standin = Standin(SECRET, TOKEN, "http://127.0.0.1:9/")
    standin.settings.change({"redelivery": 5})
    server = serve(create_app(standin))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    secrets = {"line_channel_secret": SECRET, "line_channel_access_token": TOKEN}
    line = {"line_api_url": f"http://127.0.0.1:{server.port}"}
    with ExitStack() as stack:
        yield House(folder, standin, {"data_dir": folder, **secrets, **line, **settings}, stack)
    standin.sender.close()
    server.shutdown()
    server.server_close()
    thread.join()
