"""Texts as the judges of sentiment see them."""

from typing import NamedTuple

from nlp.document import read
from nlp.evidence import evidence
from nlp.hashed import Features, features
from nlp.signs import seen


class Featured(NamedTuple):
    """A text for the judges: its features, and the evidence in it."""

    features: Features
    shown: list[float]


def featured(text: str) -> Featured:
    """Read a text as `nlp.tag` does, its names hidden."""
    document, signs = seen(read(text))
    return Featured(features(document), evidence(document, signs))
