"""Themes and insights: entries grouped by meaning, what people make of the groups, and what comes of it.

The machine groups; people rename, merge and split, and what they did stands however often the machine groups anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.entries import change_status, next_statuses
from bot.errors import Refused
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.entries import Entry, EntryStatus
from bot.store.projects import Project
from bot.store.sight import Sight
from bot.store.themes import (
    MACHINE,
    Insight,
    InsightEntry,
    InsightState,
    Theme,
    ThemeEntry,
    ThemeRun,
    counted,
    move_members,
    newest_entry,
    regroup,
    themes_of,
    to_group,
)
from nlp.themes import Theme as Grouped
from nlp.themes import themes as grouped

EVERYTHING = Sight(None, unsorted=True)
# The newest entries of a project that are grouped anew; older ones stay where they are.
MOST = 3_000
WEEK = timedelta(days=7)
GROWS_BY, GROWS_FROM = 1.5, 3
LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Standing:
    """A theme on the list: how many entries, how many this week and the week before, and whether it is new or grows."""

    theme: Theme
    entries: int
    this_week: int
    week_before: int
    is_new: bool
    grows: bool


def standings(session: Session, project: Project, sight: Sight, at: datetime) -> list[Standing]:
    """The themes of a project as they stand, the largest first."""
    found = []
    for theme, entries, this_week, before in counted(session, project.id, sight, (at - 2 * WEEK, at - WEEK)):
        grows = this_week >= max(GROWS_FROM, GROWS_BY * before) and entries > this_week
        found.append(Standing(theme, entries, this_week, before, theme.born_at > at - WEEK, grows))
    return found


def group(session: Session, project: Project, at: datetime) -> int:
    """Group a project's entries, keeping the themes there are. Returns how many themes it has now."""
    themes = themes_of(session, project.id)
    entries = to_group(session, project.id, EVERYTHING, MOST)
    known = [Grouped(each.key, each.name, (), (), each.terms) for each in themes]
    by_key = {each.key: each for each in themes}
    placed: list[ThemeEntry] = []
    for found in grouped([each.text for each in entries], known):
        theme = by_key.get(found.id) or _born(session, project, found, at)
        theme.terms = dict(found.terms)
        home = _home(by_key | {theme.key: theme}, theme)
        placed += [_placed(home, entries[number], rank) for rank, number in enumerate(_telling(found))]
    regroup(session, [each.id for each in entries], placed)
    session.merge(ThemeRun(project_id=project.id, last_entry=newest_entry(session, project.id), at=at))
    session.flush()
    return sum(each.merged_into is None for each in themes_of(session, project.id))


def is_due(session: Session, project: Project) -> bool:
    """Whether entries came since the project's were grouped."""
    run = session.get(ThemeRun, project.id)
    return newest_entry(session, project.id) > (run.last_entry if run else 0)


def _born(session: Session, project: Project, found: Grouped, at: datetime) -> Theme:
    name = found.name[:LONGEST_NAME] or found.id
    born = Theme(project_id=project.id, key=found.id, name=name, named_by=MACHINE, terms={}, born_at=at)
    session.add(born)
    session.flush()
    return born


def _telling(found: Grouped) -> list[int]:
    return [*found.quotes, *(each for each in found.members if each not in found.quotes)]


def _placed(theme: Theme, entry: Entry, rank: int) -> ThemeEntry:
    return ThemeEntry(entry_id=entry.id, theme_id=theme.id, by=MACHINE, rank=rank)


def _home(themes: dict[str, Theme], theme: Theme) -> Theme:
    """Where a theme's entries belong: with the one it was merged into, however many merges ago."""
    by_id = {each.id: each for each in themes.values()}
    while theme.merged_into is not None:
        theme = by_id[theme.merged_into]
    return theme


def rename(session: Session, theme: Theme, name: str, by: By) -> None:
    """Give a theme a name. Raises Refused("theme.name")."""
    theme.name, theme.named_by = _named(name), by.actor
    note(session, by, "theme_renamed", theme=theme.id)


def merge(session: Session, theme: Theme, into: Theme, by: By) -> None:
    """Let one theme go up in another of the same project. Raises Refused("theme.merge")."""
    if into.id == theme.id or into.project_id != theme.project_id or into.merged_into is not None:
        raise Refused("theme.merge")
    move_members(session, theme.id, into.id)
    theme.merged_into = into.id
    note(session, by, "theme_merged", theme=theme.id, into=into.id)


def split(session: Session, theme: Theme, entries: Sequence[Entry], name: str, by: By) -> Theme:
    """Take these entries out of a theme into one of their own. Raises Refused("theme.split", "theme.name")."""
    if not entries:
        raise Refused("theme.split")
    named = _named(name)
    own = Theme(project_id=theme.project_id, key="", name=named, named_by=by.actor, terms={}, born_at=by.at)
    own.key = f"split-{theme.id}-{by.at.timestamp():.6f}"
    session.add(own)
    session.flush()
    for rank, entry in enumerate(entries):
        session.merge(ThemeEntry(entry_id=entry.id, theme_id=own.id, by=by.actor, rank=rank))
    note(session, by, "theme_split", theme=theme.id, into=own.id, entries=len(entries))
    return own


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused("theme.name", most=LONGEST_NAME)
    return name


@dataclass(frozen=True, slots=True)
class Card:
    """What an insight card says."""

    title: str
    finding: str
    decision: str = ""
    result: str = ""

    @property
    def state(self) -> InsightState:
        """How far it is, by what it says."""
        return InsightState.DONE if self.result else InsightState.DECIDED if self.decision else InsightState.FOUND


def add_insight(session: Session, project: Project, card: Card, entries: Sequence[Entry], by: By) -> Insight:
    """Keep an insight with the entries it rests on; these count as used. Raises Refused("insight.card")."""
    _check(card)
    insight = Insight(
        project_id=project.id,
        step=project.step,
        state=card.state,
        title=card.title,
        finding=card.finding,
        decision=card.decision,
        result=card.result,
        revision=0,
        created_by=by.actor,
        created_at=by.at,
        changed_at=by.at,
    )
    session.add(insight)
    session.flush()
    for entry in entries:
        session.add(InsightEntry(insight_id=insight.id, entry_id=entry.id))
        if EntryStatus.USED in next_statuses(entry.status):
            change_status(session, entry, EntryStatus.USED, by)
    note(session, by, "insight_added", insight=insight.id, entries=len(entries))
    return insight


def change_insight(session: Session, insight: Insight, card: Card, revision: int, by: By) -> None:
    """Write the card anew. Raises Refused: "insight.card"; "insight.changed" where somebody else did meanwhile."""
    _check(card)
    session.refresh(insight, with_for_update=True)
    if revision != insight.revision:
        raise Refused("insight.changed")
    insight.title, insight.finding = card.title, card.finding
    insight.decision, insight.result = card.decision, card.result
    insight.state, insight.changed_at, insight.revision = card.state, by.at, insight.revision + 1
    note(session, by, "insight_changed", insight=insight.id, state=str(card.state))


def _check(card: Card) -> None:
    if not card.title.strip() or len(card.title) > LONGEST_NAME or not card.finding.strip():
        raise Refused("insight.card", most=LONGEST_NAME)
    if card.result and not card.decision:
        raise Refused("insight.result_first")
