"""Which questions show, given the answers so far."""

from collections.abc import Mapping

from bot.interview.progress import Answer, Status
from bot.interview.questionnaire import Condition, Question, Questionnaire, ShowIf, Test, Value

_COUNTS = frozenset({Status.ANSWERED, Status.OWN_WORDS})


def showing(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """The questions that show, notes among them, in order. An answer counts only while its own question shows."""
    counted: dict[str, Answer] = {}
    shown: list[Question] = []
    for question in questionnaire.questions:
        if question.show_if is None or holds(question.show_if, counted):
            shown.append(question)
            answer = answers.get(question.name)
            if answer is not None and answer.status in _COUNTS:
                counted[question.name] = answer
    return tuple(shown)


def holds(rule: Condition | ShowIf, answers: Mapping[str, Answer]) -> bool:
    """Whether the rule holds. A question without an answer is not anything: `is_not` and `none_of` hold of it."""
    if isinstance(rule, ShowIf):
        return (all if rule.all_of else any)(holds(each, answers) for each in rule.conditions)
    answer = answers.get(rule.question)
    if rule.test is Test.ANSWERED:
        return (answer is not None) is rule.value
    return _passes(rule.test, answer.value if answer else None, rule.value)


def _passes(test: Test, value: Value | None, wanted: Value) -> bool:
    if test in (Test.AT_LEAST, Test.AT_MOST):
        return value is not None and _reaches(test, value, wanted)
    candidates = wanted if isinstance(wanted, list) else [wanted]
    has = any(each in candidates for each in value) if isinstance(value, list) else value in candidates
    return has is (test in (Test.IS, Test.ANY_OF))


def _reaches(test: Test, value: Value, wanted: Value) -> bool:
    # Numbers meet numbers and ISO dates meet ISO dates: reading.py lets nothing else through.
    low, high = (wanted, value) if test is Test.AT_LEAST else (value, wanted)
    return low <= high  # type: ignore[operator]
