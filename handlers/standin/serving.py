"""A small HTTP/1.1 server for the stand-in alone: a thread per connection, connections kept.

Werkzeug's own server discards what it finds on the line after an answer, so that a fast client's next request may be
lost; and a stand-in should be able to show a socket to hang up on. Put it behind nothing and on loopback only.

Kept servers were weighed: waitress answers from a loop of its own and shows no socket to hang up on; cheroot and
gunicorn's threads come from a pool, which a few phones that wait for news (25 s each) would fill, and neither is less
code once its gateway or its arbiter is bent to show the socket and to run in a thread of a test.
"""

import socket
import socketserver
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

_LARGEST_BODY = 256 * 1024 * 1024  # bytes
_LONGEST_LINE = 65_536
_BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Server(socketserver.ThreadingTCPServer):
    """Serves a WSGI application; bound when made."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, app: Wsgi, host: str, port: int) -> None:
        self.app = app
        super().__init__((host, port), _Connection)
        self.port = int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Connection(socketserver.StreamRequestHandler):
    """One client's connection: request after request until either side ends it."""

    disable_nagle_algorithm = True
    server: Server

    def handle(self) -> None:
        while self._one():
            pass

    def _one(self) -> bool:
        line = self.rfile.readline(_LONGEST_LINE)
        if not line.strip():
            return False
        headers = self._headers()
        try:
            method, target, version = line.decode("latin-1").split()
            length = int(headers.get("content-length", "0"))
        except ValueError:
            length = -1
        if not 0 <= length <= _LARGEST_BODY or "transfer-encoding" in headers:
            self.wfile.write(_BAD)
            return False
        if headers.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        environ = self._environ(method, target, headers, self.rfile.read(length))
        self.wfile.write(_answer(self.server.app, environ))
        return version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"

    def _headers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while (line := self.rfile.readline(_LONGEST_LINE)) not in (b"\r\n", b"\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            name, value = name.strip().lower(), value.strip()
            found[name] = f"{found[name]},{value}" if name in found else value
        return found

    def _environ(self, method: str, target: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        path, _, query = target.partition("?")
        environ: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            environ[name] = environ.pop(f"HTTP_{name}", "")
        return environ | {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.server.server_address[0],
            "SERVER_PORT": str(self.server.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "standin.socket": self.connection,
        }


def _answer(app: Wsgi, environ: dict[str, Any]) -> bytes:
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        told[:] = [status, headers]

    result = app(environ, start)
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    status, headers = told
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers if name.lower() != "content-length")]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode("latin-1")
    return head if environ["REQUEST_METHOD"] == "HEAD" else head + body


def serve(app: Wsgi, host: str = "127.0.0.1", port: int = 0) -> Server:
    """A server, bound but not yet serving; port 0 takes a free one (`.port`)."""
    return Server(app, host, port)


def hang_up(environ: dict[str, Any]) -> None:
    """Close the client's connection, so that it never sees an answer, under servers that show their socket."""
    for name in ("standin.socket", "gunicorn.socket", "werkzeug.socket"):
        connection = environ.get(name)
        if isinstance(connection, socket.socket):
            connection.shutdown(socket.SHUT_RDWR)
