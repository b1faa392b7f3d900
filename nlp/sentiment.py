"""How a message is meant, by the product's rule.

neg reports a problem, pain, lack or displeasure, a bare report of a fault included; pos is satisfied with something
specific; neu is a question, statement or suggestion without complaint.

Two judges answer. The *public* one was trained on what people write about shops and brands (Wisesight): four labels,
q for a question among them; it is a linear model and a small network over the same features. The *own* one knows
citizens' messages: it weighs the public scores, its own words, and the evidence of `nlp.evidence`. `domain` says how
much a text sounds like a citizen's message, and so which of the two is believed.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nlp.document import Document
from nlp.evidence import evidence
from nlp.features import MASKED, hashes
from nlp.linear import Keys, Rounded, Scores, keys, load, looked_up, unpacked
from nlp.records import Sentiment, Spans

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
    last, the domain; `out` follows the hidden layer. `even_three` and `even_four` make up for how rare labels are,
    where three or all four are to be told apart. `judge` (facts + 1 × labels) weighs the facts.
    """

    known: Keys
    table: Rounded
    out: Scores
    out_bias: Scores
    even_three: Scores
    even_four: Scores
    judge: Scores
    version: str

    def heard(self, features: Keys) -> Heard:
        """Score a text by its features: greater is likelier."""
        sums = self.table.summed(looked_up(self.known, features))
        count, last = len(PUBLIC_LABELS), len(LABELS) + 1
        public = sums[:count] + np.maximum(sums[count:-last], 0) @ self.out + self.out_bias
        return Heard(public, sums[-last:-1], float(sums[-1]))


def sentiment(document: Document, names: Spans = ()) -> Sentiment:
    """Judge a document. `names` are spans of the text as typed (places, people) that must not sway it."""
    trained = model()
    found = judged(trained, trained.heard(features(document, names)), document)
    best = int(found.argmax())
    return Sentiment(LABELS[best], round(float(found[best]), 4))


def features(document: Document, names: Spans = ()) -> Keys:
    """List the features of a document with every name in it masked."""
    return keys(hashes(_masked(document, names) if names else [word.text for word in document.words]))


def _masked(document: Document, names: Spans) -> list[str]:
    """List the words with every one that touches a name masked."""
    waiting = sorted(names, reverse=True)
    texts = []
    for text, first, last in document.words:
        start, end = document.offsets[first], document.offsets[last]
        while waiting and waiting[-1][1] <= start:
            waiting.pop()
        texts.append(MASKED if waiting and waiting[-1][0] < end else text)
    return texts


def judged(trained: Model, heard: Heard, document: Document) -> Scores:
    """Answer the chance of each of `LABELS`, from both judges, by how much each is to be believed."""
    share = 1 / (1 + np.exp(-heard.domain))
    facts = np.array([*heard.public, *heard.own, *evidence(document)])
    mine = chances(facts @ trained.judge[:-1] + trained.judge[-1])
    blended: Scores = share * mine + (1 - share) * public_chances(trained, heard.public)
    return blended


def public_chances(trained: Model, public: Scores) -> Scores:
    """Answer the public judge's chances of `LABELS`; a question counts as neutral."""
    four = chances(public + trained.even_four)
    three: Scores = four[:3].copy()
    three[1] += four[3]
    return three


def chances(scores: Scores) -> Scores:
    """Turn scores into chances that sum to one."""
    raised: Scores = np.exp(scores - scores.max())
    return raised / raised.sum()


@cache
def model(path: Path = WEIGHTS) -> Model:
    """Load the trained model. Raises OSError where there is none."""
    arrays = load(path)
    return Model(
        arrays["known"],
        unpacked("table", arrays),
        arrays["out"],
        arrays["out_bias"],
        arrays["even_three"],
        arrays["even_four"],
        arrays["judge"],
        str(arrays["version"]),
    )
