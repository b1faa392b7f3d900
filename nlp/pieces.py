"""What the pieces of a text speak for: a linear model over its words, their pairs and runs of its characters.

A word that was never seen, misspelt or bent by a dialect still has pieces that were. One such model tells topics
(`models/topics.npz`), another the service qualities (`models/qualities.npz`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from nlp.document import Document
from nlp.features import hashes
from nlp.hashed import features
from nlp.linear import Arrays, Keys, Rounded, Scores, keys, load, looked_up, packed, rows, unpacked
from nlp.linear import save as save_arrays
from nlp.records import Span

TOPICS = Path(__file__).parent / "models" / "topics.npz"
QUALITIES = Path(__file__).parent / "models" / "qualities.npz"
_LOOKED_AT = 120


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Weights of the `known` features for each of `labels`, and whatever else was fitted with them (`facts`)."""

    labels: tuple[str, ...]
    known: Keys
    table: Rounded
    facts: Scores

    def scores(self, document: Document) -> Scores:
        """Score each label for a document."""
        return self.table.summed(looked_up(self.known, features(document).pieces))

    def earning(self, document: Document, label: str, most: int = 2) -> tuple[Span, ...]:
        """Show the words whose own pieces speak loudest for a label, in the clean text, in order; one at least."""
        column = self.labels.index(label)
        words = [word for word in document.words[:_LOOKED_AT] if any(map(str.isalpha, word.text))]
        weighed = [(self._weight(word.text, column), (word.start, word.end)) for word in words]
        weighed.sort(key=lambda pair: (-pair[0], pair[1]))
        return tuple(sorted(span for at, (weight, span) in enumerate(weighed[:most]) if weight > 0 or at == 0))

    def _weight(self, word: str, column: int) -> float:
        return float(self.table.weights[rows(self.known, keys(hashes([word]))), column].sum(dtype=np.int64))


def save(path: Path, pieces: Pieces) -> None:
    """Write a model."""
    arrays: dict[str, object] = {"labels": np.array(pieces.labels), "known": pieces.known, "facts": pieces.facts}
    save_arrays(path, arrays | dict(packed("table", pieces.table)))  # type: ignore[arg-type]


def read_pieces(path: Path) -> Pieces:
    """Read what `save` wrote. Raises OSError where there is nothing."""
    arrays: Arrays = load(path)
    labels: Sequence[str] = [str(label) for label in arrays["labels"]]
    return Pieces(tuple(labels), arrays["known"], unpacked("table", arrays), arrays["facts"])


@cache
def topic_pieces() -> Pieces:
    """Give the model of topics in use."""
    return read_pieces(TOPICS)


@cache
def quality_pieces() -> Pieces:
    """Give the model of service qualities in use."""
    return read_pieces(QUALITIES)
