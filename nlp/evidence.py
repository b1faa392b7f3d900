"""What in a message shows how it is meant: words of `data/feelings.txt`, what denies them, and how it is typed.

`evidence(document)` gives numbers for the model of `nlp.sentiment`; their names are `NAMES`, in the same order.
"""

import re
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

import ahocorasick

from nlp.document import Document
from nlp.signs import Signs
from nlp.wordlists import sections

LEXICON = Path(__file__).parent / "data" / "feelings.txt"

_KINDS = (
    "problem", "lack", "displeased", "praise", "thanks", "ask", "why", "wish", "plead", "calm", "turn", "past", "now",
    "glad_face", "sad_face",
)  # fmt: skip
_DENIABLE = ("problem", "displeased", "praise")
_MIXED = (
    "bad", "good", "bad_asked", "bad_wished", "bad_pleaded", "good_asked", "good_wished", "both", "neither",
    "ends_good", "ends_bad", "good_then_bad", "bad_then_good", "turned_good", "turned_bad", "asks_only", "wishes_only",
)  # fmt: skip
_TYPED = ("long", "question_mark", "exclaimed", "drawn_out", "laughing", "few_words", "latin")
_READ = ("crisis", "soon", "praised", "missed", "missed_only", "praised_only", "both_said", "missed_unwished")
NAMES = (*_KINDS, *(f"not_{kind}" for kind in _DENIABLE), *_MIXED, *_TYPED, *_READ)

_MOST = 3
_FREE_LENGTH = 5
_REACH = 3
_STRONGER = ("มาก", "จัง", "จริง", "เกิน", "สุด", "กว่า", "ขึ้น")
"""What may stand right after a short word: the dictionary has some of both as one word."""
_LATIN = re.compile("[A-Za-z]")
_LOOKED_AT = 80
_LAUGH = re.compile("5{3,}|ฮ่าๆ|ถถถ")


class Hit(NamedTuple):
    """A word of the lexicon in the clean text, and whether what stands before it denies it."""

    kind: str
    start: int
    end: int
    denied: bool = False


def evidence(document: Document, signs: Signs) -> list[float]:
    """Count what a document and its signs show; every number is between 0 and a few."""
    found = hits(document)
    counts = dict.fromkeys((*_KINDS, *(f"not_{kind}" for kind in _DENIABLE)), 0)
    for hit in found:
        name = f"not_{hit.kind}" if hit.denied and hit.kind in _DENIABLE else hit.kind
        if name in counts:
            counts[name] += 1
    wished = counts["wish"] > 0 or counts["ask"] > 0
    counted = [float(min(count, _MOST)) for count in counts.values()]
    return counted + _together(found, counts) + _typed(document) + _read(signs, wished)


def hits(document: Document) -> list[Hit]:
    """Find the lexicon's words in the clean text, the longest first where they overlap."""
    text = document.clean.lower()
    if len(text) != len(document.clean):  # a rare letter whose small form is longer
        text = document.clean
    edges = {word.start for word in document.words}
    edges.add(len(text))
    spans = []
    for last, (kind, size, whole) in _lexicon().iter(text):
        start, end = last + 1 - size, last + 1
        if not whole or (start in edges and (end in edges or text.startswith(_STRONGER, end))):
            spans.append((start, -end, kind))
    spans.sort()
    return _told_apart(spans)


def _told_apart(spans: list[tuple[int, int, str]]) -> list[Hit]:
    found: list[Hit] = []
    done = 0
    denied_to = -_REACH - 1
    for start, minus_end, kind in spans:
        if start < done:
            continue
        done = -minus_end
        if kind == "deny":
            denied_to = done
        elif kind != "none":
            found.append(Hit(kind, start, done, start - denied_to <= _REACH))
    return found


def _together(found: list[Hit], counts: dict[str, int]) -> list[float]:
    """See what the kinds of evidence say beside each other, in the order of `_MIXED`."""
    signs = [(hit.start, sign) for hit in found if (sign := leaning(hit))]
    bad, good = any(sign < 0 for _, sign in signs), any(sign > 0 for _, sign in signs)
    ask, wish, plead = (counts[kind] > 0 for kind in ("ask", "wish", "plead"))
    first, last = (signs[0][1], signs[-1][1]) if signs else (0, 0)
    turn = max((hit.end for hit in found if hit.kind == "turn"), default=None)
    after = sum(sign for start, sign in signs if turn is not None and start >= turn)
    flags = (
        bad, good, bad and ask, bad and wish, bad and plead, good and ask, good and wish, good and bad,
        not (good or bad),
        last > 0, last < 0, first > 0 > last, first < 0 < last, after > 0, after < 0,
        ask and not (good or bad), wish and not (good or bad or ask),
    )  # fmt: skip
    return [float(flag) for flag in flags]


def leaning(hit: Hit) -> int:
    """Say which way a word leans by itself: -1 bad, +1 good, 0 neither."""
    if hit.kind in ("problem", "displeased"):
        return 1 if hit.denied else -1
    if hit.kind == "praise":
        return -1 if hit.denied else 1
    return {"lack": -1, "why": -1, "sad_face": -1, "glad_face": 1}.get(hit.kind, 0)


def _typed(document: Document) -> list[float]:
    """See how the message is typed, in the order of `_TYPED`."""
    clean = document.clean
    letters = len(_LATIN.findall(clean, 0, _LOOKED_AT))
    return [
        log(1 + len(clean)) / 4,
        float("?" in clean),
        float("!" in clean),
        float(len(document.text) > len(clean) + 1),
        float(_LAUGH.search(clean) is not None),
        float(len(document.words) <= 3),
        letters / (1 + min(_LOOKED_AT, len(clean))),
    ]


def _read(signs: Signs, wished: bool) -> list[float]:
    """See what others read in the message, in the order of `_READ`."""
    crisis, soon, praised, missed = signs
    return [
        float(crisis), float(soon), float(min(praised, _MOST)), float(min(missed, _MOST)),
        float(missed > 0 and not praised), float(praised > 0 and not missed), float(praised > 0 and missed > 0),
        float(missed > 0 and not wished),
    ]  # fmt: skip


@cache
def _lexicon() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for kind, listed in sections(LEXICON.name).items():
        for word in listed:
            automaton.add_word(word, (kind, len(word), _needs_edges(word)))
    automaton.make_automaton()
    return automaton


def _needs_edges(word: str) -> bool:
    """Say whether a word counts only where the text is cut into words there: Latin ones and short Thai ones."""
    if word.isascii():
        return word[0].isalpha()
    return "\u0e00" < word[0] < "\u0e7f" and len(word) < _FREE_LENGTH
