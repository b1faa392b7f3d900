"""Questions that no answers can ever lead to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from bot.errors import Problem
from bot.interview.conditions import showing
from bot.interview.kinds import KINDS
from bot.interview.progress import Answer
from bot.interview.questionnaire import Condition, Question, Questionnaire, ShowIf

_TRIED = 20_000  # ways of answering to look at; a question with more is taken to be within reach


def unreachable(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A problem for each question whose conditions cannot come true, tried out on all sorts of answers they mention."""
    for place, question in enumerate(questionnaire.questions):
        if question.show_if is not None and not _within_reach(questionnaire, place):
            yield Problem(f"questions[{place}].show_if", "unreachable")


def _within_reach(questionnaire: Questionnaire, place: int) -> bool:
    question = questionnaire.questions[place]
    leading = _leading(questionnaire.questions[:place], question)
    part = replace(questionnaire, questions=(*leading, question))
    mentioned = [rule for each in part.questions if each.show_if for rule in _conditions(each.show_if)]
    ways = product(*(_answers(each, mentioned) for each in leading))
    found = (question in showing(part, {each.question: each for each in way if each}) for way in islice(ways, _TRIED))
    return any(found) or next(ways, None) is not None


def _leading(earlier: Sequence[Question], question: Question) -> list[Question]:
    """The earlier questions on whose answers this one depends, directly or through others."""
    wanted = {rule.question for rule in _conditions(question.show_if)} if question.show_if else set()
    leading: list[Question] = []
    for each in reversed(earlier):
        if each.name in wanted:
            leading.insert(0, each)
            wanted |= {rule.question for rule in _conditions(each.show_if)} if each.show_if else set()
    return leading


def _conditions(rule: Condition | ShowIf) -> Iterator[Condition]:
    if isinstance(rule, Condition):
        yield rule
    else:
        for each in rule.conditions:
            yield from _conditions(each)


def _answers(question: Question, mentioned: Sequence[Condition]) -> list[Answer | None]:
    """One answer of each sort that the conditions can tell apart; None where the question may be skipped."""
    wanted = [rule.value for rule in mentioned if rule.question == question.name]
    listed = [item for value in wanted for item in (value if isinstance(value, list) else [value])]
    samples = KINDS[question.kind].samples(question, listed)
    answers = [Answer(question.name, question.kind, value=value) for value in samples]
    return [*answers, *([] if question.required else [None])]
