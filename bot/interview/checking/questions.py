"""Questions, one by one. One that is well-shaped is built at once, so that conditions on it can be held against it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import Problem
from bot.interview.building import build_question
from bot.interview.checking.fields import choices, constraint, default, scale
from bot.interview.checking.rules import rule
from bot.interview.checking.texts import Problems, flags, named, texts, unknown
from bot.interview.kinds import KINDS
from bot.interview.progress import REVIEW
from bot.interview.questionnaire import Kind, Question
from bot.wording import LANGUAGES

MOST_QUESTIONS = 60  # beyond, the review would not fit into LINE's bubbles; nobody answers that many in a chat
_LONGEST, _LONGEST_NOTE = 300, 1000  # grapheme clusters of a label, hint or purpose
_ALL_NOTES = 4000  # characters: they may all be said in one message

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIELDS = frozenset(("name", "kind", "label", "hint", "required", "show_if", "sensitive", "purpose", "constraint"))


def questions(data: object, languages: Sequence[str]) -> Problems:
    """All questions: each by itself, and their names and conditions together."""
    if not isinstance(data, list) or not data:
        yield Problem("questions", "questions_needed")
        return
    if len(data) > MOST_QUESTIONS:
        yield Problem("questions", "too_many_questions", {"count": len(data), "most": MOST_QUESTIONS})
    if all(isinstance(each, Mapping) and each.get("kind") == Kind.NOTE for each in data):
        yield Problem("questions", "only_notes")
    yield from _notes(data)
    names: list[Any] = [each.get("name") if isinstance(each, Mapping) else None for each in data]
    earlier: dict[str, Question | None] = {}  # None where there is something wrong with the question
    for place, each in enumerate(data):
        where = f"questions[{place}]"
        found = list(_question(each, where, languages))
        if isinstance(names[place], str) and names[place] in earlier:
            found.append(Problem(f"{where}.name", "name_twice", {"name": names[place]}))
        if isinstance(each, Mapping) and "show_if" in each:
            found += rule(each["show_if"], f"{where}.show_if", earlier, names)
        yield from found
        if isinstance(names[place], str):
            earlier.setdefault(names[place], None if found else _bare(each))


def _bare(data: Mapping[str, Any]) -> Question:
    """The question without its own conditions: those of others ask only what it can be answered with."""
    return build_question({name: value for name, value in data.items() if name != "show_if"}, {})


def _notes(data: Sequence[object]) -> Problems:
    labels = [each.get("label") for each in data if isinstance(each, Mapping) and each.get("kind") == Kind.NOTE]
    for language in LANGUAGES:
        texts = [label.get(language) for label in labels if isinstance(label, Mapping)]
        if sum(len(text) for text in texts if isinstance(text, str)) > _ALL_NOTES:
            yield Problem("questions", "notes_too_long", {"most": _ALL_NOTES, "language": language})


def _question(data: object, where: str, languages: Sequence[str]) -> Problems:
    if not isinstance(data, Mapping):
        yield Problem(where, "question_shape")
        return
    yield from (Problem(f"{where}.{name}", "field_missing") for name in ("name", "kind", "label") if name not in data)
    if "name" in data:
        yield from named(data["name"], f"{where}.name", _NAME, "question_name")
    if data.get("name") == REVIEW:
        yield Problem(f"{where}.name", "name_taken", {"name": REVIEW})
    yield from flags(data, where, "required", "sensitive")
    for name in ("label", "hint", "purpose"):
        if name in data:
            longest = _LONGEST_NOTE if data.get("kind") == Kind.NOTE else _LONGEST
            yield from texts(data[name], f"{where}.{name}", languages, longest)
    yield from _sensitive(data, where)
    if data.get("kind") in list(Kind):
        yield from _of_kind(data, where, languages)
    elif "kind" in data:
        yield Problem(f"{where}.kind", "kind_unknown", {"kinds": list(Kind)})


def _sensitive(data: Mapping[str, Any], where: str) -> Problems:
    if data.get("sensitive") is True and "purpose" not in data:
        yield Problem(f"{where}.purpose", "purpose_missing")
    if data.get("sensitive") is not True and "purpose" in data:
        yield Problem(f"{where}.purpose", "purpose_unasked")


def _of_kind(data: Mapping[str, Any], where: str, languages: Sequence[str]) -> Problems:
    kind, manner = Kind(data["kind"]), KINDS[data["kind"]]
    yield from unknown(data, where, _FIELDS | manner.fields)
    if kind is Kind.NOTE and data.get("required") is True:
        yield Problem(f"{where}.required", "note_required")
    if "choices" in manner.fields:
        yield from choices(data.get("choices"), f"{where}.choices", languages)
    if "scale" in manner.fields and "scale" in data:
        yield from scale(data["scale"], f"{where}.scale", languages)
    if "constraint" in data:
        yield from constraint(data, f"{where}.constraint", languages)
    if "default" in manner.fields and "default" in data:
        yield from default(data, f"{where}.default")
