"""A segment's rule as a form has it, part by part, and as a sentence: nobody need know how rules are written.

The form has two lists for each kind of condition: what is to hold and what is not, `is-language` and `not-language`.
All of them must hold, or any. A rule that is nested deeper (at the terminal, say) is told in words and kept as it is.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from handlers.console.look import t

KINDS = ("language", "province", "project", "answered", "topic", "seen", "consent")
SIGNS = ("is", "not")
DAYS = "seen"
Rule = dict[str, Any]
Parts = dict[str, list[str]]
Word = Callable[[str, str], str]
"""The word of a value: (kind of condition, value) → what people call it."""


def rule_of(form: MultiDict[str, str]) -> Rule:
    """The rule that a form says."""
    if form.get("keep_rule") == "yes":
        return _kept(form.get("kept_rule", ""))
    parts = [
        leaf if sign == "is" else {"not": leaf}
        for kind in KINDS
        for sign in SIGNS
        if (leaf := _leaf(kind, [each for each in form.getlist(f"{sign}-{kind}") if each.strip()]))
    ]
    if len(parts) < 2:
        return parts[0] if parts else {}
    return {"any" if form.get("match") == "any" else "all": parts}


def _leaf(kind: str, values: list[str]) -> Rule:
    if not values:
        return {}
    if kind == DAYS:
        # What is no number is a rule too, one that its check refuses.
        return {kind: int(values[0]) if values[0].strip().isdecimal() else 0}
    return {kind: values}


def _kept(text: str) -> Rule:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def parts_of(rule: Mapping[str, Any]) -> tuple[str, Parts] | None:
    """("all" or "any", {"is-language": [...], …}) of a rule; None where it is built deeper than the form."""
    match = next((name for name in ("all", "any") if name in rule), "all")
    found: Parts = {}
    for part in rule.get(match, [rule] if rule else []):
        sign, leaf = ("not", part["not"]) if "not" in part else ("is", part)
        kind = next(iter(leaf), "")
        if kind not in KINDS or f"{sign}-{kind}" in found:
            return None
        found[f"{sign}-{kind}"] = [str(each) for each in (leaf[kind] if kind != DAYS else [leaf[kind]])]
    return match, found


def sentence(rule: Mapping[str, Any], word: Word) -> str:
    """A rule in plain words."""
    if not rule:
        return t("console.rule.everybody")
    name, value = next(iter(rule.items()))
    if name in ("all", "any"):
        told = (
            f"({sentence(each, word)})" if "all" in each or "any" in each else sentence(each, word) for each in value
        )
        return t(f"console.rule.{name}").join(told)
    if name == "not":
        inner = next(iter(value), "")
        if inner in KINDS:
            return t(f"console.rule.not.{inner}", values=_values(inner, value[inner], word))
        return t("console.rule.not.rule", rule=sentence(value, word))
    return t(f"console.rule.is.{name}", values=_values(name, value, word))


def _values(kind: str, value: Any, word: Word) -> str:
    if kind == DAYS:
        return str(value)
    return t("console.rule.or").join(word(kind, each) for each in value)
