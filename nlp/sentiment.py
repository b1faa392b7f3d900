"""How a message is meant, by the product's rule.

neg reports a problem, pain, lack or displeasure, a bare report of a fault included; pos is satisfied with something specific;
neu is a question, statement or suggestion without complaint.

Two models answer. The *public* one was trained on what people write about shops and brands (Wisesight): four labels, q for a
question among them. The *own* one knows citizens' messages: it weighs the public one's view, its own words, and the evidence
of `nlp.evidence`. `domain` says how much a text sounds like a citizen's message, and so which of the two is believed.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.document import Document
from nlp.evidence import evidence
from nlp.features import MASKED, Hashes, hashes
from nlp.linear import Linear, Scores, load
from nlp.records import Sentiment, Spans

WEIGHTS = Path(__file__).parent / "models" / "sentiment.npz"
LABELS = ("neg", "neu", "pos")
PUBLIC_LABELS = ("neg", "neu", "pos", "q")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The trained parts. `public_bias` makes up for how rare each public label is, among three labels and among four; `judge` (facts + 1 × labels) weighs the facts."""

    public: Linear
    own: Linear
    public_bias: Scores
    judge: NDArray[Any]
    version: str


def sentiment(document: Document, names: Spans = ()) -> Sentiment:
    """Judge a document. `names` are spans of the text as typed (places, people) that must not sway it."""
    chances = judged(model(), hashes(tokens(document, names)), document)
    best = int(chances.argmax())
    return Sentiment(LABELS[best], round(float(chances[best]), 4))


def tokens(document: Document, names: Spans = ()) -> list[str]:
    """List the words of a document with every name in it masked."""
    if not names:
        return [word.text for word in document.words]
    offsets = document.offsets
    return [
        MASKED if any(start < offsets[word.end] and offsets[word.start] < end for start, end in names) else word.text
        for word in document.words
    ]


def judged(trained: Model, found: Hashes, document: Document) -> Scores:
    """Answer the chance of each of `LABELS`."""
    public = trained.public.scores(found)
    own = trained.own.scores(found)
    facts = seen(public, own, document)
    mine = chances(facts @ trained.judge[:-1] + trained.judge[-1])
    theirs = public_chances(trained, public)
    share = 1 / (1 + np.exp(-own[-1]))
    return share * mine + (1 - share) * theirs


def public_chances(trained: Model, public: Scores) -> Scores:
    """Answer the public model's chances of `LABELS`; a question counts as neutral."""
    four = chances(public + trained.public_bias[1])
    three: Scores = four[:3].copy()
    three[1] += four[3]
    return three


def seen(public: Scores, own: Scores, document: Document) -> Scores:
    """Gather what the judge weighs: both models' scores and the evidence."""
    return np.array([*public, *own[: len(LABELS)], *evidence(document)])


def chances(scores: Scores) -> Scores:
    """Turn scores into chances that sum to one."""
    raised: Scores = np.exp(scores - scores.max())
    return raised / raised.sum()


@cache
def model(path: Path = WEIGHTS) -> Model:
    """Load the trained model. Raises OSError where there is none."""
    models, arrays = load(path)
    return Model(models["public"], models["own"], arrays["public_bias"], arrays["judge"], str(arrays["version"]))
