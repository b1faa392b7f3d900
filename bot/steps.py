"""The four steps of a project, and what each of them has brought: entries, surveys, insights, decisions.

A step counts from the day in Bangkok on which the project came into it; what was filed before the first is the first's.
So every number is that of a filter by days, and opens exactly its entries.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.dates import day_of
from bot.store.base import Session
from bot.store.projects import Project, ProjectStep, StepName, steps_of
from bot.store.seeking import Sought, count
from bot.store.sight import Sight
from bot.store.surveys import Survey, surveys_of, versions_of
from bot.store.themes import Insight, InsightState, insights_of


@dataclass(frozen=True, slots=True)
class Stay:
    """One time that a project was in a step: from when to when (None: to this day), and its entries by day."""

    told: ProjectStep
    until: date | None
    sought: Sought
    entries: int

    @property
    def since(self) -> date:
        """The day it began."""
        return day_of(self.told.at)

    def has(self, day: date) -> bool:
        """Whether what happened on a day belongs to it."""
        return (self.sought.since is None or self.sought.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Brought:
    """A step with every stay in it, oldest first, and what they brought."""

    step: str
    stays: tuple[Stay, ...]
    surveys: tuple[Survey, ...]
    insights: tuple[Insight, ...]

    @property
    def entries(self) -> int:
        """How many entries were filed in it."""
        return sum(each.entries for each in self.stays)

    @property
    def decided(self) -> int:
        """How many of its insights led to a decision."""
        return sum(each.state != InsightState.FOUND for each in self.insights)

    @property
    def done(self) -> int:
        """How many of its decisions led to a result."""
        return sum(each.state == InsightState.DONE for each in self.insights)


def brought(session: Session, project: Project, sight: Sight) -> list[Brought]:
    """The four steps in order. `session` is one of `Store.snapshot`, so that the numbers fit together."""
    stays = _stays(session, project, sight)
    insights = insights_of(session, [project.id])
    published = [
        (survey, {day_of(each.published_at) for each in versions_of(session, survey.id)})
        for survey in surveys_of(session, [project.id])
    ]
    found = []
    for step in StepName:
        own = tuple(each for each in stays if each.told.step == step)
        asked = tuple(survey for survey, days in published if any(stay.has(day) for stay in own for day in days))
        found.append(Brought(str(step), own, asked, tuple(each for each in insights if each.step == step)))
    return found


def _stays(session: Session, project: Project, sight: Sight) -> list[Stay]:
    came = steps_of(session, project.id)
    found = []
    for place, told in enumerate(came):
        since = day_of(told.at) if place else None
        until = day_of(came[place + 1].at) - timedelta(days=1) if place + 1 < len(came) else None
        sought = Sought(projects=(project.slug,), since=since, until=until)
        empty = since is not None and until is not None and until < since
        found.append(Stay(told, until, sought, 0 if empty else count(session, sought, sight)))
    return found
