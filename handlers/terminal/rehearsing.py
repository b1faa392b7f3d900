"""A rehearsal in the terminal: a bar while the twenty come on, then tables that say what came of it."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot.rehearsals import telling
from bot.rehearsals.play import Played
from bot.rehearsals.report import PEOPLE, Report, rehearse
from bot.wording import pick, say

COLOURS = {"mend": "bold red", "look": "yellow", "note": "dim", "ready": "bold green"}
Data = Mapping[str, Any]


def rehearsed(survey: Mapping[str, Any], language: str, console: Console) -> Report:
    """Let the twenty play the survey. Raises Refused("survey.invalid", problems=...)."""
    with tempfile.TemporaryDirectory(prefix="khaojai-rehearsal-") as folder:
        come = rehearse(survey, Path(folder))
        title = say(language, "rehearsal.people", count=len(PEOPLE))
        shown = track(
            come, title, total=len(PEOPLE) + 1, console=console, transient=True, disable=not console.is_terminal
        )
        return next(each for each in shown if not isinstance(each, Played))


def show(report: Data, language: str, console: Console) -> None:
    """The report as tables: the people, the questions, what was found, the verdict."""

    def told(key: str, **facts: object) -> str:
        return say(language, f"rehearsal.{key}", **facts)

    console.print(Text(told("title", title=pick(report["title"], language)), style="bold"))
    console.print(_people(report, language))
    console.print(_questions(report, language))
    console.print(Text(told("findings"), style="bold"))
    for line in _findings(report, language):
        console.print(line, highlight=False)
    if not report["findings"]:
        console.print(told("none_found"))
    console.print()
    console.print(Text(told(f"verdict.{report['verdict']}"), style=COLOURS[report["verdict"]]))


def _table(language: str, title: str, *columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for name in columns:
        numeric = name not in ("person", "does", "end", "where", "question")
        table.add_column(say(language, f"rehearsal.column.{name}"), justify="right" if numeric else "left")
    return table


def _people(report: Data, language: str) -> Table:
    title = say(language, "rehearsal.people", count=len(report["people"]))
    table = _table(language, title, "person", "does", "end", "where", "messages", "refused", "misread")
    for each in report["people"]:
        made = [moment["verdict"] for moment in each["moments"]]
        end = Text(say(language, f"rehearsal.end.{each['end']}"))
        end.stylize("" if each["end"] in ("filed", "cancelled") else COLOURS["mend"])
        counts = (each["sent"], made.count("refused"), made.count("misread") + made.count("taken"))
        who, does = telling.person(each["person"], language), say(language, f"rehearsal.does.{each['person']}")
        table.add_row(who, does, end, each["at"], *map(str, counts))
    return table


def _questions(report: Data, language: str) -> Table:
    counted = ("reached", "answered", "skipped", "own_words", "refused", "escalated", "misread", "left")
    table = _table(language, say(language, "rehearsal.questions"), "question", *counted)
    for each in report["questions"]:
        label = telling.cut(f"{each['name']} · {pick(each['label'], language)}", 60)
        table.add_row(label, *(str(each[name] or "·") for name in counted))
    return table


def _findings(report: Data, language: str) -> Iterator[Text]:
    for each in report["findings"]:
        weight = say(language, f"rehearsal.weight.{each['weight']}")
        where = each["question"] or say(language, "rehearsal.whole")
        yield Text.assemble(
            (f"{weight}  ", COLOURS[each["weight"]]), (f"{where}  ", "bold"), telling.found(each, language)
        )
        for told in each["examples"]:
            yield Text(f"      {telling.example(told, language)}", style="dim")
        yield Text(f"      {say(language, 'rehearsal.mend_with', mend=telling.mend(each, language))}")


def write(report: Data, folder: Path) -> int:
    """Write each conversation as text into the folder. Returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, each in enumerate(report["people"], 1):
        lines = telling.transcript(each, pick(report["title"], "th"))
        path = folder / f"{report['survey']}-{number:02d}-{each['person']}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(report["people"])
