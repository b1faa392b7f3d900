"""A citizen's own entries: how far the officials are with them, what is held, and each one whole."""

import re
from collections.abc import Iterator, Sequence

import nlp
from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu, menu_options, typed
from bot.dates import day_of, shown
from bot.messages import Card, Message, Option, Row, pack
from bot.numbers import read_number
from bot.projects import short_name
from bot.store.entries import Answer, Entry, EntryKind, EntryStatus, count_of, entry_by_number, of_contact
from bot.store.surveys import SurveyVersion
from bot.wording import pick
from nlp.answers import read_command

# What a card holds without scrolling for ever.
LISTED = 10
_LONGEST = 1_500
# A reference as it is given out, or with its hyphen lost; letters that it cannot have are a slip of the reader's eye.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{4}[-\s–]?[0-9A-Za-z]{4}(?![0-9A-Za-z])")


def own(desk: Desk, number: str) -> Entry | None:
    """The entry of this number if it is the citizen's own."""
    entry = entry_by_number(desk.session, number) if number else None
    return entry if entry is not None and entry.contact_id == desk.contact.id else None


def status(desk: Desk, text: str) -> Said:
    """How far the officials are: with the entry whose number is given, or with all. Only its own writer is told."""
    if (number := read_number(text)) is not None:
        return see(desk, {"n": number})
    if (given := re.search(r"[0-9A-Za-z-]*\d[0-9A-Za-z-]*", text)) is not None:
        return _unknown(desk, given[0])
    return listed(desk, {})


def listed(desk: Desk, _facts: dict[str, str]) -> Said:
    """The citizen's newest entries, each with its status; the one there is, whole."""
    entries = of_contact(desk.session, desk.contact.id, LISTED)
    if not entries:
        return [desk.tell("status.none", *menu_options(desk))]
    if len(entries) == 1:
        return see(desk, {"n": entries[0].number})
    title = desk.say("status.list")
    rows = rows_of(desk, entries)
    return [Message(_read_out(title, rows), card=Card(title, rows, note=more(desk, entries)))]


def rows_of(desk: Desk, entries: Sequence[Entry]) -> tuple[Row, ...]:
    """A row for each entry, with a button that shows it whole."""
    return tuple(_row(desk, each) for each in entries)


def _row(desk: Desk, entry: Entry) -> Row:
    label = desk.say("mydata.entry", number=entry.number, date=shown(day_of(entry.filed_at), desk.language))
    value = f"{_project(desk, entry)} · {desk.say(f'status.{entry.status}')}"
    return Row(label, value, Option(desk.say("mydata.see"), pack("see", n=entry.number), says=entry.number))


def _read_out(title: str, rows: Sequence[Row]) -> str:
    return "\n".join([title, *(f"{row.label} · {row.value}" for row in rows)])


def more(desk: Desk, entries: Sequence[Entry]) -> str:
    """That the list does not hold all, or ""."""
    left = count_of(desk.session, desk.contact.id) - len(entries)
    return desk.say("mydata.more", count=left) if left else ""


def asked_by_number(desk: Desk, text: str) -> Said | None:
    """The answer to a message that is a reference number and little else; None for other words."""
    found = _NUMBER.search(text)
    if found is None or not any(letter in "0123456789-–" for letter in found[0]):
        return None
    rest = text.replace(found[0], " ")
    command = read_command(rest)
    about = typed(rest) == "reference" or (command is not None and command.name == "status")
    if nlp.search_terms(rest) and not about:
        return None
    number = read_number(found[0])
    return see(desk, {"n": number}) if number else _unknown(desk, found[0])


def see(desk: Desk, facts: dict[str, str]) -> Said:
    """One entry: its status, and all that was said in it."""
    entry = own(desk, facts.get("n", ""))
    if entry is None:
        return _unknown(desk, facts["n"]) if facts.get("n") else menu(desk)
    told = desk.say(
        "status.found",
        number=entry.number,
        date=shown(day_of(entry.filed_at), desk.language),
        project=_project(desk, entry),
        status=desk.say(f"status.{entry.status}"),
    )
    lines = "\n".join([told, *_said(desk, entry)])
    return [Message(lines, (*which_options(desk, entry), *menu_options(desk)))]


def which_options(desk: Desk, entry: Entry) -> tuple[Option, ...]:
    """The button that places free words elsewhere, where there are words still."""
    if entry.kind != EntryKind.WORDS or entry.status == EntryStatus.WITHDRAWN:
        return ()
    label = desk.say("filed.change" if entry.project else "filed.choose")
    return (Option(label, pack("which", n=entry.number)),)


def _said(desk: Desk, entry: Entry) -> Iterator[str]:
    """What was said in it: the words, or each question with its answer."""
    if entry.kind == EntryKind.WORDS:
        yield from (f"“{_cut(entry.text)}”" for _ in entry.text[:1])
        return
    version = desk.session.get_one(SurveyVersion, entry.version_id)
    labels = {each.name: each.label for each in desk.questionnaires.of(version).questions}
    for answer in entry.answers:
        asked = pick(labels.get(answer.question, {}), desk.language) or desk.say("interview.remarks")
        yield f"• {asked} {_answer(desk, answer)}"


def _answer(desk: Desk, answer: Answer) -> str:
    if answer.words:
        return _cut(answer.words.replace("\n", " · "))
    return desk.say("interview.photo_kept" if answer.kind == "photo" and answer.value else "interview.skipped")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _project(desk: Desk, entry: Entry) -> str:
    return short_name(entry.project, desk.language) if entry.project else desk.say("filed.unplaced")


def _unknown(desk: Desk, number: str) -> Said:
    return [desk.tell("status.unknown", *menu_options(desk), number=number)]
