"""What a text is about: the taxonomy of citizens' needs in `data/topics.yaml`, and finding its topics in a text.

A topic is earned by one strong word, or by two different weak ones. Denying or comparing a thing does not change what
is spoken of, so neither matters here.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nlp.document import Document
from nlp.hearing import Hearing, hearing
from nlp.leaning import tokens
from nlp.phrases import NOTHING, Lexicon, listed, load, reading
from nlp.records import Span, Tag

WEAK = 0.4
RELATED = 0.35
ENOUGH = 0.75
LEANS = 0.5
"""How likely the words must make a topic that the lists only hint at."""
LEARNED = 0.8
"""How likely the words must make a topic that the lists say nothing of."""
MOST = 5
"""Topics of one text at most; the surest are kept."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the taxonomy: its code ("group.topic"), what officials call it, and what it is, in Thai."""

    code: str
    group: str
    names: Mapping[str, str]
    about: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


_last = threading.local()
_WEIGHTS = {"!": 1.0, "?": WEAK, "~": RELATED}


class Evidence(NamedTuple):
    """How strongly a text speaks of a topic (1 for one strong word), and where, in its clean form.

    `leaning` counts the vaguer words around the topic as well, at `RELATED` each; they earn no tag.
    """

    weight: float
    leaning: float
    spans: tuple[Span, ...]


def topics(document: Document, heard: Hearing | None = None) -> tuple[Tag, ...]:
    """Find the topics of a text, surest first, each with the words that earned it.

    Where the lists only hint at a topic or are silent, what is heard decides (`nlp.hearing`, or other models of it).
    """
    told = evidence(document)
    heard = heard or hearing()
    chances = dict(zip(heard.words.topics, heard.chances(document).tolist(), strict=True))
    tags = []
    for code, (weight, _, spans) in told.items():
        if weight >= ENOUGH or (weight > 0 and chances.get(code, 0.0) >= LEANS):
            tags.append(_tag(document, code, max(_probability(weight), LEANS), spans))
    likeliest = max(chances, key=lambda code: chances[code])
    if chances[likeliest] >= LEARNED and likeliest in taxonomy() and all(tag.tag != likeliest for tag in tags):
        spans = heard.words.earning(tokens(document), likeliest)
        if spans:
            tags.append(_tag(document, likeliest, 0.9 * chances[likeliest], spans))
    tags.sort(key=lambda tag: (-tag.score, tag.spans))
    return tuple(tags[:MOST])


def _tag(document: Document, code: str, score: float, spans: tuple[Span, ...]) -> Tag:
    return Tag(code, round(score, 3), tuple(sorted({document.span(*span) for span in spans})))


def evidence(document: Document) -> dict[str, Evidence]:
    """Weigh every topic that any word of a text hints at, in order of appearance."""
    if getattr(_last, "document", None) is not document:
        _last.evidence = _found(document)
        _last.document = document
    found: dict[str, Evidence] = _last.evidence
    return found


def _found(document: Document) -> dict[str, Evidence]:
    hits: dict[str, dict[str, tuple[float, Span]]] = {}
    for one in _lexicon().longest(reading(document)):
        for meaning in one.meanings:
            if meaning == NOTHING:
                continue
            code, weight = meaning[:-1], _WEIGHTS[meaning[-1]]
            known = hits.setdefault(code, {})
            if one.phrase not in known or known[one.phrase][0] < weight:
                known[one.phrase] = weight, (one.start, one.end)
    return {code: _weighed(list(words.values())) for code, words in hits.items()}


@cache
def taxonomy() -> Mapping[str, Topic]:
    """Give the topics by code, in the order of the data file."""
    return {
        code: Topic(
            code,
            code.partition(".")[0],
            {"th": row["th"], "en": row["en"]},
            row["about"],
            tuple(row["examples"]),
            tuple(row["counter_examples"]),
        )
        for code, row in _data()["topics"].items()
    }


@cache
def groups() -> Mapping[str, Mapping[str, str]]:
    """Give the names of the groups of topics by code and language."""
    named: dict[str, dict[str, str]] = _data()["groups"]
    return named


def _weighed(words: list[tuple[float, Span]]) -> Evidence:
    words.sort(key=lambda word: -word[0])
    earning = [word for word in words if word[0] > RELATED]
    return Evidence(_sum(earning), _sum(words), tuple(span for _, span in earning))


def _sum(words: list[tuple[float, Span]]) -> float:
    return sum(weight * share for (weight, _), share in zip(words, (1, 1, 0.7, 0.5, 0.3), strict=False))


def _probability(weight: float) -> float:
    return min(0.97, 0.35 + 0.4 * weight) if weight < 1 else min(0.97, 0.72 + 0.15 * (weight - 1))


@cache
def _lexicon() -> Lexicon:
    meanings: dict[str, list[str]] = {NOTHING: []}
    for code, row in _data()["topics"].items():
        meanings[f"{code}!"] = listed(row["strong"])
        meanings[f"{code}?"] = listed(row.get("weak"))
        meanings[f"{code}~"] = listed(row.get("related"))
        meanings[NOTHING] += listed(row.get("not"))
    return Lexicon(meanings)


@cache
def _data() -> dict[str, dict[str, dict[str, str]]]:
    data: dict[str, dict[str, dict[str, str]]] = load("topics.yaml")
    return data
