"""What the bot asked last outside of an interview, and what a citizen types in answer to it.

It is asked once: whatever comes next, the question is over, so that a "yes" said much later to something else can
never delete anything. Consent alone stays asked until it is answered.
"""

from collections.abc import Callable

from bot.conversations import consent, interviews, menu, mydata, words
from bot.conversations.desk import Desk, Said
from bot.messages import Message
from bot.store.interviews import asking

_NOT_KEPT = frozenset({mydata.ASKED, menu.ASKED_LANGUAGE})


def typed_answer(desk: Desk, text: str) -> Said | None:
    """The answer to what was asked last, or None where the text is something else. Without consent nothing is filed."""
    what, _, facts = desk.contact.asked.partition(":")
    if what in (consent.ASKED, consent.DECLINED):
        return consent.typed(desk, text)
    desk.ask("")
    if what not in _TYPED or not (consent.given(desk) or what in _NOT_KEPT):
        return None
    return _TYPED[what](desk, facts, text)


def speak(desk: Desk, language: str) -> Said:
    """Change the language, and go on where we were, in it."""
    changed = Message(menu.set_language(desk, language))
    if not consent.given(desk):
        return [changed, *consent.welcome(desk)]
    running = asking(desk.session, desk.contact.id)
    return [changed, *(interviews.take_up(desk, running) if running else menu.menu(desk))]


def turn_language(desk: Desk, text: str) -> Said:
    """The language that a command names, or the choice of them where it names none."""
    language = menu.language_in(text)
    return speak(desk, language) if language else menu.choose_language(desk, {})


def _language(desk: Desk, _facts: str, text: str) -> Said | None:
    language = menu.language_in(text) if len(text) <= 40 else ""
    return speak(desk, language) if language else None


_TYPED: dict[str, Callable[[Desk, str, str], Said | None]] = {
    mydata.ASKED: lambda desk, _, text: mydata.typed(desk, text),
    menu.ASKED_LANGUAGE: _language,
    words.ASKED: words.typed_choice,
    interviews.ASKED_SURVEY: interviews.typed_name,
    interviews.ASKED_AGAIN: interviews.typed_again,
}
