"""A number, and a date."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import isfinite

from bot.interview.kinds.manner import Asked, Manner, Reading, unexpected
from bot.interview.questionnaire import Question, Test, Value
from bot.interview.replies import Refusal, Reply, Tap, Text
from bot.messages import Option, OptionKind, pack
from nlp.answers import read_date, read_number

_DAY = timedelta(days=1)
_BUDDHIST_ERA = 543  # พ.ศ. = ค.ศ. + 543


class Number(Manner):
    """A number, within bounds, whole or not."""

    fields = frozenset({"default"})
    bounds = frozenset({"least", "most", "whole"})
    tests = frozenset(Test)

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        if not isinstance(reply, Text):
            return unexpected(reply, "number")
        bounds, number = asked.question.constraint, read_number(reply.text, question=asked.words)
        if number is None or not isfinite(number):
            return asked.against("number")
        if bounds.whole and number != int(number):
            return asked.against("whole")
        if bounds.least is not None and number < float(bounds.least):
            return asked.against("too_low", least=bounds.least)
        if bounds.most is not None and number > float(bounds.most):
            return asked.against("too_high", most=bounds.most)
        number = int(number) if number == int(number) else number
        return Reading(number, str(number), reply.text)

    def fits(self, question: Question, value: Value) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool)

    def samples(self, question: Question, mentioned: Sequence[Value]) -> Sequence[Value]:
        least, most = question.constraint.least, question.constraint.most
        numbers = [each for each in (*mentioned, least, most, 0) if isinstance(each, int | float)]
        around = {number + step for number in numbers for step in (-1, 0, 1)}
        return [n for n in around if (least is None or n >= float(least)) and (most is None or n <= float(most))]

    def show(self, asked: Asked) -> str:
        assert asked.before
        return f"{asked.before.value:,}"


class Date(Manner):
    """A day, picked or typed. The value is an ISO date, in the common era."""

    fields = frozenset({"default"})
    bounds = frozenset({"least", "most"})
    tests = frozenset(Test)

    def options(self, asked: Asked) -> tuple[Option, ...]:
        least, most = _bounds(asked)
        initial = min(max(asked.setting.today, least or date.min), most or date.max)
        return (
            Option(
                asked.say("pick_date"),
                pack("answer", q=asked.question.name),
                OptionKind.DATE,
                initial=initial.isoformat(),
                least=least.isoformat() if least else "",
                most=most.isoformat() if most else "",
            ),
        )

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        match reply:
            case Tap(value=value):
                day, words = _iso(value), ""
            case Text(text=text):
                day, words = read_date(text, asked.setting.today), text
            case _:
                return unexpected(reply, "date")
        if day is None:
            return Refusal("date")
        least, most = _bounds(asked)
        if least and day < least:
            return asked.against("too_early", least=shown_date(asked, least))
        if most and day > most:
            return asked.against("too_late", most=shown_date(asked, most))
        return Reading(day.isoformat(), day.isoformat(), words or shown_date(asked, day))

    def fits(self, question: Question, value: Value) -> bool:
        return isinstance(value, str) and _iso(value) is not None

    def samples(self, question: Question, mentioned: Sequence[Value]) -> Sequence[Value]:
        least, most = (
            each if each != "today" else None for each in (question.constraint.least, question.constraint.most)
        )
        told = [day for each in (*mentioned, least, most, "2000-01-01") if (day := _iso(str(each)))]
        days = {(day + step).isoformat() for day in told for step in (-_DAY, timedelta(), _DAY)}
        return [day for day in days if (least is None or day >= str(least)) and (most is None or day <= str(most))]

    def show(self, asked: Asked) -> str:
        assert asked.before
        day = _iso(str(asked.before.value))
        return shown_date(asked, day) if day else asked.before.words


def shown_date(asked: Asked, day: date) -> str:
    """A day as people write it: in Thai with the year of the Buddhist era."""
    month = asked.say("months").split("|")[day.month - 1]
    return asked.say("date", day=day.day, month=month, year=day.year, buddhist_year=day.year + _BUDDHIST_ERA)


def _bounds(asked: Asked) -> tuple[date | None, date | None]:
    def bound(value: float | str | None) -> date | None:
        return asked.setting.today if value == "today" else _iso(str(value)) if value else None

    return bound(asked.question.constraint.least), bound(asked.question.constraint.most)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
