"""Free words outside an interview: filed at once, matched to a project, and the citizen asked where it is not sure."""

from collections.abc import Iterable

import nlp
from bot import filing
from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu, menu_options, typed
from bot.conversations.mine import own, which_options
from bot.messages import Message, Option, pack
from bot.projects import short_name
from bot.store.entries import Entry, TagKind
from bot.store.projects import Project, ProjectStatus, active_projects, project_by_slug
from nlp.answers import read_choice, read_command

ASKED = "project"
ALL = "all"
OTHER = "-"
# As many as LINE's quick replies hold beside "other".
BUTTONS = 12
# The topics of everyday faults, which other channels than this lab mend.
FAULTS = frozenset(
    {"traffic.road_damage", "traffic.street_lights", "traffic.footpath", "city.flooding", "city.waste"}
    | {"city.pollution", "city.tap_water", "city.electricity", "city.animals"}
)
# Typed instead of a choice, these mean that none of them fits.
_NONE_OF_THEM = ("none", "skip", "cancel", "back")


def hear(desk: Desk, text: str, message_id: str, ask: bool = True) -> Said:
    """Words that answer no question of ours: an entry, but for mere signs and numbers.

    Without `ask`, for words of danger: no question, and no word of projects.
    """
    if not any(letter.isalpha() for letter in text) or not nlp.search_terms(text):
        return menu(desk)
    filed = filing.file_words(desk.session, desk.contact, text, message_id, desk.at)
    if ask and filed.likely and not filed.entry.project:
        desk.ask(f"{ASKED}:{filed.entry.number}")
        return _ask_which(desk, filed.entry, _named(desk, filed.likely), "filed.unsure")
    if not ask:
        return [desk.tell("filed.flagged", *menu_options(desk), number=filed.entry.number)]
    return [_kept(desk, filed.entry)]


def _kept(desk: Desk, entry: Entry) -> Message:
    """Where the words are; and for an everyday fault, who mends such things."""
    key, facts = "filed.elsewhere", {"number": entry.number}
    if entry.project is not None:
        key, facts = "filed.words", facts | {"project": short_name(entry.project, desk.language)}
    fault = any(each.kind == TagKind.TOPIC and each.tag in FAULTS for each in entry.tags)
    told = [desk.say(key, **facts), *([desk.say("fault.pointer")] if fault else [])]
    return Message("\n\n".join(told), (*which_options(desk, entry), *menu_options(desk)))


def _ask_which(desk: Desk, entry: Entry, projects: list[Project], key: str) -> Said:
    names = [short_name(each, desk.language) for each in projects]
    slugs = [each.slug for each in projects]
    offered = zip([*names, desk.say("filed.other")], [*slugs, OTHER], strict=True)
    options = tuple(Option(name, pack("place", n=entry.number, p=slug)) for name, slug in offered)
    lines = [f"{place}. {each.label}" for place, each in enumerate(options, 1)]
    # What has no room for a button is chosen by its number or name.
    return [Message("\n".join([desk.say(key, number=entry.number), *lines]), (*options[:-1][:BUTTONS], options[-1]))]


def choose_other(desk: Desk, facts: dict[str, str]) -> Said:
    """The citizen says it belongs elsewhere: offer every active project."""
    entry = own(desk, facts.get("n", ""))
    if entry is None:
        return menu(desk)
    desk.ask(f"{ASKED}:{entry.number}:{ALL}")
    return _ask_which(desk, entry, _named(desk, _every(desk)), "filed.which")


def place(desk: Desk, facts: dict[str, str]) -> Said:
    """The citizen chose a project for their words, or "other". A closed project takes nothing."""
    entry = own(desk, facts.get("n", ""))
    if entry is None:
        return menu(desk)
    project = project_by_slug(desk.session, facts.get("p", ""))
    closed = project is not None and project.status != ProjectStatus.ACTIVE
    filing.place_in(desk.session, entry, None if closed else project, filing.CITIZEN, desk.at)
    if project is None:
        return [desk.tell("filed.elsewhere", *menu_options(desk), number=entry.number)]
    facts = {"project": short_name(project, desk.language), "number": entry.number}
    options = (*which_options(desk, entry), *menu_options(desk))
    return [desk.tell("project.closed" if closed else "filed.moved", *options, **facts)]


def typed_choice(desk: Desk, asked: str, text: str) -> Said | None:
    """A typed answer to "which project?": its place in the list, or its name. None where it is something else.

    `asked` is the entry's number, followed by ":all" where every project was offered.
    """
    number, _, scope = asked.partition(":")
    entry = own(desk, number)
    if entry is None:
        return None
    likely = (each.tag for each in entry.tags if each.kind == TagKind.PROJECT)
    offered = _named(desk, _every(desk) if scope == ALL else likely)
    choices = [(each.slug, short_name(each, desk.language)) for each in offered]
    chosen = read_choice(text, [*choices, (OTHER, desk.say("filed.other"))])
    command = read_command(text)
    if chosen is None and (typed(text) == "unsure" or (command is not None and command.name in _NONE_OF_THEM)):
        chosen = OTHER
    return None if chosen is None else place(desk, {"n": number, "p": chosen})


def _every(desk: Desk) -> tuple[str, ...]:
    return tuple(each.slug for each in active_projects(desk.session))


def _named(desk: Desk, slugs: Iterable[str]) -> list[Project]:
    return [each for slug in slugs if (each := project_by_slug(desk.session, slug)) is not None]
