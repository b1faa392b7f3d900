"""A citizen's own data: shown, erased, and broadcasts stopped."""

from bot import privacy
from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu_options
from bot.dates import day_of, shown
from bot.messages import Message
from bot.projects import title
from bot.store.entries import Entry, of_contact
from bot.store.interviews import of_contact as interviews_of

ASKED = "forget"
LISTED = 10


def show(desk: Desk, _facts: dict[str, str]) -> Said:
    """What is held: how much, since when, and the newest entries by number."""
    entries = of_contact(desk.session, desk.contact.id, LISTED)
    interviews = interviews_of(desk.session, desk.contact.id)
    if not entries and not interviews:
        return [desk.tell("mydata.none", *menu_options(desk))]
    held = desk.say(
        "mydata.held",
        entries=len(entries),
        interviews=len(interviews),
        since=shown(day_of(desk.contact.first_seen_at), desk.language),
    )
    lines = [_line(desk, each) for each in entries]
    options = (desk.option("mydata.delete", "forget"), *menu_options(desk))
    return [Message("\n".join([desk.say("mydata.title"), held, *lines]), options)]


def _line(desk: Desk, entry: Entry) -> str:
    project = title(entry.project, desk.language) if entry.project else desk.say("filed.other")
    return desk.say(
        "mydata.entry", number=entry.number, date=shown(day_of(entry.filed_at), desk.language), project=project
    )


def ask_to_forget(desk: Desk, _facts: dict[str, str]) -> Said:
    """It cannot be undone, so it is asked about."""
    desk.ask(ASKED)
    return [desk.tell("forget.ask", desk.option("forget.yes", "erase"), desk.option("forget.no", "keep_me"))]


def forget(desk: Desk, _facts: dict[str, str]) -> Said:
    """Remove everything of this citizen, everywhere, and give a receipt."""
    language = desk.language
    erased = privacy.erase(desk.session, desk.contact, desk.at)
    desk.discarded += erased.files
    desk.contact.language = language
    return [desk.tell("forget.done", receipt=erased.receipt, count=erased.entries)]


def keep(desk: Desk, _facts: dict[str, str]) -> Said:
    """They thought again."""
    desk.ask("")
    return [desk.tell("forget.kept", *menu_options(desk))]


def opt_out(desk: Desk, _facts: dict[str, str]) -> Said:
    """No more broadcasts; answers to their own words still come."""
    again = desk.option("optin", "optin")
    if desk.contact.opted_out_at is not None:
        return [desk.tell("optout.already", again)]
    desk.contact.opted_out_at = desk.at
    return [desk.tell("optout.done", again)]


def opt_in(desk: Desk, _facts: dict[str, str]) -> Said:
    """Broadcasts again."""
    desk.contact.opted_out_at = None
    return [desk.tell("optin.done", *menu_options(desk))]
