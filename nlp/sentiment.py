"""How a message is meant, by the product's rule.

neg reports a problem, pain, lack or displeasure, a bare report of a fault included; pos is satisfied with something
specific; neu is a question, statement or suggestion without complaint.

Two judges answer. The *public* one was trained on what people write about shops and brands (Wisesight): four labels, q for
a question among them; it is a linear model and a small network over the same features. The *own* one knows citizens' messages:
it weighs the public scores, its own words, and the evidence of `nlp.evidence`. `domain` says how much a text sounds like
a citizen's message, and so which of the two is believed.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from nlp.document import Document
from nlp.evidence import evidence
from nlp.features import MASKED, hashes
from nlp.linear import Keys, Network, Rounded, Scores, keys, load, rows, unpacked
from nlp.records import Sentiment, Spans

WEIGHTS = Path(__file__).parent / "models" / "sentiment.npz"
LABELS = ("neg", "neu", "pos")
PUBLIC_LABELS = ("neg", "neu", "pos", "q")


@dataclass(frozen=True, slots=True, eq=False)
class Public:
    """The public judge: sums the scores of a linear model and of a network for each of `PUBLIC_LABELS`.

    `even_three` and `even_four` make up for how rare labels are, where three or all four are to be told apart.
    """

    known: Keys
    linear: Rounded
    network_known: Keys
    network: Network
    even_three: Scores
    even_four: Scores

    def scores(self, found: Keys) -> Scores:
        """Score a text by its features: greater is likelier; their softmax is a chance."""
        size = len(found) ** 0.5 or 1.0
        return self.linear.summed(rows(self.known, found), size) + self.network.scores(
            rows(self.network_known, found), size
        )


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """The own judge: `linear` scores `LABELS` and, last, the domain; `judge` (facts + 1 × labels) weighs the facts."""

    known: Keys
    linear: Rounded
    judge: Scores

    def scores(self, found: Keys) -> Scores:
        """Score a text by its features for each of `LABELS`, and for sounding like a citizen's message (log-odds)."""
        return self.linear.summed(rows(self.known, found), len(found) ** 0.5 or 1.0)

    def chances(self, public: Scores, own: Scores, document: Document) -> Scores:
        """Answer the chance of each of `LABELS`."""
        return chances(facts(public, own, document) @ self.judge[:-1] + self.judge[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that was trained."""

    public: Public
    own: Own
    version: str


def sentiment(document: Document, names: Spans = ()) -> Sentiment:
    """Judge a document. `names` are spans of the text as typed (places, people) that must not sway it."""
    found = judged(model(), features(document, names), document)
    best = int(found.argmax())
    return Sentiment(LABELS[best], round(float(found[best]), 4))


def features(document: Document, names: Spans = ()) -> Keys:
    """List the features of a document with every name in it masked."""
    if not names:
        return keys(hashes([word.text for word in document.words]))
    offsets = document.offsets
    return keys(
        hashes([
            MASKED if any(start < offsets[word.end] and offsets[word.start] < end for start, end in names) else word.text
            for word in document.words
        ])
    )  # fmt: skip


def judged(trained: Model, found: Keys, document: Document) -> Scores:
    """Answer the chance of each of `LABELS`, from both judges, by how much each is to be believed."""
    public, own = trained.public.scores(found), trained.own.scores(found)
    share = 1 / (1 + np.exp(-own[-1]))
    mine = trained.own.chances(public, own, document)
    blended: Scores = share * mine + (1 - share) * public_chances(trained, public)
    return blended


def public_chances(trained: Model, public: Scores) -> Scores:
    """Answer the public judge's chances of `LABELS`; a question counts as neutral."""
    four = chances(public + trained.public.even_four)
    three: Scores = four[:3].copy()
    three[1] += four[3]
    return three


def facts(public: Scores, own: Scores, document: Document) -> Scores:
    """Gather what the own judge weighs: both models' scores and the evidence."""
    return np.array([*public, *own[: len(LABELS)], *evidence(document)])


def chances(scores: Scores) -> Scores:
    """Turn scores into chances that sum to one."""
    raised: Scores = np.exp(scores - scores.max())
    return raised / raised.sum()


@cache
def model(path: Path = WEIGHTS) -> Model:
    """Load the trained model. Raises OSError where there is none."""
    arrays = load(path)
    public = Public(
        arrays["public.known"],
        unpacked("public", arrays),
        arrays["network.known"],
        Network(unpacked("network", arrays), arrays["network.out"], arrays["network.out_bias"]),
        arrays["even_three"],
        arrays["even_four"],
    )
    return Model(public, Own(arrays["own.known"], unpacked("own", arrays), arrays["judge"]), str(arrays["version"]))
