"""The filter's panel: every choice with its count, what is chosen now, and the addresses that change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from bot.dates import shown
from bot.projects import short_name
from bot.rights import visible_projects
from bot.store.accounts import all_accounts
from bot.store.base import Session
from bot.store.entries import TagKind
from bot.store.facets import Facets
from bot.store.labels import Label, label_of
from bot.store.paging import SORTS
from bot.store.search import asked_words
from bot.store.seeking import KINDS, NAMES, NOBODY, SENTIMENTS, STATUSES, STEPS, URGENCIES, Sought
from bot.store.surveys import all_surveys
from handlers.console import tags
from handlers.console.guard import Visit, visit
from handlers.console.look import language, picked, t
from nlp.gazetteer import Level, gazetteer
from nlp.qualities import QUALITIES
from nlp.topics import groups, taxonomy

LANGUAGES = ("th", "en", "my", "km", "lo", "mixed", "other")
HOW = {"tag": "all_tags", "anytag": "any_tags", "nottag": "no_tags"}
FREQUENT = 8
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet. `number`: how many entries it would leave; None where it is not known yet."""

    value: str
    word: str
    chosen: bool
    number: int | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its name in an address, its word, its choices. `open`: it is shown unfolded."""

    name: str
    word: str
    choices: tuple[Choice, ...]
    open: bool

    @property
    def is_of_use(self) -> bool:
        """Whether choosing could change anything: not every entry has a province."""
        least = 0 if self.name == "province" else 1
        return len(self.choices) > least or any(each.chosen for each in self.choices)


@dataclass(frozen=True, slots=True)
class Panel:
    """The facets in their order; `words` says every value; tags to pick from, by group, and frequent ones."""

    facets: tuple[Facet, ...]
    words: dict[str, Words]
    tags: tuple[tuple[str, tuple[Choice, ...]], ...]
    frequent: tuple[Choice, ...]

    @classmethod
    def of(cls, session: Session, visitor: Visit, sought: Sought, counted: Facets | None) -> "Panel":
        """The panel for a filter."""
        words = _words(session, visitor, sought)
        found = tuple(_facet(name, words[name], sought, counted) for name in ORDER)
        return cls(
            tuple(each for each in found if each.is_of_use),
            words, tuple(_pickable(counted)), tuple(_frequent(sought, counted)),
        )  # fmt: skip


ORDER = (
    "project", "status", "urgency", "sentiment", "province", "assigned", "survey", "step", "language", "kind",
    "partial",
)  # fmt: skip
OPEN = {"project", "status", "urgency", "sentiment"}


def asked_for() -> tuple[Sought, str]:
    """The filter and the order of this request's address."""
    sort = request.args.get("sort", "newest")
    return Sought.read(request.args.items(multi=True), me=visit().account.id), sort if sort in SORTS else "newest"


def canonical(told: "MultiDict[str, str]") -> dict[str, Any]:
    """The arguments of the address that a sent filter form means: nothing empty, the picked tag in its place."""
    sought = Sought.read(told.items(multi=True))
    field = HOW.get(told.get("pickhow", ""), "all_tags")
    picked_tag = Sought.read([("tag", told.get("picktag", ""))]).all_tags
    if picked_tag:
        sought = sought.but(**{field: tuple(sorted({*getattr(sought, field), *picked_tag}))})
    arguments: dict[str, Any] = dict(sought.arguments())
    if told.get("sort", "newest") in SORTS and told.get("sort", "newest") != "newest":
        arguments["sort"] = told["sort"]
    return arguments or {"all": 1}


def active(panel: Panel, sought: Sought) -> list[tuple[str, str]]:
    """What is chosen: (its word, the address without it), in the order of the panel."""
    found = []
    for name, values in sought.arguments().items():
        for value in values:
            word = _chip_word(panel, name, value)
            found.append((word, url_for("console.queue.index", **_without(sought, name, value))))
    return found


def own_words(sought: Sought) -> bool:
    """Whether the search asks for anything that could be found."""
    return not sought.text or bool(asked_words(sought.text))


def built_in() -> list[tuple[str, str]]:
    """The views everybody has: (word, address)."""
    chosen: tuple[tuple[str, dict[str, Any]], ...] = (
        ("all", {"all": 1}),
        ("urgent", {"urgency": ["crisis", "soon"], "sort": "urgent"}),
        ("unassigned", {"assigned": NOBODY, "status": "new"}),
        ("mine", {"assigned": "me"}),
    )
    return [(t(f"console.queue.view.{name}"), url_for("console.queue.index", **more)) for name, more in chosen]


def _without(sought: Sought, name: str, value: str) -> dict[str, Any]:
    field = NAMES[name]
    held = getattr(sought, field)
    left: Any = None if name in ("since", "until") else type(held)()
    if isinstance(held, tuple):
        left = tuple(each for each in held if each != value)
    arguments: dict[str, Any] = dict(sought.but(**{field: left}).arguments())
    if request.args.get("sort") in SORTS:
        arguments["sort"] = request.args["sort"]
    return arguments or {"all": 1}


def _chip_word(panel: Panel, name: str, value: str) -> str:
    if name in HOW:
        return t(f"console.queue.chip.{name}", word=_tag_word(label_of(value)))
    if name == "q":
        return f"“{value}”"
    if name in ("since", "until"):
        return t(f"console.queue.chip.{name}", day=shown(date.fromisoformat(value), language()))
    if name == "noproject":
        return t("console.queue.noproject")
    return panel.words.get(name, {}).get(value, value)


def _tag_word(label: Label) -> str:
    if label.kind == TagKind.QUALITY and label.direction is None:
        return tags.word(*label._replace(direction=1)).removesuffix(" +")
    return tags.word(*label)


def _facet(name: str, words: Words, sought: Sought, counted: Facets | None) -> Facet:
    held = getattr(sought, NAMES[name])
    chosen = set(held) if isinstance(held, tuple) else {held}
    choices = []
    for value, word in words.items():
        number = None if counted is None else counted[name][_counted_as(name, value, sought)]
        if number != 0 or value in chosen:
            choices.append(Choice(value, word, value in chosen, number))
    if name == "province":
        choices.sort(key=lambda each: (not each.chosen, -(each.number or 0), each.word))
    return Facet(name, t(f"console.queue.facet.{name}"), tuple(choices), name in OPEN or any(c.chosen for c in choices))


def _counted_as(name: str, value: str, sought: Sought) -> str:
    if name == "assigned":
        return {"me": str(sought.me), NOBODY: ""}.get(value, value)
    return value


def _words(session: Session, visitor: Visit, sought: Sought) -> dict[str, Words]:
    """What every value of every facet is called, as far as this person may know of it."""
    projects = visible_projects(session, visitor.sight)
    surveys = [each for each in all_surveys(session) if visitor.sight.covers(each.project_id)]
    people = {str(each.id): each.name for each in all_accounts(session) if each.id != visitor.account.id}
    return {
        "project": {each.slug: short_name(each, language()) for each in projects},
        "survey": {each.slug: picked(each.title) for each in surveys},
        "assigned": {"me": t("console.queue.assigned.me"), NOBODY: t("console.queue.assigned.nobody")} | people,
        "province": _provinces(sought),
        "step": {each: t(f"console.queue.step.{each}") for each in STEPS},
        "status": {each: t(f"console.entries.status.{each}") for each in STATUSES},
        "language": {each: t(f"console.entries.language.{each}") for each in LANGUAGES},
        "kind": {each: t(f"console.queue.kind.{each}") for each in KINDS},
        "partial": {each: t(f"console.queue.partial.{each}") for each in ("yes", "no")},
        "sentiment": {each: tags.word("sentiment", each) for each in SENTIMENTS},
        "urgency": {each: tags.word("urgency", each) for each in URGENCIES},
    }


def _provinces(sought: Sought) -> Words:
    known = {area.province for areas in gazetteer().names[Level.PROVINCE].values() for area in areas}
    return {each: each for each in sorted({*known, *sought.provinces})}


def _pickable(counted: Facets | None) -> Iterable[tuple[str, tuple[Choice, ...]]]:
    """Every tag, by group."""

    def choice(label: str, word: str) -> Choice:
        return Choice(label, word, False, None if counted is None else counted["tag"][label])

    signed = [(each, sign) for each in QUALITIES for sign in (1, -1)]
    qualities = tuple(choice(f"quality:{each}{sign:+d}", tags.word("quality", each, sign)) for each, sign in signed)
    yield t("console.queue.facet.quality"), qualities
    for group, names in groups().items():
        topics = [each for each in taxonomy().values() if each.group == group]
        yield names[language()], tuple(choice(f"topic:{each.code}", each.names[language()]) for each in topics)


def _frequent(sought: Sought, counted: Facets | None) -> Iterable[Choice]:
    """The tags most entries have, that are not chosen yet."""
    taken = {*sought.all_tags, *sought.any_tags, *sought.no_tags}
    found = [(label_of(text), number) for text, number in (counted or {}).get("tag", {}).items() if text not in taken]
    frequent = [(label, number) for label, number in found if label.kind != "place"]
    return (Choice(str(label), tags.word(*label), False, number) for label, number in frequent[:FREQUENT])
