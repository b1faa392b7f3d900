"""What became of one act: the script knows what was meant, the interview shows what was made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.interview.progress import Answer, Status
from bot.interview.questionnaire import Kind, Question, Value
from bot.rehearsals.acts import Act, Aim
from bot.rehearsals.stage import Standing
from bot.wording import pick, say

LANGUAGES = ("th", "en")
# Choices for those who do not know, have none, or will not say.
_NO_ANSWER = re.compile(r"ไม่|อื่น")


class Verdict(StrEnum):
    """Understood as meant; read as something else; kept as "other", as words, or aside; refused; taken for an answer
    though it was none; or the question was left as the person wished."""

    UNDERSTOOD = "understood"
    MISREAD = "misread"
    AS_OTHER = "as_other"
    OWN_WORDS = "own_words"
    REFUSED = "refused"
    TAKEN = "taken"
    ASIDE = "aside"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Moment:
    """One act at one question. `tries` counts the refusals in a row so far; `meant` and `recorded` are for reading."""

    question: str
    said: str
    aim: Aim
    verdict: Verdict
    tries: int = 0
    meant: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, str] = field(default_factory=dict)


def judge(act: Act, before: Standing, after: Standing) -> Moment | None:
    """What became of the act; None where no question was open."""
    question = before.question
    if question is None:
        return None
    had, has = before.progress.answers.get(question.name), after.progress.answers.get(question.name)
    given = has if has is not None and has != had and has.status != Status.OPEN else None
    refused = after.progress.at == before.progress.at and after.progress.tries > before.progress.tries
    moved = after.question != question
    if moved and had is not None and had == has and act.aim is Aim.ANSWER and _same(has.value, act.value):
        given = has  # the same answer once more
    verdict = Verdict.REFUSED if refused else _verdict(act, question, given, moved)
    meant = worded(question, act.value) if act.aim is Aim.ANSWER else {}
    tries = after.progress.tries if refused else 0
    return Moment(question.name, act.text, act.aim, verdict, tries, meant, _recorded(question, given))


def _verdict(act: Act, question: Question, given: Answer | None, moved: bool) -> Verdict:
    if act.aim is Aim.MOVE:
        return Verdict.MOVED
    if given is None:
        return Verdict.MISREAD if moved and act.aim is Aim.ANSWER else Verdict.ASIDE
    if act.aim is Aim.ASIDE:
        return _of_no_answer(act, question, given)
    if given.status == Status.OWN_WORDS:
        return Verdict.UNDERSTOOD if question.kind is Kind.LOCATION else Verdict.OWN_WORDS
    if given.status == Status.SKIPPED:
        return Verdict.MISREAD
    if act.value is None or _same(given.value, act.value):
        return Verdict.UNDERSTOOD
    return Verdict.AS_OTHER if _other(question, given.value) else Verdict.MISREAD


def _of_no_answer(act: Act, question: Question, given: Answer) -> Verdict:
    """Words that answer nothing may end as free words, as "other", or as a choice for those who have no answer."""
    if given.value is None or question.kind is Kind.TEXT:
        return Verdict.OWN_WORDS
    if _other(question, given.value):
        return Verdict.AS_OTHER
    names = given.value if isinstance(given.value, list) else [given.value]
    chosen = [pick(each.label, "th") for each in question.choices if each.name in names]
    fair = chosen and all(_NO_ANSWER.search(each) or each in act.text for each in chosen)
    return Verdict.UNDERSTOOD if fair else Verdict.TAKEN


def _same(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _other(question: Question, value: object) -> bool:
    names = value if isinstance(value, list) else [value]
    return any(each.other and each.name in names for each in question.choices)


def _recorded(question: Question, given: Answer | None) -> Mapping[str, str]:
    if given is None:
        return {}
    if given.status == Status.SKIPPED:
        return {each: say(each, "interview.skipped") for each in LANGUAGES}
    return worded(question, given.value) if given.value is not None else dict.fromkeys(LANGUAGES, given.words)


def worded(question: Question, value: object) -> dict[str, str]:
    """A value as people read it, in the languages of reports."""
    if value is None:
        return {}
    if isinstance(value, bool):
        return {each: say(each, "interview.yes" if value else "interview.no") for each in LANGUAGES}
    if question.kind is Kind.PHOTO:
        return {each: say(each, "interview.photo_kept") for each in LANGUAGES}
    if isinstance(value, dict):
        return dict.fromkeys(LANGUAGES, str(value.get("title") or value.get("address") or ""))
    if question.choices:
        names = value if isinstance(value, list) else [value]
        labels = [each.label for each in question.choices if each.name in names]
        return {each: ", ".join(pick(label, each) for label in labels) for each in LANGUAGES}
    return dict.fromkeys(LANGUAGES, str(value))
