"""Acknowledged webhooks per second, beside a bare Flask + line-bot-sdk echo under the same server in the same run."""

import json
import statistics
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import count

from tests.bench.driver import CONNECTIONS
from tests.bench.places import POSTGRES, SQLITE, Place, place
from tests.bench.tables import show
from tests.programs import ROOT, SECRET, TOKEN, Program, answers, free_port, web

HOW = f"""\
Each server is loaded in turn while the others idle, round after round; medians over the rounds.
Load: {CONNECTIONS} kept connections from one process on this machine, each sending its next webhook once the last is
answered: signed, one distinct text event each.
All servers: gunicorn gthread with our settings; the echo parses with line-bot-sdk and answers.
"kept": `python -m bot web`, which answers 200 after its commit; workers are elsewhere (woken over Redis), none runs.
"and answered": the worker works in the same process meanwhile and sends to a stand-in of LINE in another.
CPU: that of the server's processes, without the database's."""


@dataclass(frozen=True)
class Server:
    """A server under test; `rival` is the echo with as many processes."""

    name: str
    port: int
    program: Program
    rival: str


_series = count()


def main(quick: bool = False) -> None:
    """Measure and print."""
    rounds, each = (1, 300) if quick else (5, 4_000)
    with place() as here:
        servers = _servers(here, quick)
        figures = _measure(servers, rounds, each)
    rows = []
    for server in servers:
        mine = {name: statistics.median(values) for name, values in figures[server.name].items()}
        echo = {name: statistics.median(values) for name, values in figures[server.rival].items()}
        rows.append(
            (
                server.name,
                f"{mine['rate']:,.0f}",
                f"{mine['rate'] / echo['rate']:.2f}",
                f"{mine['p50_ms']:.1f}",
                f"{mine['p95_ms']:.1f}",
                f"{mine['cpu_us']:.0f}",
                f"{mine['cpu_us'] / echo['cpu_us']:.2f}",
            )
        )
    heads = ("webhooks acknowledged", "per second", "to echo", "p50 ms", "p95 ms", "CPU µs each", "to echo")
    show("Webhooks", f"{HOW}\nRounds: {rounds} of {each:,} webhooks.", heads, rows)


def _servers(here: Place, quick: bool) -> list[Server]:
    made = []
    for processes in (1,) if quick else (1, 2):
        name = f"echo, {_counted(processes)}"
        port = free_port()
        command = [sys.executable, "-m", "tests.bench.echo", str(port), str(processes), SECRET]
        program = here.stack.enter_context(Program(command, here.folder / f"echo{processes}.log"))
        made.append(Server(name, port, program, name))
    for server in made:
        address = f"http://127.0.0.1:{server.port}/readyz"
        server.program.wait_for(lambda url=address: answers(url), "the echo")  # type: ignore[misc]
    broker = here.broker()
    for kind, processes in ((SQLITE, 1), (POSTGRES, 1), (POSTGRES, 2))[: 2 if quick else 3]:
        name = f"{kind}, kept, {_counted(processes)}"
        made.append(_ours(here, name, kind, processes, broker_url=broker, line_api_url="http://127.0.0.1:9"))
    _, line = here.line()
    for kind in (SQLITE,) if quick else (SQLITE, POSTGRES):
        made.append(_ours(here, f"{kind}, kept and answered, {_counted(1)}", kind, 1, line_api_url=line))
    return made


def _counted(processes: int) -> str:
    return "1 process" if processes == 1 else f"{processes} processes"


def _ours(here: Place, name: str, kind: str, processes: int, **settings: str) -> Server:
    folder = here.folder / name.replace(" ", "-").replace(",", "")
    folder.mkdir()
    opened = web(
        folder / "log",
        database_url=here.database(kind),
        data_dir=folder,
        web_concurrency=processes,
        line_channel_secret=SECRET,
        line_channel_access_token=TOKEN,
        **settings,
    )
    program, address = here.stack.enter_context(opened)
    return Server(name, int(address.rpartition(":")[2]), program, f"echo, {_counted(processes)}")


def _measure(servers: list[Server], rounds: int, each: int) -> dict[str, dict[str, list[float]]]:
    figures: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for server in servers:
        _drive(server, 200)
    for _ in range(rounds):
        for server in servers:
            before = server.program.cpu()
            found = _drive(server, each)
            assert not found["failed"], f"{server.name}: {found['failed']} failed"
            found["cpu_us"] = (server.program.cpu() - before) / each * 1e6
            found["rate"] = each / found["seconds"]
            for name, value in found.items():
                figures[server.name][name].append(value)
    return figures


def _drive(server: Server, number: int) -> dict[str, float]:
    series = f"bench{next(_series)}x"
    command = [sys.executable, "-m", "tests.bench.driver", str(server.port), "/line/webhook", str(number), series]
    done = subprocess.run([*command, SECRET], cwd=ROOT, capture_output=True, text=True, timeout=180, check=True)
    return dict(json.loads(done.stdout))
