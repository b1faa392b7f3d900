"""A broadcast goes out to LINE's stand-in, over HTTP, with LINE's SDK: nobody is missed, nobody gets it twice."""

import threading

import pytest

from bot.broadcasts import deciding, following
from bot.broadcasts.freezing import MOST_IDS
from bot.broadcasts.sending import Sender
from bot.dates import quiet
from bot.line.gateway import Throttled
from bot.privacy import erase
from bot.store.base import Store
from bot.store.batches import pace_of
from bot.store.broadcasts import Broadcast, BroadcastBatch, BroadcastDelivery, BroadcastState, Cause
from bot.store.people import Contact
from tests.bot.broadcasts.office import AT, OTHER, WORDING, in_store, people
from tests.bot.broadcasts.post import Post, post
from tests.conftest import SetClock

PEOPLE = 1_203


@pytest.fixture
def office(store: Store, clock: SetClock):
    with post(store, clock) as made:
        made.friends([f"U{number:032x}" for number in range(1, PEOPLE + 1)])
        yield made


def progress(office: Post, number: int) -> following.Progress:
    with office.store.reading() as session:
        return following.progress(session, session.get_one(Broadcast, number), office.clock())


def everybody_once(office: Post, but: int = 0) -> bool:
    """Whether everybody got it once; `but` so many got nothing."""
    received = office.received()
    return len(received) == PEOPLE - but and set(received.values()) == {1}


def test_everybody_gets_it_once_in_their_language_and_wording(office: Post) -> None:
    with office.store.transaction() as session:
        people(session, 5, PEOPLE, language="my")
    office.friends([f"U{number:032x}" for number in range(PEOPLE + 1, PEOPLE + 6)])
    number = in_store(office.store, PEOPLE, wordings=(WORDING, OTHER), share=50)
    office.work()
    assert set(office.received().values()) == {1} and len(office.received()) == PEOPLE + 5
    with office.store.reading() as session:
        broadcast = session.get_one(Broadcast, number)
        assert broadcast.state == BroadcastState.SENT
        told = following.statistics(session, broadcast)
        assert [each.sent for each in told.arms] == pytest.approx([604, 604], abs=70)
        assert told.languages == {"th": PEOPLE, "my": 5}
        assert session.query(BroadcastBatch.body).distinct().all() == [("",)]
    calls = office.calls()
    assert all(len(each["body"]["to"]) <= MOST_IDS for each in calls)
    assert {each["body"]["customAggregationUnits"][0] for each in calls} == set(told.units)
    assert set(office.standin.usage.names(office.standin.now())) == set(told.units)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "times": 2},
        {"status": 500, "times": 2, "accept": True},
        {"drop": True, "times": 2},
        {"drop": True, "times": 2, "accept": True},
        {"status": 429, "times": 3},
    ],
)
def test_trouble_of_line_misses_nobody_and_sends_nothing_twice(office: Post, fault: dict) -> None:
    number = in_store(office.store, PEOPLE)
    office.fault(**fault)
    office.work()
    assert everybody_once(office)
    assert (progress(office, number).state, progress(office, number).sent) == (BroadcastState.SENT, PEOPLE)


def test_an_answer_that_never_comes(office: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.line.live.TIME_LIMIT", (1.0, 0.3))
    in_store(office.store, PEOPLE)
    office.fault(delay=1.0, times=1)
    office.work()
    assert everybody_once(office)


def test_too_fast_makes_everybody_slower(office: Post) -> None:
    in_store(office.store, PEOPLE)
    office.set(rates={"/v2/bot/message/multicast": [1, 1]})
    office.work()
    assert everybody_once(office)
    with office.store.reading() as session:
        pace = pace_of(session)
        assert pace is not None and pace.gap_us > 10_000


def test_a_spent_quota_pauses_and_says_so_and_the_rest_goes_later(office: Post) -> None:
    number = in_store(office.store, PEOPLE)
    office.set(quota=700)
    office.kept = 100
    office.work()
    assert len(office.received()) == 600
    seen = progress(office, number)
    assert (seen.state, seen.cause, seen.sent, seen.left) == (BroadcastState.PAUSED, Cause.QUOTA, 600, PEOPLE - 600)
    office.set(quota=5_000)
    with office.store.transaction() as session:
        deciding.resume(session, session.get_one(Broadcast, number), AT)
    office.clock.pass_by(minutes=2)
    office.work()
    assert everybody_once(office)


def test_a_quota_that_somebody_else_spent_pauses_too(office: Post) -> None:
    number = in_store(office.store, PEOPLE)
    office.fault(status=429, message="You have reached your monthly limit.", times=3)
    office.work(turns=3)
    seen = progress(office, number)
    assert (seen.state, seen.cause) == (BroadcastState.PAUSED, Cause.QUOTA)
    with office.store.transaction() as session:
        deciding.resume(session, session.get_one(Broadcast, number), AT)
    office.work()
    assert everybody_once(office)


def test_bad_ids_fail_alone_with_lines_reason(office: Post) -> None:
    number = in_store(office.store, PEOPLE)
    office.set(strangers="refuse")
    for bad in (7, 600, 601):
        del office.standin.citizens[f"U{bad:032x}"]
    office.work()
    assert everybody_once(office, but=3)
    with office.store.reading() as session:
        told = following.statistics(session, session.get_one(Broadcast, number))
    assert told.whole.sent == PEOPLE - 3 and sum(told.failed.values()) == 3
    assert all(reason.startswith("400 ") and "to" in reason for reason in told.failed)


def test_a_message_that_line_refuses_goes_to_nobody(office: Post) -> None:
    number = in_store(office.store, 40)
    office.fault("/v2/bot/message/validate/multicast", status=400, message="A message (messages[0]) is invalid")
    office.work()
    seen = progress(office, number)
    assert (seen.state, seen.cause) == (BroadcastState.PAUSED, Cause.REFUSED)
    assert "messages[0]" in seen.reason and not office.calls()


def test_an_account_that_may_not_send_is_paused(office: Post) -> None:
    number = in_store(office.store, 40)
    office.fault(status=403, message="Access to this API is not available")
    office.work(turns=5)
    assert (progress(office, number).state, progress(office, number).cause) == (BroadcastState.PAUSED, Cause.ACCESS)


def test_who_goes_meanwhile_gets_nothing(office: Post) -> None:
    number = in_store(office.store, PEOPLE)
    sender = office.sender()
    while not progress(office, number).whole:
        sender.turn(threading.Event())
    with office.store.transaction() as session:
        session.get_one(Contact, 1).opted_out_at = office.clock()
        session.get_one(Contact, 2).status = "blocked"
        erase(session, session.get_one(Contact, 3), office.clock())
    office.work()
    assert everybody_once(office, but=3)
    seen = progress(office, number)
    assert (seen.dropped, seen.erased, seen.left, seen.done) == (2, 1, 0, PEOPLE)
    with office.store.reading() as session:
        assert session.get(BroadcastDelivery, (number, 3)) is None


def test_stopped_within_a_batch_and_resumed_with_the_missing(office: Post) -> None:
    number = in_store(office.store, PEOPLE)
    sender = office.sender()
    while not progress(office, number).whole:
        sender.turn(threading.Event())
    multicast, calls, once = sender._line().multicast, [], threading.Lock()

    class Stopping:
        """LINE, until somebody stops the broadcast in the middle of the first call."""

        def __getattr__(self, name: str) -> object:
            return getattr(sender._line(), name)

        def multicast(self, *given: object) -> str:
            calls.append(given)
            with once, office.store.transaction() as session:
                broadcast = session.get_one(Broadcast, number)
                if broadcast.state == BroadcastState.SENDING:
                    deciding.stop(session, broadcast, AT)
            return multicast(*given)

    stopper = Stopping()
    Sender(office.store, lambda: stopper, office.clock, 0).turn(threading.Event())
    before = sum(office.received().values())
    assert 0 < before <= MOST_IDS * len(calls) < PEOPLE + MOST_IDS
    assert progress(office, number).state == BroadcastState.STOPPED
    office.work()
    assert sum(office.received().values()) == before
    with office.store.transaction() as session:
        deciding.resume(session, session.get_one(Broadcast, number), AT)
    office.work()
    assert everybody_once(office)


def test_nobody_is_written_to_by_night(office: Post) -> None:
    number = in_store(office.store, 40)
    office.clock.pass_by(hours=11)
    assert quiet(office.clock())
    assert office.sender().turn(threading.Event()) is False
    office.clock.pass_by(hours=11)
    office.work()
    assert (progress(office, number).state, len(office.received())) == (BroadcastState.SENT, 40)


def test_who_comes_back_after_the_lease_writes_nothing_down(office: Post) -> None:
    """A sender that slept too long is told "too fast": the batch has been sent by another meanwhile."""
    number = in_store(office.store, 40)
    slow, multicast = office.sender(), threading.Event()
    line = slow._line()

    class Sleeper:
        """LINE, but a multicast takes until another sender has done it, and then LINE is in no mood."""

        def __getattr__(self, name: str) -> object:
            return getattr(line, name)

        def multicast(self, *_given: object) -> str:
            office.clock.pass_by(minutes=2)
            office.work()
            multicast.set()
            raise Throttled

    while not progress(office, number).whole:
        slow.turn(threading.Event())
    sleeper = Sleeper()
    Sender(office.store, lambda: sleeper, office.clock, 0).turn(threading.Event())
    assert multicast.is_set()
    office.work()
    assert len(office.received()) == 40 and set(office.received().values()) == {1}
    assert progress(office, number).sent == 40


def test_several_senders_at_once(office: Post) -> None:
    number = in_store(office.store, PEOPLE)
    office.fault(status=500, times=1, accept=True)
    office.fault(status=429, times=1)
    senders = [office.sender() for _ in range(4)]
    start = threading.Barrier(4)

    def work(sender: Sender) -> None:
        start.wait()
        for _ in range(8):
            sender.turn(threading.Event())

    threads = [threading.Thread(target=work, args=(each,)) for each in senders]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    office.work()
    assert everybody_once(office)
    assert progress(office, number).state == BroadcastState.SENT
