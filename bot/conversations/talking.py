"""What a message or a tap means, at this moment, for this citizen."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversations import asked, consent, crisis, interviews, menu, mine, mydata, news, rehearsing, words
from bot.conversations.desk import Desk, Said
from bot.conversations.replies import reply_of
from bot.conversations.unfinished import expired
from bot.interview.replies import Reply, Tap, Text
from bot.line.inbound import Event, Heard
from bot.messages import Message, unpack
from bot.store.interviews import Interview, InterviewStatus, asking, paused
from nlp.answers import read_command

Tapped = Callable[[Desk, dict[str, str]], Said]

# A citizen's rights over what was said earlier need no consent to more.
_RIGHTS: dict[str, Tapped] = {
    "mydata": mydata.show,
    "see": mine.see,
    "forget": mydata.ask_to_forget,
    "erase": mydata.forget,
    "keep_me": mydata.keep,
    "optout": news.opt_out,
}
# Nor do these: they store nothing that was said.
_BEFORE_CONSENT: dict[str, Tapped] = _RIGHTS | {
    "agree": consent.agree,
    "decline": consent.decline,
    "details": consent.details,
    "languages": menu.choose_language,
    "help": consent.show_welcome,
}
_TAPS: dict[str, Tapped] = _BEFORE_CONSENT | {
    "help": menu.show_help,
    "menu": menu.show_menu,
    "thanks": menu.welcome_thanks,
    "write": menu.write,
    "surveys": interviews.offer,
    "survey": interviews.start,
    "status": mine.listed,
    "optin": news.opt_in,
    "place": words.place,
    "which": words.choose_other,
    "withdraw": consent.decline,
    "unsure": menu.show_menu,
    "reference": mine.listed,
}
_COMMANDS: dict[str, Tapped] = {
    "help": menu.show_help,
    "mydata": mydata.show,
    "forget": mydata.ask_to_forget,
    "optout": news.opt_out,
    "resume": interviews.resume_last,
    "restart": interviews.offer,
    "cancel": menu.show_menu,
    "back": menu.show_menu,
    "skip": menu.show_menu,
    "pause": menu.show_menu,
    "change": menu.show_menu,
}
# These mean the survey that was paused, where there is one.
_OF_A_PAUSED_ONE = frozenset({"back", "cancel", "change", "restart"})


def tapped(desk: Desk, event: Event) -> Said:
    """A tap on one of our options. Data that is not ours, or of another age, gets the menu."""
    verb, facts = unpack(event.data)
    if verb == "language":
        return asked.speak(desk, facts.get("l", ""))
    if not consent.given(desk):
        allowed = _BEFORE_CONSENT.get(verb)
        return allowed(desk, facts) if allowed else consent.needed(desk)
    desk.ask("")
    if "i" in facts:
        return _tapped_in_interview(desk, verb, facts, event)
    return _TAPS.get(verb, menu.show_menu)(desk, facts)


def hear(desk: Desk, heard: Heard) -> Said:
    """A message of any kind. None is ignored, and none is kept before consent."""
    if heard.kind == "text" and (said := rehearsing.typed(desk, heard.text)) is not None:
        return said
    if not consent.given(desk):
        return _before_consent(desk, heard)
    running = asking(desk.session, desk.contact.id)
    safe = crisis.first(desk, heard, running)
    if safe and running is not None:
        return safe + _let_rest(desk, running, reply_of(desk, heard))
    if heard.kind == "text" and (said := _foremost(desk, heard.text)) is not None:
        return safe + said
    if running is not None:
        return _continue(desk, running, reply_of(desk, heard))
    if (late := expired(desk)) is not None and not menu.typed(heard.text):
        reply = reply_of(desk, heard)
        if interviews.answers(desk, late, reply):
            interviews.wake_up(desk, late)
            return safe + _continue(desk, late, reply)
    if heard.kind == "text":
        return safe + _text(desk, heard, calm=not safe)
    return _other(desk, heard)


def _let_rest(desk: Desk, interview: Interview, reply: Reply) -> Said:
    """Words of danger within an interview: kept as its answer like any others, but no question follows them now."""
    told = interviews.answer(desk, interview, reply)
    if interview.status != InterviewStatus.ASKING:
        return told.said
    return [desk.tell("crisis.later", desk.option("go.on", "resume", i=str(interview.id)))]


def _before_consent(desk: Desk, heard: Heard) -> Said:
    if heard.kind != "text":
        return consent.first(desk)
    if danger := crisis.first(desk, heard, kept=False):
        return [replace(each, options=consent.answers(desk)) for each in danger]
    if (said := asked.typed_answer(desk, heard.text)) is not None:
        return said
    command = read_command(heard.text)
    if command is not None and command.name == "language":
        return asked.turn_language(desk, heard.text)
    if command is not None and command.name in _BEFORE_CONSENT:
        return _BEFORE_CONSENT[command.name](desk, {})
    named = menu.typed(heard.text)
    later = command is not None and command.name == "pause" and desk.contact.asked
    if later or (named == "thanks" and desk.contact.asked == consent.DECLINED):
        return consent.understood(desk)
    if command is not None or named:
        return consent.needed(desk) if desk.contact.asked else consent.welcome(desk)
    return consent.first(desk)


def _foremost(desk: Desk, text: str) -> Said | None:
    """What comes before all else, an interview too: the answer to what we asked, and the end of consent."""
    if (said := asked.typed_answer(desk, text)) is not None:
        return said
    return consent.decline(desk, {}) if menu.typed(text) == "withdraw" else None


def _text(desk: Desk, heard: Heard, calm: bool) -> Said:
    """Words outside an interview: for the menu, a command, a reference, or something to file."""
    if verb := menu.typed(heard.text):
        return _TAPS[verb](desk, {})
    if language := menu.language_named(heard.text):
        return asked.speak(desk, language)
    command = read_command(heard.text)
    left = paused(desk.session, desk.contact.id) if command and command.name in _OF_A_PAUSED_ONE else None
    if left is not None:
        interviews.wake_up(desk, left)
        return _continue(desk, left, reply_of(desk, heard))
    if command is not None and (said := _commanded(desk, command.name, heard.text)) is not None:
        return said
    if (said := news.be_guest(desk, heard.text) or mine.asked_by_number(desk, heard.text)) is not None:
        return said
    return words.hear(desk, heard.text, heard.id, ask=calm)


def _commanded(desk: Desk, command: str, text: str) -> Said | None:
    """The answer to a typed command that is not an interview's own; None where it is no such thing."""
    if command == "status":
        return mine.status(desk, text)
    if command == "language":
        return asked.turn_language(desk, text)
    return _COMMANDS[command](desk, {}) if command in _COMMANDS else None


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


def _continue(desk: Desk, interview: Interview, reply: Reply) -> Said:
    if isinstance(reply, Text) and menu.greets(reply.text):
        return interviews.take_up(desk, interview)
    told = interviews.answer(desk, interview, reply)
    if not told.command:
        return told.said
    # Not the interview's own: it is answered here, and the interview stands where it stood.
    said = _commanded(desk, told.command, reply.text if isinstance(reply, Text) else "") or []
    return said and [*said[:-1], _with_way_back(desk, interview, said[-1])]


def _with_way_back(desk: Desk, interview: Interview, message: Message) -> Message:
    """The message, with a button that goes on with the interview where that still waits."""
    if interview.status != InterviewStatus.ASKING or any("i=" in each.data for each in message.options):
        return message
    go_on = desk.option("go.on", "resume", i=str(interview.id))
    return replace(message, options=(go_on, *message.options)[:13])


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
