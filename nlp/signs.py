"""What other readers of a text tell the judge of its sentiment: how urgent it is, and which qualities it praises or
misses by rule; the model of qualities learned from the same messages, and would seem too sure. Names of people and
places are hidden from all of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from nlp.document import Document, hiding
from nlp.places import places
from nlp.privacy import personal_data
from nlp.qualities import ruled
from nlp.records import PersonalData, Place, Quality, Spans, Urgency
from nlp.urgency import urgency


class Signs(NamedTuple):
    """Whether a text is a crisis or needs help soon, and how many service qualities it praises and misses."""

    crisis: bool = False
    soon: bool = False
    praised: int = 0
    missed: int = 0


def signs(urgent: Urgency, found: Sequence[Quality]) -> Signs:
    """Sum up how urgent a text is and its qualities."""
    praised = sum(quality.direction > 0 for quality in found)
    return Signs(urgent.level == "crisis", urgent.level == "soon", praised, len(found) - praised)


def hidden_names(found_places: Sequence[Place], found_data: Sequence[PersonalData]) -> Spans:
    """List what must sway no tag: names of places, and personal data but for addresses, which tell of roads."""
    named = [span for place in found_places for span in place.spans]
    return (*named, *((item.start, item.end) for item in found_data if item.kind != "address"))


def seen(document: Document) -> tuple[Document, Signs]:
    """Read a document for the judge, as `nlp.tag` does: with its names hidden, and its signs."""
    hidden = bare(document)
    return hidden, signs(urgency(hidden), ruled(hidden))


def bare(document: Document) -> Document:
    """Hide the names in a document."""
    return hiding(document, hidden_names(places(document), personal_data(document)))
