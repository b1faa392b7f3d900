"""Danger in what someone writes: the fixed safe answer at once, and a flag that officials see first.

The numbers are Thailand's public ones: 191 police, 1669 medical, 199 fire, 1300 social help, 1323 mental health.
"""

import nlp
from bot import filing
from bot.conversations.desk import Desk, Said
from bot.line.inbound import Heard
from bot.messages import Card, Message, Option, OptionKind
from bot.store.interviews import Interview

NUMBERS = ("191", "1669", "199", "1300", "1323")


def first(desk: Desk, heard: Heard, interview: Interview | None = None, kept: bool = True) -> Said:
    """The safe answer where the words speak of danger now, else nothing.

    Within an interview the words are filed beside it too, so that the flag does not wait until it is finished.
    """
    if nlp.tag(heard.text).urgency.level != "crisis":
        return []
    if interview is not None:
        filed = filing.file_words(desk.session, desk.contact, heard.text, heard.id, desk.at)
        filed.entry.project_id = interview.version.survey.project_id
    text = desk.say("crisis.safe" if kept else "crisis.safe_unkept")
    calls = tuple(Option(f"☎ {number}", f"tel:{number}", OptionKind.LINK) for number in NUMBERS)
    # A card, because its buttons stay where they are when more messages follow.
    return [Message(text, card=Card("", note=text, options=calls))]
