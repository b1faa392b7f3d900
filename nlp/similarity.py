"""Which project a text belongs to, from what the projects say of themselves: title, description, keywords.

Nothing about a project is trained.

Each project is compared with the text in three ways: the topics both speak of (`nlp.topics`), the rare words both use
(with the synonyms of `data/synonyms.yaml`), and the project's keywords found in the text. "None of these" stands in
the row as well: it is the likelier, the more the text speaks of a topic that no project covers. A few weights, the
same for any project (`models/routing.json`), make probabilities of it.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from operator import add, mul
from pathlib import Path
from typing import NamedTuple

from nlp.described import GENERAL, Described, covered, described
from nlp.document import Document
from nlp.hearing import Hearing, hearing
from nlp.leaning import Leaner, tokens
from nlp.leaning import load as load_leaner
from nlp.phrases import reading
from nlp.rarity import telling_words
from nlp.records import Match, Project
from nlp.topics import Evidence, evidence

MODEL = Path(__file__).parent / "models" / "routing.json"
MEMORY = Path(__file__).parent / "models" / "routing_corrections.npz"
SURE = 0.6
AHEAD = 0.25
LEARNED = 6.0
NONE = "none"
LEAST = 0.02
DOUBT = 0.5
"""How probable "none of these" must be before a text is given no project at all.

Asking among three costs a citizen less.
"""

FEATURES = ("topics", "words", "keywords", "title", "leaning")
OTHERWISE = ("none", "elsewhere", "general", "thin", "leaning_elsewhere", "leaning_general")
"""What the weights of `models/routing.json` belong to: how near a project is, and what speaks for "none of these"."""


class Comparison(NamedTuple):
    """A text against projects: for each the `FEATURES`, each from 0 up; and for "none" the `OTHERWISE`.

    `elsewhere` is how strongly the text speaks of what no project covers, `general` of how any service is given;
    `thin` is near 1 where it hardly says anything.
    """

    projects: tuple[tuple[float, ...], ...]
    otherwise: tuple[float, ...]


def route(document: Document, projects: Sequence[Project]) -> tuple[Match, ...]:
    """Find the projects that a text may belong to, likeliest first; empty where "none of them" is the likeliest.

    Scores are probabilities; what they lack to 1 is the probability of "none of these".
    """
    if not projects:
        return ()
    chances = probabilities(compare(document, projects), weights(), learned(document, projects, memory()))
    ranked = sorted(zip(chances, projects, strict=False), key=lambda pair: -pair[0])
    if chances[-1] > DOUBT:
        return ()
    return tuple(Match(project.slug, round(chance, 4)) for chance, project in ranked if chance >= LEAST)


def sure(matches: Sequence[Match]) -> bool:
    """Tell whether the first of `route`'s matches may be filed at once.

    Otherwise the citizen is asked among the best three.
    """
    if not matches or matches[0].score < SURE:
        return False
    return len(matches) == 1 or matches[0].score - matches[1].score >= AHEAD


def compare(document: Document, projects: Sequence[Project], heard: Hearing | None = None) -> Comparison:
    """Measure how near a text is to each project; other models of topics than those in use may be given."""
    index = described(tuple(projects))
    heard = heard or hearing()
    spoken = evidence(document)
    topics = _topic_scores(index, spoken)
    bag = telling_words(document)
    words, titles = _word_scores(index, bag)
    keywords = _keyword_scores(index, document)
    uncovered = [
        min(found.weight, 2.0) * (1 - index.covered.get(code, 0.0))
        for code, found in spoken.items()
        if code not in GENERAL
    ]
    table, lost = covered(tuple(projects), heard.words.topics)
    chances = heard.chances(document)
    rows = zip(topics, words, keywords, titles, (table @ chances).tolist(), strict=True)
    general = max((min(found.weight, 2.0) for code, found in spoken.items() if code in GENERAL), default=0.0)
    thin = 1 / (1 + len(bag) + len(spoken))
    otherwise = (
        1.0,
        math.sqrt(max(uncovered, default=0.0)),
        math.sqrt(general),
        thin,
        *map(math.sqrt, (lost @ chances).tolist()),
    )
    return Comparison(tuple(tuple(map(math.sqrt, row)) for row in rows), otherwise)


def learned(document: Document, projects: Sequence[Project], remembered: Leaner | None) -> list[float] | None:
    """Tell what corrections say for each project and, last, for "none"; None where nothing was learned from any."""
    if remembered is None:
        return None
    chances = dict(zip(remembered.topics, remembered.chances(tokens(document)).tolist(), strict=True))
    return [LEARNED * math.sqrt(chances.get(slug, 0.0)) for slug in (*(project.slug for project in projects), NONE)]


def probabilities(
    compared: Comparison, weight: Mapping[str, float], taught: Sequence[float] | None = None
) -> list[float]:
    """Make probabilities of a comparison: one for each project in order, and last the one of "none"."""
    near = [weight[name] for name in FEATURES]
    logits = [sum(map(mul, row, near)) for row in compared.projects]
    logits.append(sum(map(mul, compared.otherwise, (weight[name] for name in OTHERWISE))))
    if taught is not None:
        logits = list(map(add, logits, taught))
    top = max(logits)
    powers = [math.exp(logit - top) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]


@cache
def weights() -> Mapping[str, float]:
    """Read the model's weights."""
    weight: dict[str, float] = json.loads(MODEL.read_text(encoding="utf-8"))["weights"]
    return weight


@cache
def memory() -> Leaner | None:
    """Read what was learned from corrections: words by project. None where nobody has put such a file in place."""
    return load_leaner(MEMORY) if MEMORY.exists() else None


def _topic_scores(index: Described, spoken: Mapping[str, Evidence]) -> list[float]:
    scores = [0.0] * index.size
    for code, found in spoken.items():
        for project, share in index.topics.get(code, ()):
            scores[project] += min(found.leaning, 2.0) * share
    return scores


def _word_scores(index: Described, bag: Mapping[str, float]) -> tuple[list[float], list[float]]:
    length = math.sqrt(sum(weight * weight for weight in bag.values())) or 1.0
    words, titles = [0.0] * index.size, [0.0] * index.size
    for word, weight in bag.items():
        for project, strength in index.words.get(word, ()):
            words[project] += weight * strength / length
        for project, strength in index.titles.get(word, ()):
            titles[project] += weight * strength / length
    return words, titles


def _keyword_scores(index: Described, document: Document) -> list[float]:
    scores = [0.0] * index.size
    for found in index.keywords.longest(reading(document)):
        for project in found.meanings:
            scores[int(project)] += index.keyword_weights[found.phrase]
    return scores
