"""How a question is worded: what would make answers to it untrue or hard to give, in Thai and English.

    flaws("คุณพอใจกับความเร็วและมารยาทแค่ไหน", "th")  →  (Flaw("double", "และ"),)

The rules are the survey handbooks' (Sudman and Bradburn, Asking Questions, 1982; Krosnick and Presser, Question and
Questionnaire Design, 2010): no leading, no two questions in one, plain words, no double negatives, no absolutes. They
look for the expressions of `data/wording.yaml`, and understand nothing; what they find is for an author to weigh.

`python -m tests.nlp.wording_measured` measures it. Of questions with a flaw, written once the rules were done (28 in
Thai, 12 in English, beside 28 without any), it found a third in Thai (0.32) and a quarter in English (0.25), and it
found fault with none that had none (precision 1.00). On the 92 held out of the table that the rules' author had
written before, it found 0.99 with precision 1.00: that is what knowing the questions is worth. So: what it says is
nearly always right, and its silence proves nothing.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

RULES = ("leading", "double", "jargon", "negative", "absolute")
_BETWEEN = ".{0,25}?"
_THAI_SHORT = re.compile(r"(?<![ก-๙])(?:[ก-ฮ]\.\s?){2,}|(?<![ก-๙])[ก-ฮ]{2,4}\.(?!\d)")
# Nouns made of verbs: two in one question are how offices write. They begin a word that is no plain one.
_MADE_NOUN = re.compile(
    r"(?:การ(?!บ้าน|เงิน|เรียน|สอน|เดินทาง|รอ|ทำงาน|พูด|รักษา|ลงทะเบียน|รับ|ขึ้น|สร้าง|ใส่|จอด)|ความ(?!เห็น|รู้สึก|ช่วยเหลือ|สะอาด|เร็ว))[ก-๙]{3}"
)
_LONG_WORD = re.compile(r"\b[a-z]{14,}\b")
_CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")


class Flaw(NamedTuple):
    """One finding: which rule it goes against, and the words that do."""

    rule: str
    words: str


@cache
def _lexicon() -> Mapping[str, Any]:
    path = Path(__file__).parent / "data" / "wording.yaml"
    data: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def flaws(text: str, language: str) -> tuple[Flaw, ...]:
    """What is to be weighed in the wording of a question, at most one finding a rule. Other languages have none."""
    if language not in ("th", "en"):
        return ()
    said = " ".join(text.split()).rstrip(" ?.!").strip()
    found = (_found(rule, said, language) for rule in RULES)
    return tuple(each for each in found if each)


def has_way_out(labels: Mapping[str, str]) -> bool:
    """Whether a choice's label, in any language, lets out who cannot or will not choose."""
    return any(
        word in f" {label.casefold()} " if language == "th" else re.search(rf"\b{re.escape(word)}\b", label.casefold())
        for language, label in labels.items()
        for word in _lexicon()["ways_out"].get(language, ())
    )


def _found(rule: str, said: str, language: str) -> Flaw | None:
    text = said.casefold() if language == "en" else said
    for excused in _lexicon()[language]["excused"].get(rule, ()):
        text = text.replace(excused, " · ")
    spotted = _pattern(rule, language).search(text)
    words = spotted[0].strip() if spotted else next(_more(rule, said, text, language), "")
    return Flaw(rule, words) if words else None


def _more(rule: str, said: str, text: str, language: str) -> Iterator[str]:
    """What a list of expressions cannot tell: two question words, two negations, letters that stand for names."""
    lexicon = _lexicon()[language]
    if rule == "double":
        asked = [each[0] for each in _any_of("asks", language).finditer(text)]
        if len(asked) > 1 and language == "th":
            yield " … ".join(asked)
    if rule == "negative":
        # In Thai a blank parts clauses: a negation in each of two is no double one.
        for clause in text.split() if language == "th" else (text,):
            negated = [each[0] for each in _any_of("negators", language).finditer(clause)]
            if len(negated) > 1:
                yield " … ".join(negated)
    if rule == "jargon":
        made = _MADE_NOUN.findall(text) if language == "th" else _LONG_WORD.findall(text)
        if len(made) > (1 if language == "th" else 0):
            yield " … ".join(made)
        if language == "th" and (short := _THAI_SHORT.search(said)):
            yield short[0].strip()
        yield from (each for each in _CAPITALS.findall(said) if each not in lexicon["known_letters"])


@cache
def _pattern(rule: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(_expression(each, language) for each in _lexicon()[language][rule]))


@cache
def _any_of(name: str, language: str) -> re.Pattern[str]:
    words = sorted(_lexicon()[language][name], key=len, reverse=True)
    return re.compile("|".join(_expression(each, language) for each in words))


def _expression(words: str, language: str) -> str:
    """A line of the lexicon as a pattern. English words are whole words."""
    end = "$" if words.endswith("$") else ""
    bare = words.removeprefix("^").rstrip("$")
    parts = [re.escape(each if language == "th" else each.casefold()) for each in bare.split("~")]
    pattern = ("^" if words.startswith("^") else "") + _BETWEEN.join(parts) + end
    if language == "th":
        return pattern
    before = r"\b" if parts[0][:1].isalnum() and words != "n't" else ""
    after = r"\b" if parts[-1][-1:].isalnum() and not end else ""
    return f"{before}{pattern}{after}"
