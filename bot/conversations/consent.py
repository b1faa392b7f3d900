"""Welcome and consent, as Thailand's Personal Data Protection Act B.E. 2562 (PDPA) asks: informed, free, withdrawable.

Nothing a citizen says is stored before the yes. What is stored of the yes: the text's version, its language, the time.
"""

from functools import cache

from bot.conversations.desk import Desk, Said
from bot.conversations.interviews import take_up
from bot.conversations.menu import menu
from bot.conversations.pictures import drop_unused
from bot.interview.engine import Progress
from bot.messages import Message, Option
from bot.store.interviews import InterviewStatus, asking, of_contact
from bot.store.people import Consent
from bot.wording import LANGUAGES, say
from nlp.answers import read_yes_no
from nlp.typed import courteous, fold

# Raise it with any change of meaning in consent.ask or consent.details: everyone is then asked anew.
VERSION = "2569-1"
ASKED = "consent"
# They said no: from now on only a clear yes counts, for an "OK" may mean that the no was understood.
DECLINED = "declined"


def given(desk: Desk) -> bool:
    """Whether the citizen agreed to the present text."""
    return desk.contact.consent_version == VERSION


def welcome(desk: Desk) -> Said:
    """Who we are, and the question; or, to one who agreed before, just the menu."""
    if given(desk):
        return [desk.tell("welcome.back"), *menu(desk)]
    return [desk.tell("welcome.hello"), _question(desk)]


def show_welcome(desk: Desk, _facts: dict[str, str]) -> Said:
    """The welcome, asked for."""
    return welcome(desk)


def details(desk: Desk, _facts: dict[str, str]) -> Said:
    """The long text, with the answers below it."""
    desk.ask(ASKED)
    return [desk.tell("consent.details", *answers(desk))]


def first(desk: Desk) -> Said:
    """They sent something before agreeing: it was not kept. The question comes whole once, then as buttons alone."""
    key = "consent.first" if desk.contact.consent_version is None else "consent.changed"
    if desk.contact.asked in (ASKED, DECLINED):
        desk.ask(ASKED)
        return [desk.tell(key, *answers(desk))]
    hello = [desk.tell("welcome.hello")] if desk.contact.consent_version is None else []
    return [*hello, desk.tell(key), _question(desk)]


def asked_anew(desk: Desk) -> Said:
    """The welcome and the question, whole, before something that waits for the answer."""
    hello = [desk.tell("welcome.hello")] if desk.contact.consent_version is None else []
    return [*hello, _question(desk)]


def needed(desk: Desk) -> Said:
    """They asked for something that wants consent; there was nothing to keep."""
    if desk.contact.asked in (ASKED, DECLINED):
        desk.ask(ASKED)
        return [desk.tell("consent.needed", *answers(desk))]
    return [desk.tell("consent.needed"), _question(desk)]


def understood(desk: Desk) -> Said:
    """They said "OK" or "thank you" to having declined, or want to answer later."""
    return [desk.tell("consent.declined", *answers(desk))]


def typed(desk: Desk, text: str) -> Said | None:
    """A yes or no that was typed; None for other words."""
    if desk.contact.asked == DECLINED:
        return agree(desk, {}) if fold(courteous(text)) in _clear_yes() else None
    verdict = read_yes_no(text)
    return None if verdict is None else (agree if verdict else decline)(desk, {})


@cache
def _clear_yes() -> frozenset[str]:
    return frozenset(fold(say(each, "consent.yes")) for each in LANGUAGES)


def agree(desk: Desk, _facts: dict[str, str]) -> Said:
    """The yes: recorded once for each version of the text. An interview that waited for it goes on."""
    if given(desk):
        return menu(desk)
    _record(desk, given=True)
    desk.contact.consent_version, desk.contact.consented_at = VERSION, desk.at
    desk.ask("")
    running = asking(desk.session, desk.contact.id)
    return [desk.tell("consent.thanks"), *(take_up(desk, running) if running else menu(desk))]


def decline(desk: Desk, _facts: dict[str, str]) -> Said:
    """The no, or a withdrawal of an earlier yes: recorded without a word of what was said."""
    withdrawn = desk.contact.consent_version is not None
    if withdrawn:
        _record(desk, given=False)
        _stop_interviews(desk)
    desk.contact.consent_version = desk.contact.consented_at = None
    desk.ask(DECLINED)
    yes = desk.option("consent.yes", "agree")
    if withdrawn:
        return [desk.tell("consent.withdrawn", yes, desk.option("mydata.delete", "forget"), *_languages(desk))]
    return [desk.tell("consent.declined", yes, *_languages(desk))]


def _stop_interviews(desk: Desk) -> None:
    """What was answered but not filed goes: it would be filed without consent."""
    for each in of_contact(desk.session, desk.contact.id):
        if each.status in (InterviewStatus.ASKING, InterviewStatus.PAUSED, InterviewStatus.EXPIRED):
            each.status, each.ended_at, each.progress = InterviewStatus.STOPPED, desk.at, Progress().to_data()
    drop_unused(desk)


def _question(desk: Desk) -> Message:
    desk.ask(ASKED)
    return desk.tell("consent.ask", *answers(desk))


def answers(desk: Desk) -> tuple[Option, ...]:
    """All that can be tapped where consent is asked for."""
    yes_or_no = (desk.option("consent.yes", "agree"), desk.option("consent.no", "decline"))
    return (*yes_or_no, desk.option("consent.more", "details"), *_languages(desk))


def _languages(desk: Desk) -> tuple[Option, ...]:
    """A button for each other language, written in itself."""
    return tuple(desk.option(f"language.{each}", "language", l=each) for each in LANGUAGES if each != desk.language)


def _record(desk: Desk, given: bool) -> None:
    desk.session.add(
        Consent(contact_id=desk.contact.id, version=VERSION, language=desk.language, given=given, at=desk.at)
    )
