"""How a message is meant, by the product's rule.

neg reports a problem, pain, lack or displeasure, a bare report of a fault included; pos is satisfied with something
specific; neu is a question, statement or suggestion without complaint.

Two judges answer. The *public* one was trained on what people write about shops and brands (Wisesight): four labels,
q for a question among them; it is a linear model and a small network over the same features. The *own* one knows
citizens' messages: it weighs the public scores, its own words, and the evidence of `nlp.evidence`. `domain` says how
much a text sounds like a citizen's message, and so which of the two is believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nlp.document import Document
from nlp.evidence import evidence
from nlp.hashed import Features, features
from nlp.linear import Keys, Rounded, Scores, load, looked_up, unpacked
from nlp.records import Sentiment
from nlp.signs import Signs

WEIGHTS = Path(__file__).parent / "models" / "sentiment.npz"
LABELS = ("neg", "neu", "pos")
PUBLIC_LABELS = ("neg", "neu", "pos", "q")


class Heard(NamedTuple):
    """What the models make of a text: scores of `PUBLIC_LABELS`, the own scores of `LABELS`, and the log-odds of the
    domain.
    """

    public: Scores
    own: Scores
    domain: float


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that was trained, over the features that are known.

    `table` has the columns of the public linear model, of the network's hidden layer, and of the own model with,
    last, the domain; `out` follows the hidden layer. `order` is the public linear model over words and their order,
    with the features `order_known`. `even_three` and `even_four` make up for how rare labels are, where three or all
    four are to be told apart. `judge` (facts + 1 × labels) weighs the facts.
    """

    known: Keys
    table: Rounded
    out: Scores
    out_bias: Scores
    order_known: Keys
    order: Rounded
    even_three: Scores
    even_four: Scores
    judge: Scores
    version: str

    def heard(self, features: Features) -> Heard:
        """Score a text by its features: greater is likelier."""
        sums = self.table.summed(looked_up(self.known, features.pieces))
        count, last = len(PUBLIC_LABELS), len(LABELS) + 1
        order = self.order.summed(looked_up(self.order_known, features.order))
        public = sums[:count] + order + np.maximum(sums[count:-last], 0) @ self.out + self.out_bias
        return Heard(public, sums[-last:-1], float(sums[-1]))


def sentiment(document: Document, signs: Signs) -> Sentiment:
    """Judge a document in which names are hidden (`nlp.signs`); `signs` is what else was read in it."""
    trained = model()
    found = judged(trained, trained.heard(features(document)), evidence(document, signs))
    if signs.crisis:  # a life in danger is never neutral
        found = [(chance + (label == "neg")) / 2 for label, chance in zip(LABELS, found, strict=True)]
    best = max(found)
    return Sentiment(LABELS[found.index(best)], round(best, 4))


def judged(trained: Model, heard: Heard, shown: Sequence[float]) -> list[float]:
    """Answer the chance of each of `LABELS`, from both judges, by how much each is to be believed.

    `shown` is the evidence.
    """
    share = 1 / (1 + exp(-heard.domain))
    facts = np.array([*heard.public.tolist(), *heard.own.tolist(), *shown])
    mine = chances((facts @ trained.judge[:-1] + trained.judge[-1]).tolist())
    theirs = public_chances(trained, heard.public)
    return [share * own + (1 - share) * other for own, other in zip(mine, theirs, strict=True)]


def public_chances(trained: Model, public: Scores) -> list[float]:
    """Answer the public judge's chances of `LABELS`; a question counts as neutral."""
    neg, neu, pos, asked = chances((public + trained.even_four).tolist())
    return [neg, neu + asked, pos]


def chances(scores: Sequence[float]) -> list[float]:
    """Turn scores into chances that sum to one."""
    most = max(scores)
    raised = [exp(score - most) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]


@cache
def model() -> Model:
    """Give the model in use. Raises OSError where there is none."""
    return loaded(WEIGHTS)


def loaded(path: Path) -> Model:
    """Load a trained model. Raises OSError where there is none."""
    arrays = load(path)
    return Model(
        arrays["known"],
        unpacked("table", arrays),
        arrays["out"],
        arrays["out_bias"],
        arrays["order_known"],
        unpacked("order", arrays),
        arrays["even_three"],
        arrays["even_four"],
        arrays["judge"],
        str(arrays["version"]),
    )
