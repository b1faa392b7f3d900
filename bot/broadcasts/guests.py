"""Test sends: a broadcast as it will look, to accounts' own LINE and to nobody else.

An account asks for a code in the console and writes it to the bot from its own LINE (`bot.guests`, which conversations
know too). What goes out is the very message, after a line that says it is a test.
"""

from bot import outbox
from bot.broadcasts.invitations import face
from bot.errors import Refused
from bot.messages import Message
from bot.outbox import Reply
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.broadcasts import Broadcast
from bot.store.guests import guests
from bot.wording import say


def send_test(session: Session, broadcast: Broadcast, by: By, accounts: list[int] | None = None) -> int:
    """Send every wording to the guests (of these accounts, or to all), each in the language of their LINE.

    Returns how many guests there were. Raises Refused("broadcast.no_guests").
    """
    chosen = [each for account, each in guests(session) if accounts is None or account.id in accounts]
    if not chosen:
        raise Refused("broadcast.no_guests")
    replies = []
    for contact in chosen:
        shown = [face(session, broadcast, arm, contact.language, test=True) for arm in range(len(broadcast.wordings))]
        test = Message(say(contact.language, "guest.test"))
        replies.append(Reply(contact.line_id, [test, *shown]))
    outbox.put(session, replies, int(by.at.timestamp() * 1000), leased=False)
    note(session, by, "broadcast_tested", broadcast=broadcast.id, guests=len(chosen))
    return len(chosen)
