"""Fitting `nlp.hearing`: from the words of the taxonomy and messages whose topics are known."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np

from nlp import pieces
from nlp.document import read
from nlp.hearing import Hearing
from nlp.leaning import MODEL, Leaner, save, tokens
from nlp.phrases import listed, load
from nlp.pieces import TOPICS
from nlp.training.citizens import gathered, sources
from nlp.training.pieces import fit_topics
from nlp.training.reading import digest

SMOOTHED = 0.3
TOLD = 0.5
"""How much a listed word counts beside a message's."""

Labelled = tuple[str, str]


def train(data: Path, out: Path) -> dict[str, Any]:
    """Fit on a file like `data/citizens.tsv` and the taxonomy's words; writes leanings.npz, topics.npz and
    their card, topics.json.

    Raises Unreadable.
    """
    citizens = gathered(data)
    hits = []
    for part in range(5):
        heard = fit_hearing([(one.topic, one.text) for one in citizens if one.fold != part])
        kept = [one for one in citizens if one.fold == part]
        hits += [heard.words.topics[int(heard.chances(read(one.text)).argmax())] == one.topic for one in kept]
    heard = fit_hearing([(one.topic, one.text) for one in citizens])
    out.mkdir(parents=True, exist_ok=True)
    save(out / MODEL.name, heard.words)
    pieces.save(out / TOPICS.name, heard.pieces)
    card = {
        "model": f"topics-{digest(sources(data))[:8]}",
        "task": "topic that a text's words lean to",
        "trained_on": {
            "files": [source.name for source in sources(data)],
            "sha256": digest(sources(data)),
            "messages": len(citizens),
            "licence": "the product's own",
        },
        "words": len(heard.words.rows),
        "pieces": len(heard.pieces.known),
        "topics": len(heard.words.topics),
        "accuracy_cross_validated": round(sum(hits) / max(len(hits), 1), 4),
        "tokenizer": f"newmm, pythainlp {installed('pythainlp')}",
    }
    (out / f"{TOPICS.stem}.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card


def told() -> list[Labelled]:
    """Give the listed words, descriptions and examples of the taxonomy, each with its topic."""
    pairs = []
    for code, row in load("topics.yaml")["topics"].items():
        phrases = [phrase for field in ("strong", "weak", "related") for phrase in listed(row.get(field))]
        pairs += [(code, part.strip()) for phrase in phrases for part in phrase.replace(" ~ ", "/").split("/")]
        pairs += [(code, text) for text in (row["about"], *row["examples"])]
    return pairs


def fit_hearing(messages: Sequence[Labelled]) -> Hearing:
    """Fit both ways of hearing on messages and on what the taxonomy lists."""
    listed_words = told()
    return Hearing(fit(messages, listed_words), fit_topics(messages, listed_words))


def fit(messages: Iterable[Labelled], listed_words: Iterable[Labelled]) -> Leaner:
    """Fit naive Bayes.

    The log of how much likelier a word is in a topic than in the mean of all, as small whole numbers.
    """
    counts: dict[str, Counter[str]] = {}
    for pairs, share in ((messages, 1.0), (listed_words, TOLD)):
        for topic, text in pairs:
            own = counts.setdefault(topic, Counter())
            for word in tokens(read(text)):
                own[word] += share  # type: ignore[assignment]
    return _leaner(counts)


def _leaner(counts: Mapping[str, Mapping[str, float]]) -> Leaner:
    topics = tuple(sorted(counts))
    rows = {word: row for row, word in enumerate(dict.fromkeys(word for topic in topics for word in counts[topic]))}
    table = np.full((len(rows), len(topics)), SMOOTHED)
    for column, topic in enumerate(topics):
        for word, count in counts[topic].items():
            table[rows[word], column] += count
    table /= table.sum(axis=0)
    odds = np.log(table) - np.log(table.mean(axis=1, keepdims=True))
    scale = float(np.abs(odds).max()) / 127
    return Leaner(topics, rows, np.rint(odds / scale).astype(np.int8), scale)
