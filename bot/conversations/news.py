"""Broadcasts: a citizen stops those of one lab or of all, and takes them up again; an official links their own LINE."""

from bot import guests
from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu_options
from bot.messages import Card, Message, Option, Row, fallback, pack
from bot.store.optouts import forget_opt_outs, lab_opt_out, labs_that_write
from bot.store.people import LabOptOut
from bot.store.projects import Lab


def opt_out(desk: Desk, facts: dict[str, str]) -> Said:
    """No more broadcasts, of the lab that is named or of all; answers to their own words still come."""
    if (lab := _lab(desk, facts)) is not None:
        return _opt_out_of(desk, lab, "only" in facts)
    again = desk.option("optin", "optin")
    if desk.contact.opted_out_at is not None:
        return [desk.tell("optout.already", again)]
    desk.contact.opted_out_at = desk.at
    labs = labs_that_write(desk.session)
    if len(labs) < 2:
        return [desk.tell("optout.done", again)]
    # It is done, whatever they tap next; who wants less can have it.
    done, choose = desk.say("optout.done"), desk.say("optout.choose")
    rows = tuple(_only(desk, each) for each in labs)
    return [Message(f"{done}\n{choose}", (again,), Card(done, rows, note=choose))]


def _only(desk: Desk, lab: Lab) -> Row:
    name = fallback(lab.name, desk.language)
    only = Option(desk.say("optout.only"), pack("optout", lab=str(lab.id), only="1"), says=name)
    return Row(name, option=only)


def _opt_out_of(desk: Desk, lab: Lab, only: bool) -> Said:
    """One lab's news alone. `only`: those of all were stopped just now; the others' come again, as they chose."""
    if only:
        desk.contact.opted_out_at = None
    again = Option(desk.say("optin"), pack("optin", lab=str(lab.id)))
    every = desk.option("optout.all", "optout")
    name = fallback(lab.name, desk.language)
    if (there := lab_opt_out(desk.session, desk.contact.id, lab.id)) is None:
        desk.session.add(LabOptOut(contact_id=desk.contact.id, lab_id=lab.id, at=desk.at))
        desk.session.flush()
    return [desk.tell("optout.lab.already" if there else "optout.lab.done", again, every, lab=name)]


def opt_in(desk: Desk, facts: dict[str, str]) -> Said:
    """Broadcasts again: of the lab that is named, or of all."""
    if (lab := _lab(desk, facts)) is None:
        desk.contact.opted_out_at = None
        forget_opt_outs(desk.session, desk.contact.id)
        return [desk.tell("optin.done", *menu_options(desk))]
    if (there := lab_opt_out(desk.session, desk.contact.id, lab.id)) is not None:
        desk.session.delete(there)
    desk.contact.opted_out_at = None
    return [desk.tell("optin.lab.done", *menu_options(desk), lab=fallback(lab.name, desk.language))]


def _lab(desk: Desk, facts: dict[str, str]) -> Lab | None:
    number = facts.get("lab", "")
    return desk.session.get(Lab, int(number)) if number.isdecimal() and len(number) < 16 else None


def be_guest(desk: Desk, text: str) -> Said | None:
    """The answer to a code from the console; None for other words."""
    if not guests.is_code(text):
        return None
    joined = guests.join(desk.session, desk.contact, text, desk.at)
    return [desk.tell("guest.joined" if joined else "guest.unknown", *menu_options(desk))]
