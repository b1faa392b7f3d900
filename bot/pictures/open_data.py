"""Open data: counts of a project that anybody may have, in one long table, and no word of a citizen among them.

The same figures as on the screen, under the same rule for small numbers (`bot.pictures.cells`), kept more strictly:
months are withheld too, and only whole months are told, so that two releases cannot be taken from each other to find
what one day brought. Drop-off and reach are left out: they count people by what they did not say.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.exports.layout import Cell as Value
from bot.exports.sheets import Sheet
from bot.pictures import said, spoke
from bot.pictures.cells import SMALL, cells
from bot.pictures.figures import Figure, Mark, Row
from bot.pictures.instruments import instrument
from bot.pictures.looking import Look, by_sentiment, look
from bot.pictures.results import results
from bot.pictures.time import volume
from bot.store.base import Session
from bot.store.projects import Project
from bot.store.seeking import Sought
from bot.store.sight import Sight
from bot.store.tallies import month_of
from bot.store.tallying import Facet
from bot.wording import say

LANGUAGES = ("th", "en")
EVERY = 10_000
"""More topics than there are."""
COLUMNS = (
    "project", "fiscal_year", "since", "until", "figure", "figure_th", "figure_en", "code", "row_th", "row_en",
    "series_th", "series_en", "count", "withheld",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenData:
    """The table: `rows` in the order of COLUMNS; `until` is the last day that is counted."""

    rows: Sequence[Sequence[Value]]
    projects: Sequence[Project]
    until: date


def open_data(session: Session, sight: Sight, asked: Sequence[str], today: date) -> OpenData:
    """The open data of these projects (slugs; none: all that may be seen). `session` is one of `Store.snapshot`."""
    until = month_of(today) - timedelta(days=1)
    whole = _looks(session, sight, Sought(projects=tuple(asked), until=until), today)
    rows: list[Sequence[Value]] = []
    for project in whole[0].projects:
        sought = Sought(projects=(project.slug,), until=until)
        rows += _of_project(session, project, [_only(each, sought, project) for each in whole])
    return OpenData(rows, whole[0].projects, until)


def dictionary(language: str) -> Sheet:
    """What each column means."""
    heads = [say(language, f"console.exports.open_{each}") for each in ("column", "meaning")]
    rows = [(name, say(language, f"console.exports.open_column_{name}", small=SMALL)) for name in COLUMNS]
    return Sheet("dictionary", heads, rows, (heads[1],))


def sheets(found: OpenData, language: str) -> list[Sheet]:
    """The table and its dictionary as sheets of a workbook."""
    return [Sheet("open_data", COLUMNS, found.rows), dictionary(language)]


def _looks(session: Session, sight: Sight, sought: Sought, today: date) -> list[Look]:
    first = look(session, sight, sought, LANGUAGES[0], today)
    return [first, *(replace(first, language=each) for each in LANGUAGES[1:])]


def _only(whole: Look, sought: Sought, project: Project) -> Look:
    """The look at one of its projects."""
    return replace(
        whole,
        sought=sought,
        projects=[project],
        surveys=[each for each in whole.surveys if each.project_id == project.id],
        parts={part: counts for part, counts in whole.parts.items() if part[0] == project.id},
    )


def _of_project(session: Session, project: Project, looks: Sequence[Look]) -> Iterator[Sequence[Value]]:
    days = [date.fromisoformat(day) for day in looks[0].of(Facet.DAY)]
    if not days:
        return
    since, until = month_of(min(days)), looks[0].sought.until
    frame = (project.slug, project.fiscal_year, since.isoformat(), until.isoformat() if until else "")
    for thai, english in zip(*(_figures(session, each) for each in looks), strict=True):
        for line in _lines(thai, english):
            yield (*frame, *line)


def _figures(session: Session, at: Look) -> list[Figure]:
    """Every figure that is told, each row of it with a code where it has one."""
    asked = [(survey, instrument(session, survey)) for survey in at.surveys]
    return [
        _moods(at),
        _months(volume(at, "month")),
        said.topics(at, most=EVERY),
        said.qualities(at),
        said.urgency(at),
        spoke.languages(at),
        spoke.provinces(at),
        *(figure for survey, (questions, versions) in asked if versions for figure in results(at, survey, questions)),
    ]


def _moods(at: Look) -> Figure:
    every = sum(at.of(Facet.KIND).values(), Counter[str]())
    title = say(at.language, "console.exports.open_entries")
    row = said.stacked(title, by_sentiment(every), at.sought)
    return Figure("entries", title, "stacked", title, said.moods(at.language), (row,), at.entries())


def _months(figure: Figure) -> Figure:
    """The months with their small numbers withheld: beside the total of all entries."""
    shown = cells([row.marks[0].cell.number or 0 for row in figure.rows])
    rows = [replace(row, marks=(Mark(cell),)) for row, cell in zip(figure.rows, shown, strict=True)]
    return replace(figure, rows=tuple(rows))


def _lines(thai: Figure, english: Figure) -> Iterator[tuple[Value, ...]]:
    """A line for each number. A row's total goes under the series "total"."""
    for row, other in zip(thai.rows, english.rows, strict=True):
        about = (thai.slug, thai.title, english.title, row.slug, row.name, other.name)
        series = list(zip(thai.series, english.series, strict=True))
        total = [tuple(say(each, "console.overview.total") for each in LANGUAGES)] if row.total else []
        for mark, names in zip(_marks(row), [*series[: len(row.marks)], *total], strict=True):
            yield (*about, *names, mark.cell.number, int(mark.cell.number is None))


def _marks(row: Row) -> Sequence[Mark]:
    return (*row.marks, row.total) if row.total else row.marks
