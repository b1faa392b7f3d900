"""The load: python -m tests.bench.driver PORT PATH COUNT SERIES SECRET [CONNECTIONS]

Sends COUNT signed webhooks of one distinct text event each over kept connections to this machine, the next on each
connection as soon as the last is answered, and prints a line of JSON: seconds, p50_ms, p95_ms, p99_ms, failed.
Everything is written before the clock starts; one thread with a selector, so that it costs little beside the server.
"""

import json
import selectors
import socket
import sys
import time

from tests.bench.events import body, event, request, user

CONNECTIONS = 16
# Nothing is sent for longer than this, in seconds.
LONGEST = 120
PEOPLE = 500


class Load:
    """Connections that each send a request, wait for its answer, and send the next."""

    def __init__(self, requests: list[bytes]) -> None:
        self._waiting = iter(requests)
        self._selector = selectors.DefaultSelector()
        self._sent_at: dict[socket.socket, float] = {}
        self._came: dict[socket.socket, bytes] = {}
        self.took: list[float] = []
        self.failed = 0

    def run(self, port: int, connections: int) -> float:
        """Send them all. How many seconds it took."""
        lines = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(connections)]
        began = time.perf_counter()
        for line in lines:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(line, selectors.EVENT_READ)
            self._send(line)
        while self._selector.get_map():
            for key, _ in self._selector.select(5):
                self._hear(key.fileobj)  # type: ignore[arg-type]
            if time.perf_counter() - began > LONGEST:
                raise TimeoutError("the load runs for too long")
        return time.perf_counter() - began

    def _send(self, line: socket.socket) -> None:
        data = next(self._waiting, None)
        if data is None:
            self._selector.unregister(line)
            line.close()
            return
        self._came[line] = b""
        self._sent_at[line] = time.perf_counter()
        line.sendall(data)

    def _hear(self, line: socket.socket) -> None:
        piece = line.recv(65_536)
        if not piece:
            raise ConnectionError("the server hung up")
        self._came[line] += piece
        if whole(self._came[line]):
            self.took.append(time.perf_counter() - self._sent_at[line])
            self.failed += not self._came[line].startswith(b"HTTP/1.1 200")
            self._send(line)


def whole(answer: bytes) -> bool:
    """Whether these bytes are a whole answer."""
    head, found, content = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
    return len(content) >= int(length or 0)


def main(port: str, path: str, count: str, series: str, *rest: str) -> None:
    """Write the requests, send them, print the figures."""
    secret, connections = rest[0], int(rest[1]) if len(rest) > 1 else CONNECTIONS
    texts = (body(event(series, each, user(each % PEOPLE))) for each in range(int(count)))
    load = Load([request(path, each, secret) for each in texts])
    seconds = load.run(int(port), connections)
    took = sorted(load.took)
    figures = {f"p{share}_ms": took[len(took) * share // 100] * 1000 for share in (50, 95, 99)}
    print(json.dumps({"seconds": seconds, "failed": load.failed, **figures}))


if __name__ == "__main__":
    main(*sys.argv[1:])
