"""Welcome and consent, as Thailand's Personal Data Protection Act B.E. 2562 (PDPA) asks: informed, free, withdrawable.

Nothing a citizen says is stored before the yes. What is stored of the yes: the text's version, its language, the time.
"""

from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu
from bot.messages import Message, Option
from bot.store.interviews import InterviewStatus, asking
from bot.store.people import Consent

# Raise it with any change of meaning in consent.ask or consent.details: everyone is then asked anew.
VERSION = "2569-1"
ASKED = "consent"


def given(desk: Desk) -> bool:
    """Whether the citizen agreed to the present text."""
    return desk.contact.consent_version == VERSION


def welcome(desk: Desk) -> Said:
    """Who we are, and the question; or, to one who agreed before, just the menu."""
    if given(desk):
        return [Message(desk.say("welcome.hello")), *menu(desk)]
    return [Message(desk.say("welcome.hello")), _question(desk)]


def details(desk: Desk, _facts: dict[str, str]) -> Said:
    """The long text, and the question again."""
    return [Message(desk.say("consent.details")), _question(desk)]


def first(desk: Desk) -> Said:
    """They wrote before agreeing: it was not kept, and here is the question."""
    return [desk.tell("consent.first"), _question(desk)]


def agree(desk: Desk, _facts: dict[str, str]) -> Said:
    """The yes: recorded once for each version of the text."""
    if given(desk):
        return menu(desk)
    _record(desk, given=True)
    desk.contact.consent_version, desk.contact.consented_at = VERSION, desk.at
    desk.ask("")
    return [desk.tell("consent.thanks"), *menu(desk)]


def decline(desk: Desk, _facts: dict[str, str]) -> Said:
    """The no, or a withdrawal of an earlier yes: recorded without a word of what was said."""
    withdrawn = desk.contact.consent_version is not None
    if withdrawn:
        _record(desk, given=False)
    desk.contact.consent_version = desk.contact.consented_at = None
    if (running := asking(desk.session, desk.contact.id)) is not None:
        running.status = InterviewStatus.PAUSED
    desk.ask("")
    yes = desk.option("consent.yes", "agree")
    return [desk.tell("consent.withdrawn" if withdrawn else "consent.declined", yes, *languages(desk))]


def _question(desk: Desk) -> Message:
    desk.ask(ASKED)
    answers = (desk.option("consent.yes", "agree"), desk.option("consent.no", "decline"))
    more = desk.option("consent.more", "details")
    return Message(desk.say("consent.ask"), (*answers, more, *languages(desk)))


def languages(desk: Desk) -> tuple[Option, ...]:
    """A button for each other language, written in itself."""
    others = (each for each in ("th", "en", "my", "km", "lo") if each != desk.language)
    return tuple(desk.option(f"language.{each}", "language", l=each) for each in others)


def _record(desk: Desk, given: bool) -> None:
    desk.session.add(
        Consent(contact_id=desk.contact.id, version=VERSION, language=desk.language, given=given, at=desk.at)
    )
