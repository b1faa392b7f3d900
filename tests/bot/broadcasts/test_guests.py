"""Test sends go to accounts' own LINE, and what they begin there is a rehearsal."""

from datetime import timedelta

import pytest

from bot import guests
from bot.broadcasts.guests import send_test
from bot.conversations.desk import Desk, Questionnaires
from bot.conversations.interviews import start
from bot.errors import Refused
from bot.messages import unpack
from bot.store.base import Store
from bot.store.interviews import asking
from bot.store.mail import Delivery
from bot.store.people import Contact
from tests.bot.broadcasts.office import AT, NOON, OTHER, WORDING, account, approved, people


def test_a_test_goes_to_the_guests_alone_and_counts_nowhere(store: Store) -> None:
    with store.transaction() as session:
        people(session, 3)
        own = account(session, name="own")
        made = approved(session, wordings=(WORDING, OTHER))
        with pytest.raises(Refused, match=r"broadcast\.no_guests"):
            send_test(session, made, AT)
        contact = session.get_one(Contact, 2)
        assert guests.join(session, contact, guests.new_code(session, own, NOON), NOON)
        assert send_test(session, made, AT) == 1
        [delivery] = session.query(Delivery)
        assert delivery.recipient == contact.line_id and "ข้อความทดลอง" in delivery.messages
        assert delivery.messages.count("do=survey") == 2 and "&b=" not in delivery.messages
        desk = Desk(session, contact, NOON, Questionnaires())
        data = delivery.messages.partition('"data":"do=survey')[2].partition('"')[0]
        start(desk, unpack(f"do=survey{data}")[1])
        begun = asking(session, contact.id)
        assert begun is not None and begun.rehearsal and begun.broadcast_id is None
        guests.leave(session, own, AT)
        with pytest.raises(Refused, match=r"broadcast\.no_guests"):
            send_test(session, made, AT)


def test_a_code_is_good_once_for_an_hour_and_the_newest_counts(store: Store) -> None:
    with store.transaction() as session:
        people(session, 1)
        contact, own = session.get_one(Contact, 1), account(session)
        old, code = (guests.new_code(session, own, NOON) for _ in range(2))
        assert not guests.join(session, contact, old, NOON)
        assert not guests.join(session, contact, code, NOON + timedelta(hours=1))
        assert guests.join(session, contact, f" {code.lower()} ", NOON)
        assert not guests.join(session, contact, code, NOON)
        assert not guests.is_code("ทดสอบ")
