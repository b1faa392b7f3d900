"""Who may see what. What somebody may not see does not exist for them: `Refused("not_found")`, and not in any count.

An admin sees everything. An official and a lab see their projects, with the entries, surveys and results of those.
Entries that belong to no project are seen by admins and by accounts marked `unsorted`.
"""

from bot.errors import Refused
from bot.store.accounts import Account, Role, projects_of
from bot.store.base import Session
from bot.store.entries import Entry, EntryStatus, entry_by_number
from bot.store.projects import Project, all_projects, project_by_slug
from bot.store.sight import Sight
from bot.store.surveys import Survey, survey_by_slug


def sight_of(session: Session, account: Account) -> Sight:
    """What this account may see, as of now."""
    if account.role == Role.ADMIN:
        return Sight(None, unsorted=True)
    return Sight(frozenset(projects_of(session, account.id)), account.unsorted)


def visible_projects(session: Session, sight: Sight) -> list[Project]:
    """The projects that may be seen, in the order they were opened."""
    return [each for each in all_projects(session) if sight.covers(each.id)]


def project_seen(session: Session, sight: Sight, slug: str) -> Project:
    """The project of this name. Raises Refused("not_found")."""
    project = project_by_slug(session, slug)
    if project is None or not sight.covers(project.id):
        raise Refused("not_found")
    return project


def survey_seen(session: Session, sight: Sight, slug: str) -> Survey:
    """The survey of this name. Raises Refused("not_found")."""
    survey = survey_by_slug(session, slug)
    if survey is None or not sight.covers(survey.project_id):
        raise Refused("not_found")
    return survey


def entry_seen(session: Session, sight: Sight, number: str) -> Entry:
    """The entry of this reference number: not a rehearsal, not taken back. Raises Refused("not_found")."""
    entry = entry_by_number(session, number)
    hidden = entry is None or entry.rehearsal or entry.status == EntryStatus.WITHDRAWN
    if entry is None or hidden or not sight.covers(entry.project_id):
        raise Refused("not_found")
    return entry
