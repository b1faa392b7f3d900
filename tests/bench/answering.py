"""A worker told when to work: python -m tests.bench.answering DATABASE LINE_API_URL DATA_DIR

Prints "ready", answers all that is due for each line it reads, and prints for each what it took: seconds, cpu, began
and ended (seconds on the machine's own steady clock, so that several workers can be compared).
"""

import json
import sys
import time
from pathlib import Path

import nlp
from bot.config import Settings
from bot.store.base import Store
from handlers import logs
from handlers.runtime import Runtime
from handlers.worker import Worker
from tests.programs import SECRET, TOKEN


def main(database: str, line: str, data_dir: str) -> None:
    """Work whenever told to."""
    logs.set_up()
    settings = Settings(
        line_channel_secret=SECRET, line_channel_access_token=TOKEN, line_api_url=line, data_dir=Path(data_dir)
    )
    runtime = Runtime(settings, Store(database))
    nlp.warm()
    worker = Worker(runtime)
    _ = runtime.gateway
    print("ready", flush=True)
    for _line in sys.stdin:
        began, used = time.monotonic(), time.process_time()
        worker.work()
        print(json.dumps({"began": began, "ended": time.monotonic(), "cpu": time.process_time() - used}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
