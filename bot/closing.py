"""What follows when a project is closed, told before it is."""

from dataclasses import dataclass

from bot.store.base import Session
from bot.store.broadcasts import Broadcast, coming_of
from bot.store.entries import EntryStatus
from bot.store.interviews import under_way
from bot.store.projects import Project
from bot.store.seeking import Sought, count
from bot.store.sight import Sight
from bot.store.surveys import Survey, SurveyState, surveys_of

WAITING = (str(EntryStatus.NEW), str(EntryStatus.IN_REVIEW))


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a closing ends: surveys that are asked now, broadcasts still to go out, interviews that people are in.

    `waiting`: the entries nobody has dealt with; `sought` opens them.
    """

    surveys: tuple[Survey, ...]
    broadcasts: tuple[Broadcast, ...]
    interviews: int
    waiting: int
    sought: Sought


def aftermath(session: Session, project: Project, sight: Sight) -> Aftermath:
    """Count it."""
    live = tuple(each for each in surveys_of(session, [project.id]) if each.state == SurveyState.LIVE)
    sought = Sought(projects=(project.slug,), statuses=WAITING)
    unsent = tuple(coming_of(session, project.id))
    return Aftermath(live, unsent, under_way(session, project.id), count(session, sought, sight), sought)
