"""What projects say of themselves, laid out once so that a text can be compared with all of them quickly."""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.document import read
from nlp.phrases import Lexicon
from nlp.rarity import rarity, telling_words
from nlp.records import Project
from nlp.topics import evidence

_WAYS = "waiting procedure staff cost access information online corruption disabled_access language records privacy"
GENERAL = frozenset(f"service.{way}" for way in _WAYS.split(" "))
"""Topics of how any service is given: that a project speaks of queues does not make every queue its matter."""

OF_GENERAL = 0.1


class Described(NamedTuple):
    """Projects by number: what each is about, and by word, by word of a title and by topic, how strongly each is."""

    profiles: tuple[dict[str, float], ...]
    words: dict[str, list[tuple[int, float]]]
    titles: dict[str, list[tuple[int, float]]]
    topics: dict[str, list[tuple[int, float]]]
    covered: dict[str, float]
    keywords: Lexicon
    keyword_weights: dict[str, float]
    size: int


@lru_cache(maxsize=16)
def covered(projects: tuple[Project, ...], topics: tuple[str, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lay out how much each project is about each topic; and how far each topic is covered by none, or is general."""
    profiles = described(projects).profiles
    table = np.array([[profile.get(code, 0.0) * _general_share(code) for code in topics] for profile in profiles])
    uncovered = [0.0 if code in GENERAL else 1 - most for code, most in zip(topics, table.max(axis=0), strict=True)]
    return table, np.array([uncovered, [1.0 if code in GENERAL else 0.0 for code in topics]])


def _general_share(code: str) -> float:
    return OF_GENERAL if code in GENERAL else 1.0


@lru_cache(maxsize=16)
def described(projects: tuple[Project, ...]) -> Described:
    """Lay projects out."""
    titles = [telling_words(read(project.title)) for project in projects]
    bags = [_project_bag(project) for project in projects]
    spread: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            spread[word] = spread.get(word, 0) + 1
    phrases = {str(number): _keywords(project) for number, project in enumerate(projects)}
    shared: dict[str, int] = {}
    for own in phrases.values():
        for phrase in own:
            shared[phrase] = shared.get(phrase, 0) + 1
    keyword_weights = {phrase: _phrase_weight(phrase) / count for phrase, count in shared.items()}
    profiles = tuple(_profile(project) for project in projects)
    topics: dict[str, list[tuple[int, float]]] = {}
    for number, profile in enumerate(profiles):
        for code, share in profile.items():
            topics.setdefault(code, []).append((number, share * _general_share(code)))
    return Described(
        profiles,
        _inverted(bags, spread),
        _inverted(titles, spread),
        topics,
        {code: max(profile.get(code, 0.0) for profile in profiles) for code in topics},
        Lexicon(phrases),
        keyword_weights,
        len(projects),
    )


def _inverted(bags: list[dict[str, float]], spread: Mapping[str, int]) -> dict[str, list[tuple[int, float]]]:
    """Turn the projects' bags of words into rows by word, each bag of length 1; words of many projects weigh less."""
    rows: dict[str, list[tuple[int, float]]] = {}
    for number, bag in enumerate(bags):
        weighed = {word: weight / spread.get(word, 1) for word, weight in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        for word, weight in weighed.items():
            rows.setdefault(word, []).append((number, weight / length))
    return rows


def _project_bag(project: Project) -> dict[str, float]:
    bag: dict[str, float] = {}
    parts = ((project.title, 1.5), (project.description, 0.7), ("\n".join(project.keywords), 1.0))
    for text, share in parts:
        for start in range(0, len(text), 1900):
            for word, weight in telling_words(read(text[start : start + 1900])).items():
                bag[word] = bag.get(word, 0.0) + weight * share
    return {word: math.sqrt(weight) for word, weight in bag.items()}


def _profile(project: Project) -> dict[str, float]:
    """Tell how much of what a project says of itself is about each topic; its main topic is 1."""
    raw: dict[str, float] = {}
    for text, share, most in ((project.title, 3.0, 1.5), (project.description, 0.8, 2.0)):
        for code, found in evidence(read(text)).items():
            if code not in GENERAL or text is project.title:
                raw[code] = raw.get(code, 0.0) + share * min(found.weight, most)
    for keyword in project.keywords:
        for code, found in evidence(read(keyword)).items():
            if code not in GENERAL:
                raw[code] = raw.get(code, 0.0) + 0.35 * min(found.weight, 1.0)
    most_spoken = max((weight for code, weight in raw.items() if code not in GENERAL), default=0.0) or max(
        raw.values(), default=1.0
    )
    return {code: min(weight / most_spoken, 1.0) for code, weight in raw.items()}


def _keywords(project: Project) -> list[str]:
    kept = dict.fromkeys(" ".join(keyword.lower().split()) for keyword in project.keywords)
    return [keyword for keyword in kept if len(keyword) > 1]


def _phrase_weight(phrase: str) -> float:
    return max((rarity(word.text) for word in read(phrase).words), default=0.5) * (1.0 if len(phrase) > 4 else 0.6)
