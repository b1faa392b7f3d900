"""The main menu, help, languages: what is always there to turn to."""

from functools import cache

from bot.conversations.desk import Desk, Said
from bot.messages import Card, Message, Option
from bot.store.interviews import paused
from bot.wording import LANGUAGES, say
from nlp.typed import courteous, fold, squash


def menu_options(desk: Desk) -> tuple[Option, ...]:
    """The menu as quick replies, for the end of any message that leaves the citizen free."""
    return (
        desk.option("menu.surveys", "surveys"),
        desk.option("menu.write", "write"),
        desk.option("menu.mydata", "mydata"),
        desk.option("menu.language", "languages"),
        desk.option("menu.help", "help"),
    )


def menu(desk: Desk) -> Said:
    """What can be done here; an interview that was left comes first."""
    left = paused(desk.session, desk.contact.id)
    go_on = (desk.option("go.on", "resume", i=str(left.id)),) if left else ()
    options = (*go_on, *menu_options(desk))
    card = Card(desk.say("menu.title"), note=desk.say("menu.lead"), options=options)
    return [Message(f"{desk.say('menu.title')}\n{desk.say('menu.lead')}", options, card)]


def show_menu(desk: Desk, _facts: dict[str, str]) -> Said:
    """The menu, asked for."""
    desk.ask("")
    return menu(desk)


def write(desk: Desk, _facts: dict[str, str]) -> Said:
    """An invitation to write in one's own words."""
    desk.ask("")
    return [desk.tell("menu.lead")]


def show_help(desk: Desk, _facts: dict[str, str]) -> Said:
    """Which words work."""
    return [desk.tell("help.text", *menu_options(desk))]


@cache
def _typed() -> dict[str, str]:
    """What people type for what the menu offers, in any language: {words without their politeness: verb}."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for verb in ("menu", "surveys", "write"):
            found |= {_bare(words): verb for words in say(language, f"typed.{verb}").split("|")}
    return found


def typed(text: str) -> str:
    """What of the menu a citizen typed: "menu" (a greeting or thanks too), "surveys", "write", or "" for none."""
    return _typed().get(_bare(text), "")


def _bare(text: str) -> str:
    return squash(courteous(fold(text)))


def choose_language(desk: Desk, _facts: dict[str, str]) -> Said:
    """The five languages, each in its own letters."""
    options = tuple(desk.option(f"language.{each}", "language", l=each) for each in LANGUAGES)
    return [desk.tell("language.choose", *options)]


def set_language(desk: Desk, language: str) -> str:
    """Speak this language from now on. Returns the sentence that says so."""
    if language in LANGUAGES:
        desk.contact.language = language
    return desk.say("language.changed")
