"""Danger in what someone writes: the fixed safe answer at once, and a flag that officials see first.

The numbers are Thailand's public ones: 191 police, 1669 medical, 199 fire, 1300 social help, 1323 mental health.
"""

from bot import filing
from bot.conversations.desk import Desk, Said
from bot.line.inbound import Heard
from bot.messages import Card, Message, Option, OptionKind
from bot.store.interviews import Interview
from nlp.document import read
from nlp.tagging import urgency

CALLS = {"police": "191", "medical": "1669", "fire": "199", "social": "1300", "mind": "1323"}


def first(desk: Desk, heard: Heard, interview: Interview | None = None, kept: bool = True) -> Said:
    """The safe answer where the words speak of danger now, else nothing.

    Within an interview the words are filed beside it too, so that the flag does not wait until it is finished.
    """
    if heard.kind != "text" or urgency(read(heard.text)).level != "crisis":
        return []
    if interview is not None:
        filing.file_beside(desk.session, interview, heard.text, heard.id, desk.at)
    text = desk.say("crisis.safe" if kept else "crisis.safe_unkept")
    calls = tuple(
        Option(desk.say(f"crisis.{whom}"), f"tel:{number}", OptionKind.LINK) for whom, number in CALLS.items()
    )
    # A card, because its buttons stay where they are when more messages follow.
    return [Message(text, card=Card("", note=text, options=calls))]
