"""Opening a chat: which survey, on which stage, over which terminal."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from bot.errors import Problem, Refused
from bot.interview import reading
from bot.rehearsals.stage import Stage
from bot.seed import sample_surveys
from bot.store.base import now
from handlers.terminal.chat import Chat
from handlers.terminal.phone import Phone
from handlers.terminal.showing import Screen


def survey_named(name: str) -> dict[str, Any]:
    """The survey of a sample's slug or of a YAML file.

    Raises LookupError with a message where there is none, Refused("survey.invalid", problems=...) for one that an
    author must mend.
    """
    samples = {each["slug"]: each for each in sample_surveys()}
    if name in samples:
        return dict(samples[name])
    path = Path(name)
    if not path.is_file():
        slugs = "\n".join(f"  {each}" for each in samples)
        raise LookupError(f"{name} is neither a file nor one of the surveys:\n{slugs}")
    data = _loaded(path)
    if found := reading.problems(data):
        raise Refused("survey.invalid", problems=found)
    return dict(data)


def _loaded(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        problem = Problem("", "not_utf8", {"byte": error.start + 1})
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{mark.line + 1}:{mark.column + 1}" if mark else ""
        problem = Problem(where, "not_yaml", {"detail": getattr(error, "problem", None) or error})
    raise Refused("survey.invalid", problems=[problem])


def chat(survey: dict[str, Any] | None, language: str) -> None:
    """Talk until the input ends. Nothing is kept."""
    typed_here = sys.stdin.isatty()
    screen = Screen(Console())
    with _stage(language) as stage:
        if survey is not None:
            stage.put_on(survey)
        talk = Chat(stage, Phone(now), screen, echo=not typed_here)
        screen.note("A rehearsal: nothing is kept, nobody else sees it. /help tells what works, /quit ends it.")
        with suppress(KeyboardInterrupt):
            talk.begin(survey["slug"] if survey else "")
            for line in _lines(typed_here):
                if not talk.take(line):
                    break
        screen.note("Ended. Nothing was kept.")


@contextmanager
def _stage(language: str) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="khaojai-chat-") as folder:
        stage = Stage(Path(folder), now, language)
        try:
            yield stage
        finally:
            stage.close()


def _lines(typed_here: bool) -> Iterator[str]:
    """The lines of standard input, whatever bytes are in it; in a terminal with editing and a prompt."""
    if not typed_here:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield from sys.stdin
        return
    with suppress(EOFError):
        while True:
            yield input("› ")
