"""What a citizen's message or tap means, and who answers it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.conversations import consent, crisis, interviews, menu, mydata, words
from bot.conversations.desk import Desk, Said
from bot.interview.replies import Location, Media, Reply, Sticker, Tap, Text
from bot.line.inbound import Event, Heard
from bot.messages import Message, unpack
from bot.store.entries import Attachment
from bot.store.interviews import Interview, InterviewStatus, asking, newest
from bot.store.surveys import open_surveys
from nlp.answers import read_choice, read_command, read_yes_no

# How long after its last word an interview that expired is still what a citizen speaks of.
LATE = timedelta(days=14)

Tapped = Callable[[Desk, dict[str, str]], Said]

# Taps that need no consent: they store nothing that was said.
_BEFORE_CONSENT: dict[str, Tapped] = {
    "agree": consent.agree,
    "decline": consent.decline,
    "details": consent.details,
    "languages": menu.choose_language,
    "help": menu.show_help,
}
_TAPS: dict[str, Tapped] = _BEFORE_CONSENT | {
    "menu": menu.show_menu,
    "write": menu.write,
    "surveys": interviews.offer,
    "survey": interviews.start,
    "mydata": mydata.show,
    "forget": mydata.ask_to_forget,
    "erase": mydata.forget,
    "keep_me": mydata.keep,
    "optout": mydata.opt_out,
    "optin": mydata.opt_in,
    "place": words.place,
    "which": words.choose_other,
}
_COMMANDS: dict[str, Tapped] = {
    "help": menu.show_help,
    "language": menu.choose_language,
    "mydata": mydata.show,
    "forget": mydata.ask_to_forget,
    "optout": mydata.opt_out,
    "resume": interviews.resume_last,
    "restart": interviews.offer,
    "cancel": menu.show_menu,
    "back": menu.show_menu,
    "skip": menu.show_menu,
    "pause": menu.show_menu,
    "change": menu.show_menu,
}


def tapped(desk: Desk, event: Event) -> Said:
    """A tap on one of our options. Data that is not ours, or of another age, gets the menu."""
    verb, facts = unpack(event.data)
    if verb == "language":
        return _speak(desk, facts.get("l", ""))
    if not consent.given(desk):
        return _BEFORE_CONSENT.get(verb, lambda desk, _facts: consent.first(desk))(desk, facts)
    if "i" in facts:
        return _tapped_in_interview(desk, verb, facts, event)
    return _TAPS.get(verb, menu.show_menu)(desk, facts)


def hear(desk: Desk, heard: Heard) -> Said:
    """A message of any kind. None is ignored, and none is kept before consent."""
    if not consent.given(desk):
        return _before_consent(desk, heard)
    running = asking(desk.session, desk.contact.id) or _fallen_silent(desk)
    if running is not None:
        return _in_interview(desk, running, heard)
    if heard.kind == "text":
        return crisis.first(desk, heard) + _text(desk, heard)
    return _other(desk, heard)


def _before_consent(desk: Desk, heard: Heard) -> Said:
    if heard.kind != "text":
        return consent.first(desk)
    said = crisis.first(desk, heard, kept=False)
    if (command := read_command(heard.text)) and command.name in ("language", "help"):
        return said + _COMMANDS[command.name](desk, {})
    verdict = read_yes_no(heard.text) if desk.contact.asked == consent.ASKED else None
    if verdict is None:
        return said + consent.first(desk)
    return said + (consent.agree(desk, {}) if verdict else consent.decline(desk, {}))


def _text(desk: Desk, heard: Heard) -> Said:
    """Words outside an interview: an answer to what we asked, a command, or something to file."""
    if (answered := _asked(desk, heard.text)) is not None:
        return answered
    command = read_command(heard.text)
    if command is not None and command.name == "status":
        return words.status(desk, heard.text)
    if command is not None and command.name in _COMMANDS:
        return _COMMANDS[command.name](desk, {})
    if verb := menu.typed(heard.text):
        return _TAPS[verb](desk, {})
    return words.hear(desk, heard.text, heard.id)


def _asked(desk: Desk, text: str) -> Said | None:
    """The typed answer to what the bot asked last, or None where it is something else."""
    asked = desk.contact.asked
    if asked == mydata.ASKED:
        verdict = read_yes_no(text)
        return None if verdict is None else (mydata.forget if verdict else mydata.keep)(desk, {})
    if asked.startswith(words.ASKED):
        return words.typed_choice(desk, text)
    if asked == "status":
        return words.status(desk, text)
    if asked == "survey":
        named = [(each.slug, label) for each in open_surveys(desk.session) for label in each.draft["title"].values()]
        chosen = read_choice(text, named)
        return None if chosen is None else interviews.start(desk, {"s": chosen})
    return None


def _other(desk: Desk, heard: Heard) -> Said:
    """A photo, a place, a sticker … that nothing asked for: answered kindly, not kept."""
    key = {
        "image": "media.photo_unasked",
        "video": "media.video",
        "audio": "media.audio",
        "location": "media.location_unasked",
        "sticker": "media.sticker",
    }.get(heard.kind, "media.file")
    return [desk.tell(key, *menu.menu_options(desk))]


def _in_interview(desk: Desk, interview: Interview, heard: Heard) -> Said:
    safe = crisis.first(desk, heard, interview) if heard.kind == "text" else []
    return safe + _continue(desk, interview, _reply(desk, heard))


def _continue(desk: Desk, interview: Interview, reply: Reply) -> Said:
    told = interviews.answer(desk, interview, reply)
    if not told.command:
        return told.said
    # Not the interview's own: it is answered here, and the interview stands where it stood.
    text = reply.text if isinstance(reply, Text) else ""
    said = words.status(desk, text) if told.command == "status" else _COMMANDS[told.command](desk, {})
    go_on = desk.option("go.on", "resume", i=str(interview.id))
    return [*said[:-1], replace(said[-1], options=(go_on, *said[-1].options)[:13])] if said else []


def _tapped_in_interview(desk: Desk, verb: str, facts: dict[str, str], event: Event) -> Said:
    """A tap on an interview's option: of the one that runs, of one that was left, or of one that is over."""
    interview = _own(desk, facts["i"])
    if interview is None or interview.status in (InterviewStatus.COMPLETED, InterviewStatus.STOPPED):
        return [desk.tell("interview.old", *menu.menu_options(desk))]
    if verb == "resume":
        return interviews.take_up(desk, interview)
    interviews.wake_up(desk, interview)
    value = event.params.get("date") or facts.get("v", "")
    return _continue(desk, interview, Tap(verb, facts.get("q", ""), value))


def _own(desk: Desk, number: str) -> Interview | None:
    interview = desk.session.get(Interview, int(number)) if number.isdecimal() and len(number) < 16 else None
    return interview if interview is not None and interview.contact_id == desk.contact.id else None


def _fallen_silent(desk: Desk) -> Interview | None:
    """The interview that expired under a citizen who now goes on after all."""
    last = newest(desk.session, desk.contact.id)
    if last is None or last.status != InterviewStatus.EXPIRED or desk.at - last.updated_at > LATE:
        return None
    interviews.wake_up(desk, last)
    return last


def _reply(desk: Desk, heard: Heard) -> Reply:
    """The message as the interview engine knows it."""
    match heard.kind:
        case "text":
            return Text(heard.text, heard.id)
        case "sticker":
            return Sticker(heard.keywords, heard.text, heard.id)
        case "location":
            return Location(heard.latitude, heard.longitude, heard.title, heard.address, heard.id)
    photo = desk.photos.get(heard.id)
    if heard.kind == "image" and photo is not None and photo.key:
        desk.session.add(
            Attachment(
                contact_id=desk.contact.id,
                key=photo.key,
                content_type=photo.content_type,
                size=photo.size,
                source=heard.id,
                at=desk.at,
            )
        )
        return Media("image", heard.id, photo.key)
    kind = heard.kind if heard.kind in ("image", "video", "audio") else "file"
    return Media(kind, heard.id, problem=photo.problem if photo else "")


def _speak(desk: Desk, language: str) -> Said:
    """Change the language, and go on where we were, in it."""
    changed = Message(menu.set_language(desk, language))
    if not consent.given(desk):
        return [changed, *consent.welcome(desk)]
    running = asking(desk.session, desk.contact.id)
    return [changed, *(interviews.take_up(desk, running) if running else menu.menu(desk))]
