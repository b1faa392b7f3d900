"""Free words outside an interview: filed at once, matched to a project, and the citizen asked where it is not sure."""

from collections.abc import Iterable

import nlp
from bot import filing
from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu, menu_options
from bot.dates import day_of, shown
from bot.messages import Message, Option, pack
from bot.numbers import read_number
from bot.projects import short_name, title
from bot.store.entries import Entry, TagKind, entry_by_number
from bot.store.projects import Project, ProjectStatus, active_projects, project_by_slug
from nlp.answers import read_choice

ASKED = "project:"
ALL = ":all"
OTHER = "-"
# The topics of everyday faults, which other channels than this lab mend.
STREET = "city."
# Longer than LINE lets anyone type; a message from elsewhere is cut here, and its writer told.
LONGEST = 5_000


def hear(desk: Desk, text: str, message_id: str) -> Said:
    """Words that answer no question of ours. A bare greeting or thanks gets the menu; all else becomes an entry."""
    if not nlp.search_terms(text):
        return menu(desk)  # nothing but signs, numbers or laughter
    filed = filing.file_words(desk.session, desk.contact, text[:LONGEST], message_id, desk.at)
    return _placed(desk, filed) if filed.entry.project else _which(desk, filed)


def _placed(desk: Desk, filed: filing.Filed) -> Said:
    project = filed.entry.project
    assert project is not None
    facts = {"project": title(project, desk.language), "number": filed.entry.number}
    return [desk.tell("filed.words", _which_option(desk, filed.entry), *menu_options(desk), **facts)]


def _which(desk: Desk, filed: filing.Filed) -> Said:
    """Ask among the likeliest; where none is likely, the words wait for the lab's people.

    An everyday fault of the street is kept too, and its writer told who mends such things.
    """
    if filed.likely:
        return _ask_which(desk, filed.entry, filed.likely)
    options = (_which_option(desk, filed.entry), *menu_options(desk))
    kept = desk.tell("filed.elsewhere", *options, number=filed.entry.number)
    fault = any(tag.kind == TagKind.TOPIC and tag.tag.startswith(STREET) for tag in filed.entry.tags)
    return [desk.tell("fault.pointer"), kept] if fault else [kept]


def _which_option(desk: Desk, entry: Entry) -> Option:
    return Option(desk.say("filed.change"), pack("which", n=entry.number))


def _ask_which(desk: Desk, entry: Entry, slugs: tuple[str, ...]) -> Said:
    projects = _named(desk, slugs)
    desk.ask(ASKED + entry.number + (ALL if len(projects) > filing.LIKELY else ""))
    options = [Option(short_name(each, desk.language), pack("place", n=entry.number, p=each.slug)) for each in projects]
    options.append(Option(desk.say("filed.other"), pack("place", n=entry.number, p=OTHER)))
    lines = [f"{place}. {title(each, desk.language)}" for place, each in enumerate(projects, 1)]
    lines.append(f"{len(projects) + 1}. {desk.say('filed.other')}")
    return [Message("\n".join([desk.say("filed.unsure", number=entry.number), *lines]), tuple(options))]


def choose_other(desk: Desk, facts: dict[str, str]) -> Said:
    """The citizen says it belongs elsewhere: offer every active project."""
    entry = _own(desk, facts.get("n", ""))
    if entry is None:
        return menu(desk)
    return _ask_which(desk, entry, _every(desk))


def place(desk: Desk, facts: dict[str, str]) -> Said:
    """The citizen chose a project for their words, or "other"."""
    desk.ask("")
    entry = _own(desk, facts.get("n", ""))
    if entry is None:
        return menu(desk)
    project = project_by_slug(desk.session, facts.get("p", ""))
    if project is not None and project.status != ProjectStatus.ACTIVE:
        filing.place_in(desk.session, entry, None, filing.CITIZEN, desk.at)
        return [
            desk.tell("project.closed", *menu_options(desk), project=title(project, desk.language), number=entry.number)
        ]
    filing.place_in(desk.session, entry, project, filing.CITIZEN, desk.at)
    if project is None:
        return [desk.tell("filed.elsewhere", *menu_options(desk), number=entry.number)]
    facts = {"project": title(project, desk.language), "number": entry.number}
    return [desk.tell("filed.moved", *menu_options(desk), **facts)]


def typed_choice(desk: Desk, text: str) -> Said | None:
    """A typed answer to "which project?": its place in the list, or its name. None where it is something else."""
    number = desk.contact.asked.removeprefix(ASKED).removesuffix(ALL)
    entry = _own(desk, number)
    if entry is None:
        return None
    likely = (each.tag for each in entry.tags if each.kind == TagKind.PROJECT)
    offered = _named(desk, _every(desk) if desk.contact.asked.endswith(ALL) else likely)
    choices = [(each.slug, short_name(each, desk.language)) for each in offered]
    chosen = read_choice(text, [*choices, (OTHER, desk.say("filed.other"))])
    return None if chosen is None else place(desk, {"n": number, "p": chosen})


def status(desk: Desk, text: str) -> Said:
    """How far the officials are with an entry, by its number. Only its own writer is told."""
    number = read_number(text)
    if number is None:
        desk.ask("status")
        return [desk.tell("status.ask", *menu_options(desk))]
    desk.ask("")
    entry = _own(desk, number)
    if entry is None:
        return [desk.tell("status.unknown", *menu_options(desk), number=number)]
    project = title(entry.project, desk.language) if entry.project else desk.say("filed.other")
    told = {
        "number": number,
        "date": shown(day_of(entry.filed_at), desk.language),
        "project": project,
        "status": desk.say(f"status.{entry.status}"),
    }
    return [desk.tell("status.found", *menu_options(desk), **told)]


def _every(desk: Desk) -> tuple[str, ...]:
    """The active projects, as many as LINE's quick replies hold beside "other"."""
    return tuple(each.slug for each in active_projects(desk.session))[:12]


def _named(desk: Desk, slugs: Iterable[str]) -> list[Project]:
    return [each for slug in slugs if (each := project_by_slug(desk.session, slug)) is not None]


def _own(desk: Desk, number: str) -> Entry | None:
    entry = entry_by_number(desk.session, number) if number else None
    return entry if entry is not None and entry.contact_id == desk.contact.id else None
