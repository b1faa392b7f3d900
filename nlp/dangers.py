"""What in a text speaks for danger now, or against it: kinds of words, pairs of them, and pieces of words, weighed.

`data/dangers.yaml` tells kinds of words: who (kin, a child), what happens (water, fire, blows), where (on the roof),
when, and the frames that take danger away (past, wished for, insured, laughed about). One kind says little: "น้ำ" and
"ถึงคอ" near each other say much. How much, a linear model knows (`models/urgency.npz`, whole numbers from −127 to
127), fitted on the messages of `data/urgency.tsv` by `python -m nlp train urgency`. It finds reports in words that no
list of phrases foresaw.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nlp.document import Document
from nlp.leaning import tokens
from nlp.phrases import Found, Lexicon, listed, load, reading
from nlp.records import Span

MODEL = Path(__file__).parent / "models" / "urgency.npz"
FRAME = "f_"
"""How the names begin of the kinds that take danger away; pairs with them reach over the whole text."""

_last = threading.local()
_NEAR = 36
_PIECE = 4
_WEIGHT = 1.5
_PAIRED = 0.5
_MOST_HITS = 200
_WHOLE, _WINDOW, _STEP = 240, 180, 110


# Kinds of words that are in every harmless text too: people, parts of the body, things about the house.
CALM = frozenset((
    "self", "kin", "person", "body", "swallow", "child", "old", "now", "tonight", "water", "vehicle", "machine",
    "animal", "alone", "living", "passive",
))  # fmt: skip


class Signs(NamedTuple):
    """What a text shows: each sign's strength, and where the signs that can be shown stand in the clean text."""

    strength: Mapping[str, float]
    places: Mapping[str, Span]


@dataclass(frozen=True, slots=True, eq=False)
class Weigher:
    """A linear model over signs; a score above 0 means a crisis."""

    weights: Mapping[str, int]
    scale: float
    bias: float

    def score(self, strength: Mapping[str, float]) -> float:
        """Weigh the strengths of a text's signs."""
        weigh = self.weights.get
        return self.bias + self.scale * sum(weigh(sign, 0) * size for sign, size in strength.items())

    def earning(self, signs: Signs, most: int = 3) -> list[Span]:
        """Show where the signs stand that speak loudest for danger, in order of place, none inside another."""
        told = ((self.weights.get(sign, 0) * signs.strength[sign], span) for sign, span in signs.places.items())
        kept: list[Span] = []
        for weight, (start, end) in sorted(told, key=lambda pair: -pair[0]):
            if weight > 0 and len(kept) < most and all(end <= first or start >= last for first, last in kept):
                kept.append((start, end))
        return sorted(kept)


def windows(low: str) -> list[Span]:
    """Cut a long text into overlapping windows: one cry for help in a long story must not drown in it."""
    if len(low) <= _WHOLE:
        return [(0, len(low))]
    return [(start, min(start + _WINDOW, len(low))) for start in range(0, len(low) - _STEP, _STEP)]


def signs(document: Document, ruled: Iterable[tuple[str, int]], window: Span) -> Signs:
    """Read the signs in one window of a text; `ruled` names what the rules of `nlp.urgency` found, and where."""
    begin, end = window
    low = reading(document).low
    strength: dict[str, float] = {f"r:{name}": 1.0 for name, at in ruled if begin <= at < end}
    places: dict[str, Span] = {}
    _add_kinds([hit for hit in _hits(document) if begin <= hit.start < end], strength, places)
    words = {f"w:{word}": span for word, span in tokens(document).items() if begin <= span[0] < end}
    strength.update(dict.fromkeys(words, _WEIGHT / sqrt(max(len(words), 1))))
    places.update(words)
    pieces = {low[at : at + _PIECE] for at in range(begin, end - _PIECE + 1)}
    strength.update(dict.fromkeys(pieces, _WEIGHT / sqrt(max(len(pieces), 1))))
    return Signs(strength, places)


def speaks_of_danger(signs: Signs) -> bool:
    """Whether a text names a danger and one thing more: "2 คน" weighs for one, and yet says nothing."""
    kinds = {name[2:] for name in signs.strength if name.startswith("k:") and "+" not in name}
    kinds = {kind for kind in kinds if not kind.startswith(FRAME)}
    return len(kinds) > 1 and not kinds <= CALM


def _hits(document: Document) -> list[Found]:
    if getattr(_last, "document", None) is not document:
        _last.hits = _lexicon().longest(reading(document))[:_MOST_HITS]
        _last.document = document
    hits: list[Found] = _last.hits
    return hits


def _add_kinds(hits: list[Found], strength: dict[str, float], places: dict[str, Span]) -> None:
    framed = sorted({kind for hit in hits for kind in hit.meanings if kind.startswith(FRAME)})
    for number, hit in enumerate(hits):
        for kind in hit.meanings:
            strength[f"k:{kind}"] = 1.0
            places.setdefault(f"k:{kind}", (hit.start, hit.end))
            if not kind.startswith(FRAME):
                strength.update((f"k:{kind}+{frame}", _PAIRED) for frame in framed)
                for other in hits[number + 1 :]:
                    if other.start - hit.end > _NEAR:
                        break
                    for second in other.meanings:
                        if not second.startswith(FRAME):
                            strength[f"k:{min(kind, second)}+{max(kind, second)}"] = _PAIRED


def save(path: Path, weigher: Weigher) -> None:
    """Write a model."""
    names = "\n".join(weigher.weights).encode("utf-8")
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            signs=np.frombuffer(names, dtype=np.uint8),
            weights=np.array(list(weigher.weights.values()), dtype=np.int8),
            scale=np.array(weigher.scale),
            bias=np.array(weigher.bias),
        )


def load_weigher(path: Path) -> Weigher:
    """Read what `save` wrote. Nothing in the file is executed."""
    with np.load(path, allow_pickle=False) as file:
        names = file["signs"].tobytes().decode("utf-8").split("\n")
        return Weigher(
            dict(zip(names, file["weights"].tolist(), strict=True)), float(file["scale"]), float(file["bias"])
        )


@cache
def present() -> Weigher:
    """Give the model in use."""
    return load_weigher(MODEL)


@cache
def _lexicon() -> Lexicon:
    return Lexicon({kind: listed(line) for kind, line in load("dangers.yaml").items()})
