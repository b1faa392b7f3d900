"""A text as the rest of `nlp` reads it: mended, cut into words, and never losing where things stood as typed."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.layout import repaired
from nlp.normalise import is_invisible, normalise
from nlp.records import Span, Spans
from nlp.words import Word, words

HIDDEN = "\ue000"
"""Stands for every letter of a name that must say nothing: นายสมชาย ใจดี is not praised, สุขุมวิท is not happy."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text. `clean` is its mended form, of which `words` are all the pieces, in order.

    `offsets[i]` is where the clean character `i` begins in `text`; it has one item more than `clean`.
    """

    text: str
    clean: str
    offsets: Sequence[int]
    words: tuple[Word, ...]

    def span(self, start: int, end: int) -> Span:
        """Find in the text as typed what stands from `start` to `end` (excluded) in `clean`."""
        first, last = self.offsets[start], self.offsets[end]
        while last > first and is_invisible(self.text[last - 1]):
            last -= 1
        while first < last and is_invisible(self.text[first]):
            first += 1
        return first, last


def read(text: str) -> Document:
    """Read a text of any length in any language; only its first 2,000 characters are analysed.

    A short text typed on the wrong keyboard layout is read as what was meant.
    """
    clean, offsets = normalise(repaired(text))
    return Document(text, clean, offsets, words(clean))


def hiding(document: Document, spans: Spans) -> Document:
    """Blot out spans of the text as typed; what stands elsewhere stays where it is. Nothing to hide: the same document.

    Words keep their borders.
    """
    if not spans:
        return document
    clean, offsets = document.clean, document.offsets
    for start, end in spans:
        first, last = bisect_left(offsets, start), min(bisect_left(offsets, end), len(clean))
        clean = clean[:first] + HIDDEN * (last - first) + clean[last:]
    blotted = [Word(clean[start:end], start, end) for _, start, end in document.words]
    return Document(document.text, clean, offsets, tuple(blotted))
