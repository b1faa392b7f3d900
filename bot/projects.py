"""The lab's projects, as the matching of free words and the citizens' choices need them."""

import nlp
from bot.messages import fallback
from bot.store.base import Session
from bot.store.projects import Project, active_projects

MATCHABLE = "matchable projects"


def as_known_to_nlp(project: Project) -> nlp.Project:
    """What the matching may know of a project: its own words in every language, and nothing learnt elsewhere."""
    keywords = [word for language in project.keywords.values() for word in language]
    return nlp.Project(
        slug=project.slug,
        title=" ".join(project.title.values()),
        description=" ".join(project.description.values()),
        keywords=tuple(dict.fromkeys(keywords)),
    )


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
