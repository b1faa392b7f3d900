"""The lab's projects, as the matching of free words and the citizens' choices need them."""

import nlp
from bot.messages import fallback
from bot.store.base import Session
from bot.store.projects import Project, active_projects


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
    """Every active project, for `nlp.tag`."""
    return tuple(map(as_known_to_nlp, active_projects(session)))


def short_name(project: Project, language: str) -> str:
    """The name that fits on a button."""
    return fallback(project.short, language) or fallback(project.title, language)


def title(project: Project, language: str) -> str:
    """The project's full name."""
    return fallback(project.title, language)
