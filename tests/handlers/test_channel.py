"""`python -m bot line` as an operator runs it, against the stand-in: what it says, and how it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from handlers.standin.app import create_app
from handlers.standin.state import Standin
from tests.handlers.town import served
from tests.programs import ROOT, SECRET, TOKEN

REAL = "https://bot.example.go.th/line/webhook"


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(401 if self.path.startswith("/refuses") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    """A server that answers webhooks; those under /refuses as one with another secret does."""
    server = HTTPServer(("127.0.0.1", 0), _Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def looked(folder: Path, webhook: str, *arguments: str, token: str = TOKEN) -> tuple[int, str]:
    """The exit status and the words of the command, where LINE sends events to `webhook`."""
    with served(create_app(Standin(secret=SECRET, token=TOKEN, webhook_url=webhook))) as line:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        told = {"LINE_API_URL": line, "LINE_CHANNEL_ACCESS_TOKEN": token, "DATA_DIR": str(folder)}
        done = subprocess.run(
            [sys.executable, "-m", "bot", "line", *arguments], capture_output=True, timeout=90, check=False,
            cwd=folder, env=kept | told | {"PYTHONPATH": str(ROOT), "COLUMNS": "160"},
        )  # fmt: skip
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def test_all_is_well(host: str, tmp_path: Path) -> None:
    status, said = looked(tmp_path, f"{host}/line/webhook")
    assert (status, said.count("MEND")) == (0, 0), said
    assert "LINE called it: 200" in said and "messages used this month" in said


def test_a_wrong_secret_is_guessed_from_the_answer(host: str, tmp_path: Path) -> None:
    status, said = looked(tmp_path, f"{host}/refuses/line/webhook")
    assert status == 1 and "401" in said and "LINE_CHANNEL_SECRET" in said


def test_an_address_that_is_not_ours_is_told(host: str, tmp_path: Path) -> None:
    status, said = looked(tmp_path, f"{host}/somewhere")
    assert status == 1 and "does not end in /line/webhook" in said


def test_no_address_says_how_to_give_one(tmp_path: Path) -> None:
    status, said = looked(tmp_path, "")
    assert status == 1 and "--webhook https://YOUR-HOST/line/webhook" in said


def test_the_address_is_given_to_line(tmp_path: Path) -> None:
    status, said = looked(tmp_path, "http://127.0.0.1:9/line/webhook", "--webhook", REAL)
    assert status == 1 and REAL in said, said  # nobody answers there from this machine


def test_a_wrong_token_is_told(tmp_path: Path) -> None:
    status, said = looked(tmp_path, REAL, token="another-token")
    assert status == 1 and "LINE_CHANNEL_ACCESS_TOKEN" in said and "Traceback" not in said


def test_an_address_that_line_would_not_take_is_wrong_use(tmp_path: Path) -> None:
    status, said = looked(tmp_path, REAL, "--webhook", "http://bot.example.go.th/line/webhook")
    assert status == 2 and "https://" in said
