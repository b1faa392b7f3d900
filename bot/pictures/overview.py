"""The picture over several projects, or of one: what stands at the top, and every figure below it."""

from collections import Counter
from dataclasses import dataclass, replace

from bot.pictures import words
from bot.pictures.cells import Cell, alone, cells
from bot.pictures.figures import Figure, Row
from bot.pictures.looking import Look, by_sentiment
from bot.pictures.said import moods, scaled, stacked
from bot.projects import short_name
from bot.store.entries import EntryKind, EntryStatus
from bot.store.projects import Project
from bot.store.seeking import Sought
from bot.store.tallying import Facet
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Tile:
    """One number of the top line, with a word, the part it is of something, and what it opens."""

    name: str
    cell: Cell
    sought: Sought
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps, in both wordings, with the projects that are in it and their entries."""

    slug: str
    name: str
    wording: str
    asks: str
    projects: tuple[tuple[Project, int], ...]
    entries: int


def tiles(look: Look) -> list[Tile]:
    """The numbers to know first."""
    kinds = look.of(Facet.KIND)
    every = sum(kinds.values(), Counter[str]())
    urgency = {level: counts.total() for level, counts in look.of(Facet.URGENCY).items()}
    waiting = look.of(Facet.STATUS).get(EntryStatus.NEW, Counter()).total()
    entries, sought = every.total(), look.sought
    surveys, own = (kinds.get(kind, Counter()).total() for kind in (EntryKind.SURVEY, EntryKind.WORDS))
    pressing = urgency.get("crisis", 0) + urgency.get("soon", 0)
    negative = cells(by_sentiment(every))[0]
    share = negative.share(entries)
    facts = (
        ("entries", Cell(entries), sought, ""),
        ("surveys", Cell(surveys), sought.but(kinds=(str(EntryKind.SURVEY),)), ""),
        ("words", Cell(own), sought.but(kinds=(str(EntryKind.WORDS),)), ""),
        ("waiting", Cell(waiting), sought.but(statuses=(str(EntryStatus.NEW),)), ""),
        ("negative", negative, sought.but(sentiments=("neg",)), "" if share is None else words.percent(share)),
        ("pressing", alone(pressing), sought.but(urgencies=("crisis", "soon")), ""),
    )
    return [Tile(say(look.language, f"console.overview.tile_{key}"), *rest) for key, *rest in facts]  # type: ignore[arg-type]


def steps(look: Look) -> list[Step]:
    """The four steps with the projects in each."""
    found = []
    for slug in words.steps():
        within = tuple((each, look.entries([each.id])) for each in look.projects if each.step == slug)
        named = words.step(slug, look.language)
        found.append(Step(slug, *named, within, sum(number for _, number in within)))
    return found


def moods_of(look: Look, project: Project) -> Row:
    """A project's entries by mood."""
    found = sum(look.of(Facet.KIND, [project.id]).values(), Counter[str]())
    row = stacked(short_name(project, look.language), by_sentiment(found), look.sought.but(projects=(project.slug,)))
    assert row.total
    return replace(row, total=replace(row.total, cell=Cell(found.total())), slug=project.slug)


def projects(look: Look) -> Figure:
    """The projects beside each other: how much was said in each, by mood."""
    found = {each.slug: look.entries([each.id]) for each in look.projects}
    most = max(found.values(), default=0) or 1
    order = sorted(look.projects, key=lambda project: -found[project.slug])
    rows = [scaled(moods_of(look, each), found[each.slug] / most) for each in order]
    title, head = (say(look.language, f"console.overview.{each}") for each in ("by_project", "project"))
    return Figure("by_project", title, "stacked", head, moods(look.language), tuple(rows), look.entries())
