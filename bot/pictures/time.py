"""Entries over time: by day, week or month, whichever keeps the columns countable."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from bot.pictures import words
from bot.pictures.figures import Figure, Mark, Row
from bot.pictures.looking import Look, plain
from bot.store.tallies import last_of, month_of
from bot.store.tallying import Facet
from bot.wording import say

UNITS = ("day", "week", "month")
# As many columns as can still be told apart.
MOST = 62


def volume(look: Look, unit: str = "") -> Figure:
    """How many entries were filed, in words of their own and in surveys together."""
    days = {date.fromisoformat(value): kinds.total() for value, kinds in look.of(Facet.DAY).items()}
    since = look.sought.since or min(days, default=look.today)
    until = max(since, min(look.sought.until or look.today, look.today))
    unit = unit if unit in UNITS else _unit(since, until)
    numbers = Counter[date]()
    for day, number in days.items():
        numbers[first_of(day, unit)] += number
    most = max(numbers.values(), default=1)
    rows = []
    for first in firsts(since, until, unit):
        span = look.sought.but(since=max(first, since), until=min(_last(first, unit), until))
        mark = Mark(plain(numbers[first]), "main", span, numbers[first] / most)
        rows.append(Row(_name(first, unit, look.language), (mark,), slug=first.isoformat()))
    title = say(look.language, "console.overview.volume")
    series = (say(look.language, "console.overview.entries"),)
    head = say(look.language, f"console.overview.unit_{unit}")
    return Figure("volume", title, "columns", head, series, tuple(rows), look.entries())


def _unit(since: date, until: date) -> str:
    days = (until - since).days + 1
    return "day" if days <= MOST else "week" if days <= MOST * 7 else "month"


def first_of(day: date, unit: str) -> date:
    """The first day of the week (a Monday) or the month that the day lies in, or the day."""
    if unit == "month":
        return month_of(day)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


def _last(first: date, unit: str) -> date:
    return last_of(first) if unit == "month" else first + timedelta(days=6 if unit == "week" else 0)


def firsts(since: date, until: date, unit: str) -> Iterator[date]:
    """The first days of all units from one day to another; none is left out, though nothing came in."""
    at = first_of(since, unit)
    while at <= until:
        yield at
        at = _last(at, unit) + timedelta(days=1)


def _name(first: date, unit: str, language: str) -> str:
    return words.month(first, language) if unit == "month" else words.day(first, language)
