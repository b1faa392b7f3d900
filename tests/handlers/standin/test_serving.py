"""The small server of the stand-in alone, spoken to byte by byte; and its command."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3

from handlers.standin.serving import serve


def echo(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    told = [environ["REQUEST_METHOD"], environ["PATH_INFO"].encode("latin-1").decode(), environ["QUERY_STRING"]]
    return [" ".join(told).encode(), b" ", environ["wsgi.input"].read()]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = serve(echo)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.port
    server.shutdown()
    server.server_close()


def exchange(port: int, *sent: bytes) -> bytes:
    """Send these bytes, say no more, and take what comes until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        for one in sent:
            line.sendall(one)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65_536), b""))


GET = b"GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "bodies"),
    [
        (GET, [b"GET /a b=c "]),
        (GET * 3, [b"GET /a b=c "] * 3),
        (b"POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi" + GET, [b"POST /  hi", b"GET /a b=c "]),
        (b"GET /%E0%B8%81 HTTP/1.1\r\n\r\n", ["GET /ก  ".encode()]),
        (GET.replace(b"1.1", b"1.0") + GET, [b"GET /a b=c "]),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n" + GET, [b"GET /  "]),
    ],
)
def test_requests_on_one_connection(port: int, sent: bytes, bodies: list[bytes]) -> None:
    answers = exchange(port, sent).split(b"HTTP/1.1 200 OK\r\n")[1:]
    assert [one.split(b"\r\n\r\n", 1)[1] for one in answers] == bodies
    for answer, body in zip(answers, bodies, strict=True):
        assert f"Content-Length: {len(body)}".encode() in answer


@pytest.mark.parametrize(
    "sent",
    [
        b"hello\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_what_it_does_not_take(port: int, sent: bytes) -> None:
    assert exchange(port, sent).startswith(b"HTTP/1.1 400 ")


def test_expectations_and_heads(port: int) -> None:
    sent = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi"
    assert exchange(port, sent).startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
    head = exchange(port, GET.replace(b"GET", b"HEAD"))
    assert b"Content-Length: 12" in head and head.endswith(b"\r\n\r\n")


def test_the_command() -> None:
    asked = [sys.executable, "-m", "handlers.standin", "--port", "0", "--token", "t", "--quota", "7", "--webhook", ""]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().split()[3].rstrip(",") if process.stdout else ""
        answer = urllib3.request("GET", url + "/v2/bot/message/quota", headers={"Authorization": "Bearer t"})
        process.terminate()
    assert answer.json() == {"type": "limited", "value": 7}
