"""The choices of one question, made ready for comparing: how their labels may be written, and what kind each is."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.number_words import Number
from nlp.typed import alternation, flat, fold, squash, table
from nlp.yesno import read_yes_no

_PARTS = re.compile(r"\s*[/|,;()\[\]]\s*|\s+(?:หรือ|or)\s+")
_NOTE = re.compile(r"\([^)]*\)")
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[ก-ง]|[a-h])[.)]\s*")
_FIGURE = r"(\d[\d,]*(?:\.\d+)?)"
_SPAN = re.compile(rf"{_FIGURE}\s*(?:-|–|—|~|ถึง|to)\s*{_FIGURE}")
_BELOW = re.compile(rf"(?:ต่ำกว่า|น้อยกว่า|ไม่ถึง|<|under|below|less than)\s*{_FIGURE}")
_TOP = re.compile(rf"(?:ไม่เกิน|≤|up to)\s*{_FIGURE}")
_ABOVE = re.compile(rf"(?:มากกว่า|เกินกว่า|เกิน|สูงกว่า|>|over|above|more than)\s*{_FIGURE}")
_FROM = re.compile(rf"{_FIGURE}\s*[^\d]{{0,14}}(?:ขึ้นไป|or more|and over|or over|\+)|(?:ตั้งแต่|อย่างน้อย)\s*{_FIGURE}")
_LONE = re.compile(rf"^[^\d]{{0,10}}{_FIGURE}[^\d]{{0,12}}$")
_TINY = 1e-9
_COMBINES = re.compile("[ะ-ฺๅ-๎]")
_LEADING_VOWEL = re.compile("[เ-ไ]$")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a question offers. `codes` in the order shown; `aliases`: squashed words → the code that they alone name."""

    codes: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]  # (code, squashed label or part of one), a code several times
    aliases: dict[str, str | None]  # None: two codes share the words
    flats: dict[str, str | None]
    amounts: tuple[tuple[str, Number, Number], ...]  # (code, least, most) of labels that are amounts
    kinds: dict[str, str]  # code → none, other, unsure, all
    sides: tuple[str, str] | None  # the code of the only label that says yes, and of the only one that says no

    def exact(self, answer: str) -> str | None:
        """The code whose label, part of a label or code the folded words are, tone marks aside."""
        plain = squash(answer)
        if self.aliases.get(plain):
            return self.aliases[plain]
        words = canonical(plain)
        if words in self.aliases:
            return self.aliases[words]
        return self.flats.get(flat(words))

    def of_kind(self, kind: str) -> str | None:
        """The only code of that kind."""
        codes = [code for code, its in self.kinds.items() if its == kind]
        return codes[0] if len(codes) == 1 else None


@lru_cache(maxsize=512)
def listed(choices: tuple[tuple[str, str], ...]) -> Choices:
    """The choices ready for comparing."""
    codes = tuple(dict.fromkeys(code for code, _ in choices))
    names = [(code, name) for code, label in choices for name in _names(fold(label))]
    names += _without_common_head([(code, squash(fold(label))) for code, label in choices])
    whole = _unique([(code, squash(fold(label))) for code, label in choices])
    aliases = _unique([(code, canonical(name)) for code, name in names]) | _unique(
        [(c, canonical(squash(fold(c)))) for c in codes]
    )
    aliases |= _unique(names) | {canonical(name): code for name, code in whole.items()} | whole
    amounts = [covered for code, label in choices if (covered := amount(code, fold(label)))]
    return Choices(
        codes=codes,
        labels=tuple(dict.fromkeys((code, same) for code, name in names for same in _called(canonical(name)))),
        aliases={words: code for words, code in aliases.items() if words},
        flats=_unique([(code, flat(words)) for words, code in aliases.items() if words and code]),
        amounts=tuple(amounts) if len({code for code, _, _ in amounts}) > 1 else (),
        sides=_sides(names),
        kinds={code: kind for code, label in reversed(choices) if (kind := _kind(fold(code), fold(label)))},
    )


def _sides(names: list[tuple[str, str]]) -> tuple[str, str] | None:
    said = {code: read_yes_no(name) for code, name in reversed(names) if len(name) < 20}
    yes, no = ([code for code, side in said.items() if side is wanted] for wanted in (True, False))
    return (yes[0], no[0]) if len(yes) == len(no) == 1 else None


def _unique(pairs: list[tuple[str, str]]) -> dict[str, str | None]:
    """Words → code; None where two codes have the same words."""
    found: dict[str, str | None] = {}
    for code, words in pairs:
        found[words] = code if found.get(words, code) == code else None
    return found


def _shared_head(words: list[str]) -> str:
    """The letters that all words begin with."""
    first, last = min(words), max(words)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]


def _without_common_head(labels: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Labels without the word that all of them begin with: เหนือ of ภาคเหนือ where the others are ภาคใต้ and ภาคกลาง."""
    concrete = [label for _, label in labels if kind_of(label) is None]
    head = _shared_head(concrete) if len(concrete) > 2 else ""
    while head and any(_COMBINES.match(label[len(head) :]) or label == head for label in concrete):
        head = head[:-1]
    if len(head) < 2 or _LEADING_VOWEL.search(head):
        return []
    return [
        (code, label[len(head) :]) for code, label in labels if label.startswith(head) and len(label) - len(head) > 2
    ]


def _names(label: str) -> list[str]:
    """A label's ways of being named: whole, without its number, without its note, and its parts."""
    bare = _NUMBERED.sub("", label)
    ways = [label, bare, _NOTE.sub("", bare), *_PARTS.split(bare)]
    return list(dict.fromkeys(name for way in ways if len(name := squash(way)) > 1 or way in (label, bare)))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    same = {squash(fold(word)): squash(fold(words[0])) for words in table("choices")["same"] for word in words}
    ordered = sorted(same, key=lambda word: (-len(word), word))
    forms = (rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else re.escape(word) for word in ordered)
    return re.compile("|".join(forms)), same


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups = (tuple(squash(fold(word)) for word in words) for words in table("choices")["same"])
    return {words[0]: words for words in groups}


def _called(name: str) -> tuple[str, ...]:
    """A label and, where all of it is one thing with everyday names, those names."""
    return _groups().get(name, (name,))


def canonical(words: str) -> str:
    """Squashed words with everyday names (มอไซค์, รพ., มหาลัย) turned into one form."""
    pattern, same = _synonyms()
    return pattern.sub(lambda match: same[match[0]], words)


@cache
def _kind_words() -> dict[str, re.Pattern[str]]:
    kinds: dict[str, list[str]] = table("choices")["kinds"]
    return {
        kind: re.compile(f"^{alternation(tuple(squash(fold(word)) for word in words))}$")
        for kind, words in kinds.items()
    }


def kind_of(words: str) -> str | None:
    """Which kind of choice squashed words name: none, other, unsure, all."""
    return next((kind for kind, pattern in _kind_words().items() if pattern.match(words)), None)


def _kind(code: str, label: str) -> str | None:
    return kind_of(squash(label)) or kind_of(squash(code))


def _value(figure: str) -> float:
    return float(figure.rstrip(",").replace(",", "") or 0)


def amount(code: str, label: str) -> tuple[str, Number, Number] | None:
    """The amounts that a label covers, both ends included: "18-25 ปี" is 18 to 25, "มากกว่า 5" is above 5."""
    if match := _SPAN.search(label):
        return code, _value(match[1]), _value(match[2])
    if match := _BELOW.search(label):
        return code, float("-inf"), _value(match[1]) - _TINY
    if match := _TOP.search(label):
        return code, float("-inf"), _value(match[1])
    if match := _ABOVE.search(label):
        return code, _value(match[1]) + _TINY, float("inf")
    if match := _FROM.search(label):
        return code, _value(match[1] or match[2]), float("inf")
    if match := _LONE.search(_NUMBERED.sub("", label)):
        return code, _value(match[1]), _value(match[1])
    return None
