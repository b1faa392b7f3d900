"""What a picture is of: the projects and days somebody asked for, with all counts of them, read as of one moment."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.pictures.cells import Cell
from bot.rights import visible_projects
from bot.store.base import Session
from bot.store.projects import Project
from bot.store.seeking import SENTIMENTS, Sought
from bot.store.sight import Sight
from bot.store.surveys import Survey, surveys_of
from bot.store.tallies import Parts, Span, counted
from bot.store.tallying import Counts, Facet


@dataclass(frozen=True, slots=True)
class Look:
    """The counts behind one page. `sought` is the filter of the page, to which every mark adds its own."""

    sought: Sought
    language: str
    today: date
    projects: Sequence[Project]
    surveys: Sequence[Survey]
    parts: Parts

    def of(self, facet: Facet, projects: Iterable[int | None] | None = None) -> dict[str, Counter[str]]:
        """{value: {detail: how many}} of a facet, over all parts or those of some projects (ids)."""
        return _gathered(
            facet, (counts for part, counts in self.parts.items() if projects is None or part[0] in projects)
        )

    def of_survey(self, facet: Facet, survey_id: int) -> dict[str, Counter[str]]:
        """The same of one survey."""
        return _gathered(facet, (counts for part, counts in self.parts.items() if part[1] == survey_id))

    def entries(self, projects: Iterable[int | None] | None = None) -> int:
        """How many entries there are."""
        return total(self.of(Facet.KIND, projects))


def look(session: Session, sight: Sight, sought: Sought, language: str, today: date) -> Look:
    """Read all counts. `session` is one of `Store.snapshot`."""
    projects = [
        each for each in visible_projects(session, sight) if not sought.projects or each.slug in sought.projects
    ]
    asked = [each.id for each in projects] if sought.projects else []
    parts = counted(session, sight, Span(sought.since, sought.until), asked)
    return Look(sought, language, today, projects, surveys_of(session, [each.id for each in projects]), parts)


def total(values: dict[str, Counter[str]]) -> int:
    """How many there are of all values."""
    return sum(each.total() for each in values.values())


def by_sentiment(details: Counter[str]) -> list[int]:
    """Numbers in the order of SENTIMENTS."""
    return [details[each] for each in SENTIMENTS]


def plain(number: int) -> Cell:
    """A number that says nothing of what anybody said or is: how many entries a day or a project has."""
    return Cell(number)


def _gathered(facet: Facet, parts: Iterable[Counts]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for counts in parts:
        for (of, value, detail), number in counts.items():
            if of == facet and number:
                found.setdefault(value, Counter())[detail] += number
    return found
