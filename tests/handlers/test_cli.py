"""The commands as an operator runs them: real processes, real exit statuses."""

import csv
import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = ("run", "web", "worker", "clock", "migrate", "seed", "chat", "export", "tag", "account", "broadcast")
SECRETS = {
    "LINE_CHANNEL_SECRET": "a-real-channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "a-real-token",
    "SECRET_KEY": "a-real-key-of-some-length",
}


def bot(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `python -m bot` with its data in `folder` and nothing else set."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, cwd=folder, env=environment(folder), timeout=60, check=False
    )


def environment(folder: Path) -> dict[str, str]:
    """What a fresh machine has set, and where our data goes."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "DATA_DIR": str(folder)}


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stdout.decode() + done.stderr.decode()


# Importing everything takes a second: one process does so once, and then becomes each command in a child of its own.
MANY = """
import json, os, sys
from handlers.cli import main

for number, (arguments, env) in enumerate(json.load(sys.stdin)):
    if not (child := os.fork()):
        os.environ.update(env)
        os.dup2(os.open(f"{number}.out", os.O_WRONLY | os.O_CREAT), 1)
        os.dup2(1, 2)
        main(arguments, prog_name="python -m bot")
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
Case = tuple[list[str], dict[str, str]]


def each_of(folder: Path, cases: list[Case]) -> list[tuple[int, str]]:
    """The exit status and the words of each command, with this added to its environment."""
    done = subprocess.run(
        [sys.executable, "-c", MANY], input=json.dumps(cases).encode(), capture_output=True, cwd=folder, timeout=60,
        env=environment(folder), check=True,
    )  # fmt: skip
    return [
        (int(status), (folder / f"{number}.out").read_text(encoding="utf-8"))
        for number, status in enumerate(done.stdout.split())
    ]


def hold(folder: Path, status: int, cases: list[tuple[list[str], dict[str, str], list[str]]]) -> None:
    """Hold that each command ends so, says these things, and no more than people can read."""
    ended = each_of(folder, [(arguments, env) for arguments, env, _ in cases])
    assert len(ended) == len(cases)
    for (arguments, _, says), (ends, words) in zip(cases, ended, strict=True):
        assert (ends, [each for each in says if each not in words]) == (status, []), (arguments, words)
        assert "Traceback" not in words and "hush" not in words


def test_help_lists_the_commands(tmp_path: Path) -> None:
    done = bot(tmp_path, "--help")
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.decode().partition("Commands:")[2].splitlines() if line.strip()]
    assert set(COMMANDS) <= set(listed)


def test_each_command_has_help(tmp_path: Path) -> None:
    hold(tmp_path, 0, [([each, "--help"], {}, [f"Usage: python -m bot {each}", "--help"]) for each in COMMANDS])


def test_wrong_use_ends_with_2_and_says_why(tmp_path: Path) -> None:
    to = ["export", "--format", "csv", "--out"]
    cases = [
        (["fly"], "No such command 'fly'"),
        (["export", "--format", "pdf", "--out", "x"], "'pdf' is not one of 'csv', 'xlsx', 'jsonl'"),
        (["export", "--format", "csv"], "Missing option '--out'"),
        ([*to, "x", "--since", "21/11/2026"], "does not match the format '%Y-%m-%d'"),
        ([*to, "x", "--since", "2026-02-01", "--until", "2026-01-01"], "--since is after"),
        ([*to, "no/such/x.csv"], "there is no folder"),
        ([*to, "x", "--unmasked", " "], "needs a purpose"),
        (["chat", "no-such-survey"], "road-safety-needs"),
        (["run", "now"], "unexpected extra argument"),
    ]
    hold(tmp_path, 2, [(arguments, {}, [says]) for arguments, says in cases])


def test_settings_that_cannot_work_are_all_named(tmp_path: Path) -> None:
    short = {"KHAOJAI_ENV": "production", "SECRET_KEY": "short"}
    wrong = {"DATABASE_URL": "mysql://x", "BROKER_URL": "amqp://x", "PORT": "99999"}
    cases = [
        (short, ["LINE_CHANNEL_SECRET:", "LINE_CHANNEL_ACCESS_TOKEN:", "SECRET_KEY: at least"]),
        (wrong, ["DATABASE_URL:", "BROKER_URL:", "PORT:"]),
        ({"DATABASE_URL": "postgresql://user:hush@host:port/name"}, ["DATABASE_URL:"]),
        ({"KHAOJAI_ENV": "produktion", "PORT": "eighty"}, ["KHAOJAI_ENV:", "PORT:"]),
    ]
    hold(tmp_path, 2, [(["migrate"], env, says) for env, says in cases])


def test_what_cannot_be_done_ends_with_1(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        cases = [
            (["seed"], {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, ["the database cannot be used"]),
            (["migrate"], {"DATABASE_URL": "sqlite:////dev/null/x.sqlite3"}, ["/dev/null"]),
            (["migrate", "--to", "9999"], {}, ["there is no migration called 9999"]),
            (["seed"], {}, ["run: python -m bot migrate"]),
            (["export", "--format", "csv", "--out", "x.csv"], {}, ["run: python -m bot migrate"]),
            (["worker"], SECRETS | {"KHAOJAI_ENV": "production"}, ["run: python -m bot migrate"]),
            (["run"], {"PORT": port}, [port, "set PORT"]),
        ]
        hold(tmp_path, 1, cases)


def test_production_is_given_no_invented_entries(tmp_path: Path) -> None:
    secrets = {"LINE_CHANNEL_SECRET": "real", "LINE_CHANNEL_ACCESS_TOKEN": "real", "SECRET_KEY": "k" * 32}
    hold(tmp_path, 2, [(["seed", "--voices"], {"KHAOJAI_ENV": "production"} | secrets, ["--voices is for the demo"])])


def test_migrate_and_seed_may_be_done_twice_and_then_exported(tmp_path: Path) -> None:
    to = ["export", "--survey", "road-safety-needs", "--format"]
    cases: list[tuple[list[str], dict[str, str], list[str]]] = [
        (["migrate"], {}, ["The database is up to date."]),
        (["migrate"], {}, ["The database is up to date."]),
        (["seed"], {}, ["20 projects and surveys were new."]),
        (["seed"], {}, ["0 projects and surveys were new."]),
        ([*to, "csv", "--out", "all.csv"], {}, ["0 entries exported to all.csv", "all-dictionary.csv"]),
        ([*to, "xlsx", "--out", "all.xlsx", "--since", "2026-01-01", "--until", "2026-01-01"], {}, ["0 entries"]),
        ([*to, "csv", "--out", "-"], {}, ["travel_mode.label", "0 entries exported to standard output"]),
    ]
    hold(tmp_path, 0, cases)
    [heads] = csv.reader(io.StringIO((tmp_path / "all.csv").read_text(encoding="utf-8-sig")))
    assert "travel_mode.label" in heads
    unknown = [*to[:1], "--format", "csv", "--out", "new.csv", "--project", "moon"]
    hold(tmp_path, 2, [(unknown, {}, ["there is no project called moon"])])
    assert not (tmp_path / "new.csv").exists()


def test_tag_goes_on_after_a_bad_line_and_names_it(tmp_path: Path) -> None:
    lines = [
        b"\xef\xbb\xbf" + json.dumps({"id": "ก", "text": "รถชนกันหน้าโรงเรียน น่ากลัวมาก"}, ensure_ascii=False).encode(),
        b"{not json",
        b"",
        json.dumps({"id": 2, "text": 5}).encode(),
        b"[1]",
        b'{"id": 3, "text": "\xff"}',
        json.dumps({"id": 4, "text": ""}).encode(),
    ]
    done = bot(tmp_path, "tag", given=b"\n".join(lines))
    assert done.returncode == 1, told(done)
    tagged = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in tagged] == ["ก", 4]
    assert list(tagged[0]) == [
        "id", "language", "sentiment", "topics", "qualities", "urgency", "places", "personal_data", "projects", "model",
    ]  # fmt: skip
    assert tagged[0]["projects"][0]["slug"] == "road-safety"
    assert [number for number in range(1, 8) if f"line {number}:" in done.stderr.decode()] == [2, 4, 5, 6]


def test_tag_of_nothing_says_nothing(tmp_path: Path) -> None:
    done = bot(tmp_path, "tag")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
