"""What one scripted citizen sees of the talk, and what they know of the survey: their own answers."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dates import day_of
from bot.interview.questionnaire import Question, Questionnaire, Value
from bot.line.inbound import Event, Heard
from bot.messages import Message, Option, OptionKind, unpack
from bot.numbers import LETTERS
from bot.rehearsals.acts import Act, FellOff, How
from bot.rehearsals.meaning import meant
from bot.rehearsals.stage import Stage, Standing

# When every rehearsal begins, so that it goes the same way on any day: a Monday morning in Bangkok.
START = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
_BETWEEN = timedelta(seconds=20)
# Reference numbers are random: a report names none, and is the same each time.
NUMBER = "<เลขอ้างอิง>"
_HIDDEN = re.compile(rf"\b[{LETTERS}]{{4}}-[{LETTERS}]{{4}}\b")


class Watch:
    """The clock of a rehearsal: it goes on when somebody does something."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        """What time it is on stage."""
        return self.at


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a talk: `who` is "person", "bot" or "time"; `buttons` are the labels that can be tapped.

    `made` is what became of what a person said (a Verdict), "" where no question was open.
    """

    who: str
    text: str
    buttons: tuple[str, ...] = ()
    made: str = ""


class Scene:
    """One person before the bot. `options` are what the newest messages offer; `talk` is all that was said."""

    def __init__(self, stage: Stage, watch: Watch, survey: Questionnaire, place: int, language: str) -> None:
        self._stage, self._watch = stage, watch
        self.survey, self.place, self.language = survey, place, language
        self.user = f"U{place + 1:032x}"
        self.dice = random.Random(f"{survey.slug}:{place}")
        self.talk: list[Turn] = []
        self.said: Sequence[Message] = ()
        self.options: list[Option] = []
        self.standing = Standing()
        self.sent: list[str] = []
        self._events = 0

    @property
    def question(self) -> Question | None:
        """The question that is open."""
        return self.standing.question

    @property
    def asking(self) -> bool:
        """Whether the interview waits for an answer, or for the yes at its review."""
        return self.standing.asking

    def meant(self, question: Question) -> Value | None:
        """What this person means to answer."""
        return meant(question, self.survey.slug, self.place, day_of(START), self.language)

    def button(self, verb: str, **facts: str) -> Option:
        """The newest button that does this. Raises FellOff where there is none."""
        for option in self.options:
            found, told = unpack(option.data)
            if found == verb and facts.items() <= told.items():
                return option
        raise FellOff("refused")

    def offers(self, verb: str, **facts: str) -> bool:
        """Whether there is a button that does this."""
        return any(
            found == verb and facts.items() <= told.items()
            for found, told in (unpack(option.data) for option in self.options)
        )

    def follow(self) -> None:
        """Add the bot as a friend and agree, unseen."""
        for event in (self._event("follow"), self._event("postback", data="do=agree")):
            self._stage.take(event, self.language)

    def do(self, act: Act) -> None:
        """Let the act happen, and see what the bot says to it."""
        self._watch.at += _BETWEEN
        if act.how is How.WAITS:
            self._wait(act.hours)
        else:
            self.talk.append(Turn("person", _shown(act)))
            self._hear(self._stage.take(self._happening(act), self.language, act.photo))
        self.standing = self._stage.stands(self.user)

    def judged(self, made: str) -> None:
        """Write beside the person's newest line what became of it."""
        place = max(n for n, each in enumerate(self.talk) if each.who != "bot")
        self.talk[place] = replace(self.talk[place], made=made)

    def _wait(self, hours: int) -> None:
        """Let time pass; the bot may speak of its own accord."""
        self.talk.append(Turn("time", str(hours)))
        for _ in range(hours):
            self._watch.at += timedelta(hours=1)
            if said := self._stage.tend(self.user):
                self.talk.append(Turn("time", f"{self._watch.at:%H:%M}"))
                self._hear(said)

    def _happening(self, act: Act) -> Event:
        if act.how is How.TAPS:
            return self._event("postback", data=act.data, params=dict(act.params))
        if act.how is How.UNSENDS:
            return self._event("unsend", unsent=self.sent[-1])
        heard = Heard(f"m{self.place}-{self._events}", **{"kind": "text", "text": act.text, **act.message})
        self.sent.append(heard.id)
        return self._event("message", message=heard)

    def _event(self, kind: str, **more: object) -> Event:
        self._events += 1
        at_ms = int(self._watch.at.timestamp() * 1000)
        return Event(f"e{self.place}-{self._events}", kind, at_ms, "user", self.user, reply_token="r", **more)  # type: ignore[arg-type]

    def _hear(self, said: Sequence[Message]) -> None:
        if not said:
            return
        self.said, self.options = said, _tappable(said)
        below = next((each.options for each in reversed(said) if each.options), ())
        for place, each in enumerate(said, 1):
            framed = each.card.options if each.card else ()
            floating = below if place == len(said) else ()
            labels = [option.label for option in (*framed, *(one for one in floating if one not in framed))]
            self.talk.append(Turn("bot", _HIDDEN.sub(NUMBER, _words(each)), tuple(labels)))


def _words(message: Message) -> str:
    """A message as it is read: a card by its title, rows and note."""
    card = message.card
    if card is None:
        return message.text
    rows = (": ".join(filter(None, (row.label, row.value))) for row in card.rows)
    return "\n".join(filter(None, (card.title, *rows, card.note)))


def _tappable(said: Sequence[Message]) -> list[Option]:
    cards = [each.card for each in reversed(said) if each.card]
    held = [option for card in cards for option in (*card.options, *(row.option for row in card.rows if row.option))]
    below = next((each.options for each in reversed(said) if each.options), ())
    return [each for each in (*below, *held) if each.kind in (OptionKind.TAP, OptionKind.DATE)]


def _shown(act: Act) -> str:
    if act.how is How.TAPS:
        return f"[{act.text}]"
    return f"({act.text})" if act.message or act.how is How.UNSENDS else act.text
