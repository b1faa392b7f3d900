"""The rehearsal of a survey: twenty people play it, and what came of it becomes one report, plain data for any face."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.interview import reading
from bot.interview.progress import Status
from bot.interview.questionnaire import Kind, Question, Questionnaire, Texts
from bot.rehearsals.acts import Aim
from bot.rehearsals.findings import Finding, Weight, findings
from bot.rehearsals.habits import HABITS
from bot.rehearsals.judging import Verdict
from bot.rehearsals.play import End, Played, play
from bot.rehearsals.scene import Watch
from bot.rehearsals.stage import Stage

PEOPLE = tuple(HABITS)
READY = "ready"
_TRIES_TILL_WAY_OUT = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """How one question went: people who reached it, how it ended for them, and acts that went wrong at it.

    `escalated` counts the people who had to be offered a way out, `left` those who gave up here.
    """

    name: str
    kind: str
    label: Texts
    reached: int
    answered: int
    skipped: int
    own_words: int
    refused: int
    escalated: int
    misread: int
    left: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that came of it. `verdict` is the weight of the heaviest finding, or "ready"."""

    survey: str
    title: Texts
    languages: tuple[str, ...]
    verdict: str
    people: tuple[Played, ...]
    questions: tuple[Asked, ...]
    findings: tuple[Finding, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        data: dict[str, Any] = asdict(self)
        return data

    @property
    def must_mend(self) -> bool:
        """Whether an author must mend something before citizens are asked."""
        return self.verdict == Weight.MEND


def rehearse(data: Mapping[str, Any], folder: Path) -> Iterator[Played | Report]:
    """Rehearse an author's survey over a throw-away database in `folder`: each person as they end, then the report.

    Deterministic: the same survey gives the same report. Raises Refused("survey.invalid", problems=...).
    """
    survey, watch = reading.read(data), Watch()
    stage = Stage(folder, watch)
    try:
        stage.put_on(dict(data))
        people = []
        for person in PEOPLE:
            people.append(play(stage, watch, survey, person))
            yield people[-1]
    finally:
        stage.close()
    yield report(survey, people)


def report(survey: Questionnaire, people: Sequence[Played]) -> Report:
    """What these rehearsals tell of the survey."""
    asked = tuple(_asked(each, people) for each in survey.questions if each.kind is not Kind.NOTE)
    found = tuple(findings(survey, people))
    verdict = min(
        (each.weight for each in found if each.weight != Weight.NOTE), key=list(Weight).index, default="ready"
    )
    return Report(survey.slug, survey.title, survey.languages, verdict, tuple(people), asked, found)


def _asked(question: Question, people: Sequence[Played]) -> Asked:
    name = question.name
    moments = [[each for each in person.moments if each.question == name] for person in people]
    every = [each for some in moments for each in some]
    ends = [person.answers.get(name) for person in people]
    return Asked(
        name=name,
        kind=question.kind,
        label=question.label,
        reached=sum(bool(some) for some in moments),
        answered=ends.count(Status.ANSWERED),
        skipped=ends.count(Status.SKIPPED),
        own_words=ends.count(Status.OWN_WORDS),
        refused=sum(each.verdict is Verdict.REFUSED and each.aim is not Aim.ASIDE for each in every),
        escalated=sum(any(each.tries >= _TRIES_TILL_WAY_OUT for each in some) for some in moments),
        misread=sum(each.verdict in (Verdict.MISREAD, Verdict.TAKEN) for each in every),
        left=sum(person.at == name and person.end is not End.FILED for person in people),
    )
