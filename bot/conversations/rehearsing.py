"""A survey rehearsed in the chat: whoever types its code answers the draft as citizens will, and nothing of it counts.

Those of the lab use their own LINE; the phone page has a made-up citizen, of whom nothing counts at all.
"""

import re

from bot.conversations import consent
from bot.conversations.desk import Desk, Said
from bot.conversations.interviews import begin_rehearsal
from bot.messages import fallback
from bot.numbers import LETTERS
from bot.store.rehearsals import by_code

CODE_LENGTH = 5
WORDS = ("ทดสอบ", "test")
_TYPED = re.compile(rf"(?:{'|'.join(WORDS)})[\s–-]*([{LETTERS}]{{{CODE_LENGTH}}})", re.IGNORECASE)


def typed(desk: Desk, text: str) -> Said | None:
    """What follows from a code such as "ทดสอบ-7KXA4"; None for other words. Needs no consent: it keeps no words.

    Whoever has not agreed yet is asked first, as citizens are; the rehearsal waits for it.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    rehearsal = by_code(desk.session, found[1].upper())
    if rehearsal is None or rehearsal.expires_at <= desk.at:
        return [desk.tell("rehearsal.gone")]
    if rehearsal.citizen == desk.contact.line_id:
        desk.contact.rehearsal = True
    told = desk.tell("rehearsal.begins", title=fallback(rehearsal.version.questionnaire["title"], desk.language))
    agreed = consent.given(desk)
    said = begin_rehearsal(desk, rehearsal.version, waits=not agreed)
    return [told, *(said if agreed else consent.asked_anew(desk))]
