"""What the engine must know of a kind of question: how to ask, how to read a reply, how to show an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.interview.progress import Answer, Status
from bot.interview.questionnaire import Question, Test, Texts, Value
from bot.interview.replies import Location, Media, Refusal, Reply, Sticker
from bot.interview.setting import Setting
from bot.messages import Option, OptionKind, pack
from bot.wording import pick, say


@dataclass(frozen=True, slots=True)
class Asked:
    """A question before one citizen, with their answer to it so far: none, an earlier one, or choices still open."""

    question: Question
    setting: Setting
    before: Answer | None = None

    def say(self, key: str, **facts: object) -> str:
        """Our own words in the citizen's language."""
        return say(self.setting.language, f"interview.{key}", **facts)

    def pick(self, texts: Texts) -> str:
        """The author's words in the citizen's language."""
        return pick(texts, self.setting.language)

    @property
    def words(self) -> str:
        """The question as it is worded."""
        return self.pick(self.question.label)

    def option(self, value: str, label: str, kind: OptionKind = OptionKind.TAP) -> Option:
        """A button that answers this question with `value`."""
        return Option(label, pack("answer", q=self.question.name, v=value), kind)

    def against(self, code: str, **facts: object) -> Refusal:
        """The refusal of what breaks the constraint: in the author's words where there are some."""
        message = self.pick(self.question.constraint.message)
        return Refusal("message", {"message": message}) if message else Refusal(code, facts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply means. OPEN where more may come before it is done. `aside` are words to be kept beside it."""

    value: Value | None
    category: str = ""
    words: str = ""
    status: Status = Status.ANSWERED
    aside: str = ""


class Manner:
    """One kind of question. The class attributes say what an author may write for it, beside what all have."""

    fields: ClassVar[frozenset[str]] = frozenset()  # fields of Question
    bounds: ClassVar[frozenset[str]] = frozenset()  # fields of Constraint
    tests: ClassVar[frozenset[Test]] = frozenset({Test.ANSWERED})  # what a condition may ask of an answer

    def options(self, asked: Asked) -> tuple[Option, ...]:
        """Buttons that answer the question."""
        return ()

    def lines(self, asked: Asked) -> tuple[str, ...]:
        """Lines below the label, so that everything that can be tapped can be typed as well."""
        return ()

    def more(self, asked: Asked) -> str:
        """What to say while the answer is OPEN, before more of it comes."""
        return ""

    def read(self, asked: Asked, reply: Reply) -> Reading | Refusal:
        """What the reply means as an answer."""
        raise NotImplementedError

    def fits(self, question: Question, value: Value) -> bool:
        """Whether an answer could have this value: a condition on any other can never hold."""
        return False

    def samples(self, question: Question, mentioned: Sequence[Value]) -> Sequence[Value]:
        """One possible value of each sort that conditions which mention these values can tell apart."""
        return ("words",)

    def show(self, asked: Asked) -> str:
        """The value of `asked.before`, for a person to read."""
        return asked.before.words if asked.before else ""


def unexpected(reply: Reply, otherwise: str) -> Refusal:
    """The refusal of a reply of the wrong sort; of words and taps, the one named `otherwise`."""
    match reply:
        case Sticker():
            return Refusal("sticker")
        case Media(kind="image"):
            return Refusal("image")
        case Media():
            return Refusal("media")
        case Location():
            return Refusal("place")
        case _:
            return Refusal(otherwise)
