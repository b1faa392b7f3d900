"""A condition in plain words, as it stands in a draft: "asked when question 2 is answered with “bus”"."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.interview.questionnaire import Test
from bot.wording import pick, say

_DEEPEST = 6


def sentence(rule: object, questions: Sequence[object], language: str) -> str:
    """The rule of a show_if. What cannot be read is said to be so."""
    return say(language, "survey.rule.when", rule=_rule(rule, questions, language, _DEEPEST))


def _rule(rule: object, questions: Sequence[object], language: str, deep: int) -> str:
    if not isinstance(rule, Mapping) or not deep:
        return say(language, "survey.rule.unreadable")
    for word in ("all", "any"):
        if isinstance(rule.get(word), list):
            parts = [_rule(each, questions, language, deep - 1) for each in rule[word]]
            joined = say(language, f"survey.rule.{word}").join(parts)
            return f"({joined})" if deep < _DEEPEST and len(parts) > 1 else joined
    tests = [test for test in Test if str(test) in rule]
    if not tests:
        return say(language, "survey.rule.unreadable")
    name = rule.get("question")
    found = next((n for n, each in enumerate(questions) if isinstance(each, Mapping) and each.get("name") == name), -1)
    said = [_test(test, rule[str(test)], questions[found] if found >= 0 else {}, language) for test in tests]
    which = say(language, "survey.rule.question", n=found + 1) if found >= 0 else f"“{name}”"
    return f"{which} {say(language, 'survey.rule.all').join(said)}"


def _test(test: Test, value: Any, question: Any, language: str) -> str:
    if test is Test.ANSWERED:
        return say(language, "survey.rule.answered" if value is True else "survey.rule.unanswered")
    values = value if isinstance(value, list) else [value]
    told = say(language, "survey.rule.or").join(f"“{_value(each, question, language)}”" for each in values)
    return say(language, f"survey.rule.{test}", value=told)


def _value(value: Any, question: Any, language: str) -> str:
    if isinstance(value, bool):
        return say(language, "survey.rule.yes" if value else "survey.rule.no")
    choices = question.get("choices") if isinstance(question, Mapping) else None
    for each in choices if isinstance(choices, list) else []:
        if isinstance(each, Mapping) and each.get("name") == value and isinstance(each.get("label"), Mapping):
            return pick(each["label"], language)
    return str(value)
