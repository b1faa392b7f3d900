"""Listed phrases found in a text: one pass over it for a whole lexicon, however many phrases that holds.

A lexicon's data file writes phrases on one line, separated by " | ". A found phrase counts only where it stands as
words of its own ("รอ" is not in "รอบ"), and a longer phrase hides the shorter ones inside it. "a/b ~ c/d" is a pair:
one of a, b and then, at most `REACH` characters later on the same line, one of c, d.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick
import yaml

from nlp.document import Document

DATA = Path(__file__).parent / "data"
LONG_ENOUGH = 6
"""Characters from which a Thai phrase may lie inside a longer word: the tokenizer's words are sometimes compounds."""

NOTHING = ""
"""The meaning of a phrase that is listed only to hide the phrases inside it."""
REACH = 22

_last = threading.local()
_THAI = re.compile("[\u0e00-\u0e7f]")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# Signs that belong to the letter before them: a word cannot end in front of one.
_SIGNS = (
    (0xE30, 0xE3B), (0xE45, 0xE46), (0xE47, 0xE4F), (0xEB0, 0xEBD), (0xEC8, 0xECE), (0x102B, 0x103F), (0x17B4, 0x17D4),
)  # fmt: skip
_CLINGING = frozenset(chr(code) for first, last in _SIGNS for code in range(first, last))
_LEADING = frozenset("เแโใไ")


class Found(NamedTuple):
    """A phrase at `start` to `end` (excluded) of the document's clean text, and what the lexicon says it means."""

    start: int
    end: int
    phrase: str
    meanings: tuple[str, ...]


class Reading(NamedTuple):
    """A document in small letters, with where its words begin and end."""

    low: str
    starts: frozenset[int]
    ends: frozenset[int]


class Lexicon:
    """Phrases and their meanings, ready to be found all at once."""

    def __init__(self, meanings: Mapping[str, Iterable[str]]) -> None:
        """`meanings` gives for each meaning (any code) its phrases and pairs."""
        self._pairs: list[str] = []
        by_phrase: dict[str, list[str]] = {}
        for meaning, phrases in meanings.items():
            for phrase in phrases:
                for part, code in self._parts(phrase.lower(), meaning):
                    by_phrase.setdefault(part, []).append(code)
        self._automaton = ahocorasick.Automaton()
        for phrase, codes in by_phrase.items():
            self._automaton.add_word(phrase, (len(phrase), _freedom(phrase), phrase, *_sorted_out(codes)))
        self._automaton.make_automaton()
        self._is_empty = not by_phrase

    def longest(self, reading: Reading) -> list[Found]:
        """Find the phrases that no longer one hides, in order of place, and then the pairs."""
        low, starts, ends = reading
        whole, parts = [], []
        if self._is_empty:
            return []
        for last, (length, freedom, phrase, codes, halves) in self._automaton.iter(low):
            start, end = last + 1 - length, last + 1
            if (start in starts and end in ends) or _fits(low, start, end, freedom):
                if codes:
                    whole.append(Found(start, end, phrase, codes))
                if halves:
                    parts.append((start, end, halves))
        whole.sort(key=_by_place)
        kept = unhidden(whole)
        return kept + self._joined(low, kept, parts) if parts else kept

    def _parts(self, phrase: str, meaning: str) -> Iterator[tuple[str, str]]:
        first, pair, second = phrase.partition(" ~ ")
        if not pair:
            yield phrase, meaning
            return
        number = len(self._pairs)
        self._pairs.append(meaning)
        second, _, rest = second.partition(" ~ ")  # of a chain only the ends are looked for
        for half, side in ((first, "<"), (rest or second, ">")):
            for part in half.split("/"):
                yield part.strip(), f"{side}{number}"

    def _joined(self, low: str, kept: list[Found], parts: list[tuple[int, int, tuple[str, ...]]]) -> list[Found]:
        hidden = [(one.start, one.end) for one in kept if one.meanings == (NOTHING,)]
        latest: dict[str, tuple[int, int]] = {}
        joined: dict[tuple[str, int], Found] = {}
        for start, end, halves in sorted(parts):
            if any(first <= start < last for first, last in hidden):
                continue
            for half in halves:
                if half[0] == "<":
                    latest[half[1:]] = start, end
                    continue
                begin = latest.get(half[1:])
                if begin and 0 <= start - begin[1] <= REACH and "\n" not in low[begin[1] : start]:
                    meaning = self._pairs[int(half[1:])]
                    joined.setdefault((meaning, begin[0]), Found(begin[0], end, low[begin[0] : end], (meaning,)))
        return list(joined.values())


def unhidden(found: Iterable[Found]) -> list[Found]:
    """Keep of phrases in order of place those that do not begin inside the one kept before them."""
    kept: list[Found] = []
    reached = 0
    for one in found:
        if one.start >= reached:
            kept.append(one)
            reached = one.end
    return kept


def reading(document: Document) -> Reading:
    """Prepare a document for the lexicons; the same document is prepared once for all of them."""
    if getattr(_last, "document", None) is not document:
        _last.reading = _prepared(document)
        _last.document = document
    prepared: Reading = _last.reading
    return prepared


def _prepared(document: Document) -> Reading:
    low = document.clean.lower()
    if len(low) != len(document.clean):  # a few letters grow when made small (İ): leave those as they are
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in document.clean)
    ends = {word.end for word in document.words} | {word.end - 1 for word in document.words if word.text[-1:] == "ๆ"}
    return Reading(low, frozenset(word.start for word in document.words), frozenset(ends))


def listed(line: str | None) -> list[str]:
    """Cut a line of a data file into its phrases."""
    return [phrase for part in (line or "").split("|") if (phrase := " ".join(part.split()))]


def load(name: str) -> Any:
    """Read a data file of this package (YAML)."""
    with (DATA / name).open("rb") as file:
        return yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _sorted_out(codes: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell a phrase's own meanings from the pairs of which it is a half."""
    distinct = dict.fromkeys(codes)
    halves = tuple(code for code in distinct if code[:1] in ("<", ">"))
    return tuple(code for code in distinct if code[:1] not in ("<", ">")), halves


def _by_place(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _freedom(phrase: str) -> int:
    """Say how freely a phrase may stand: 0 as whole words, 1 in compounds too, 2 in blankless scripts, -1 Latin."""
    if _THAI.search(phrase):
        return 1 if len(phrase) >= LONG_ENOUGH else 0
    return 2 if _SPACELESS.search(phrase) else -1


def _fits(low: str, start: int, end: int, freedom: int) -> bool:
    before = low[start - 1] if start else " "
    after = low[end] if end < len(low) else " "
    if freedom < 0:
        return not ((_is_latin(before) and _is_latin(low[start])) or (_is_latin(after) and _is_latin(low[end - 1])))
    return freedom > 0 and after not in _CLINGING and before not in _LEADING


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" and letter.isalnum()
