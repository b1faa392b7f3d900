"""The commands that serve, as real processes: the demo itself, and what they say where they cannot serve."""

import socket
import sqlite3
from pathlib import Path

import pytest
import urllib3

from tests.handlers.living import house
from tests.programs import free_port, khaojai, until, web


def test_the_demo_serves_and_answers(tmp_path: Path) -> None:
    """`python -m bot run` in an empty folder: pages, health, and a message answered through the stand-in within."""
    with web(tmp_path / "log", "run", data_dir=tmp_path / "data") as (program, address):
        for page in ("/", "/phone", "/healthz", "/readyz"):
            assert urllib3.request("GET", address + page).status == 200, page
        control = f"{address}/standin/control"
        who = urllib3.request("POST", f"{control}/citizens", json={}).json()["userId"]
        assert urllib3.request("POST", f"{control}/citizens/{who}/follow", json={}).status == 200
        until(lambda: any(each["from"] == "bot" for each in _chat(control, who)), "an answer")
        assert program.stop() == 0
    with sqlite3.connect(tmp_path / "data/khaojai.sqlite3") as database:
        assert database.execute("SELECT DISTINCT status FROM deliveries").fetchall() == [("sent",)]


def _chat(control: str, who: str) -> list[dict[str, object]]:
    return list(urllib3.request("GET", f"{control}/chat?since=0&user={who}").json()["items"])


def test_web_speaks_to_a_line_elsewhere(tmp_path: Path) -> None:
    """`python -m bot web` with LINE_API_URL alone: SQLite, its own worker, no stand-in within."""
    with house(tmp_path) as here:
        here.start_web()
        address = here.standin.sender.route.url.removesuffix("/line/webhook")
        assert urllib3.request("GET", f"{address}/standin/control/citizens").status == 404
        assert here.citizen()


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with khaojai("web", tmp_path / "log", port=port, data_dir=tmp_path) as program:
            assert program.process.wait(30) == 1
    assert f"cannot serve on 127.0.0.1:{port}" in program.wrote() and "Traceback" not in program.wrote()


@pytest.mark.parametrize("command", ["web", "worker", "migrate"])
def test_a_folder_that_is_a_file_is_told(command: str, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with khaojai(command, tmp_path / "log", port=free_port(), data_dir=tmp_path / "data") as program:
        assert program.process.wait(30) == 1
    assert "Error: " in program.wrote() and "Traceback" not in program.wrote()


def test_a_database_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Where even root cannot write: the file is opened read only."""
    url = f"sqlite:///file:{tmp_path / 'none.sqlite3'}?mode=ro&uri=true"
    with khaojai("web", tmp_path / "log", port=free_port(), data_dir=tmp_path, database_url=url) as program:
        assert program.process.wait(30) == 1
    assert "Error: the database cannot be used" in program.wrote() and "Traceback" not in program.wrote()
