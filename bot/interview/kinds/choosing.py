"""Choosing from a list: one, or several."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import combinations

from bot.interview.kinds.manner import Asked, Manner, Reading, unexpected
from bot.interview.progress import Status
from bot.interview.questionnaire import Choice, Question, Test, Value
from bot.interview.replies import Refusal, Reply, Tap, Text
from bot.interview.vocabulary import means, plain
from bot.messages import Option
from nlp.answers import read_choice, read_choices, read_command

_LABEL = 20  # grapheme clusters on a button of LINE's


class SelectOne(Manner):
    """One of a list."""

    fields = frozenset({"choices"})
    tests = frozenset({Test.IS, Test.IS_NOT, Test.ANY_OF, Test.NONE_OF, Test.ANSWERED})

    def options(self, asked: Asked) -> tuple[Option, ...]:
        return tuple(asked.option(each.name, asked.pick(each.label)) for each in asked.question.choices)

    def lines(self, asked: Asked) -> tuple[str, ...]:
        return tuple(f"{n}. {asked.pick(each.label)}" for n, each in enumerate(asked.question.choices, start=1))

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        match reply:
            case Tap(value=name) if chosen := _chosen(asked.question, [name]):
                return Reading(name, name, asked.pick(chosen[0].label))
            case Text(text=text):
                return _named(asked, text)
            case _:
                return unexpected(reply, "choice_gone")

    def fits(self, question: Question, value: Value) -> bool:
        return any(each.name == value for each in question.choices)

    def samples(self, question: Question, mentioned: Sequence[Value]) -> Sequence[Value]:
        return tuple(each.name for each in question.choices)

    def show(self, asked: Asked) -> str:
        assert asked.before
        chosen = _chosen(asked.question, [asked.before.category])
        label = _labels(asked, chosen)
        return f"{label}: {asked.before.words}" if any(_adds(each, asked.before.words) for each in chosen) else label


class SelectMultiple(Manner):
    """Several of a list: ticked one by one until done, or typed all at once."""

    fields = frozenset({"choices"})
    bounds = frozenset({"at_least", "at_most"})
    tests = SelectOne.tests

    def options(self, asked: Asked) -> tuple[Option, ...]:
        ticked = _ticked(asked)
        labels = {each.name: _tick(asked.pick(each.label), each.name in ticked) for each in asked.question.choices}
        return tuple(asked.option(name, _fitted(label)) for name, label in labels.items())

    def lines(self, asked: Asked) -> tuple[str, ...]:
        choices, ticked = asked.question.choices, _ticked(asked)
        listed = (f"{n}. {_tick(asked.pick(c.label), c.name in ticked)}" for n, c in enumerate(choices, start=1))
        return (*listed, self.more(asked))

    def more(self, asked: Asked) -> str:
        ticked = _chosen(asked.question, _ticked(asked))
        return asked.say("ticked", labels=_labels(asked, ticked)) if ticked else asked.say("several")

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        ticked = _ticked(asked)
        match reply:
            case Tap(act="done"):
                return _done(asked, ticked)
            case Tap(value=name) if chosen := _chosen(asked.question, [name]):
                return _open(asked, _toggled(asked.question, ticked, chosen[0]))
            case Text(text=text) if means("done", text) and not labelled(asked.question, text):
                return _done(asked, ticked)
            case Text(text=text):
                return _typed(asked, ticked, text)
            case _:
                return unexpected(reply, "choice_gone")

    def fits(self, question: Question, value: Value) -> bool:
        return any(each.name == value for each in question.choices)

    def samples(self, question: Question, mentioned: Sequence[Value]) -> Sequence[Value]:
        told = [each for each in question.choices if each.name in mentioned]
        rest = [each for each in question.choices if each.name not in mentioned][:1]
        most = question.constraint.at_most or len(question.choices)
        sets = (several for n in range(1, most + 1) for several in combinations([*told, *rest], n))
        kept = (each for each in sets if len(each) == 1 or not any(choice.exclusive for choice in each))
        return [[choice.name for choice in each] for each in kept]

    def show(self, asked: Asked) -> str:
        return _labels(asked, _chosen(asked.question, _ticked(asked)))


def labelled(question: Question, text: str) -> str | None:
    """The name of the choice whose label, in any language, is exactly this text."""
    said = plain(text)
    return next((each.name for each in question.choices if said in map(plain, each.label.values())), None)


def declines(question: Question, text: str) -> bool:
    """Whether this text, which may ask to skip, means a choice for those who will not answer, such as ไม่ขอตอบ."""
    name = read_choice(text, _candidates(question)) if question.choices else None
    labels = (label for each in question.choices if each.name == name for label in each.label.values())
    return any((command := read_command(label)) is not None and command.name == "skip" for label in labels)


def _named(asked: Asked, text: str) -> Reading | Refusal:
    question = asked.question
    name = labelled(question, text) or read_choice(text, _candidates(question)) or _other(question, text)
    return Reading(name, name, text) if name else Refusal("choice", _example(asked))


def _fitted(label: str) -> str:
    """The label as it fits on a button: it is the tick's blank, then the tick, that give way."""
    # Marks above and below letters are part of them; so this counts no fewer grapheme clusters than there are.
    for shorter in (label, label.replace("✓ ", "✓", 1)):
        if sum(unicodedata.category(letter) != "Mn" for letter in shorter) <= _LABEL:
            return shorter
    return label.removeprefix("✓ ")


def _tick(label: str, ticked: bool) -> str:
    return f"✓ {label}" if ticked else label


def _candidates(question: Question) -> list[tuple[str, str]]:
    return [(each.name, label) for each in question.choices for label in each.label.values() if label]


def _chosen(question: Question, names: Iterable[str]) -> list[Choice]:
    wanted = set(names)
    return [each for each in question.choices if each.name in wanted]


def _labels(asked: Asked, choices: Iterable[Choice]) -> str:
    return ", ".join(asked.pick(each.label) for each in choices)


def _other(question: Question, text: str) -> str | None:
    # A bare number is a slip at the list of numbers, not something that the list forgot.
    if not any(letter.isalpha() for letter in text):
        return None
    return next((each.name for each in question.choices if each.other), None)


def _adds(choice: Choice, words: str) -> bool:
    return choice.other and bool(words) and plain(words) not in map(plain, choice.label.values())


def _example(asked: Asked) -> dict[str, object]:
    return {"label": asked.pick(asked.question.choices[0].label), "count": len(asked.question.choices)}


def _ticked(asked: Asked) -> tuple[str, ...]:
    value = asked.before.value if asked.before else None
    return tuple(value) if isinstance(value, list) else ()


def _toggled(question: Question, ticked: tuple[str, ...], choice: Choice) -> tuple[str, ...]:
    if choice.name in ticked:
        return tuple(name for name in ticked if name != choice.name)
    if choice.exclusive:
        return (choice.name,)
    alone = {each.name for each in question.choices if each.exclusive}
    return tuple(name for name in (*ticked, choice.name) if name not in alone)


def _typed(asked: Asked, ticked: tuple[str, ...], text: str) -> Reading | Refusal:
    """Names of choices: added to those being ticked; else they are the whole answer, in place of any before."""
    ticking = asked.before is not None and asked.before.status == Status.OPEN
    ticked = ticked if ticking else ()
    name = labelled(asked.question, text)
    found = (name,) if name else read_choices(text, _candidates(asked.question))
    other = _other(asked.question, text) if not found else None
    names = found or ((other,) if other else ())
    if not names:
        return Refusal("choices", _example(asked))
    for choice in _chosen(asked.question, set(names) - set(ticked)):
        ticked = _toggled(asked.question, ticked, choice)
    if ticking:
        return _open(asked, ticked, aside=text if other else "")
    return _done(asked, ticked, words=text)


def _open(asked: Asked, ticked: tuple[str, ...], aside: str = "") -> Reading:
    names = [each.name for each in _chosen(asked.question, ticked)]
    return Reading(names, " ".join(names), _labels(asked, _chosen(asked.question, names)), Status.OPEN, aside)


def _done(asked: Asked, ticked: tuple[str, ...], words: str = "") -> Reading | Refusal:
    bounds, chosen = asked.question.constraint, _chosen(asked.question, ticked)
    alone = any(each.exclusive for each in chosen)
    if not chosen:
        nothing = Reading(None, status=Status.SKIPPED)
        return Refusal("none_ticked", _example(asked)) if asked.question.required else nothing
    if bounds.at_least is not None and len(chosen) < bounds.at_least and not alone:
        return asked.against("too_few", least=bounds.at_least, count=len(chosen))
    if bounds.at_most is not None and len(chosen) > bounds.at_most:
        return asked.against("too_many", most=bounds.at_most, count=len(chosen))
    names = [each.name for each in chosen]
    return Reading(names, " ".join(names), words or _labels(asked, chosen))
