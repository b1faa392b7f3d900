"""The questionnaire as a whole."""

import re
from collections.abc import Mapping, Sequence

from bot.errors import Problem
from bot.interview.checking.questions import questions
from bot.interview.checking.texts import Problems, named, texts, unknown
from bot.wording import LANGUAGES

_FIELDS = ("slug", "project", "title", "purpose", "intro", "outro", "languages", "questions")
_LONGEST = {"title": 40, "purpose": 300, "intro": 1000, "outro": 1000}  # grapheme clusters

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def misshapen(data: object) -> Problems:
    """All problems of the data but one: whether each question can be reached is asked once there are no others."""
    if not isinstance(data, Mapping):
        yield Problem("", "questionnaire_shape", {"fields": _FIELDS})
        return
    yield from unknown(data, "", frozenset(_FIELDS))
    yield from (Problem(name, "field_missing") for name in _FIELDS if name not in data)
    for name in ("slug", "project"):
        if name in data:
            yield from named(data[name], name, _SLUG, "slug")
    yield from _languages(data.get("languages", ["th"]))
    languages = _known_languages(data.get("languages"))
    for name, longest in _LONGEST.items():
        if name in data:
            yield from texts(data[name], name, languages, longest)
    if "questions" in data:
        yield from questions(data["questions"], languages)


def _languages(data: object) -> Problems:
    if not isinstance(data, list) or not data:
        yield Problem("languages", "languages_needed", {"languages": LANGUAGES})
        return
    for place, each in enumerate(data):
        if each not in LANGUAGES:
            yield Problem(f"languages[{place}]", "language_unknown", {"languages": LANGUAGES})
        elif each in data[:place]:
            yield Problem(f"languages[{place}]", "language_twice", {"language": each})


def _known_languages(data: object) -> Sequence[str]:
    return [each for each in data if each in LANGUAGES] if isinstance(data, list) else []
