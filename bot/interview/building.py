"""Well-shaped plain data ⇄ records. Whether data is well-shaped is for `bot.interview.checking` to say."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from bot.interview.questionnaire import (
    Choice,
    Condition,
    Constraint,
    Kind,
    Question,
    Questionnaire,
    Scale,
    ShowIf,
    Test,
)


def build(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire in well-shaped data."""
    kinds = {each["name"]: Kind(each["kind"]) for each in data["questions"]}
    return Questionnaire(
        slug=data["slug"],
        project=data["project"],
        title=dict(data["title"]),
        purpose=dict(data["purpose"]),
        intro=dict(data["intro"]),
        outro=dict(data["outro"]),
        languages=tuple(data["languages"]),
        questions=tuple(build_question(each, kinds) for each in data["questions"]),
    )


def build_question(data: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Question:
    """One question in well-shaped data. `kinds` are those of the questions its conditions name."""
    kind = Kind(data["kind"])
    told: dict[str, Any] = {name: data[name] for name in ("required", "sensitive") if name in data}
    told |= {name: dict(data[name]) for name in ("hint", "purpose") if name in data}
    if kind is Kind.NOTE:
        told["required"] = False
    if "default" in data:
        told["default"] = _dated(data["default"])
    if "choices" in data:
        told["choices"] = tuple(Choice(**each) for each in data["choices"])
    if "scale" in data:
        told["scale"] = Scale(**data["scale"])
    if "constraint" in data:
        told["constraint"] = Constraint(**{name: _dated(value) for name, value in data["constraint"].items()})
    if "show_if" in data:
        rule = _rule(data["show_if"], kinds)
        told["show_if"] = rule if isinstance(rule, ShowIf) else ShowIf(True, (rule,))
    return Question(data["name"], kind, dict(data["label"]), **told)


def _rule(data: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Condition | ShowIf:
    for word, all_of in (("all", True), ("any", False)):
        if word in data:
            return ShowIf(all_of, tuple(_rule(each, kinds) for each in data[word]))
    name = data["question"]
    tests = [
        Condition(name, Test(word), wanted(value, kinds[name])) for word, value in data.items() if word != "question"
    ]
    return tests[0] if len(tests) == 1 else ShowIf(True, tuple(tests))


def wanted(value: Any, kind: Kind) -> Any:
    """The value that a condition names, as an answer to a question of this kind has it."""
    if isinstance(value, list):
        return [wanted(each, kind) for each in value]
    if kind is Kind.YES_NO and value in ("yes", "no"):  # in quotes; without them YAML has made it true or false
        return value == "yes"
    return _dated(value)


def _dated(value: Any) -> Any:
    """YAML reads an ISO date as a date; here it is kept as text."""
    return value.isoformat() if isinstance(value, date) else value


def plain(questionnaire: Questionnaire) -> dict[str, Any]:
    """The data of a questionnaire, without what goes without saying. The inverse of `build`."""
    return {
        "slug": questionnaire.slug,
        "project": questionnaire.project,
        **{name: dict(getattr(questionnaire, name)) for name in ("title", "purpose", "intro", "outro")},
        "languages": list(questionnaire.languages),
        "questions": [_plain_question(each) for each in questionnaire.questions],
    }


def _plain_question(question: Question) -> dict[str, Any]:
    bare = Question(question.name, question.kind, question.label, required=question.kind is not Kind.NOTE)
    data = {"name": question.name, "kind": str(question.kind), "label": dict(question.label)} | _told(question, bare)
    if question.choices:
        data["choices"] = [
            {"name": each.name, "label": dict(each.label)} | _told(each, Choice(each.name, each.label))
            for each in question.choices
        ]
    if question.scale != Scale():
        data["scale"] = _told(question.scale, Scale())
    if question.constraint != Constraint():
        data["constraint"] = _told(question.constraint, Constraint())
    if question.show_if is not None:
        data["show_if"] = _plain_rule(question.show_if)
    return data


def _told(thing: Any, bare: Any) -> dict[str, Any]:
    """The simple fields in which a thing differs from a bare one of its sort."""
    values = {each.name: getattr(thing, each.name) for each in fields(thing)}
    simple = {name: value for name, value in values.items() if isinstance(value, bool | int | float | str | Mapping)}
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in simple.items()
        if value != getattr(bare, name)
    }


def _plain_rule(rule: Condition | ShowIf) -> dict[str, Any]:
    if isinstance(rule, Condition):
        return {"question": rule.question, str(rule.test): rule.value}
    if len(rule.conditions) == 1 and isinstance(rule.conditions[0], Condition):
        return _plain_rule(rule.conditions[0])
    return {"all" if rule.all_of else "any": [_plain_rule(each) for each in rule.conditions]}
