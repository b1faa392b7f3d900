"""What a survey brought, question by question: each kind of question as the picture that suits it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.exports.layout import Instrument
from bot.interview.progress import Status
from bot.interview.questionnaire import Kind, Question
from bot.pictures import words
from bot.pictures.cells import Cell, alone, cells
from bot.pictures.figures import Figure, Mark, Row
from bot.pictures.histograms import histogram, median_of
from bot.pictures.looking import Look
from bot.pictures.said import topics
from bot.store.seeking import Sought
from bot.store.surveys import Survey
from bot.store.tallying import Facet
from bot.wording import pick, say

ENOUGH_FOR_MEAN = 100
"""Answers from which a mean, rounded, gives no withheld number away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all its answers: {answer: how many}, {what became of it: how many}."""

    look: Look
    survey: Survey
    question: Question
    numbers: Mapping[str, int]
    statuses: Mapping[str, int]

    @property
    def answered(self) -> int:
        """How many people answered so that it can be counted."""
        return self.statuses.get(Status.ANSWERED, 0)

    def say(self, key: str, **facts: object) -> str:
        """A sentence in the reader's language."""
        return say(self.look.language, f"console.overview.{key}", **facts)

    def sought(self, *choices: str) -> Sought:
        """The entries that gave one of these answers."""
        wanted = tuple(f"{self.survey.slug}:{self.question.name}:{choice}" for choice in choices)
        return self.look.sought.but(surveys=(self.survey.slug,), answers=wanted)

    def mark(self, cell: Cell, choices: tuple[str, ...], of: int, tone: str = "main") -> Mark:
        """A mark of these answers, drawn as its share of `of`."""
        return Mark(cell, tone, self.sought(*choices) if choices else None, cell.share(of))

    def figure(self, shape: str, rows: list[Row], facts: tuple[tuple[str, str], ...] = (), note: str = "") -> Figure:
        """The picture, with how many answered, passed over, or said it in words of their own."""
        told = tuple(
            (self.say(f"answers_{each}"), f"{self.statuses[each]:,}") for each in STATUSES if self.statuses.get(each)
        )
        title = pick(dict(self.question.label), self.look.language)
        slug = f"{self.survey.slug}.{self.question.name}"
        head, series = self.say("answer"), (self.say("people"),)
        return Figure(slug, title, shape, head, series, tuple(rows), self.answered, (*told, *facts), note)


STATUSES = (Status.ANSWERED, Status.SKIPPED, Status.OWN_WORDS, "unsent")


def results(look: Look, survey: Survey, instrument: Instrument) -> list[Figure]:
    """A picture for each question that any version of the survey asked, in its order."""
    answers, statuses = look.of_survey(Facet.ANSWER, survey.id), look.of_survey(Facet.ASKED, survey.id)
    figures = []
    for question in instrument.questions:
        asked = Asked(look, survey, question, answers.get(question.name, {}), statuses.get(question.name, {}))
        draw = DRAWN.get(question.kind)
        if draw is not None:
            figures.append(draw(asked))
    return figures


def _choices(asked: Asked) -> Figure:
    """Bars as the choices were asked: parts of all who answered, which add up for one choice and not for several."""
    names = {each.name: pick(dict(each.label), asked.look.language) for each in asked.question.choices}
    names |= {name: name for name in asked.numbers if name not in names}
    numbers = [asked.numbers.get(name, 0) for name in names]
    several = asked.question.kind is Kind.SELECT_MULTIPLE
    shown = list(map(alone, numbers)) if several else cells(numbers)
    marks = [asked.mark(cell, (name,), asked.answered) for name, cell in zip(names, shown, strict=True)]
    rows = [
        Row(label, (mark,), percent=mark.part, slug=name)
        for (name, label), mark in zip(names.items(), marks, strict=True)
    ]
    return asked.figure("bars", rows, note=asked.say("several") if several else "")


def _yes_no(asked: Asked) -> Figure:
    shown = cells([asked.numbers.get(each, 0) for each in ("yes", "no")])
    rows = []
    for name, cell, tone in zip(("yes", "no"), shown, ("main", "second"), strict=True):
        mark = asked.mark(cell, (name,), asked.answered, tone)
        rows.append(Row(asked.say(name), (mark,), percent=mark.part, slug=name))
    return asked.figure("bars", rows)


def _rating(asked: Asked) -> Figure:
    """Every grade in its order, worst first, with its words at the ends, and the mean where it gives nothing away."""
    scale = asked.question.scale
    grades = [str(each) for each in range(scale.least, scale.most + 1)]
    numbers = [asked.numbers.get(each, 0) for each in grades]
    rows = []
    for place, (grade, cell) in enumerate(zip(grades, cells(numbers), strict=True)):
        ends = {0: scale.low, len(grades) - 1: scale.high}
        word = pick(dict(ends[place]), asked.look.language) if ends.get(place) else ""
        mark = asked.mark(cell, (grade,), asked.answered, _grade_tone(place, len(grades)))
        rows.append(Row(f"{grade} {word}".strip(), (mark,), percent=mark.part, slug=grade))
    return asked.figure("bars", rows, _mean(asked, grades, numbers))


def _grade_tone(place: int, count: int) -> str:
    middle = (count - 1) / 2
    return "neg" if place < middle - 0.4 else "pos" if place > middle + 0.4 else "neu"


def _mean(asked: Asked, grades: list[str], numbers: list[int]) -> tuple[tuple[str, str], ...]:
    count = sum(numbers)
    withheld = any(cell.number is None for cell in cells(numbers))
    if not count or (withheld and count < ENOUGH_FOR_MEAN):
        return ()
    mean = sum(int(grade) * number for grade, number in zip(grades, numbers, strict=True)) / count
    return ((asked.say("mean"), f"{mean:.1f} / {grades[-1]}"),)


def _number(asked: Asked) -> Figure:
    """A histogram, and the median."""
    numbers = {float(value): number for value, number in asked.numbers.items()}
    bins = histogram(numbers)
    shown = cells([each.number for each in bins])
    most = max((each.number or 0 for each in shown), default=0) or 1
    rows = []
    for each, cell in zip(bins, shown, strict=True):
        mark = Mark(cell, "main", asked.sought(each.choice), cell.share(most))
        rows.append(Row(each.name, (mark,), percent=cell.share(asked.answered)))
    median = median_of(numbers)
    return asked.figure("columns", rows, () if median is None else ((asked.say("median"), f"{median:,g}"),))


def _date(asked: Asked) -> Figure:
    """By month, without a gap."""
    months = sorted(date.fromisoformat(f"{value}-01") for value in asked.numbers)
    every = list(_months(months[0], months[-1]))[-MOST_MONTHS:] if months else []
    shown = cells([asked.numbers.get(f"{each:%Y-%m}", 0) for each in every])
    most = max((each.number or 0 for each in shown), default=0) or 1
    rows = []
    for month, cell in zip(every, shown, strict=True):
        mark = Mark(cell, "main", asked.sought(f"{month:%Y-%m}*"), cell.share(most))
        rows.append(Row(words.month(month, asked.look.language), (mark,), slug=f"{month:%Y-%m}"))
    return asked.figure("columns", rows)


MOST_MONTHS = 60


def _months(first: date, last: date) -> list[date]:
    return [date(n // 12, n % 12 + 1, 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]


def _text(asked: Asked) -> Figure:
    """What people wrote, as its commonest topics: those of all free words of the survey."""
    labels = asked.look.of_survey(Facet.LABEL, asked.survey.id)
    of_survey = asked.look.sought.but(surveys=(asked.survey.slug,))
    narrowed = Look(
        of_survey, *(getattr(asked.look, each) for each in ("language", "today", "projects", "surveys", "parts"))
    )
    said = topics(narrowed, labels, most=8)
    told = asked.figure("stacked", list(said.rows), note=asked.say("text_note"))
    return replace(told, head=said.head, series=said.series)


def _place(asked: Asked) -> Figure:
    """The provinces of the points that were sent."""
    order = sorted(asked.numbers, key=lambda name: (-asked.numbers[name], name))
    shown = cells([asked.numbers[name] for name in order])
    rows = []
    for name, cell in zip(order, shown, strict=True):
        mark = asked.mark(cell, (name,), sum(asked.numbers.values()))
        rows.append(Row(name, (mark,), percent=mark.part, slug=name))
    return asked.figure("bars", rows[:10], note=asked.say("place_note") if rows else "")


def _count(asked: Asked) -> Figure:
    """Of photos and telephone numbers only how many there are."""
    mark = asked.mark(alone(asked.answered), ("*",), max(sum(asked.statuses.values()), 1))
    return asked.figure("bars", [Row(asked.say(f"sent_{asked.question.kind}"), (mark,), percent=mark.part)])


DRAWN: dict[Kind, Callable[[Asked], Figure]] = {
    Kind.SELECT_ONE: _choices,
    Kind.SELECT_MULTIPLE: _choices,
    Kind.YES_NO: _yes_no,
    Kind.RATING: _rating,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TEXT: _text,
    Kind.LOCATION: _place,
    Kind.PHOTO: _count,
    Kind.PHONE: _count,
}
