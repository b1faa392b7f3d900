"""How far an interview has come: where it stands, what was answered, and every word that was heard on the way."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.interview.questionnaire import Kind, Value

REVIEW = "review"  # where it stands when all is answered; no question may have this name
VERSION = 1


class Status(StrEnum):
    """What became of a question. OPEN are choices still being ticked, SHOWN is a note that was said."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    OWN_WORDS = "own_words"  # the words were kept as they are: there is no value
    OPEN = "open"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `category` groups it with others (choice names, "yes", a number as text), `value` is JSON or None.

    `words` are the person's own, as typed, or the label that was tapped. `source` holds the ids of the LINE messages it
    came in, parted by spaces: "" for a tap.
    """

    question: str
    kind: str
    category: str = ""
    value: Value | None = None
    words: str = ""
    source: str = ""
    status: str = Status.ANSWERED


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that came while a question was asked but were not the answer themselves. They are filed beside it."""

    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """`at` is the name of the question asked, REVIEW, or None when it is over. `tries` counts refusals in a row.

    `confirming` is "restart" or "stop" while that waits for a yes. Answers to questions that no longer show stay
    here, and come back with their question.
    """

    at: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    heard: Mapping[str, tuple[Heard, ...]] = field(default_factory=dict)
    tries: int = 0
    confirming: str = ""

    def settled(self, question: str) -> bool:
        """Whether this question need not be asked any more."""
        answer = self.answers.get(question)
        return answer is not None and answer.status != Status.OPEN

    def moved(self, to: str | None) -> "Progress":
        """The same, standing at another question."""
        return replace(self, at=to, tries=0, confirming="")

    def answered(self, answer: Answer) -> "Progress":
        """The same with this answer, in place of any earlier one to its question."""
        return replace(self, answers={**self.answers, answer.question: answer}, tries=0)

    def hearing(self, question: str, *heard: Heard) -> "Progress":
        """The same with these words kept beside the answer to the question."""
        kept = self.heard.get(question, ()) + tuple(each for each in heard if each.words)
        return replace(self, heard={**self.heard, question: kept}) if kept else self

    def unheard(self, question: str) -> "Progress":
        """The same without the words kept beside the answer to the question."""
        return replace(self, heard={name: kept for name, kept in self.heard.items() if name != question})

    def whole(self, question: str) -> Answer | None:
        """The answer as it is filed: followed by all words heard beside it."""
        answer, heard = self.answers.get(question), self.heard.get(question, ())
        if not heard:
            return answer
        answer = answer or Answer(question, "", status=Status.OWN_WORDS)
        words = "\n".join(filter(None, (answer.words, *(each.words for each in heard))))
        source = " ".join(filter(None, (answer.source, *(each.source for each in heard))))
        value = words if answer.kind == Kind.TEXT and answer.value is not None else answer.value
        return replace(answer, value=value, words=words, source=source)

    def forget(self, message_id: str) -> "Progress":
        """The same without what came in this message, which was unsent. What it answered is asked again."""
        answers = {name: each for name, each in self.answers.items() if message_id not in each.source.split()}
        heard = {name: tuple(h for h in each if h.source != message_id) for name, each in self.heard.items()}
        return replace(self, answers=answers, heard={name: each for name, each in heard.items() if each})

    def to_data(self) -> dict[str, Any]:
        """Plain data for JSON. The inverse of `from_data`."""
        return {
            "version": VERSION,
            "at": self.at,
            "answers": [asdict(answer) for answer in self.answers.values()],
            "heard": {name: [asdict(each) for each in heard] for name, heard in self.heard.items()},
            "tries": self.tries,
            "confirming": self.confirming,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Progress":
        """Read what `to_data` wrote. Raises ValueError for data of a later version."""
        if data["version"] > VERSION:
            raise ValueError(f"progress of version {data['version']}, known is {VERSION}")
        return cls(
            at=data["at"],
            answers={each["question"]: Answer(**each) for each in data["answers"]},
            heard={name: tuple(Heard(**each) for each in heard) for name, heard in data["heard"].items()},
            tries=data["tries"],
            confirming=data["confirming"],
        )
