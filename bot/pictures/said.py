"""What was said: topics by mood, service qualities praised and missed, urgency."""

from collections import Counter
from dataclasses import replace

from bot.pictures import words
from bot.pictures.cells import alone, cells
from bot.pictures.figures import Figure, Mark, Row
from bot.pictures.looking import Look, by_sentiment, total
from bot.store.labels import label_of
from bot.store.seeking import SENTIMENTS, URGENCIES, Sought
from bot.store.tallying import Facet
from bot.wording import say

TOPICS = 15


def stacked(name: str, numbers: list[int], sought: Sought, slug: str = "") -> Row:
    """A row by mood: negative, neutral, positive, with its total."""
    number = sum(numbers)
    shown = cells(numbers)
    marks = tuple(
        Mark(cell, mood, sought.but(sentiments=(mood,)), cell.share(number))
        for mood, cell in zip(SENTIMENTS, shown, strict=True)
    )
    return Row(name, marks, Mark(alone(number), "plain", sought), slug=slug)


def moods(language: str) -> tuple[str, ...]:
    """The names of the three moods."""
    return tuple(say(language, f"console.overview.mood_{each}") for each in SENTIMENTS)


def topics(look: Look, labels: dict[str, Counter[str]] | None = None, most: int = TOPICS) -> Figure:
    """The commonest topics, each by mood; a text may have several."""
    found = look.of(Facet.LABEL) if labels is None else labels
    named = {label: details for label, details in found.items() if label.startswith("topic:")}
    order = sorted(named, key=lambda label: (-named[label].total(), label))[:most]
    largest = max((named[label].total() for label in order), default=1)
    rows = []
    for label in order:
        name = words.topic(label_of(label).tag, look.language)
        row = stacked(name, by_sentiment(named[label]), look.sought.but(all_tags=(label,)), label)
        rows.append(scaled(row, named[label].total() / largest))
    title, head = (say(look.language, f"console.overview.{each}") for each in ("topics", "topic"))
    note = say(look.language, "console.overview.topics_note", shown=len(order), all=len(named))
    return Figure("topics", title, "stacked", head, moods(look.language), tuple(rows), look.entries(), note=note)


def scaled(row: Row, length: float) -> Row:
    """The row drawn as long as it is common."""
    marks = (replace(each, part=None if each.part is None else each.part * length) for each in row.marks)
    return replace(row, marks=tuple(marks))


def qualities(look: Look) -> Figure:
    """The five promised qualities: how often each was missed, and how often praised."""
    found = look.of(Facet.LABEL)
    numbers = {
        (code, sign): found.get(f"quality:{code}{sign}", Counter()).total()
        for code in words.qualities()
        for sign in ("-1", "+1")
    }
    most = max(numbers.values(), default=0) or 1
    rows = []
    for code in words.qualities():
        marks = []
        for sign, tone in (("-1", "neg"), ("+1", "pos")):
            cell = alone(numbers[code, sign])
            marks.append(Mark(cell, tone, look.sought.but(all_tags=(f"quality:{code}{sign}",)), cell.share(most)))
        rows.append(Row(words.quality(code, look.language), tuple(marks), slug=code))
    names = tuple(say(look.language, f"console.overview.{each}") for each in ("missed", "praised"))
    title, head = (say(look.language, f"console.overview.{each}") for each in ("qualities", "quality"))
    return Figure("qualities", title, "diverging", head, names, tuple(rows), look.entries())


def urgency(look: Look) -> Figure:
    """How pressing it is."""
    found = look.of(Facet.URGENCY)
    numbers = [found.get(level, Counter()).total() for level in URGENCIES]
    rows = [
        Row(say(look.language, f"console.overview.urgency_{level}"), (mark,), percent=mark.part, slug=level)
        for level, mark in zip(URGENCIES, marked(look, numbers, "urgencies", URGENCIES), strict=True)
    ]
    title = say(look.language, "console.overview.urgency")
    return Figure("urgency", title, "bars", title, _entries(look), tuple(rows), total(found))


def marked(look: Look, numbers: list[int], field: str, values: tuple[str, ...]) -> list[Mark]:
    """A mark for each value of a field of the filter; the numbers add up to a total that is shown."""
    number = sum(numbers)
    return [
        Mark(cell, "main", look.sought.but(**{field: (value,)}) if value else None, cell.share(number))
        for value, cell in zip(values, cells(numbers), strict=True)
    ]


def _entries(look: Look) -> tuple[str]:
    return (say(look.language, "console.overview.entries"),)
