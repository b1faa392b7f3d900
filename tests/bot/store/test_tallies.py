"""Counts kept by day and month equal a naive count of everything, whatever happened in between and in which order."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.dates import day_of
from bot.store.base import Session, Store
from bot.store.entries import Answer, Entry, EntryStatus
from bot.store.interviews import Interview
from bot.store.labels import EntryLabel
from bot.store.migrating import go_back, migrate
from bot.store.noting import triggers
from bot.store.people import Contact, remove
from bot.store.projects import Project
from bot.store.sight import Sight
from bot.store.surveys import Survey, SurveyVersion, newest_version
from bot.store.tallies import Span, StaleDay, Tally, counted, roll
from bot.store.tallying import Counts, Facet

EVERYTHING = Sight(None, unsorted=True)
START = datetime(2026, 8, 20, 1, 0, tzinfo=UTC)
CHOICES = {"select_one": ("car", "walk"), "select_multiple": ("dark", "dark speed"), "rating": ("1", "5")}


class Town:
    """Citizens who do all that changes a count, by chance."""

    def __init__(self, session: Session, pick: random.Random, number: int) -> None:
        self.session, self.pick, self.number = session, pick, number

    def moment(self) -> datetime:
        """Some moment of three months; some an hour around midnight in Bangkok."""
        day = START + timedelta(days=self.pick.randrange(90))
        return day.replace(hour=self.pick.choice([3, 16, 17]), minute=self.pick.randrange(60))

    def any(self, kind: Any) -> Any:
        """Any row of a table, or None."""
        found = self.session.scalars(select(kind)).all()
        return self.pick.choice(found) if found else None

    def come(self) -> None:
        """Somebody comes, and begins an interview."""
        self.number += 1
        contact = Contact(
            line_id=f"U{self.number}", language=self.pick.choice(["th", "my"]), first_seen_at=START, last_seen_at=START
        )
        self.session.add(contact)
        self.session.flush()
        self.session.add(
            Interview(
                contact_id=contact.id, version_id=self.any(SurveyVersion).id, status="asking", progress={"at": "story"},
                rehearsal=self.pick.random() < 0.1, started_at=self.moment(), updated_at=START,
            )
        )  # fmt: skip
        self.session.flush()

    def speak(self) -> None:
        """Words are filed, or a survey with answers."""
        contact = self.any(Contact)
        if contact is None:
            return
        survey = self.any(Survey) if self.pick.random() < 0.6 else None
        version = newest_version(self.session, survey.id) if survey else None
        self.number += 1
        entry = Entry(
            number=f"N{self.number}", contact_id=contact.id, kind="survey" if survey else "words", language="th",
            project_id=survey.project_id if survey else self.pick.choice([None, 1, 2]), survey_id=survey and survey.id,
            version_id=version and version.id, text="", masked="", personal=[], model="", sentiment_score=1.0,
            sentiment=self.pick.choice(["neg", "pos", "neu"]), urgency=self.pick.choice(["normal", "soon"]),
            province=self.pick.choice([None, "ตราด"]), rehearsal=self.pick.random() < 0.1,
            partial=self.pick.random() < 0.2, filed_at=self.moment(),
        )  # fmt: skip
        self.session.add(entry)
        for place, (kind, categories) in enumerate(CHOICES.items() if survey else ()):
            category = self.pick.choice(categories)
            told = {"kind": kind, "status": "answered", "category": category, "words": "", "masked": ""}
            entry.answers.append(Answer(position=place, question=kind, **told))
        self.session.flush()
        self.label(entry)

    def label(self, entry: Entry | None = None) -> None:
        """An entry counts as something else."""
        entry = entry or self.any(Entry)
        if entry is None:
            return
        self.session.execute(delete(EntryLabel).where(EntryLabel.entry_id == entry.id))
        for label in self.pick.sample(
            ["topic:fee", "topic:road", "quality:fast-1", "place:ตราด"], self.pick.randrange(4)
        ):
            self.session.add(EntryLabel(entry_id=entry.id, label=label))
        self.session.flush()

    def move(self) -> None:
        """Entries change their project, mood, status or time, one by one and all at once."""
        changes: list[dict[str, Any]] = [
            {"project_id": 3}, {"project_id": None}, {"sentiment": "neg"}, {"status": EntryStatus.WITHDRAWN},
            {"status": "used"}, {"filed_at": self.moment()}, {"rehearsal": True}, {"province": "ระยอง"},
            {"revision": 4},
        ]  # fmt: skip
        entry = self.any(Entry)
        if entry is not None:
            this = Entry.id == entry.id if self.pick.random() < 0.8 else Entry.filed_at > self.moment()
            self.session.execute(update(Entry).where(this).values(**self.pick.choice(changes)))

    def take_back(self) -> None:
        """An answer is taken back."""
        answer = self.any(Answer)
        if answer is not None:
            answer.category, answer.value, answer.status = "", None, "unsent"
            self.session.flush()

    def end(self) -> None:
        """An interview ends."""
        interview = self.any(Interview)
        if interview is not None:
            interview.status = self.pick.choice(["completed", "expired", "stopped", "paused"])
            self.session.flush()

    def turn(self) -> None:
        """Somebody asks to be spoken to in another language."""
        contact = self.any(Contact)
        if contact is not None:
            contact.language = "en"
            self.session.flush()

    def erase(self) -> None:
        """Somebody is forgotten, with all that is theirs."""
        contact = self.any(Contact)
        if contact is not None and self.pick.random() < 0.3:
            remove(self.session, contact)

    def roll(self) -> None:
        """The clock comes round."""
        roll(self.session, self.pick.choice([1, 10, 100]))


ACTS: list[Callable[[Town], None]] = [
    Town.come, Town.speak, Town.speak, Town.label, Town.move, Town.take_back, Town.end, Town.turn, Town.erase, Town.roll
]  # fmt: skip


def naive(session: Session, span: Span) -> dict[tuple[int | None, int | None], Counts]:
    """Everything, counted one by one."""
    found: dict[tuple[int | None, int | None], Counts] = {}
    for entry in session.scalars(select(Entry)):
        if entry.rehearsal or entry.status == EntryStatus.WITHDRAWN or not span.holds(day_of(entry.filed_at)):
            continue
        of = found.setdefault((entry.project_id, entry.survey_id), Counter())
        of[Facet.DAY, day_of(entry.filed_at).isoformat(), entry.kind] += 1
        of[Facet.KIND, entry.kind, entry.sentiment] += 1
        of[Facet.URGENCY, entry.urgency, entry.sentiment] += 1
        of[Facet.LANGUAGE, entry.language, entry.kind] += 1
        of[Facet.PROVINCE, entry.province or "", entry.sentiment] += 1
        of[Facet.STATUS, entry.status, ""] += 1
        if entry.survey_id:
            of[Facet.PARTIAL, "yes" if entry.partial else "no", ""] += 1
        for label in session.scalars(select(EntryLabel.label).where(EntryLabel.entry_id == entry.id)):
            if not label.startswith("place:"):
                of[Facet.LABEL, label, entry.sentiment] += 1
        for answer in session.scalars(select(Answer).where(Answer.entry_id == entry.id)):
            of[Facet.ASKED, answer.question, answer.status] += 1
            for choice in answer.category.split():
                of[Facet.ANSWER, answer.question, choice] += 1
    for interview in session.scalars(select(Interview)):
        if interview.rehearsal or not span.holds(day_of(interview.started_at)):
            continue
        survey = interview.version.survey
        of = found.setdefault((survey.project_id, survey.id), Counter())
        of[Facet.INTERVIEW, interview.status, "story" if interview.status == "expired" else ""] += 1
        of[Facet.BEGUN, session.get_one(Contact, interview.contact_id).language, interview.status] += 1
    return found


SPANS = (
    Span(), Span(date(2026, 9, 1), date(2026, 9, 30)), Span(date(2026, 9, 2), date(2026, 10, 31)),
    Span(None, date(2026, 10, 5)), Span(date(2026, 8, 31), None), Span(date(2026, 9, 10), date(2026, 9, 12)),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_kept_counts_equal_a_naive_count(store: Store, seed: int) -> None:
    pick = random.Random(seed)
    for number in range(12):
        with store.transaction() as session:
            town = Town(session, pick, number * 1000)
            for _ in range(25):
                pick.choice(ACTS)(town)
        with store.snapshot() as session:
            for span in SPANS:
                found = {part: +counts for part, counts in counted(session, EVERYTHING, span).items() if +counts}
                assert found == naive(session, span), (number, span)


def test_after_the_clock_nothing_is_counted_from_entries(store: Store) -> None:
    with store.transaction() as session:
        town = Town(session, random.Random(7), 0)
        for _ in range(60):
            town.come()
            town.speak()
    with store.transaction() as session:
        rounds = []
        while days := roll(session, 20):
            rounds.append(days)
        assert rounds[0] == 20 and len(rounds) > 1
        assert session.scalars(select(StaleDay)).all() == []
        expected = counted(session, EVERYTHING, Span())
        session.execute(delete(Entry))
        session.execute(delete(Interview))
        session.execute(delete(StaleDay))
        assert counted(session, EVERYTHING, Span()) == expected != {}


def test_what_is_not_covered_is_not_counted(store: Store) -> None:
    with store.transaction() as session:
        town = Town(session, random.Random(3), 0)
        for _ in range(40):
            town.come()
            town.speak()
    mine = Sight(frozenset({1, 2}))
    for _ in range(2):
        with store.snapshot() as session:
            assert {project for project, _ in counted(session, mine, Span())} == {1, 2}
            assert {project for project, _ in counted(session, mine, Span(), [2, 5])} == {2}
            assert None in {project for project, _ in counted(session, Sight(frozenset(), unsorted=True), Span())}
        with store.transaction() as session:
            while roll(session):
                pass


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Store]:
    """A store that several may write to at once. On SQLite a writing transaction is alone."""
    opened = Store(postgres_url)
    yield opened
    opened.close()


def test_two_clocks_do_not_count_twice(shared: Store) -> None:
    with shared.transaction() as session:
        Town(session, random.Random(1), 0).come()
    with shared.transaction() as first, shared.transaction() as second:
        assert (roll(first), roll(second)) == (1, 0)


def test_a_change_during_the_count_is_not_lost(shared: Store) -> None:
    with shared.transaction() as session:
        town = Town(session, random.Random(1), 0)
        town.come()
        town.speak()
    with shared.transaction() as writing:
        writing.execute(update(Entry).values(sentiment="pos"))
        with shared.transaction() as clock:
            assert roll(clock) > 0
    with shared.snapshot() as session:
        found = {part: +counts for part, counts in counted(session, EVERYTHING, Span()).items()}
        assert found == naive(session, Span())


def test_the_triggers_stand_at_head_and_only_there(store: Store) -> None:
    with store.engine.connect() as connection:
        stood = triggers(connection)
    assert len(stood) >= 10
    go_back(store, "0003")
    with store.engine.connect() as connection:
        assert triggers(connection) == set()
    migrate(store)
    with store.engine.connect() as connection:
        assert triggers(connection) == stood


def test_what_was_there_before_is_counted_after_the_migration(store: Store) -> None:
    with store.transaction() as session:
        town = Town(session, random.Random(5), 0)
        town.come()
        town.speak()
        assert session.scalar(select(Project.id).limit(1))
    go_back(store, "0003")  # where there were entries, and nothing counted them yet
    migrate(store)
    with store.snapshot() as session:
        assert counted(session, EVERYTHING, Span()) == naive(session, Span())
        assert session.scalars(select(Tally)).all() == []
