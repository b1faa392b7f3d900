"""What came of a broadcast, as its page shows it."""

from dataclasses import dataclass

from bot.broadcasts.comparing import Difference, difference
from bot.broadcasts.following import Outcome, Statistics, statistics
from bot.store.base import Session
from bot.store.broadcasts import Broadcast
from bot.store.surveys import versions_of
from handlers.console.look import picked


@dataclass(frozen=True, slots=True)
class Results:
    """The figures; the wordings' differences in answering and in finishing; the questions people left at, by label."""

    figures: Statistics
    response: Difference | None
    completion: Difference | None
    left: list[tuple[str, int]]

    @property
    def compared(self) -> bool:
        """Whether there are two wordings."""
        return len(self.figures.arms) > 1


def results(session: Session, broadcast: Broadcast) -> Results:
    """What came of it so far."""
    figures = statistics(session, broadcast)
    first, second = (figures.arms * 2)[:2]
    two = len(figures.arms) > 1
    labels = _labels(session, broadcast)
    return Results(
        figures,
        difference(_responded(first), _responded(second)) if two else None,
        difference(_finished(first), _finished(second)) if two else None,
        [(labels.get(name, name), many) for name, many in _in_order(figures.left_at, labels)],
    )


def _responded(outcome: Outcome) -> tuple[int, int]:
    return min(outcome.begun, outcome.sent), outcome.sent


def _finished(outcome: Outcome) -> tuple[int, int]:
    return outcome.completed, outcome.begun


def _labels(session: Session, broadcast: Broadcast) -> dict[str, str]:
    """{question: its label}, in the survey's order, of every version there was."""
    if broadcast.survey_id is None:
        return {}
    asked = [each.questionnaire["questions"] for each in versions_of(session, broadcast.survey_id)]
    return {each["name"]: picked(each["label"]) for questions in reversed(asked) for each in questions}


def _in_order(left: dict[str, int], labels: dict[str, str]) -> list[tuple[str, int]]:
    places = {name: place for place, name in enumerate(labels)}
    return sorted(left.items(), key=lambda each: places.get(each[0], len(places)))
