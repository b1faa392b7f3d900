"""What the list shows of each entry, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.projects import short_name
from bot.store.accounts import all_accounts
from bot.store.base import Session
from bot.store.labels import Label, labels_of
from bot.store.projects import all_projects
from handlers.console import tags
from handlers.console.look import language

TONES = {"topic": "topic", "quality": "quality", "place": "place"}
MOST = 6


@dataclass(frozen=True, slots=True)
class Chip:
    """One mark of an entry: its word, its colour, and the label it stands for."""

    word: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the list."""

    row: Any
    project: str
    assignee: str
    chips: tuple[Chip, ...]
    more: int


def items(session: Session, rows: Iterable[Any]) -> list[Item]:
    """The rows of a page, dressed for the list."""
    rows = list(rows)
    labels = labels_of(session, [row.id for row in rows])
    projects = {each.id: short_name(each, language()) for each in all_projects(session)}
    people = {each.id: each.name for each in all_accounts(session)} if any(row.assignee_id for row in rows) else {}
    found = []
    for row in rows:
        chips = [chip(each) for each in sorted(labels[row.id], key=_order)]
        project = projects.get(row.project_id, "")
        assignee = people.get(row.assignee_id, "")
        found.append(Item(row, project, assignee, tuple(chips[:MOST]), max(0, len(chips) - MOST)))
    return found


def chip(label: Label) -> Chip:
    """A label as a chip."""
    return Chip(tags.word(*label), TONES.get(label.kind, ""), str(label))


def _order(label: Label) -> tuple[int, str]:
    return (("topic", "quality", "place").index(label.kind), label.tag)
