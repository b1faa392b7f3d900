"""Segments: who is meant, by rule. A rule is plain data with one name in it:

    {"language": ["th", "lo"]}          speaks one of these
    {"province": ["ชลบุรี"]}             said something of a place in one of these provinces
    {"project": ["road-safety"]}        has an entry in one of these projects (slugs)
    {"answered": ["water-app-needs"]}   has answered one of these surveys whole (slugs)
    {"topic": ["traffic.accidents"]}    said something on one of these topics, as the entries are tagged now
    {"seen": 30}                        was here within so many days
    {"consent": ["2569-1"]}             agreed to one of these versions of the consent's text
    {"all": [rule, …]}  {"any": [rule, …]}  {"not": rule}       and, or, not
    {}                                  everybody

Who is left out nevertheless (blocked, no consent, opted out …) is no part of a rule: `count` tells it by reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.errors import Problem, Refused
from bot.rights import visible_projects
from bot.store.accounts import Account, Role
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.projects import Lab
from bot.store.segments import Rule, Segment, Sending, segment_named, segments_of, tally
from bot.store.sight import Sight

DEEPEST, MOST_PARTS, MOST_VALUES, LONGEST_VALUE = 5, 30, 100, 128
LONGEST_NAME = 128
MOST_DAYS = 3650
# Why somebody who is meant gets nothing, in the order in which the reasons are looked for.
REASONS = (
    "rehearsal", "blocked", "no_consent", "opted_out", "opted_out_lab", "interviewing", "answered", "asked",
)  # fmt: skip
WRITERS = (Role.LAB, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Audience:
    """How many a rule means, how many of them would get a message, and how many not, by reason (of REASONS)."""

    meant: int
    reached: int
    excluded: dict[str, int]


def flaws(rule: object, where: str = "rule") -> list[Problem]:
    """What must be mended of a rule, each thing with its place; nothing where it is sound."""
    found = list(_flaws(rule, where, 1))
    if not found and _parts(rule) > MOST_PARTS:
        found.append(Problem(where, "segment_large", {"most": MOST_PARTS}))
    return found


def _flaws(rule: object, where: str, depth: int) -> Iterator[Problem]:
    if not isinstance(rule, dict) or len(rule) > 1:
        yield Problem(where, "segment_shape")
        return
    if depth > DEEPEST:
        yield Problem(where, "segment_deep", {"most": DEEPEST})
        return
    for name, value in rule.items():
        here = f"{where}.{name}"
        if name in ("all", "any") and isinstance(value, list) and value:
            for place, each in enumerate(value):
                yield from _flaws(each, f"{here}[{place}]", depth + 1)
        elif name in ("all", "any"):
            yield Problem(here, "segment_empty")
        elif name == "not":
            yield from _flaws(value, here, depth + 1)
        elif name not in LEAVES:
            yield Problem(where, "segment_unknown", {"known": (*LEAVES, "all", "any", "not")})
        elif not LEAVES[name](value):
            yield Problem(here, "segment_days" if name == "seen" else "segment_values", {"most": MOST_DAYS})


def _parts(rule: Any) -> int:
    if not isinstance(rule, dict):
        return 0
    below = [each for name in ("all", "any") for each in rule.get(name, ())] + [rule[n] for n in ("not",) if n in rule]
    return 1 + sum(map(_parts, below))


def _are_words(value: object) -> bool:
    """One or more short texts."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_VALUES:
        return False
    return all(isinstance(each, str) and 0 < len(each) <= LONGEST_VALUE and "\x00" not in each for each in value)


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_DAYS


LEAVES: dict[str, Callable[[object], bool]] = {
    "language": _are_words, "province": _are_words, "project": _are_words, "answered": _are_words,
    "topic": _are_words, "seen": _is_days, "consent": _are_words,
}  # fmt: skip
"""{name of a rule: whether a value of it is sound}."""


def count(session: Session, rule: Rule, sending: Sending) -> Audience:
    """Who would get a broadcast now, and who not. Raises Refused("segment.invalid") for a rule that is not sound."""
    if flaws(dict(rule)):
        raise Refused("segment.invalid")
    found = tally(session, rule, sending)
    reached = found.pop("", 0)
    excluded = {name: found[name] for name in REASONS if found.get(name)}
    return Audience(reached + sum(excluded.values()), reached, excluded)


def save(session: Session, account: Account, lab: Lab, named: tuple[str, Rule], by: By) -> Segment:
    """Keep a rule under a name, in place of the lab's own of that name. Raises Refused: "segment.role", "segment.name",
    "segment.invalid"."""
    name, rule = " ".join(named[0].split()), dict(named[1])
    if account.role not in WRITERS:
        raise Refused("segment.role")
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused("segment.name", most=LONGEST_NAME)
    if flaws(rule):
        raise Refused("segment.invalid")
    segment = segment_named(session, lab.id, name)
    if segment is None:
        segment = Segment(lab_id=lab.id, name=name, account_id=account.id)
        session.add(segment)
    segment.rule, segment.account_id, segment.updated_at = rule, account.id, by.at
    session.flush()
    note(session, by, "segment_saved", segment=segment.id)
    return segment


def remove(session: Session, account: Account, segment: Segment, by: By) -> None:
    """Forget a segment; broadcasts keep the rule they took from it. Raises Refused("segment.role")."""
    if account.role not in WRITERS:
        raise Refused("segment.role")
    note(session, by, "segment_removed", segment=segment.id)
    session.delete(segment)


def segments_seen(session: Session, sight: Sight) -> list[Segment]:
    """The segments of the labs whose projects may be seen, by name."""
    labs = {each.lab_id for each in visible_projects(session, sight)}
    return segments_of(session, sorted(labs))
