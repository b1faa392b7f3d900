"""Words beside names of people, read from `data/person_words.txt`, and the lists of names that come with PyThaiNLP."""

from functools import cache
from pathlib import Path

from pythainlp.corpus.common import thai_family_names, thai_female_names, thai_male_names

from nlp.words import dictionary

WORDS = Path(__file__).parent / "data" / "person_words.txt"
_KEY = 2  # letters by which a list is looked up


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
    """Give the known given names (PyThaiNLP's, from the Thai names corpus of Korkeat Wannapat)."""
    return (thai_male_names() | thai_female_names()) - listed("not")


@cache
def family_names() -> frozenset[str]:
    """Give the known surnames, of the same source."""
    return thai_family_names() - listed("after")


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
