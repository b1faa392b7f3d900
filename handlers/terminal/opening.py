"""Opening a chat: which survey, on which stage, over which terminal."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import survey_files
from bot.errors import Refused, Severity
from bot.rehearsals.stage import Stage
from bot.seed import sample_surveys
from bot.store.base import now
from handlers.terminal.chat import Chat
from handlers.terminal.phone import Phone
from handlers.terminal.showing import Screen


def survey_named(name: str) -> dict[str, Any]:
    """The survey of a sample's slug, or of a file: YAML or XLSForm.

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
    draft = survey_files.opened(path.name, path.read_bytes())
    found = [each for each in draft.problems if each.severity is Severity.PROBLEM]
    if found or draft.data is None:
        raise Refused("survey.invalid", problems=found)
    return draft.data


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
