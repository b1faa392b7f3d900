"""What can be chosen when a broadcast is written, and what each choice is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.conversations import consent
from bot.pictures import words
from bot.projects import short_name
from bot.rights import visible_projects
from bot.store.base import Session
from bot.store.projects import Project, ProjectStatus
from bot.store.sight import Sight
from bot.store.surveys import Survey, SurveyState, surveys_of
from bot.wording import LANGUAGES
from handlers.console.broadcasts.rules import Parts
from handlers.console.look import language, picked
from nlp.gazetteer import Level, gazetteer
from nlp.topics import groups, taxonomy

Group = tuple[str, list[tuple[str, str]]]
"""A heading ("" for none) and its choices: (value, word)."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The projects and surveys of one visitor."""

    projects: tuple[Project, ...]
    surveys: tuple[Survey, ...]

    @classmethod
    def of(cls, session: Session, sight: Sight) -> "Choices":
        """All that the sight covers."""
        projects = visible_projects(session, sight)
        return cls(tuple(projects), tuple(surveys_of(session, [each.id for each in projects])))

    @property
    def open_projects(self) -> list[tuple[str, str]]:
        """The projects that news may be sent for."""
        return [
            (each.slug, short_name(each, language()))
            for each in self.projects
            if each.status == ProjectStatus.ACTIVE
        ]  # fmt: skip

    @property
    def live_surveys(self) -> list[tuple[str, str]]:
        """The surveys that people may be invited to, the project's name before each."""
        names = {each.id: each for each in self.projects}
        return [
            (each.slug, f"{short_name(names[each.project_id], language())}: {picked(each.title)}")
            for each in self.surveys
            if each.state == SurveyState.LIVE and names[each.project_id].status == ProjectStatus.ACTIVE
        ]

    def word(self, kind: str, value: str) -> str:
        """What a value of a rule is called."""
        match kind:
            case "language":
                return words.tongue(value, language())
            case "project":
                return next((short_name(each, language()) for each in self.projects if each.slug == value), value)
            case "answered":
                found = next((each for each in self.surveys if each.slug == value), None)
                return picked(found.title) if found else value
            case "topic":
                return words.topic(value, language())
        return value

    def groups(self, kind: str, parts: Parts) -> list[Group]:
        """What can be chosen for a kind of condition; what is chosen already is always among it."""
        if kind == "topic":
            return list(_topics())
        known = {
            "language": list(LANGUAGES),
            "province": _provinces(),
            "project": [each.slug for each in self.projects],
            "answered": [each.slug for each in self.surveys if each.state != SurveyState.DRAFT],
            "consent": [consent.VERSION],
        }[kind]  # fmt: skip
        chosen = [value for sign in ("is", "not") for value in parts.get(f"{sign}-{kind}", ()) if value not in known]
        return [("", [(each, self.word(kind, each)) for each in dict.fromkeys([*known, *chosen])])]


def _provinces() -> list[str]:
    return sorted({area.province for areas in gazetteer().names[Level.PROVINCE].values() for area in areas})


def _topics() -> Iterator[Group]:
    names: Mapping[str, Mapping[str, str]] = groups()
    for group in names:
        found = [each for each in taxonomy().values() if each.group == group]
        yield names[group][language()], [(each.code, each.names[language()]) for each in found]
