"""Who spoke: provinces, languages, and how those who answered compare with those who could."""

from collections import Counter
from dataclasses import replace

from bot.pictures import words
from bot.pictures.cells import Cell, cells
from bot.pictures.figures import Figure, Mark, Row
from bot.pictures.looking import Look, by_sentiment, total
from bot.pictures.said import marked, moods, scaled, stacked
from bot.store.interviews import InterviewStatus
from bot.store.tallying import Facet
from bot.wording import say
from nlp.shapes import province_map

LEAST_TO_COMPARE = 30
"""Answers that a group's share would bring; under that, more or less is chance."""


def provinces(look: Look) -> Figure:
    """Every province that was spoken of, by mood, the commonest first; last, entries of which nobody knows."""
    found = look.of(Facet.PROVINCE)
    unknown = found.pop("", Counter())
    order = sorted(found, key=lambda name: (-found[name].total(), name))
    most = max((found[name].total() for name in order), default=1)
    shown = cells([*(found[name].total() for name in order), unknown.total()])
    rows = []
    for name, cell in zip(order, shown, strict=False):
        row = stacked(name, by_sentiment(found[name]), look.sought.but(provinces=(name,)), name)
        rows.append(_covered(scaled(row, found[name].total() / most), cell))
    if unknown:
        row = stacked(say(look.language, "console.overview.no_province"), by_sentiment(unknown), look.sought)
        rows.append(_covered(_closed(row), shown[-1]))
    title, head = (say(look.language, f"console.overview.{each}") for each in ("provinces", "province"))
    facts = {"known": f"{total(found):,}", "all": f"{look.entries():,}", "named": len(found)}
    note = say(look.language, "console.overview.provinces_note", **facts)
    return Figure("provinces", title, "stacked", head, moods(look.language), tuple(rows), look.entries(), note=note)


def _covered(row: Row, cell: Cell) -> Row:
    """The row with its total as the whole column allows it to be shown; where that is withheld, so are its moods."""
    assert row.total
    marks = row.marks
    if cell.number is None:
        marks = tuple(each if each.cell.number == 0 else replace(each, cell=Cell(None), part=None) for each in marks)
    return replace(row, marks=marks, total=replace(row.total, cell=cell))


def _closed(row: Row) -> Row:
    """The row as one that opens nothing and has no length: no filter finds what is not known."""
    assert row.total
    marks = tuple(replace(each, sought=None, part=None) for each in row.marks)
    return replace(row, marks=marks, total=replace(row.total, sought=None))


def languages(look: Look) -> Figure:
    """The language of the words."""
    found = look.of(Facet.LANGUAGE)
    order = sorted(found, key=lambda code: (-found[code].total(), code))
    marks = marked(look, [found[code].total() for code in order], "languages", tuple(order))
    rows = [
        Row(words.tongue(code, look.language), (mark,), percent=mark.part, slug=code)
        for code, mark in zip(order, marks, strict=True)
    ]
    title = say(look.language, "console.overview.languages")
    head = (say(look.language, "console.overview.entries"),)
    return Figure("languages", title, "bars", title, head, tuple(rows), total(found))


def reach(look: Look, contacts: dict[str, int]) -> Figure:
    """By language: who could be asked, who began a survey, who finished one. `contacts` are all who agreed to be."""
    begun = look.of(Facet.BEGUN)
    done = {code: statuses[InterviewStatus.COMPLETED] for code, statuses in begun.items()}
    order = sorted({*contacts, *begun}, key=lambda code: (-contacts.get(code, 0), code))
    columns = [
        [contacts.get(code, 0) for code in order],
        [begun.get(code, Counter()).total() for code in order],
        [done.get(code, 0) for code in order],
    ]
    shown = [cells(column) for column in columns]
    totals = [sum(column) for column in columns]
    rows = [
        Row(
            words.tongue(code, look.language),
            tuple(Mark(shown[n][place], tone, part=shown[n][place].share(totals[n])) for n, tone in enumerate(TONES)),
            note=_compared(look.language, [shown[n][place].share(totals[n]) for n in range(3)], totals[2]),
        )
        for place, code in enumerate(order)
    ]
    title, head = (say(look.language, f"console.overview.{each}") for each in ("reach", "languages"))
    series = tuple(say(look.language, f"console.overview.reach_{each}") for each in ("contacts", "begun", "done"))
    note = say(look.language, "console.overview.reach_note")
    return Figure("reach", title, "shares", head, series, tuple(rows), totals[2], note=note)


TONES = ("soft", "second", "main")


def _compared(language: str, shares: list[float | None], done: int) -> str:
    """In words, whether these people answered more or less than their share, where the numbers bear it."""
    could, _, did = shares
    if could is None or did is None or could * done < LEAST_TO_COMPARE:
        return ""
    ratio = did / could
    word = "less" if ratio < 0.8 else "more" if ratio > 1.25 else "alike"
    return say(language, f"console.overview.reach_{word}")


def coverage(look: Look) -> tuple[int, int, float | None]:
    """Provinces that were spoken of, provinces there are, and the share of entries of which no province is known."""
    found = look.of(Facet.PROVINCE)
    entries = total(found)
    unknown = found.pop("", Counter()).total()
    return len(found), len(province_map().paths), unknown / entries if entries else None
