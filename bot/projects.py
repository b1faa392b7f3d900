"""The lab's projects: as the matching of free words and the citizens' choices need them; opened, moved on, closed.

Whoever changes a project is noted in the trail, with the names of what changed. What citizens say meets the change with
the next message: nothing about projects is kept in memory from one transaction to the next.
"""

import re
from dataclasses import dataclass

import nlp
from bot.describing import Description, Fault, changes, faults, known_to_nlp
from bot.errors import Refused
from bot.messages import fallback
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.projects import (
    Lab,
    Project,
    ProjectStatus,
    ProjectStep,
    StepName,
    active_projects,
    project_by_slug,
)

MATCHABLE = "matchable projects"
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_SLUG = 40
# Words of the console's own addresses.
RESERVED = frozenset({"new", "try"})
LONGEST_WHY = 1_000


def as_known_to_nlp(project: Project) -> nlp.Project:
    """The project as the matching may know it."""
    return known_to_nlp(project.slug, project.title, project.description, project.keywords)


def matchable(session: Session) -> tuple[nlp.Project, ...]:
    """Every active project, for `nlp.tag`: as the transaction first saw them, since a batch of words shares them."""
    if MATCHABLE not in session.info:
        session.info[MATCHABLE] = tuple(map(as_known_to_nlp, active_projects(session)))
    known: tuple[nlp.Project, ...] = session.info[MATCHABLE]
    return known


def short_name(project: Project, language: str) -> str:
    """The name that fits on a button."""
    return fallback(project.short, language) or fallback(project.title, language)


def title(project: Project, language: str) -> str:
    """The project's full name."""
    return fallback(project.title, language)


def described(project: Project) -> Description:
    """What the project says of itself."""
    return Description(
        project.fiscal_year, project.title, project.short, project.agency, project.description, project.keywords
    )


def open_project(session: Session, lab: Lab, slug: str, told: Description, by: By) -> Project:
    """Open a project in the first step. Raises Refused("project.invalid", faults=…), each fault with its field."""
    slug = slug.strip()
    _check(session, None, told, list(_slug_faults(session, slug)))
    project = Project(
        lab_id=lab.id, slug=slug, step=StepName.UNDERSTAND, status=ProjectStatus.ACTIVE, opened_at=by.at,
        revision=0, changed_by=by.actor,
    )  # fmt: skip
    _write(project, told)
    session.add(project)
    session.flush()
    session.add(ProjectStep(project_id=project.id, step=project.step, at=by.at, by=by.actor))
    note(session, by, "project_opened", project=slug)
    session.flush()
    return project


def change(session: Session, project: Project, told: Description, revision: int, by: By) -> None:
    """Describe a project anew. Raises Refused: "project.invalid"; "project.changed" where somebody else did before."""
    session.refresh(project, with_for_update=True)
    if revision != project.revision:
        raise Refused("project.changed")
    _check(session, project, told, [])
    changed = changes(described(project), told)
    if changed:
        _write(project, told)
        project.revision, project.changed_by = project.revision + 1, by.actor
        note(session, by, "project_changed", project=project.slug, fields=changed)


@dataclass(frozen=True, slots=True)
class Move:
    """A wish to bring a project from the step it was seen in to another; `why` is for those who ask later."""

    was: str
    step: StepName
    why: str = ""


def move(session: Session, project: Project, wish: Move, by: By) -> None:
    """Go on to another step, or back. Raises Refused where it is closed, is there, or was moved meanwhile."""
    session.refresh(project, with_for_update=True)
    if project.status != ProjectStatus.ACTIVE:
        raise Refused("project.is_closed")
    if project.step != wish.was:
        raise Refused("project.step_changed")
    if project.step == wish.step:
        raise Refused("project.step_same")
    if len(wish.why) > LONGEST_WHY:
        raise Refused("project.why", most=LONGEST_WHY)
    project.step = wish.step
    session.add(ProjectStep(project_id=project.id, step=wish.step, at=by.at, by=by.actor, why=wish.why.strip()))
    note(session, by, "project_moved", project=project.slug, was=wish.was, now=str(wish.step))


def close(session: Session, project: Project, by: By) -> None:
    """Let a project take nothing new: its surveys are no longer offered. Raises Refused where it is closed."""
    session.refresh(project, with_for_update=True)
    if project.status != ProjectStatus.ACTIVE:
        raise Refused("project.is_closed")
    project.status, project.closed_at = ProjectStatus.CLOSED, by.at
    note(session, by, "project_closed", project=project.slug)


def reopen(session: Session, project: Project, by: By) -> None:
    """Let a closed project take entries again. Raises Refused where it is open, or another has its name by now."""
    session.refresh(project, with_for_update=True)
    if project.status == ProjectStatus.ACTIVE:
        raise Refused("project.is_open")
    if taken := _names_taken(session, project, described(project)):
        raise Refused(taken[0].code, **taken[0].facts)
    project.status, project.closed_at = ProjectStatus.ACTIVE, None
    note(session, by, "project_reopened", project=project.slug)


def _write(project: Project, told: Description) -> None:
    assert told.fiscal_year is not None
    project.fiscal_year = told.fiscal_year
    project.title, project.short, project.agency = told.title, told.short, told.agency
    project.description, project.keywords = told.description, told.keywords


def _check(session: Session, project: Project | None, told: Description, found: list[Fault]) -> None:
    found = [*found, *faults(told), *_names_taken(session, project, told)]
    if found:
        raise Refused("project.invalid", faults=tuple(found))


def _slug_faults(session: Session, slug: str) -> list[Fault]:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in RESERVED:
        return [Fault("slug", "project.slug", {"most": LONGEST_SLUG})]
    return [Fault("slug", "project.slug_taken")] if project_by_slug(session, slug) else []


def _names_taken(session: Session, project: Project | None, told: Description) -> list[Fault]:
    """Short names that another open project has: a citizen could not tell the two buttons apart."""
    others = [each for each in active_projects(session) if project is None or each.id != project.id]
    taken = {(language, name.casefold()) for each in others for language, name in each.short.items()}
    return [
        Fault(f"short-{language}", "project.short_taken", {"name": name})
        for language, name in told.short.items()
        if (language, name.casefold()) in taken
    ]
