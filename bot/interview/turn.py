"""Everything that one step looks at: the questionnaire, how far it has come, for whom, and which questions show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.interview.conditions import showing
from bot.interview.kinds import KINDS
from bot.interview.kinds.manner import Asked
from bot.interview.progress import REVIEW, Answer, Progress, Status
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.interview.setting import Setting
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Turn:
    """One moment of one interview. `shown` are the questions that show, `asked` those of them that want an answer."""

    questionnaire: Questionnaire
    progress: Progress
    setting: Setting
    shown: tuple[Question, ...]
    asked: tuple[Question, ...]

    @classmethod
    def of(cls, questionnaire: Questionnaire, progress: Progress, setting: Setting) -> "Turn":
        """The turn for this progress. It stands at a question that shows, whatever was changed or forgotten."""
        shown = showing(questionnaire, progress.answers)
        asked = tuple(each for each in shown if each.kind is not Kind.NOTE)
        if progress.at not in (None, REVIEW) and all(each.name != progress.at for each in asked):
            progress = progress.moved(next_name(asked, progress))
        return cls(questionnaire, progress, setting, shown, asked)

    def after(self, progress: Progress) -> "Turn":
        """The turn that follows from a change of progress."""
        return Turn.of(self.questionnaire, progress, self.setting)

    def say(self, key: str, **facts: object) -> str:
        """Our own words in the citizen's language."""
        return say(self.setting.language, f"interview.{key}", **facts)

    @property
    def place(self) -> int:
        """How many questions come before the one it stands at: all of them, at the review."""
        places = (n for n, each in enumerate(self.asked) if each.name == self.progress.at)
        return next(places, len(self.asked))

    @property
    def question(self) -> Question | None:
        """The question it stands at; None at the review and when it is over."""
        return self.asked[self.place] if self.place < len(self.asked) else None

    @property
    def previous(self) -> Question | None:
        """The question before the one it stands at."""
        return self.asked[self.place - 1] if self.place else None

    def find(self, name: str) -> Question | None:
        """The question of this name, if it shows."""
        return next((each for each in self.asked if each.name == name), None)

    def put(self, question: Question) -> Asked:
        """The question before this citizen."""
        return Asked(question, self.setting, self.progress.answers.get(question.name))

    def default(self, question: Question) -> str:
        """The answer that the question offers, for a person to read."""
        given = Answer(question.name, question.kind, value=question.default, words=str(question.default))
        return KINDS[question.kind].show(Asked(question, self.setting, given))

    def shows(self, question: Question) -> str:
        """The answer to this question for a person to read, with all words that came with it."""
        answer = self.progress.answers.get(question.name)
        whole = self.progress.whole(question.name)
        if answer is None or whole is None or answer.value is None:
            return whole.words.replace("\n", " · ") if whole and whole.words else self.say("skipped")
        told = KINDS[question.kind].show(Asked(question, self.setting, answer))
        heard = " ".join(each.words for each in self.progress.heard.get(question.name, ()))
        return f"{told} “{heard}”" if heard else told


def cut(text: str, longest: int) -> str:
    """The text, shortened to this many letters where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def next_name(asked: Sequence[Question], progress: Progress) -> str:
    """The first question that still wants an answer, or the review."""
    return next((each.name for each in asked if not progress.settled(each.name)), REVIEW)


def gathered(questionnaire: Questionnaire, progress: Progress) -> tuple[Answer, ...]:
    """The answers as they are filed, as far as they go: those of questions that show, in order, with all words heard.

    Words said at the review come last, as the answer to REVIEW.
    """
    asked = (each.name for each in showing(questionnaire, progress.answers) if each.kind is not Kind.NOTE)
    found = (progress.whole(name) for name in (*asked, REVIEW))
    return tuple(
        replace(each, status=Status.ANSWERED) if each.status == Status.OPEN else each for each in found if each
    )
