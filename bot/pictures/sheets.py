"""The tables of a report as sheets of a workbook."""

from collections.abc import Iterator

from bot.dates import shown
from bot.exports.layout import Cell
from bot.exports.sheets import Sheet
from bot.pictures.figures import Figure, Mark
from bot.pictures.report import Report, Told
from bot.projects import title
from bot.wording import say


def sheets(report: Report) -> list[Sheet]:
    """Every table of the report, first what it is about, last its quotes and what was decided."""
    found = [_about(report)]
    found += [_figure(report, each) for each in report.figures.values() if each.rows]
    found += [_survey(report, each) for each in report.surveys]
    found.append(_quotes(report))
    if report.insights:
        found.append(_insights(report))
    return found


def _say(report: Report, key: str, **facts: object) -> str:
    return say(report.look.language, f"console.report.{key}", **facts)


def _about(report: Report) -> Sheet:
    language = report.look.language
    since = shown(report.since, language) if report.since else "–"
    rows: list[tuple[Cell, ...]] = [
        (_say(report, "project"), title(report.project, language)),
        (_say(report, "step"), f"{report.step[0]} ({report.step[1]})"),
        (_say(report, "days"), f"{since} – {shown(report.until, language)}"),
        (_say(report, "made"), shown(report.look.today, language)),
        (_say(report, "entries"), report.entries),
        *((_say(report, "finding"), each) for each in report.findings),
        *((_say(report, "limit"), each) for each in limits(report)),
    ]
    return Sheet(_say(report, "about"), (_say(report, "what"), _say(report, "told")), rows, (_say(report, "told"),))


LIMITS = ("line", "machine", "language", "small", "province", "erased")


def limits(report: Report) -> list[str]:
    """What the numbers cannot say, in plain sentences."""
    return [_say(report, f"limit_{each}") for each in LIMITS]


def _value(mark: Mark | None) -> Cell:
    if mark is None:
        return None
    return mark.cell.told if mark.cell.number is None else mark.cell.number


def _figure(report: Report, figure: Figure) -> Sheet:
    totals = any(row.total for row in figure.rows)
    heads = [figure.head, *figure.series, *([say(report.look.language, "console.overview.total")] if totals else [])]
    rows = [[row.name, *map(_value, row.marks), *([_value(row.total)] if totals else [])] for row in figure.rows]
    return Sheet(figure.title, _apart(heads), rows)


def _apart(heads: list[str]) -> list[str]:
    """Column names, each once."""
    return [head if head not in heads[:place] else f"{head} {place}" for place, head in enumerate(heads)]


def _survey(report: Report, told: Told) -> Sheet:
    names = [_say(report, each) for each in ("question", "answer", "people", "of")]
    return Sheet(told.title, names, list(_answers(told)))


def _answers(told: Told) -> Iterator[list[Cell]]:
    for figure in told.results:
        for row in figure.rows:
            mark = row.total if row.total is not None else row.marks[0]
            yield [figure.title, row.name, _value(mark), figure.base]


def _quotes(report: Report) -> Sheet:
    names = [_say(report, each) for each in ("topic", "number", "mood", "words")]
    rows = [(topic, each.number, each.mood, each.words) for topic, found in report.quotes for each in found]
    return Sheet(_say(report, "quotes"), names, rows, (names[-1],))


def _insights(report: Report) -> Sheet:
    names = [_say(report, each) for each in ("insight", "state", "found", "decision", "result")]
    rows = [
        (each.title, _say(report, f"state_{each.state}"), each.finding, each.decision, each.result)
        for each in report.insights
    ]
    return Sheet(_say(report, "decided"), names, rows, names[2:])
