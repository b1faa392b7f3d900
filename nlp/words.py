"""Words of a Thai text: PyThaiNLP's newmm, with this product's own words in its dictionary.

The dictionary is PyThaiNLP's and every line of `data/words.txt`. It is held in an Aho-Corasick automaton, which finds
the dictionary's words of a whole text in one pass: a quarter of the memory of a trie of Python objects. The search for
the cut with the fewest words is newmm's own, written over positions instead of strings; the words that come out are the
same, which a test holds against PyThaiNLP's.
"""

import os
import re
from functools import cache
from heapq import heappop, heappush
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import ahocorasick

# The corpora come with the package: nothing is looked up, downloaded or written at run time.
os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

from pythainlp.corpus import thai_words
from pythainlp.tokenize.tcc_p import _PAT_TCC

OWN_WORDS = Path(__file__).parent / "data" / "words.txt"
SPELLINGS = Path(__file__).parent / "data" / "spellings.txt"

_LONG_ENOUGH = 5
# As newmm has them: the limit of words under consideration, and what is no Thai.
_MOST_EDGES = 50
_NOT_THAI = re.compile(r"[-a-zA-Z]+|\d+([,\.]\d+)*|[ \t]+|\r?\n|[^\u0E00-\u0E7F \t\r\n]+")
_TWO_LETTERS = re.compile("[ก-ฮ]{0,2}")
_CLUSTER = re.compile(re.sub(r"\((?!\?)", "(?:", _PAT_TCC.pattern) + "|.", re.DOTALL)


class Word(NamedTuple):
    """A word and where it stands: `text` is `clean[start:end]` of its document."""

    text: str
    start: int
    end: int


def words(clean: str) -> tuple[Word, ...]:
    """Cut a normalised text into words; together they are the whole text, blanks included."""
    cuts = _Cutting(clean).cuts() if clean else [0]
    return tuple([Word(clean[start:end], start, end) for start, end in pairwise(cuts)])


class _Cutting:
    """One text being cut. A word may end only where a cluster of Thai letters ends (`whole`)."""

    __slots__ = ("_ends", "_text", "_whole")

    def __init__(self, text: str) -> None:
        self._text = text
        self._whole = bytearray(len(text) + 1)
        for end in accumulate(map(len, _CLUSTER.findall(text))):
            self._whole[end] = 1
        self._ends: dict[int, list[int]] = {}
        whole, ends = self._whole, self._ends
        for last, size in dictionary().iter(text):
            end = last + 1
            if whole[end]:
                start = end - size
                if start in ends:
                    ends[start].append(end)
                else:
                    ends[start] = [end]

    def cuts(self) -> list[int]:
        """List where words begin and the last ends. Follows newmm's `_onecut` step by step."""
        length = len(self._text)
        graph: dict[int, list[int]] = {}
        waiting = [0]
        cuts = [0]
        edges = 0
        while waiting[0] < length:
            begin = heappop(waiting)
            edges += self._follow(begin, graph, waiting, edges)
            if len(waiting) == 1:
                cuts += _shortest(graph, cuts[-1], waiting[0])
            elif not waiting:
                cuts.append(self._end_of_unknown(begin))
                waiting.append(cuts[-1])
            else:
                continue
            graph.clear()
            edges = 0
        return cuts

    def _follow(self, begin: int, graph: dict[int, list[int]], waiting: list[int], edges: int) -> int:
        """Add the words that begin here to the graph, up to newmm's limit; answers how many."""
        ends = self._ends.get(begin)
        if ends is None:
            return 0
        taken = ends[: max(1, _MOST_EDGES + 1 - edges)]
        graph[begin] = taken
        for end in taken:
            if end not in waiting:
                heappush(waiting, end)
        return len(taken)

    def _end_of_unknown(self, begin: int) -> int:
        """Find where what is in no dictionary ends: at a known word of more than two letters, or at another script."""
        text, whole = self._text, self._whole
        if other := _NOT_THAI.match(text, begin):
            return other.end()
        for place in range(begin + 1, len(text)):
            if not whole[place]:
                continue
            if any(not _TWO_LETTERS.fullmatch(text, place, end) for end in self._ends.get(place, ())):
                return place
            if _NOT_THAI.match(text, place):
                return place
        return len(text)


def _shortest(graph: dict[int, list[int]], start: int, goal: int) -> list[int]:
    """Find the way with the fewest words from start to goal, the shorter first words first; answers its ends."""
    if graph[start] == [goal]:
        return [goal]
    came_from = {start: start}
    queue = [start]
    for place in queue:
        for end in graph.get(place, ()):
            if end == goal:
                way = [goal]
                while place != start:
                    way.append(place)
                    place = came_from[place]
                return way[::-1]
            if end not in came_from:
                came_from[end] = place
                queue.append(end)
    raise AssertionError("every waiting place was reached from the start")


@cache
def dictionary() -> ahocorasick.Automaton:
    """Build the dictionary: each word of PyThaiNLP's list and of our own, found with its length."""
    automaton = ahocorasick.Automaton()
    for word in thai_words():
        automaton.add_word(word, len(word))
    for word in own_words():
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


def own_words() -> list[str]:
    """Read `data/words.txt`, one word a line (# begins a remark), and the longer spellings of `data/spellings.txt`."""
    lines = (line.partition("#")[0].strip() for line in OWN_WORDS.read_text(encoding="utf-8").splitlines())
    variants = (variant for line in spellings() for variant in line)
    return [*filter(None, lines), *(word for word in variants if len(word) >= _LONG_ENOUGH and not word.isascii())]


def spellings() -> list[list[str]]:
    """Read `data/spellings.txt`: on each line the usual spelling and then its variants, separated by blanks."""
    lines = (line.partition("#")[0].split() for line in SPELLINGS.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]
