"""A text as the rest of `nlp` reads it: mended, cut into words, and never losing where things stood as typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.layout import repaired
from nlp.normalise import is_invisible, normalise
from nlp.records import Span
from nlp.words import Word, words


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
