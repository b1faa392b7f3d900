"""A citizen's own data: shown, and erased."""

from bot import privacy
from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu_options
from bot.conversations.mine import LISTED, more, rows_of
from bot.dates import day_of, shown
from bot.messages import Card, Message, Option
from bot.store.entries import attachments_of, count_of, of_contact
from bot.store.interviews import of_contact as interviews_of
from nlp.answers import read_yes_no

ASKED = "forget"


def show(desk: Desk, _facts: dict[str, str]) -> Said:
    """What is held: how much, since when, and the newest entries, each to be seen whole."""
    entries = of_contact(desk.session, desk.contact.id, LISTED)
    interviews = interviews_of(desk.session, desk.contact.id)
    rights = _rights(desk)
    if not entries and not interviews:
        return [desk.tell("mydata.none", *rights, *menu_options(desk))]
    held = desk.say(
        "mydata.held",
        entries=count_of(desk.session, desk.contact.id),
        interviews=len(interviews),
        photos=len(attachments_of(desk.session, desk.contact.id)),
        since=shown(day_of(desk.contact.first_seen_at), desk.language),
    )
    note = "\n".join(filter(None, (held, more(desk, entries))))
    return [Message(held, menu_options(desk), Card("", rows_of(desk, entries), rights, note))]


def _rights(desk: Desk) -> tuple[Option, ...]:
    """What can be done about it: to take consent back is as easy as it was to give it."""
    delete = desk.option("mydata.delete", "forget")
    return (delete, desk.option("consent.withdraw", "decline")) if desk.contact.consent_version else (delete,)


def ask_to_forget(desk: Desk, _facts: dict[str, str]) -> Said:
    """It cannot be undone, so it is asked about."""
    desk.ask(ASKED)
    return [desk.tell("forget.ask", desk.option("forget.yes", "erase"), desk.option("forget.no", "keep_me"))]


def typed(desk: Desk, text: str) -> Said | None:
    """A yes or no that was typed; None for other words, and then nothing is removed."""
    verdict = read_yes_no(text)
    return None if verdict is None else (forget if verdict else keep)(desk, {})


def forget(desk: Desk, _facts: dict[str, str]) -> Said:
    """Remove everything of this citizen, everywhere, and give a receipt."""
    language = desk.language
    erased = privacy.erase(desk.session, desk.contact, desk.at)
    desk.discarded += erased.files
    desk.contact.language = language
    again = desk.option("go.menu", "menu")
    return [desk.tell("forget.done", again, receipt=erased.receipt, count=erased.entries)]


def keep(desk: Desk, _facts: dict[str, str]) -> Said:
    """They thought again."""
    return [desk.tell("forget.kept", *menu_options(desk))]
