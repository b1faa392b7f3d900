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
from functools import cache, lru_cache
from operator import add, mul
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.document import Document, read
from nlp.leaning import Leaner, chances_of, present, tokens
from nlp.leaning import load as load_leaner
from nlp.phrases import Lexicon, listed, load, reading
from nlp.records import Match, Project
from nlp.topics import Evidence, evidence

MODEL = Path(__file__).parent / "models" / "routing.json"
MEMORY = Path(__file__).parent / "models" / "routing_corrections.npz"
RARITY = Path(__file__).parent / "models" / "rarity.tsv"
SURE = 0.6
AHEAD = 0.25
LEARNED = 6.0
NONE = "none"
LEAST = 0.02
DOUBT = 0.6
"""How probable "none of these" must be before a text is given no project at all.

Asking among three costs a citizen less.
"""

GENERAL = frozenset(
    f"service.{name}"
    for name in (
        [
            "waiting",
            "procedure",
            "staff",
            "cost",
            "access",
            "information",
            "online",
            "corruption",
            "disabled_access",
            "language",
            "records",
            "privacy",
        ]
    )
)
"""Topics of how any service is given: that a project speaks of queues does not make every queue its matter."""


_FEWEST, _COMMON = 5, 40
FEATURES = ("topics", "words", "keywords", "title", "leaning")
OTHERWISE = ("none", "elsewhere", "thin", "leaning_elsewhere")
"""What the weights of `models/routing.json` belong to: how near a project is, and what speaks for "none of these"."""


OF_GENERAL = 0.1


class Comparison(NamedTuple):
    """A text against projects: for each the `FEATURES`, each from 0 up; and for "none" the `OTHERWISE`.

    `elsewhere` is how strongly the text speaks of what no project covers; `thin` is near 1 where it hardly says
    anything.
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


def compare(document: Document, projects: Sequence[Project], leaner: Leaner | None = None) -> Comparison:
    """Measure how near a text is to each project; another model of leanings than the one in use may be given."""
    index = _index(tuple(projects))
    leaner = leaner or present()
    spoken = evidence(document)
    topics = _topic_scores(index, spoken)
    bag = _bag(document)
    words, titles = _word_scores(index, bag)
    keywords = _keyword_scores(index, document)
    uncovered = [
        min(found.weight, 2.0) * (1 - index.covered.get(code, 0.0))
        for code, found in spoken.items()
        if code not in GENERAL
    ]
    table, lost = _covered(tuple(projects), leaner.topics)
    chances = chances_of(document, leaner)
    rows = zip(topics, words, keywords, titles, (table @ chances).tolist(), strict=True)
    thin = 1 / (1 + len(bag) + len(spoken))
    otherwise = 1.0, math.sqrt(max(uncovered, default=0.0)), thin, math.sqrt(float(lost @ chances))
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


class _Index(NamedTuple):
    profiles: tuple[dict[str, float], ...]
    words: dict[str, list[tuple[int, float]]]
    titles: dict[str, list[tuple[int, float]]]
    topics: dict[str, list[tuple[int, float]]]
    covered: dict[str, float]
    keywords: Lexicon
    keyword_weights: dict[str, float]
    size: int


def _topic_scores(index: _Index, spoken: Mapping[str, Evidence]) -> list[float]:
    scores = [0.0] * index.size
    for code, found in spoken.items():
        for project, share in index.topics.get(code, ()):
            scores[project] += min(found.leaning, 2.0) * share
    return scores


@lru_cache(maxsize=16)
def _covered(projects: tuple[Project, ...], topics: tuple[str, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lay out how much each project is about each topic, and how far each topic is covered by none of them."""
    profiles = _index(projects).profiles
    table = np.array([[profile.get(code, 0.0) * _share(code) for code in topics] for profile in profiles])
    uncovered = [0.0 if code in GENERAL else 1 - most for code, most in zip(topics, table.max(axis=0), strict=True)]
    return table, np.array(uncovered)


def _share(code: str) -> float:
    return OF_GENERAL if code in GENERAL else 1.0


def _word_scores(index: _Index, bag: Mapping[str, float]) -> tuple[list[float], list[float]]:
    length = math.sqrt(sum(weight * weight for weight in bag.values())) or 1.0
    words, titles = [0.0] * index.size, [0.0] * index.size
    for word, weight in bag.items():
        for project, strength in index.words.get(word, ()):
            words[project] += weight * strength / length
        for project, strength in index.titles.get(word, ()):
            titles[project] += weight * strength / length
    return words, titles


def _keyword_scores(index: _Index, document: Document) -> list[float]:
    scores = [0.0] * index.size
    for found in index.keywords.longest(reading(document)):
        for project in found.meanings:
            scores[int(project)] += index.keyword_weights[found.phrase]
    return scores


@lru_cache(maxsize=16)
def _index(projects: tuple[Project, ...]) -> _Index:
    titles = [_bag(read(project.title)) for project in projects]
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
            topics.setdefault(code, []).append((number, share * _share(code)))
    return _Index(
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
            for word, weight in _bag(read(text[start : start + 1900])).items():
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


def _bag(document: Document) -> dict[str, float]:
    """Weigh the words of a document by how rare they are in ordinary Thai.

    Things with several names count by their thing.
    """
    low = reading(document).low
    bag: dict[str, float] = {}
    covered = 0
    for thing in _synonyms().longest(reading(document)):
        bag[thing.meanings[0]] = 1.0
        covered = max(covered, thing.end)
    for _, start, end in document.words:
        word = low[start:end].strip()
        if len(word) > 1 and (weight := rarity(word)) > 0:
            bag[word] = weight
    return bag


def rarity(word: str) -> float:
    """0 for words that say nothing (in one of 40 texts or more), 1 for the rarest."""
    known = _rarities().get(word)
    if known is None:
        return 1.0 if any(letter.isalpha() for letter in word) else 0.0
    return known


@cache
def _rarities() -> dict[str, float]:
    """Read in how many texts each word stands; words that are not listed are among the rarest."""
    lines = RARITY.read_text(encoding="utf-8").splitlines()
    total = int(lines[0])
    widest = math.log(total / _FEWEST) - math.log(_COMMON)
    rarities = {}
    for word, count in (line.split("\t") for line in lines[1:]):
        share = (math.log(total / int(count)) - math.log(_COMMON)) / widest
        rarities[word] = max(0.0, min(1.0, share)) if any(letter.isalpha() for letter in word) else 0.0
    return rarities


@cache
def _synonyms() -> Lexicon:
    return Lexicon({f"#{number}": listed(line) for number, line in enumerate(load("synonyms.yaml"))})
