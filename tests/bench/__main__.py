"""Benchmarks: python -m tests.bench [PART …] [--quick]

Every figure is a ratio to something measured in the same run; other figures hold for the machine of that minute alone.
"""

import argparse
import os
import time
from collections.abc import Callable

from tests.bench import (
    bench_answers,
    bench_broadcasts,
    bench_console,
    bench_export,
    bench_nlp,
    bench_pictures,
    bench_webhook,
)

PARTS: dict[str, Callable[[bool], None]] = {
    "webhook": bench_webhook.main,
    "answers": bench_answers.main,
    "nlp": lambda _quick: bench_nlp.main(),
    "console": lambda quick: bench_console.main(*((5_000, 5_000) if quick else (100_000, 1_000_000))),
    "pictures": lambda quick: bench_pictures.main(*((1_000, 1_000) if quick else (100_000, 1_000_000))),
    "broadcasts": lambda quick: bench_broadcasts.main(2_000 if quick else bench_broadcasts.PEOPLE),
    "export": lambda quick: bench_export.main(1_000 if quick else bench_export.ENTRIES),
}


def main() -> None:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Speed and memory, as ratios.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="a short run: whether it works, not what it is worth")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the start\n")
    for name in given.parts or PARTS:
        began = time.monotonic()
        PARTS[name](given.quick)
        print(f"({name}: {time.monotonic() - began:.0f} s)\n", flush=True)


if __name__ == "__main__":
    main()
