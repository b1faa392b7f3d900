"""Which of the five promised service qualities a text praises or misses: what rules find (`nlp.qualities`), weighed
together with what its pieces speak for (`nlp.pieces`).

The rules know how a thing is said, denied and wished for; the pieces know when "นาน" is no wait and "แพง" no fee of
ours, and how people complain in words that no list foresaw.
"""

from collections.abc import Mapping, Sequence
from math import exp

import numpy as np

from nlp.document import Document
from nlp.linear import Scores
from nlp.pieces import Pieces, quality_pieces
from nlp.qualities import QUALITIES, ruled
from nlp.records import Quality

SIGNED = tuple(f"{quality}{sign}" for quality in QUALITIES for sign in "+-")
"""What is judged, in the order of the model's columns."""
MOST_SURE = 0.995
"""No reading of a few hundred messages is surer than this."""


def qualities(document: Document, found: Sequence[Quality] | None = None) -> tuple[Quality, ...]:
    """Read which of the five qualities a text praises (+1) or misses (-1), each with the words that say so.

    What the rules found in it may be given.
    """
    if not document.clean.strip():
        return ()
    pieces = quality_pieces()
    by_rule = {signed(one): one for one in (ruled(document) if found is None else found)}
    scores = weighed(pieces, document, by_rule).tolist()
    least = float(pieces.facts[-1, 0])
    held = {code: score for code, score in zip(SIGNED, scores, strict=True) if score >= least}
    return tuple(
        _quality(pieces, document, code, score, by_rule.get(code))
        for code, score in held.items()
        if code in by_rule or held.get(_opposite(code), least) <= score
    )


def weighed(pieces: Pieces, document: Document, by_rule: Mapping[str, Quality]) -> Scores:
    """Score each of `SIGNED`: greater is likelier."""
    return np.asarray(pieces.scores(document) + shown(by_rule) @ pieces.facts[:-1])


def shown(by_rule: Mapping[str, Quality]) -> Scores:
    """Lay out what the rules found: the score of each of `SIGNED`, 0 where it was not found."""
    return np.array([by_rule[code].score if code in by_rule else 0.0 for code in SIGNED])


def signed(quality: Quality) -> str:
    """Name a quality with its direction: "fast-"."""
    return f"{quality.tag}{'+' if quality.direction > 0 else '-'}"


def _opposite(code: str) -> str:
    return code[:-1] + ("-" if code[-1] == "+" else "+")


def _quality(pieces: Pieces, document: Document, code: str, score: float, found: Quality | None) -> Quality:
    factor, term = pieces.facts[-1, 1:3].tolist()
    chance = round(min(1 / (1 + exp(-factor * score - term)), MOST_SURE), 3)
    spans: Sequence[tuple[int, int]] = found.spans if found else ()
    if not spans:
        spans = [document.span(*span) for span in pieces.earning(document, code)]
    return Quality(code[:-1], 1 if code[-1] == "+" else -1, chance, tuple(spans))
