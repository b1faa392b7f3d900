"""Search words of a text: what an index keeps, and what a search asks it for.

Both sides must read words alike, so spelling variants are folded (แอพ, แอ็ป → แอป), drawn-out letters mended, empty
words dropped, and a long word brings the shorter words it is made of (แรงงานต่างด้าว: แรงงาน, ต่างด้าว). The list
keeps the order of the text.
"""

from functools import cache

from pythainlp.corpus.common import thai_stopwords

from nlp.document import Document, read
from nlp.normalise import normalise
from nlp.records import PersonalData
from nlp.wordlists import sections
from nlp.words import dictionary, spellings

_SHORTEST_PART = 3
_LONG = 8
_LONGEST = 40
_EMPTY_ENGLISH = frozenset(sections("english.txt")["empty"])
_TELLING = frozenset({"ไม่", "ห้าม", "ช้า", "นาน", "เร็ว", "ใหม่", "ยาก", "ง่าย", "มาก", "น้อย", "ดี"})


def search_terms(text: str, masked: tuple[PersonalData, ...] = ()) -> list[str]:
    """List a text's search words, each once, in the order of the text; personal data given as `masked` is left out."""
    return terms(read(text), masked)


def terms(document: Document, masked: tuple[PersonalData, ...] = ()) -> list[str]:
    """List the search words of a text that has been read."""
    found: dict[str, None] = {}
    for word in document.words:
        start, end = document.offsets[word.start], document.offsets[word.end]
        if any(item.start < end and start < item.end for item in masked):
            continue
        for term in _folded(word.text):
            found[term] = None
    return list(found)


def _folded(word: str) -> tuple[str, ...]:
    plain = word.strip(" .,;:!?()[]\"'-_/\n\t").casefold()[:_LONGEST]
    plain = _spellings().get(plain, plain)
    if plain in _empty() or not any(character.isalnum() for character in plain):
        return ()
    return (plain, *(part for part in _parts(plain) if part not in _empty()))


def _parts(word: str) -> tuple[str, ...]:
    """Cut a word into two words of the dictionary, the second as long as can be."""
    if len(word) < _LONG:
        return ()
    known = dictionary()
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, second = word[:cut], word[cut:]
        if first in known and second in known:
            return (first, second)
    return ()


@cache
def _empty() -> frozenset[str]:
    return (thai_stopwords() | _EMPTY_ENGLISH) - _TELLING


@cache
def _spellings() -> dict[str, str]:
    return {normalise(variant)[0]: usual for usual, *variants in spellings() for variant in variants}
