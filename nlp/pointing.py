"""Which words of a text speak for its sentiment: what an official is shown as the reason.

The judge weighs the whole text; the words here are those that by themselves say the same: feelings of the lexicon,
service qualities praised or missed, and signs of danger. Where there are none the whole text earned the label, and
nothing is pointed at.
"""

from collections.abc import Iterator, Sequence

from nlp.document import Document
from nlp.evidence import hits, leaning
from nlp.records import Quality, Span, Spans, Urgency

MOST = 6
LEANINGS = {"neg": -1, "pos": 1}
NEUTRAL = ("ask", "why", "wish", "plead")


def pointed(document: Document, label: str, qualities: Sequence[Quality], urgent: Urgency) -> Spans:
    """Spans of the text as typed that speak for this label, in their order, none over another; at most MOST."""
    found = list(_felt(document, label))
    found += [span for each in qualities if each.direction == LEANINGS.get(label) for span in each.spans]
    if label == "neg":
        found += urgent.spans
    return _apart(found)[:MOST]


def _felt(document: Document, label: str) -> Iterator[Span]:
    for hit in hits(document):
        speaks = leaning(hit) == LEANINGS[label] if label in LEANINGS else hit.kind in NEUTRAL
        if speaks:
            yield document.span(hit.start, hit.end)


def _apart(spans: list[Span]) -> Spans:
    """The spans without those that lie over an earlier one; the longer of two that begin together."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < end and (not found or start >= found[-1][1]):
            found.append((start, end))
    return tuple(found)
