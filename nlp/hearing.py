"""Two ways of hearing what a text is about, believed together: its words (`nlp.leaning`) and its pieces (`nlp.pieces`).

The words are learned anew in a second from corrections; the pieces also hear what is misspelt or bent.
"""

import threading
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.document import Document
from nlp.leaning import Leaner, present, tokens
from nlp.pieces import Pieces, topic_pieces

_last = threading.local()
_FAINT = 1e-6


class Hearing(NamedTuple):
    """The two models; what is heard are the topics of the words."""

    words: Leaner
    pieces: Pieces

    def chances(self, document: Document) -> NDArray[np.float64]:
        """Tell how likely each topic is, by the geometric mean of what both say; asked twice, worked out once."""
        if getattr(_last, "document", None) is not document or _last.hearing is not self:
            _last.chances = _together(self.words.chances(tokens(document)), self._of_pieces(document))
            _last.document, _last.hearing = document, self
        chances: NDArray[np.float64] = _last.chances
        return chances

    def _of_pieces(self, document: Document) -> NDArray[np.float64]:
        scores = self.pieces.scores(document) * self.pieces.facts[0]
        raised = np.exp(scores - scores.max())
        raised /= raised.sum()
        if self.pieces.labels == self.words.topics:
            return raised
        told = dict(zip(self.pieces.labels, raised.tolist(), strict=True))
        return np.array([told.get(topic, _FAINT) for topic in self.words.topics])


def _together(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = np.sqrt(first * second) + _FAINT
    return np.asarray(mean / mean.sum())


@cache
def hearing() -> Hearing:
    """Give the models in use."""
    return Hearing(present(), topic_pieces())
