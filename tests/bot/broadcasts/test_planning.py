"""What the clock does: begins what is due, repeats, keeps the night and the pace, fetches LINE's figures, forgets."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from bot.broadcasts import deciding, figures, following, pacing, planning, writing
from bot.conversations.desk import Desk, Questionnaires
from bot.conversations.interviews import start
from bot.dates import BANGKOK
from bot.store.base import Store
from bot.store.batches import held_pace
from bot.store.broadcasts import BatchState, Broadcast, BroadcastBatch, BroadcastDelivery, BroadcastState, waves_of
from bot.store.interviews import Interview
from bot.store.people import Contact
from bot.store.surveys import SurveyState, survey_by_slug
from tests.bot.broadcasts.office import AT, NOON, OTHER, SURVEY, WORDING, account, approved, draft, in_store
from tests.bot.broadcasts.post import MULTICAST, Post, post
from tests.conftest import SetClock


@pytest.fixture
def office(store: Store, clock: SetClock):
    with post(store, clock) as made:
        made.friends([f"U{number:032x}" for number in range(1, 101)])
        yield made


def bangkok(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BANGKOK)


def test_a_scheduled_broadcast_waits_for_its_time_and_for_the_day(office: Post) -> None:
    number = in_store(office.store, 10, send_at=bangkok(21, 20, 59).astimezone(UTC))
    for at, state in (
        (bangkok(21, 20, 58), BroadcastState.SCHEDULED),
        (bangkok(21, 21, 0), BroadcastState.SCHEDULED),
        (bangkok(22, 7, 59), BroadcastState.SCHEDULED),
        (bangkok(22, 8, 0), BroadcastState.SENDING),
    ):
        office.clock.at = at.astimezone(UTC)
        planning.begin_due(office.store, office.clock)
        with office.store.reading() as session:
            broadcast = session.get_one(Broadcast, number)
            assert broadcast.state == state
            resting = at in (bangkok(21, 21, 0), bangkok(22, 7, 59))
            assert following.progress(session, broadcast, office.clock()).resting is resting


@pytest.mark.parametrize(
    ("repeat", "at", "following_at"),
    [
        ("daily", bangkok(21, 10), bangkok(22, 10)),
        ("weekly", bangkok(21, 10), bangkok(28, 10)),
        ("monthly", bangkok(21, 10), bangkok(21, 10, month=12)),
        ("monthly", datetime(2027, 1, 31, 9, tzinfo=BANGKOK), datetime(2027, 2, 28, 9, tzinfo=BANGKOK)),
        ("daily", bangkok(21, 22), bangkok(23, 8)),
        ("never", bangkok(21, 10), None),
    ],
)
def test_what_repeats_comes_at_the_same_hour_by_day(
    sqlite_url: str, repeat: str, at: datetime, following_at: datetime | None
) -> None:
    until = None if repeat == "never" else at + timedelta(days=90)
    with Store(sqlite_url).transaction() as session:
        made = writing.create(session, account(session), draft(repeat=repeat, send_at=at, repeat_until=until), AT)
        assert planning.following(made, at) == following_at
        made.repeat_until = at + timedelta(hours=1)
        assert planning.following(made, at) is None


def test_each_repetition_is_a_wave_with_its_own_unit_and_an_edit_of_it_needs_a_second_person_again(
    office: Post,
) -> None:
    until = NOON + timedelta(days=40)
    number = in_store(
        office.store, 100, repeat="weekly", repeat_until=until, override="ตามดูผล", wordings=(WORDING, OTHER)
    )
    office.work()
    assert len(office.received()) == 100
    office.clock.pass_by(days=7, minutes=1)
    office.work()
    assert set(office.received().values()) == {2}
    with office.store.transaction() as session:
        first, second, third = waves_of(session, number)
        assert (first.state, second.state, third.state) == ("sent", "sent", "scheduled")
        assert third.approved_by == first.approved_by
        writing.edit(session, account(session, name="editor"), third, draft(), (third.revision, AT))
        assert (third.state, third.approved_by) == (BroadcastState.DRAFT, None)
    bodies = [each["body"] for each in office.calls()]
    units = {unit: set(each["to"]) for each in bodies for unit in each["customAggregationUnits"]}
    assert set(units) == {f"srv_{number}_{wave}_{arm}" for wave in (1, 2) for arm in "ab"}
    assert units[f"srv_{number}_1_a"] == units[f"srv_{number}_2_a"]


def test_nobody_is_asked_again_within_seven_days_unless_there_is_a_reason(office: Post) -> None:
    in_store(office.store, 100)
    office.work()
    office.clock.pass_by(days=6)
    with office.store.transaction() as session:
        kept, overridden = approved(session, name="อีกชุด").id, approved(session, name="ด่วน", override="น้ำท่วม").id
        deciding.stop(session, session.get_one(Broadcast, overridden), AT)
    office.work()
    with office.store.transaction() as session:
        assert session.get_one(Broadcast, kept).excluded == {"asked": 100}
        deciding.resume(session, session.get_one(Broadcast, overridden), AT)
    office.work()
    assert set(office.received().values()) == {2}


def test_the_pace_is_kept_over_all_senders_together(office: Post) -> None:
    with office.store.transaction() as session:
        turns = pacing.reserve(held_pace(session), 40)
    with office.store.transaction() as session:
        turns += pacing.reserve(held_pace(session), 40)
    assert all(later - sooner >= 5_000 for sooner, later in pairwise(turns))
    with office.store.transaction() as session:
        pacing.slow_down(session)
        slower = pacing.reserve(held_pace(session), 2)
    assert slower[0] - turns[-1] >= pacing.BACK_OFF_US and slower[1] - slower[0] >= 10_000


def test_a_survey_that_closes_meanwhile_pauses_its_invitations(office: Post) -> None:
    number = in_store(office.store, 100)
    planning.begin_due(office.store, office.clock)
    with office.store.transaction() as session:
        survey_by_slug(session, SURVEY).state = SurveyState.ARCHIVED
    office.work()
    with office.store.reading() as session:
        broadcast = session.get_one(Broadcast, number)
        assert (broadcast.state, broadcast.cause, len(office.received())) == ("paused", "closed", 0)


def test_answers_are_counted_for_the_invitation_they_came_from(office: Post) -> None:
    number = in_store(office.store, 100, wordings=(WORDING, OTHER))
    office.work()
    with office.store.transaction() as session:
        for contact, arm in ((1, 0), (2, 0), (3, 1)):
            desk = Desk(session, session.get_one(Contact, contact), office.clock(), Questionnaires())
            start(desk, {"s": SURVEY, "b": str(number), "a": str(arm)})
        session.query(Interview).filter_by(contact_id=2).one().status = "completed"
        start(Desk(session, session.get_one(Contact, 4), office.clock(), Questionnaires()), {"s": SURVEY, "t": "1"})
        told = following.statistics(session, session.get_one(Broadcast, number))
    assert [(each.begun, each.completed, each.running) for each in told.arms] == [(2, 1, 1), (1, 0, 1)]
    assert (told.whole.response, told.whole.completion) == (0.03, pytest.approx(1 / 3))
    assert told.left_at == {"travel_mode": 2}


def test_lines_figures_are_fetched_and_small_ones_are_not_known(office: Post) -> None:
    number = in_store(office.store, 100, wordings=(WORDING, OTHER), share=90)
    office.work()
    line = office.sender()._line
    assert figures.fetch_figures(office.store, line, office.clock) == 0
    office.clock.pass_by(hours=7)
    office.clock.at = datetime.now(UTC)  # the stand-in counts by the days of the wall's calendar
    with office.store.transaction() as session:
        session.get_one(Broadcast, number).started_at = office.clock() - timedelta(hours=7)
    assert figures.fetch_figures(office.store, line, office.clock) == 1
    with office.store.reading() as session:
        told = following.statistics(session, session.get_one(Broadcast, number))
    assert [each.opened for each in told.arms] == [told.arms[0].sent, None]
    assert told.whole.opened is None and told.line_at == office.clock()
    assert figures.fetch_figures(office.store, line, office.clock) == 0


def test_who_got_it_is_forgotten_and_the_counts_stay(office: Post) -> None:
    number = in_store(office.store, 100)
    office.work()
    assert planning.sweep(office.store, office.clock) == 0
    office.clock.pass_by(days=8, minutes=1)
    assert planning.sweep(office.store, office.clock) == 100
    assert planning.sweep(office.store, office.clock) == 0
    with office.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(BroadcastDelivery)) == 0
        assert following.progress(session, session.get_one(Broadcast, number), office.clock()).sent == 100


def test_a_batch_in_doubt_for_a_day_is_not_sent_again(office: Post) -> None:
    number = in_store(office.store, 100)
    office.fault(MULTICAST, status=500, accept=True, times=1)
    sender = office.sender()
    with office.store.reading() as session:
        count = select(func.count()).select_from(BroadcastBatch)
        while not session.scalar(count):
            session.rollback()
            sender.turn(threading.Event())
    office.clock.pass_by(hours=24)
    planning.sweep(office.store, office.clock)
    office.work()
    assert set(office.received().values()) == {1}
    with office.store.reading() as session:
        [batch] = session.scalars(select(BroadcastBatch).where(BroadcastBatch.broadcast_id == number))
        assert (batch.state, batch.body) == (BatchState.FAILED, "")
        assert "not known" in batch.reason
