"""Words beside names of people, read from `data/person_words.txt`, and the lists of names that come with PyThaiNLP."""

from bisect import bisect_left
from collections import Counter
from functools import cache
from pathlib import Path

from pythainlp.corpus.common import thai_family_names, thai_female_names, thai_male_names

from nlp.words import dictionary

WORDS = Path(__file__).parent / "data" / "person_words.txt"
_KEY = 2  # letters by which a list is looked up
_OFTEN = 4  # names in which a part must stand before it counts as a part of names
_LEADING = "เแโใไ"
_MARKS = "ะาำิีึืฺุู็่้๊๋์ัๅ"


@cache
def listed(name: str) -> frozenset[str]:
    """Give the words of one list of `person_words.txt`."""
    lists: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return frozenset(lists[name])


@cache
def given_names() -> frozenset[str]:
    """Give the known given names (PyThaiNLP's, from Korkeat Wannapat's Thai names corpus, and some more)."""
    return (thai_male_names() | thai_female_names() | listed("given")) - listed("never")


@cache
def family_names() -> frozenset[str]:
    """Give the known surnames, of the same source."""
    return thai_family_names() - listed("after")


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    """Give the parts with which given names often begin, and with which they often end."""
    begins: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for name in given_names():
        for at in _seams(name):
            begins[name[:at]] += 1
            ends[name[at:]] += 1
    often = [frozenset(part for part, times in parts.items() if times >= _OFTEN) for parts in (begins, ends)]
    return often[0], often[1]


def _seams(name: str) -> list[int]:
    """Give the places where a name may be cut in two, no vowel or mark torn from its letter."""
    return [at for at in range(2, len(name) - 1) if name[at] not in _MARKS and name[at - 1] not in _LEADING]


def is_made_like_names(name: str) -> bool:
    """Say whether a name that no list holds is made of two parts of given names: บุญ-เรือน, สุ-นีย์."""
    begins, ends = _parts()
    return any(name[:at] in begins and name[at:] in ends for at in _seams(name))


def ends_names(part: str) -> bool:
    """Say whether given names often end with a part."""
    return part in _parts()[1]


@cache
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(given_names() | family_names()))


def begins_a_name(word: str) -> bool:
    """Say whether any known name begins with a word."""
    names = _in_order()
    at = bisect_left(names, word)
    return at < len(names) and names[at].startswith(word)


def is_everyday(name: str) -> bool:
    """Say whether a given name is first of all an everyday word."""
    return name in listed("everyday")


def is_word(text: str) -> bool:
    """Say whether a text is a word of the dictionary."""
    return text in dictionary()


def follower(text: str, start: int) -> str:
    """Give the longest word that goes on after a name, and begins none, that the text has here, or ""."""
    words = _by_letters("after").get(text[start : start + _KEY], ())
    return next((word for word in words if text.startswith(word, start)), "")


def may_start_otherwise(text: str, start: int) -> bool:
    """Say whether a word stands here that goes on after a name or begins a surname."""
    return text.startswith(_by_letters("either").get(text[start : start + _KEY], ("\0",)), start)


def starts_no_name(text: str, start: int) -> bool:
    """Say whether a word that is no name after a title stands here: (นาย)จ้าง, (นาง)พยาบาล."""
    return text.startswith(_by_letters("not").get(text[start : start + _KEY], ("\0",)), start)


def ends_as_surnames(name: str) -> bool:
    """Say whether a name ends as Thai surnames often do."""
    return name.endswith(tuple(listed("endings")))


@cache
def _by_letters(name: str) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in sorted(listed(name), key=len, reverse=True):
        groups.setdefault(word[:_KEY], []).append(word)
    return {key: tuple(words) for key, words in groups.items()}
