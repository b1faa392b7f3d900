"""One scripted citizen comes on: what they do, what becomes of it, and how it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.interview.conditions import showing
from bot.interview.progress import Answer, Status
from bot.interview.questionnaire import Kind, Questionnaire
from bot.messages import pack
from bot.rehearsals.acts import Act, Acts, Aim, FellOff, How
from bot.rehearsals.habits import HABITS
from bot.rehearsals.judging import Moment, judge
from bot.rehearsals.scene import NUMBER, START, Scene, Turn, Watch
from bot.rehearsals.stage import Noted, Shown, Stage, Standing
from bot.store.interviews import InterviewStatus
from bot.wording import pick

# How many questions people bear in a chat before they put the phone down.
STAMINA = 25
# Messages that a question may take, and those beside the questions: beyond, somebody goes round in circles.
_A_QUESTION, _BESIDE = 12, 60


class End(StrEnum):
    """How it ended. `cancelled` is the person's own wish; `left` is that they gave up, `looped` that it had no end."""

    FILED = "filed"
    CANCELLED = "cancelled"
    LEFT = "left"
    LOOPED = "looped"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Played:
    """One person's rehearsal. `at` is the question at which they left or went round, `why` is FellOff's, or "".

    `answers` is {question: status} as far as they came; `lost` are questions whose answer was not filed as given.
    """

    person: str
    language: str
    end: End
    at: str
    why: str
    sent: int
    heard: int
    moments: tuple[Moment, ...]
    answers: Mapping[str, str]
    lost: tuple[str, ...]
    entries: tuple[Shown, ...]
    talk: tuple[Turn, ...]


class _Notes:
    """What is noted while a person acts."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.answers: Mapping[str, Answer] = {}

    def note(self, act: Act, before: Standing, scene: Scene) -> None:
        """Note one act."""
        after = scene.standing
        moment = judge(act, before, after)
        if moment is not None:
            self.moments.append(moment)
            scene.judged(moment.verdict)
        if after.progress.answers:
            self.answers = after.progress.answers


def play(stage: Stage, watch: Watch, survey: Questionnaire, person: str) -> Played:
    """Let this person, one of HABITS, go through the survey on this stage."""
    place = list(HABITS).index(person)
    language, habit = HABITS[person]
    watch.at = START
    scene, notes = Scene(stage, watch, survey, place, language), _Notes()
    scene.follow()
    title = pick(survey.title, language)
    scene.do(Act(How.TAPS, title, Aim.MOVE, data=pack("survey", s=survey.slug)))
    end, why = _act(scene, habit(scene), notes)
    talk, filed = tuple(scene.talk), _entries(stage, scene)
    return Played(
        person, language, end, _where(scene, end), why,
        sum(each.who == "person" for each in talk), sum(each.who == "bot" for each in talk),
        tuple(notes.moments), {name: each.status for name, each in notes.answers.items()},
        _lost(survey, notes.answers, filed) if end is End.FILED else (), filed, talk,
    )  # fmt: skip


def _act(scene: Scene, acts: Acts, notes: _Notes) -> tuple[End, str]:
    most = _BESIDE + _A_QUESTION * len(scene.survey.questions)
    try:
        for count, act in enumerate(acts):
            if count >= most:
                return End.LOOPED, ""
            before = scene.standing
            scene.do(act)
            notes.note(act, before, scene)
            settled = sum(each.status not in (Status.OPEN, Status.SHOWN) for each in notes.answers.values())
            if settled >= STAMINA and scene.question is not None:
                return End.LEFT, "tired"
    except FellOff as fell:
        return End.LEFT, fell.why
    ends = {InterviewStatus.COMPLETED: End.FILED, InterviewStatus.STOPPED: End.CANCELLED}
    return ends.get(InterviewStatus(scene.standing.status), End.UNFINISHED), ""


def _where(scene: Scene, end: End) -> str:
    return "" if end in (End.FILED, End.CANCELLED) else scene.standing.progress.at or ""


def _entries(stage: Stage, scene: Scene) -> tuple[Shown, ...]:
    return tuple(replace(each, number=NUMBER) for each in stage.filed(scene.user).values())


def _lost(survey: Questionnaire, answers: Mapping[str, Answer], filed: Sequence[Shown]) -> tuple[str, ...]:
    """Questions of which what was recorded last did not come through to the entry."""
    noted = {each.question: each for entry in filed for each in entry.answers}
    kept = (Status.ANSWERED, Status.OWN_WORDS)
    shown = [each.name for each in showing(survey, answers) if each.kind is not Kind.NOTE and each.name in answers]
    return tuple(each for each in shown if answers[each].status in kept and not _came(answers[each], noted.get(each)))


def _came(answer: Answer, noted: Noted | None) -> bool:
    if noted is None:
        return False
    return answer.words in noted.words if answer.kind == Kind.TEXT else noted.value == answer.value
