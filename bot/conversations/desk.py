"""What a conversation works with: one citizen, one moment, one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.dates import day_of
from bot.interview import reading
from bot.interview.engine import Setting
from bot.interview.questionnaire import Questionnaire
from bot.messages import Message, Option, pack
from bot.photos import Photo
from bot.store.base import Session
from bot.store.people import Contact
from bot.store.surveys import SurveyVersion
from bot.wording import say


class Questionnaires:
    """Published versions as questionnaires. A version never changes, so each is read once a process."""

    def __init__(self) -> None:
        self._read: dict[int, Questionnaire] = {}

    def of(self, version: SurveyVersion) -> Questionnaire:
        """The questionnaire of a published version."""
        if version.id not in self._read:
            self._read[version.id] = reading.read(version.questionnaire)
        return self._read[version.id]


@dataclass(slots=True)
class Desk:
    """One citizen at one moment, within the worker's transaction. `discarded` collects files to remove after it."""

    session: Session
    contact: Contact
    at: datetime
    questionnaires: Questionnaires
    photos: Mapping[str, Photo] = field(default_factory=dict)
    discarded: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The citizen's language."""
        return self.contact.language

    @property
    def setting(self) -> Setting:
        """What the interview engine may know of the world: the language, and the day in Bangkok."""
        return Setting(language=self.contact.language, today=self.today)

    @property
    def today(self) -> date:
        """The day in Bangkok."""
        return day_of(self.at)

    def say(self, key: str, **facts: object) -> str:
        """A sentence in the citizen's language."""
        return say(self.contact.language, key, **facts)

    def tell(self, key: str, *options: Option, **facts: object) -> Message:
        """A message of one sentence, with options."""
        return Message(self.say(key, **facts), options)

    def option(self, key: str, verb: str, **facts: str) -> Option:
        """A thing to tap, labelled in the citizen's language."""
        return Option(self.say(key), pack(verb, **facts))

    def ask(self, what: str) -> None:
        """Remember what is being asked, so that a typed answer is understood; "" for nothing."""
        self.contact.asked = what


Said = list[Message]
