"""The benchmarks run and print their tables; what they measure is not judged here."""

import subprocess
import sys

from tests.programs import ROOT


def test_a_quick_run_prints_its_tables() -> None:
    command = [sys.executable, "-m", "tests.bench", "webhook", "answers", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    for told in ("echo, 1 process", "SQLite, kept, 1 process", "free words waiting, SQLite", "the stand-in's ceiling"):
        assert told in done.stdout


def test_an_unknown_part_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "moon"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "no such part: moon" in done.stderr
