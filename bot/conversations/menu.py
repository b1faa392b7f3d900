"""The main menu, help, languages: what is always there to turn to."""

from functools import cache

from bot.conversations.desk import Desk, Said
from bot.conversations.unfinished import unfinished
from bot.messages import Card, Message, Option
from bot.wording import LANGUAGES, say
from nlp.typed import courteous, fold, squash

ASKED_LANGUAGE = "language"
_TYPED = ("menu", "thanks", "surveys", "write", "withdraw", "unsure", "reference")


def menu_options(desk: Desk) -> tuple[Option, ...]:
    """The menu as quick replies, for the end of any message that leaves the citizen free."""
    if desk.contact.consent_version is None:
        return (desk.option("consent.yes", "agree"), desk.option("consent.more", "details"), _languages(desk))
    return (
        desk.option("menu.surveys", "surveys"),
        desk.option("menu.write", "write"),
        desk.option("menu.status", "status"),
        desk.option("menu.mydata", "mydata"),
        _languages(desk),
        desk.option("menu.help", "help"),
    )


def _languages(desk: Desk) -> Option:
    return desk.option("menu.language", "languages")


def menu(desk: Desk) -> Said:
    """What can be done here; an interview that was left comes first."""
    left = unfinished(desk)
    go_on = (desk.option("go.on", "resume", i=str(left.id)),) if left else ()
    card = Card(desk.say("menu.title"), note=desk.say("menu.lead"), options=(*go_on, *menu_options(desk)))
    return [Message(f"{desk.say('menu.title')}\n{desk.say('menu.lead')}", card=card)]


def show_menu(desk: Desk, _facts: dict[str, str]) -> Said:
    """The menu, asked for."""
    return menu(desk)


def write(desk: Desk, _facts: dict[str, str]) -> Said:
    """An invitation to write in one's own words."""
    return [desk.tell("write.lead", *menu_options(desk))]


def welcome_thanks(desk: Desk, _facts: dict[str, str]) -> Said:
    """To someone who says thank you, or yes and no to nothing."""
    return [desk.tell("thanks.reply", *menu_options(desk))]


def show_help(desk: Desk, _facts: dict[str, str]) -> Said:
    """Which words work."""
    return [desk.tell("help.text", *menu_options(desk))]


@cache
def _typed() -> dict[str, str]:
    """What people type for what the menu offers, in any language: {words without their politeness: verb}."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for verb in _TYPED:
            found |= {_bare(words): verb for words in say(language, f"typed.{verb}").split("|")}
    return found


def typed(text: str) -> str:
    """What of the menu a citizen typed: "menu" (a greeting too), "surveys" …, one of _TYPED, or "" for none."""
    return _typed().get(_bare(text), "")


def greets(text: str) -> bool:
    """Whether this is a greeting and nothing else: no question of a survey is answered by it."""
    return any(_bare(text) in map(_bare, say(each, "typed.greeting").split("|")) for each in LANGUAGES)


def _bare(text: str) -> str:
    return squash(courteous(fold(text)))


def choose_language(desk: Desk, _facts: dict[str, str]) -> Said:
    """The five languages, each in its own letters."""
    desk.ask(ASKED_LANGUAGE)
    options = tuple(desk.option(f"language.{each}", "language", l=each) for each in LANGUAGES)
    return [desk.tell("language.choose", *options)]


@cache
def _language_names() -> dict[str, str]:
    """{name of a language, in any language: its code}."""
    return {
        squash(fold(name)): code
        for reader in LANGUAGES
        for code in LANGUAGES
        for name in (say(code, f"language.{code}"), *say(reader, f"typed.language.{code}").split("|"))
    }


def language_in(text: str) -> str:
    """The language of ours that is named in these words, the last one where there are several; "" for none."""
    plain = squash(fold(text))
    named = [(plain.rfind(name), code) for name, code in _language_names().items() if name in plain]
    return max(named)[1] if named else ""


def language_named(text: str) -> str:
    """The language whose name is all that was typed, such as "ภาษาไทย"; "" where there is more, or none."""
    plain = _bare(text)
    return next((code for name, code in _language_names().items() if plain in (name, f"ภาษา{name}")), "")


def set_language(desk: Desk, language: str) -> str:
    """Speak this language from now on. Returns the sentence that says so."""
    if language in LANGUAGES:
        desk.contact.language = language
    return desk.say("language.changed")
