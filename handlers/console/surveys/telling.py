"""Problems, changes and words of surveys as pages and scripts show them, in the reader's language."""

from collections.abc import Iterable
from typing import Any

from bot import problems
from bot.errors import Problem
from bot.interview.kinds import KINDS
from bot.interview.questionnaire import Kind, Test
from bot.surveys.comparing import Change
from bot.wording import LANGUAGES, catalogue
from handlers.console.look import language, t, t_or

WORDS = "console.editor."


def told(found: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems as plain data: where for machines, place, text and mend for people."""
    return [
        {
            "where": each.where,
            "severity": str(each.severity),
            "place": problems.place(each, language()),
            "text": problems.sentence(each, language()),
            "mend": problems.mend(each, language()),
        }
        for each in found
    ]


def changes_told(changes: Iterable[Change]) -> list[dict[str, str]]:
    """Changes as plain data: what became of a place, and its words before and after."""
    return [
        {
            "what": t(f"console.surveys.change.{each.manner}"),
            "manner": str(each.manner),
            "place": each.place(language()),
            "before": each.before,
            "after": each.after,
        }
        for each in changes
    ]


def words() -> dict[str, str]:
    """Everything the editor says, by name."""
    names = (name.removeprefix(WORDS) for name in catalogue("en") if name.startswith(WORDS))
    return {name: t(f"console.editor.{name}") for name in names}


def kinds() -> list[tuple[str, dict[str, Any]]]:
    """What the editor must know of each kind of question: its word, its own fields, bounds and tests."""
    return [
        (
            str(kind),
            {
                "word": kind_word(kind),
                "fields": sorted(KINDS[kind].fields),
                "bounds": sorted(KINDS[kind].bounds),
                "tests": [str(test) for test in Test if test in KINDS[kind].tests],
            },
        )
        for kind in Kind
    ]


def kind_word(kind: str) -> str:
    """The word for a kind of question; its own name where there is no such kind."""
    return t_or(f"problem.word.{kind}", kind).removesuffix(f" ({kind})")


def languages() -> list[tuple[str, str]]:
    """The languages a survey may speak, with their names."""
    return [(each, t(f"problem.language.{each}")) for each in LANGUAGES]


def place_of(where: str) -> str:
    """A place of a draft, for people."""
    return problems.place(Problem(where, ""), language())
