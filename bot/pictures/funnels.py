"""How far people came in a survey: begun, each question reached, finished; and where they fell silent."""

from collections import Counter

from bot.exports.layout import Instrument
from bot.interview.progress import REVIEW
from bot.pictures.figures import Figure, Mark, Row
from bot.pictures.looking import Look, plain
from bot.store.interviews import InterviewStatus
from bot.store.surveys import Survey
from bot.store.tallying import Facet
from bot.wording import pick, say

OUTCOMES = {
    "completed": ((InterviewStatus.COMPLETED,), "main"),
    "running": ((InterviewStatus.ASKING, InterviewStatus.PAUSED), "second"),
    "expired": ((InterviewStatus.EXPIRED,), "soft"),
    "stopped": ((InterviewStatus.STOPPED,), "soft"),
}


def outcomes(look: Look, statuses: dict[str, int]) -> Figure:
    """What became of the surveys that were begun. These are interviews, which open no list of entries."""
    begun = sum(statuses.values())
    rows = []
    for key, (named, tone) in OUTCOMES.items():
        number = sum(statuses.get(each, 0) for each in named)
        mark = Mark(plain(number), tone, None, number / begun if begun else 0)
        rows.append(Row(say(look.language, f"console.overview.interview_{key}"), (mark,), percent=mark.part))
    title, head = (say(look.language, f"console.overview.{each}") for each in ("outcomes", "outcome"))
    series = (say(look.language, "console.overview.interviews"),)
    return Figure("outcomes", title, "bars", head, series, tuple(rows), begun)


def statuses_of(look: Look, survey: Survey | None = None) -> dict[str, int]:
    """{status: how many interviews} of one survey, or of all."""
    found = look.of_survey(Facet.INTERVIEW, survey.id) if survey else look.of(Facet.INTERVIEW)
    return {status: left.total() for status, left in found.items()}


def drop_off(look: Look, survey: Survey, instrument: Instrument) -> Figure:
    """How many came to each question, and how many fell silent at it.

    Known of those who finished and of those whose survey ran out; who took all answers back left no trace of where.
    """
    found = look.of_survey(Facet.INTERVIEW, survey.id)
    left = found.get(InterviewStatus.EXPIRED, Counter())
    finished = found.get(InterviewStatus.COMPLETED, Counter()).total()
    still = finished + left.total()
    base, rows = still, []
    for name, label in _places(look, instrument):
        number = left.get(name, 0)
        note = say(look.language, "console.overview.left", number=f"{number:,}") if number else ""
        part = still / base if base else 0
        rows.append(Row(label, (Mark(plain(still), "main", None, part),), note=note, percent=part))
        still -= number
    title, head = (say(look.language, f"console.overview.{each}") for each in ("drop_off", "question"))
    series = (say(look.language, "console.overview.reached"),)
    note = say(look.language, "console.overview.drop_off_note")
    return Figure("drop_off", title, "bars", head, series, tuple(rows), base, note=note)


def _places(look: Look, instrument: Instrument) -> list[tuple[str, str]]:
    named = [
        (each.name, f"{place}. {pick(dict(each.label), look.language)}")
        for place, each in enumerate(instrument.questions, 1)
    ]
    return [*named, (REVIEW, say(look.language, "console.overview.review"))]
