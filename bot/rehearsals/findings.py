"""What an author should know after a rehearsal: each finding has a weight, a place, those it happened to, and a mend.

Sentences stand in the catalogues under `rehearsal.found.<code>` and `rehearsal.mend.<code>`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.interview.progress import Status
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.rehearsals.acts import Aim
from bot.rehearsals.judging import Moment, Verdict
from bot.rehearsals.phrases import phrases
from bot.rehearsals.play import End, Played

# As many people as make a finding of what may happen to one.
_SEVERAL = 3
_EXAMPLES = 3
_CALLS = ("191", "1669")


class Weight(StrEnum):
    """Must be mended, is worth a look, or is just told."""

    MEND = "mend"
    LOOK = "look"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody said, what they meant and what was recorded, in the languages of reports."""

    person: str
    said: str
    meant: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `question` is "" where it is about the whole; `facts` fill the sentence."""

    code: str
    weight: Weight
    question: str = ""
    people: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


People = Sequence[Played]


def findings(survey: Questionnaire, people: People) -> list[Finding]:
    """All findings, the heaviest first, in the order of the questions."""
    places = {each.name: n for n, each in enumerate(survey.questions)}
    found = [each for look in _LOOKS for each in look(survey, people)]
    return sorted(found, key=lambda each: (list(Weight).index(each.weight), places.get(each.question, -1)))


def _ends(_survey: Questionnaire, people: People) -> Iterator[Finding]:
    """Those who gave up, went round in circles, or could not come back."""
    for person in people:
        code = {End.LOOPED: "looped", End.UNFINISHED: "not_resumed"}.get(person.end)
        if person.end is End.LEFT:
            code = "tired" if person.why == "tired" else "left"
        if code:
            last = tuple(Example(person.person, each.said, each.meant) for each in person.moments[-_EXAMPLES:])
            yield Finding(code, Weight.MEND, person.at, (person.person,), last)


def _misread(survey: Questionnaire, people: People) -> Iterator[Finding]:
    yield from _gathered("misread", survey, people, lambda each: each.verdict is Verdict.MISREAD)
    yield from _gathered("taken", survey, people, lambda each: each.verdict is Verdict.TAKEN)


def _often(survey: Questionnaire, people: People) -> Iterator[Finding]:
    """What went wrong for several people."""

    def refused(each: Moment) -> bool:
        return each.verdict is Verdict.REFUSED and each.aim in (Aim.ANSWER, Aim.PART)

    def other(each: Moment) -> bool:
        return each.verdict is Verdict.AS_OTHER and each.aim is Aim.ANSWER

    yield from _gathered("refused_often", survey, people, refused, _SEVERAL)
    yield from _gathered("as_other", survey, people, other, _SEVERAL)


def _gathered(
    code: str, survey: Questionnaire, people: People, so: Callable[[Moment], bool], least: int = 1
) -> Iterator[Finding]:
    """A finding for each question at which this happened to so many people."""
    weight = Weight.MEND if code == "misread" else Weight.LOOK
    for question in survey.questions:
        happened = [(p.person, m) for p in people for m in p.moments if m.question == question.name and so(m)]
        whom = tuple(dict.fromkeys(person for person, _ in happened))
        if len(whom) >= least:
            told = tuple(Example(person, m.said, m.meant, m.recorded) for person, m in happened[:_EXAMPLES])
            yield Finding(code, weight, question.name, whom, told, {"count": len(whom)})


def _unsure(survey: Questionnaire, people: People) -> Iterator[Finding]:
    """Questions at which those who do not know have no choice for it, and those at which nobody may pass."""
    for person in people:
        for question in survey.questions:
            at = [each for each in person.moments if each.question == question.name]
            refused = any(each.verdict is Verdict.REFUSED for each in at)
            if not question.required or not refused:
                continue
            if person.person == "unsure" and question.kind is not Kind.TEXT:
                chosen = question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
                code = "no_choice_for_unsure" if chosen else "no_skip_for_unsure"
                yield Finding(code, Weight.LOOK if chosen else Weight.NOTE, question.name, (person.person,))
            if person.person == "skips" and question.sensitive:
                yield Finding("must_tell", Weight.LOOK, question.name, (person.person,))


def _reached(survey: Questionnaire, people: People) -> Iterator[Finding]:
    met = {each.question for person in people for each in person.moments}
    for question in survey.questions:
        if question.kind is not Kind.NOTE and question.name not in met:
            yield Finding("not_reached", Weight.LOOK, question.name)


def _safe(_survey: Questionnaire, people: People) -> Iterator[Finding]:
    """The bot's own promises: nothing lost, nothing unmasked, danger answered. Broken ones are for its makers."""
    for person in people:
        for name in person.lost:
            yield Finding("lost", Weight.MEND, name, (person.person,))
        told = "\n".join(each.text for each in person.talk if each.who == "bot")
        urgent = any(("urgency", "crisis") in each.tags for each in person.entries)
        spoke = any(each.text == phrases()["danger"] for each in person.talk)
        if spoke and not (urgent and all(each in told for each in _CALLS)):
            yield Finding("danger_missed", Weight.MEND, people=(person.person,))
        if any(_phone() in each.masked.replace("-", "") for each in person.entries):
            yield Finding("unmasked", Weight.MEND, people=(person.person,))


def _phone() -> str:
    return str(phrases()["phone"])


def _personal(survey: Questionnaire, people: People) -> Iterator[Finding]:
    """Open questions that draw personal data."""
    for question in survey.questions:
        given = [p.person for p in people for m in p.moments if _draws(question, m)]
        if given:
            yield Finding("personal", Weight.NOTE, question.name, tuple(dict.fromkeys(given)))


def _draws(question: Question, moment: Moment) -> bool:
    here = question.kind is Kind.TEXT and moment.question == question.name
    return here and _phone() in moment.said.replace("-", "") and moment.verdict is not Verdict.REFUSED


def _languages(survey: Questionnaire, people: People) -> Iterator[Finding]:
    others = [each for each in people if each.language not in survey.languages]
    if others:
        languages = tuple(dict.fromkeys(each.language for each in others))
        yield Finding(
            "language", Weight.NOTE, people=tuple(each.person for each in others), facts={"languages": languages}
        )


def _words(survey: Questionnaire, people: People) -> Iterator[Finding]:
    """Questions that could be left only as words, by people who had an answer."""
    for question in survey.questions:
        whom = [p.person for p in people if p.answers.get(question.name) == Status.OWN_WORDS and _meant_it(p, question)]
        if whom and question.kind not in (Kind.LOCATION, Kind.TEXT):
            yield Finding("words_only", Weight.LOOK, question.name, tuple(whom))


def _meant_it(person: Played, question: Question) -> bool:
    return any(each.question == question.name and each.aim is Aim.ANSWER for each in person.moments)


_LOOKS = (_ends, _misread, _often, _unsure, _words, _reached, _safe, _personal, _languages)
