"""Commands typed among answers: "ขอข้ามข้อนี้ค่ะ", "แก้ข้อสอง", "เดี๋ยวมาตอบ" – told apart from answers that hold the
same words.

A message, or a clause of it that cannot be anything else, must be a command and nothing more: "ข้ามถนนไม่ได้เลย" and
"อยากให้ยกเลิกค่าธรรมเนียม" are answers. With the question at hand, a bare word that the question itself asks about is
its answer.
"""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from nlp.number_words import with_digits
from nlp.typed import alternation, as_thai_keys, courteous, flat, fold, squash, table, without_courtesy

_LONGEST_COMMAND = 60  # characters without spaces
_LONGEST_REASON = 60
_REFERENCE = re.compile(r"(?<=[ก-๙])(?=[a-z]*\d)[a-z0-9]{4,12}$|(?<=status)(?=[a-z]*\d)[a-z0-9]{4,12}$")
_ALIKE = 0.87
_NAMES = (
    "back",
    "skip",
    "cancel",
    "help",
    "restart",
    "pause",
    "resume",
    "language",
    "mydata",
    "forget",
    "optout",
    "status",
)
_CLAUSES = re.compile(r"[\s,.;!\n]+")
_DENIED = re.compile(r"^(?:อย่า|ไม่ต้อง|ยังไม่|ห้าม|ไม่ได้|don't|do not)")


@dataclass(frozen=True, slots=True)
class Command:
    """What a person asks of the interview: `name` is back, skip, cancel, help, restart, pause, resume, language,
    mydata, forget, optout, status, or change with the `number` of the question to change."""

    name: str
    number: int | None = None


def read_command(text: str, count: int | None = None, question: str | None = None) -> Command | None:
    """The command that the text is; None when it is an answer, or asks to change a question beyond the `count` there
    are.

    `question`: the words of the question asked, so that its own words are not taken for a command.
    """
    answer = fold(text)
    whole = _joined(answer)
    command = _whole(answer, whole, count)
    if command is None and answer.isascii() and len(answer) > 2:
        typed = as_thai_keys(text)
        name = _words_alone().get(squash(typed))
        command = Command(name) if name else None
    if command is None:
        return _clause(answer, count)
    return None if _asked_about(command, answer, whole, fold(question or "")) else command


def _joined(answer: str) -> str:
    """The words without spaces and signs; signs alone stay, for a message that is ? or ⬅."""
    return squash(without_courtesy(answer)) or answer.replace(" ", "")


def _whole(answer: str, words: str, count: int | None) -> Command | None:
    if not words or len(words) > _LONGEST_COMMAND:
        return None
    change = _change(words, count)
    if change or _is_change(words):
        return change
    name = _named(words)
    if name is None and words.isascii():
        name = _named(re.sub(r"[^a-z]", "", answer))
    return Command(name) if name else _almost(words)


@cache
def _grammar() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each command the form of a whole message: leads, core, objects, tails. Cores that need an object have it."""
    lead, tail = _any("shared", "lead"), _tail()
    forms = []
    for name in _NAMES:
        words = table("commands")[name]
        free = tuple(squash(fold(core)) for core in words["core"] if core not in words["needs_object"])
        bound = tuple(squash(fold(core)) for core in words["needs_object"])
        whole = tuple(_joined(fold(word)) for word in words["whole"])
        some = _any(name, "object")
        said = "|".join(words.get("said", ())) or "(?!)"
        body = (
            rf"(?:{said}|{alternation(whole)}|{alternation(free)}(?:{some}){{0,2}}|{alternation(bound)}{some}{{1,2}})"
        )
        forms.append((name, re.compile(rf"^(?:{lead}){{0,3}}(?P<body>{body})(?:{tail}){{0,4}}$")))
    return tuple(forms)


def _any(part: str, key: str) -> str:
    return alternation(tuple(_joined(fold(word)) for word in table("commands")[part][key]))


def _tail() -> str:
    polite = (*table("typed")["polite"], *table("typed")["soft"], *table("commands")["shared"]["tail"])
    return alternation(tuple(_joined(fold(word)) for word in polite))


def _named(words: str) -> str | None:
    """The command whose form the squashed words have; None when they have two commands' forms."""
    exact = _words_alone().get(words)
    if exact:
        return exact
    for candidate in (words, _reference(words)):
        sizes = {name: len(match["body"]) for name, form in _grammar() if (match := form.match(candidate))}
        if candidate is not words:
            sizes = {name: size for name, size in sizes.items() if name == "status"}
        if sizes:
            return _longest(sizes)
    return None


def _reference(words: str) -> str:
    """The words without a reference number at their end (สถานะ GL-7F3K2M)."""
    return _REFERENCE.sub("", words)


def _longest(sizes: dict[str, int]) -> str | None:
    """The command that accounts for most of the words; None when two do."""
    names = [name for name, size in sizes.items() if size == max(sizes.values())]
    return names[0] if len(names) == 1 else None


@cache
def _words_alone() -> dict[str, str]:
    """Squashed words that are a command by themselves."""
    alone: dict[str, str] = {}
    for name in _NAMES:
        words = table("commands")[name]
        for word in (*words["core"], *words["whole"]):
            if word not in words["needs_object"] or word in words["whole"]:
                alone.setdefault(_joined(fold(word)), name)
    return alone


@cache
def _by_tones() -> dict[str, str]:
    return {flat(word): name for word, name in _words_alone().items() if len(word) >= 4}


def _almost(words: str) -> Command | None:
    """A command with a slip of a tone mark or one key."""
    name = _by_tones().get(flat(words))
    if name:
        return Command(name)
    if not 6 <= len(words) <= 24 or _DENIED.match(words):
        return None
    likely = {its for word, its in _words_alone().items() if len(word) >= 6 and _slipped(words, word)}
    return Command(likely.pop()) if len(likely) == 1 else None


def _slipped(words: str, word: str) -> bool:
    return abs(len(words) - len(word)) <= 2 and OSA.normalized_similarity(words, word) >= _ALIKE and words[0] == word[0]


@cache
def _change_forms() -> tuple[re.Pattern[str], ...]:
    lead, tail, after = _any("shared", "lead"), _tail(), _any("change", "after")
    redo = tuple(squash(fold(core)) for core in table("commands")["change"]["redo"])
    core = alternation(
        tuple(word for word in (squash(fold(c)) for c in table("commands")["change"]["core"]) if word not in redo)
    )
    which = r"(?:ข้อ)?(?:ที่|เลข|#)?(?P<number>\d{1,3}|แรก|สุดท้าย|หนึ่ง|นึง)(?:ข้อ)?"
    trailing = _any("change", "trailing")
    return (
        re.compile(rf"^(?:{lead}){{0,3}}{core}{which}(?:{after}|{tail}){{0,4}}$"),
        re.compile(rf"^(?:{lead}){{0,3}}{alternation(redo)}{which}(?:ใหม่|ผิด|อีกครั้ง)(?:{trailing})?(?:{tail}){{0,4}}$"),
        re.compile(
            rf"^(?:คำตอบ|คำถาม)?ข้อ(?:ที่)?(?P<number>\d{{1,3}}|แรก|สุดท้าย)(?:{lead}){{0,2}}(?:{trailing})(?:{tail}){{0,4}}$"
        ),
    )


def _match_change(words: str) -> re.Match[str] | None:
    digits = with_digits(words)
    return next((match for form in _change_forms() if (match := form.match(digits))), None)


def _is_change(words: str) -> bool:
    return _match_change(words) is not None


def _change(words: str, count: int | None) -> Command | None:
    match = _match_change(words)
    if match is None:
        return None
    which = match["number"]
    if which == "สุดท้าย":
        return Command("change", count) if count else None
    number = int(which) if which.isdecimal() else 1
    return Command("change", number) if 1 <= number <= (count or 999) else None


def _asked_about(command: Command, answer: str, whole: str, question: str) -> bool:
    """Whether a bare word, polite or not, is the question's own: "ยกเลิกค่ะ" answers "ควรยกเลิกหรือคงไว้"."""
    words = whole if whole in _words_alone() else squash(courteous(answer))
    if not question or command.number is not None or words not in _words_alone():
        return False
    asked = squash(question)
    if re.search(rf"(?:พิมพ์|กด|ตอบว่า|type|press|say){re.escape(words)}", asked):
        return False
    return words in asked or words.removeprefix("ไม่") in asked


def _clause(answer: str, count: int | None) -> Command | None:
    """A clause that asks for a command by its politeness or its object, beside a reason ("ไม่รู้เลย ขอข้ามข้อนี้ค่ะ")."""
    if len(answer) > _LONGEST_COMMAND + _LONGEST_REASON:
        return None
    found = {command for part in _stretches(answer) if (command := _strong(part, count))}
    return found.pop() if len(found) == 1 else None


def _stretches(answer: str) -> list[str]:
    """The first and the last clauses of a message, joined to up to four."""
    words = [word for word in _CLAUSES.split(answer) if word][:24]
    if not len(words) >= 2:
        return []
    heads = [" ".join(words[:size]) for size in range(1, min(5, len(words)))]
    tails = [" ".join(words[-size:]) for size in range(1, min(5, len(words)))]
    return heads + tails


@cache
def _strong_form() -> re.Pattern[str]:
    """Words that only a person talking to the bot uses: ขอ… at the head, or the question or the survey as object."""
    return re.compile("|".join(table("commands")["shared"]["strong"]))


def _strong(part: str, count: int | None) -> Command | None:
    words = squash(part)
    if not _strong_form().search(with_digits(words)) or len(words) < 6:
        return None
    return _change(words, count) or (Command(name) if (name := _named(words)) else None)
