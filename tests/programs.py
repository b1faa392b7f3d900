"""Real programs in processes of their own, for tests and benchmarks: started, waited for, ended by their own id."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3

ROOT = Path(__file__).parents[1]
SECRET, TOKEN = "secret-of-the-test", "token-of-the-test"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port of this machine that nobody serves on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], what: str, seconds: float = 120.0) -> None:
    """Wait until it is true. Fails saying what was waited for."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.02)


class Program:
    """A running command; all it writes goes to a file."""

    def __init__(self, command: Sequence[str], output: Path, environment: Mapping[str, str] | None = None) -> None:
        self.output = output
        settings = {name: value for name, value in os.environ.items() if not name.startswith(("LINE_", "KHAOJAI_"))}
        settings |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **(environment or {})}
        with output.open("ab") as written:
            self.process = subprocess.Popen(
                command, env=settings, cwd=output.parent, stdout=written, stderr=written, start_new_session=True
            )

    def wrote(self) -> str:
        """All it wrote so far."""
        return self.output.read_text("utf-8", "replace")

    def logged(self, event: str) -> list[dict[str, Any]]:
        """Its log's lines of one kind."""
        lines = (json.loads(line) for line in self.wrote().splitlines() if line.startswith("{"))
        return [each for each in lines if each.get("event") == event]

    def wait_for(self, ready: Callable[[], object], what: str, seconds: float = 120.0) -> None:
        """Wait until it is ready. Fails at once, with what it wrote, where it has ended."""

        def alive_and_ready() -> object:
            assert self.process.poll() is None, f"ended before {what}: {self.wrote()[-3000:]}"
            return ready()

        until(alive_and_ready, f"{what}: {self.output}", seconds)

    def stop(self, seconds: float = 20.0) -> int:
        """Ask it to end, and give its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def kill(self) -> None:
        """End it at once with all it started, giving it no chance to tidy up."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def cpu(self) -> float:
        """CPU seconds that it and the processes it started have used so far."""
        return sum(_cpu(each) for each in family(self.process.pid))

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def family(pid: int) -> list[int]:
    """A process and all that descend from it, on Linux."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def answers(url: str) -> bool:
    """Whether this address answers 200."""
    try:
        return urllib3.request("GET", url, timeout=2, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def khaojai(command: str, output: Path, **settings: object) -> Program:
    """`python -m bot COMMAND` with these settings and no others; `python -c` may stand before for changed constants."""
    environment = {name.upper(): str(value) for name, value in settings.items()}
    return Program([sys.executable, "-m", "bot", command], output, environment)


@contextmanager
def web(output: Path, command: str = "web", **settings: object) -> Iterator[tuple[Program, str]]:
    """A web process that is ready, and its address."""
    port = free_port()
    with khaojai(command, output, port=port, **settings) as program:
        address = f"http://127.0.0.1:{port}"
        program.wait_for(lambda: answers(f"{address}/readyz"), "a ready web process")
        yield program, address


def redis(folder: Path, port: int) -> Program:
    """Redis on this port, answering; it keeps nothing on disk."""
    server = shutil.which("redis-server")
    assert server, "redis-server is missing: make machine"
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    program = Program([server, *options], folder / "redis.log")

    def open_door() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    program.wait_for(open_door, "Redis", 10)
    return program
