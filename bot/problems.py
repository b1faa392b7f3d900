"""What an author is told of a problem: where it is, what is wrong, and how to mend it, in Thai or English.

For pages and commands that show `bot.interview.reading.problems(data)` or `warnings(data)`:

    place(problem, "th")      "ข้อ 3 · ข้อความ (ไทย)"; `problem.where` stays "questions[2].label.th" for machines
    sentence(problem, "th")   what is wrong: one or more sentences
    mend(problem, "th")       what to do about it
    line(problem, "en")       all on one line for a terminal, with the place as machines write it

The sentences are in the catalogues as problem.<code> and problem.<code>.mend. Problems look the same to all who show
them, whatever found them: the checks, the lints of wording, the readers of files.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from bot.errors import Problem
from bot.wording import LANGUAGES, catalogue, say

_PARTS = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_LISTS = ("questions", "choices")  # lists whose items have a word of their own
_CELL = re.compile(r"(?P<sheet>[^!]+)!(?P<column>[A-Z]*)(?P<row>\d*)")
_LINE = re.compile(r"(?P<line>\d+):(?P<letter>\d+)")


def sentence(problem: Problem, language: str) -> str:
    """What is wrong."""
    return _say(problem, language, f"problem.{problem.code}")


def mend(problem: Problem, language: str) -> str:
    """How to mend it."""
    return _say(problem, language, f"problem.{problem.code}.mend")


def line(problem: Problem, language: str) -> str:
    """The problem on one line, for a terminal."""
    told = f"{sentence(problem, language)} {mend(problem, language)}"
    where = f"{problem.where} ({_of_line(problem, language)})" if "line" in problem.facts else problem.where
    return f"{where}: {told}" if where else told


def place(problem: Problem, language: str) -> str:
    """Where the problem is, for people."""
    where = problem.where
    if not where:
        return say(language, "problem.place.everything")
    if found := _LINE.fullmatch(where):
        return say(language, "problem.place.line", n=found["line"], column=found["letter"])
    if found := _CELL.fullmatch(where):
        return " · ".join(_cell(found, str(problem.facts.get("column", "")), language))
    words = list(_words(where, language))
    if len(words) > 1 and (named := _language_named(where, language)):
        words = [*words[:-2], f"{words[-2]} ({named})"]
    return " · ".join([*words, *([_of_line(problem, language)] if "line" in problem.facts else [])])


def _of_line(problem: Problem, language: str) -> str:
    return say(language, "problem.place.only_line", n=problem.facts["line"])


def _cell(found: re.Match[str], header: str, language: str) -> Iterator[str]:
    yield say(language, "problem.place.sheet", name=found["sheet"])
    if found["row"]:
        yield say(language, "problem.place.row", n=found["row"])
    if found["column"]:
        column = say(language, "problem.place.column", n=found["column"])
        yield f"{column} ({header})" if header else column
    elif header:
        yield say(language, "problem.place.column", n=header)


def _words(where: str, language: str) -> Iterator[str]:
    """The steps of a place, in words. A field nobody knows stands as it is written."""
    steps = [(name, number) for name, number in _PARTS.findall(where)]
    for (name, number), (_, following) in zip(steps, [*steps[1:], ("", "")], strict=True):
        if number:
            continue
        if following and name in _LISTS:
            yield say(language, f"problem.place.numbered.{name}", n=int(following) + 1)
            continue
        yield say(language, f"problem.place.{name}") if f"problem.place.{name}" in catalogue("en") else name
        if following:
            yield say(language, "problem.place.part", n=int(following) + 1)


def _language_named(where: str, language: str) -> str:
    code = where.rpartition(".")[2]
    return say(language, f"problem.language.{code}") if code in LANGUAGES else ""


def _say(problem: Problem, language: str, key: str) -> str:
    facts = {name: _worded(name, value, language) for name, value in problem.facts.items()}
    return say(language, key, **facts)


def _worded(name: str, value: object, language: str) -> object:
    """A fact as a reader knows it: languages and kinds by their names, lists parted by commas."""
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(_worded(name, each, language)) for each in value)
    if isinstance(value, StrEnum):
        return say(language, f"problem.word.{value}")
    if name in ("language", "languages") and value in LANGUAGES:
        return say(language, f"problem.language.{value}")
    return value
