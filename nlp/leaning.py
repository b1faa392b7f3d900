"""What the words of a text lean to, among the topics of the taxonomy.

Naive Bayes over words and pairs of neighbouring words.

It knows what the lists of `data/topics.yaml` cannot: how strongly each word, told or learned from messages and
corrections, speaks for each topic. The model is small whole numbers (`models/leanings.npz`), fitted in a second by
`python -m nlp train topics`.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.document import Document
from nlp.phrases import reading
from nlp.records import Span

MODEL = Path(__file__).parent / "models" / "leanings.npz"
TALK = "talk"
"""The label of texts that are about nothing a lab could use: greetings, thanks, tests."""

_last = threading.local()
_SOFTENED = 0.3
PAIR = "_"


@dataclass(frozen=True, slots=True, eq=False)
class Leaner:
    """Log-odds of topics by word: `weights[rows[word]] * scale` holds one for each of `topics`, in order."""

    topics: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.int8]
    scale: float

    def chances(self, tokens: Mapping[str, Span]) -> NDArray[np.float64]:
        """Tell how likely each topic is, given a text's words; together they are 1."""
        known = [row for token in tokens if (row := self.rows.get(token)) is not None]
        odds = self.weights[known].sum(axis=0, dtype=np.int64) * (self.scale / max(len(known), 1) ** _SOFTENED)
        raised = np.exp(odds - odds.max())
        chances: NDArray[np.float64] = raised / raised.sum()
        return chances

    def earning(self, tokens: Mapping[str, Span], topic: str, least: float = 1.0) -> tuple[Span, ...]:
        """Show the words that speak for a topic, strongest first, at most three."""
        column = self.topics.index(topic)
        odds = (
            (self.weights[row, column] * self.scale, span)
            for token, span in tokens.items()
            if (row := self.rows.get(token)) is not None
        )
        return tuple(span for weight, span in sorted(odds, key=lambda pair: -pair[0])[:3] if weight >= least)


def tokens(document: Document) -> dict[str, Span]:
    """List a text's different words and pairs of neighbouring words, in small letters, with where each first stands."""
    if getattr(_last, "document", None) is not document:
        _last.tokens = _tokens(document)
        _last.document = document
    kept: dict[str, Span] = _last.tokens
    return kept


def _tokens(document: Document) -> dict[str, Span]:
    low = reading(document).low
    found: dict[str, Span] = {}
    before, began = "", 0
    for _, start, end in document.words:
        word = low[start:end]
        if word.isspace():
            continue
        if not (word[0].isalpha() or any(letter.isalpha() for letter in word)):
            before = ""
            continue
        found.setdefault(word, (start, end))
        if before:
            found.setdefault(before + PAIR + word, (began, end))
        before, began = word, start
    return found


def save(path: Path, leaner: Leaner) -> None:
    """Write a model."""
    words = "\n".join(leaner.rows).encode("utf-8")
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            words=np.frombuffer(words, dtype=np.uint8),
            topics=np.array(leaner.topics),
            weights=leaner.weights,
            scale=np.array(leaner.scale),
        )


def load(path: Path) -> Leaner:
    """Read what `save` wrote. Nothing in the file is executed."""
    with np.load(path, allow_pickle=False) as file:
        words = file["words"].tobytes().decode("utf-8").split("\n")
        topics = tuple(str(topic) for topic in file["topics"])
        return Leaner(topics, {word: row for row, word in enumerate(words)}, file["weights"], float(file["scale"]))


@cache
def present() -> Leaner:
    """Give the model in use."""
    return load(MODEL)
