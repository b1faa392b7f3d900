"""What is different between two drafts, question by question, for people who read neither."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.errors import Problem
from bot.problems import place
from bot.wording import pick


class Manner(StrEnum):
    """What became of a place."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `where` is its place in the draft after it, of what was removed: before it. "" is no text."""

    manner: Manner
    where: str
    before: str = ""
    after: str = ""

    def place(self, language: str) -> str:
        """Where it is, for people: "ข้อ 3 · คำถาม (ไทย)"."""
        return place(Problem(self.where, ""), language)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every difference: first of the whole, then of its questions in the order of `after`, then what was removed."""
    whole = [{name: value for name, value in each.items() if name != "questions"} for each in (before, after)]
    return [*_fields("", whole[0], whole[1]), *_questions(before, after)]


def _questions(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = _by_name(before), _by_name(after)
    moved = _moved([name for name in old if name in new], [name for name in new if name in old])
    for name, (at, question) in new.items():
        where = f"questions[{at}]"
        if name not in old:
            yield Change(Manner.ADDED, where, after=_label(question))
            continue
        if name in moved:
            yield Change(Manner.MOVED, where, before=str(old[name][0] + 1), after=_label(question))
        yield from _fields(where, old[name][1], question)
    for name, (at, question) in old.items():
        if name not in new:
            yield Change(Manner.REMOVED, f"questions[{at}]", before=_label(question))


def _fields(where: str, before: Any, after: Any) -> Iterator[Change]:
    """The differences of two values, as deep as both are mappings."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*after, *before)):
            inner = f"{where}.{name}" if where else str(name)
            yield from _fields(inner, before.get(name), after.get(name))
        return
    yield Change(Manner.CHANGED, where, _told(before), _told(after))


def _by_name(data: Mapping[str, Any]) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Each question by its name, or by its place where it has none of its own."""
    found: dict[str, tuple[int, Mapping[str, Any]]] = {}
    questions = data.get("questions")
    for at, each in enumerate(questions if isinstance(questions, list) else []):
        question = each if isinstance(each, Mapping) else {}
        name = question.get("name")
        found[name if isinstance(name, str) and name not in found else f"[{at}]"] = (at, question)
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The fewest names that were moved, roughly: those that stand out of the longest run that kept its order."""
    best: list[list[str]] = [[]]
    for name in after:
        runs = [run for run in best if not run or before.index(run[-1]) < before.index(name)]
        longest = max(runs, key=len)
        best.append([*longest, name])
    kept = max(best, key=len)
    return set(after) - set(kept)


def _label(question: Mapping[str, Any]) -> str:
    label = question.get("label")
    return pick(label, "th") if isinstance(label, Mapping) else ""


def _told(value: Any) -> str:
    """A value in few words; of a list of choices, their labels."""
    if isinstance(value, list):
        return ", ".join(_label(each) if isinstance(each, Mapping) else str(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_told(each)}" for name, each in value.items())
    return "" if value is None else str(value)
