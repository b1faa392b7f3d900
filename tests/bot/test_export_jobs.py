"""Exports of the console: made with the rights of then, lost to no kill, and gone when somebody's words go."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import export_jobs, filing
from bot.errors import Refused
from bot.export_jobs import ATTEMPTS, FOLDER, KEPT, LEASE, Wish
from bot.privacy import erase
from bot.store.accounts import Account, Role, put_rights
from bot.store.audit import AuditEvent
from bot.store.base import Store
from bot.store.export_jobs import ExportJob, JobState, next_due
from bot.store.people import Contact
from bot.store.projects import project_by_slug
from bot.store.search import put_words
from tests.bot.exports.filled import contact, entry
from tests.conftest import SetClock


class Counter:
    """An office's exports: asked for and made."""

    def __init__(self, store: Store, clock: SetClock, folder: Path) -> None:
        self.store, self.clock, self.folder = store, clock, folder
        with store.transaction() as session:
            self.person = Account(name="ก", email="a@example.org", role=Role.OFFICIAL, created_at=clock())
            session.add(self.person)
            session.flush()
        self.rights("road-safety")

    def rights(self, *slugs: str) -> None:
        with self.store.transaction() as session:
            found = {each.id for slug in slugs if (each := project_by_slug(session, slug))}
            put_rights(session, self.person.id, found)

    def ask(self, query: str = "", **more: Any) -> int:
        with self.store.transaction() as session:
            return export_jobs.ask(session, self.person, Wish("jsonl", query, **more), self.clock()).id

    def make(self) -> bool:
        return export_jobs.make_next(self.store, self.clock, self.folder)

    def job(self, number: int) -> ExportJob:
        with self.store.reading() as session:
            return session.get_one(ExportJob, number)

    def file(self, number: int) -> Path:
        with self.store.reading() as session:
            job = export_jobs.own(session, session.get_one(Account, self.person.id), number)
            return export_jobs.file_of(session, job, self.folder, self.clock())

    def texts(self, number: int) -> list[str]:
        return [json.loads(line)["text"] for line in self.file(number).read_text().splitlines()]

    def is_gone(self, number: int) -> bool:
        try:
            self.file(number)
        except Refused as refused:
            return refused.code == "not_found"
        return False


@pytest.fixture
def counter(store: Store, clock: SetClock, tmp_path: Path) -> Counter:
    with store.transaction() as session:
        dark = entry(session, "ถนนมืด โทร 0812345678", project="road-safety", sentiment="neg")
        dark.masked = "ถนนมืด โทร [เบอร์โทร]"
        put_words(session, dark.id, dark.text)
        entry(session, "ถนนดี", project="road-safety", sentiment="pos")
        entry(session, "น้ำไม่ไหล", project="water-app", sentiment="neg")
        entry(session, "ซ้อม", project="road-safety", rehearsal=True)
    return Counter(store, clock, tmp_path / "data")


def test_what_is_on_the_screen_and_no_more(counter: Counter) -> None:
    everything, sad = counter.ask(), counter.ask("sentiment=neg")
    assert counter.make() and counter.make() and not counter.make()
    assert counter.texts(everything) == ["ถนนมืด โทร [เบอร์โทร]", "ถนนดี"]
    assert counter.texts(sad) == ["ถนนมืด โทร [เบอร์โทร]"]
    job = counter.job(everything)
    assert (job.state, job.done, job.total, job.size > 0) == (JobState.DONE, 2, 2, True)


def test_a_purpose_shows_personal_data_and_is_noted(counter: Counter) -> None:
    number = counter.ask("q=ถนนมืด&project=road-safety", unmasked=True, purpose=" คำร้อง 1 ")
    counter.make()
    assert counter.texts(number) == ["ถนนมืด โทร 0812345678"]
    with counter.store.reading() as session:
        noted = session.scalars(select(AuditEvent).where(AuditEvent.act == "exported")).one()
    assert (noted.actor, noted.facts["purpose"], noted.facts["entries"]) == (counter.person.actor, "คำร้อง 1", 1)
    assert (noted.facts["filter"], noted.facts["searched"]) == ("project=road-safety", True)


@pytest.mark.parametrize(
    ("role", "wish", "code"),
    [
        (Role.OFFICIAL, Wish("pdf", ""), "export.format"),
        (Role.OFFICIAL, Wish("csv", "", unmasked=True, purpose="  "), "export.purpose"),
        (Role.LAB, Wish("csv", "", unmasked=True, purpose="อยากดู"), "export.role"),
    ],
)
def test_what_may_not_be_asked_for(counter: Counter, role: Role, wish: Wish, code: str) -> None:
    counter.person.role = role
    with counter.store.transaction() as session, pytest.raises(Refused) as refused:
        export_jobs.ask(session, counter.person, wish, counter.clock())
    assert refused.value.code == code


def test_nobody_fills_the_line_alone(counter: Counter) -> None:
    for _ in range(export_jobs.MOST_PENDING):
        counter.ask()
    with pytest.raises(Refused, match=r"export\.too_many"):
        counter.ask()


def test_rights_are_those_of_the_making_and_asked_again_at_the_door(counter: Counter) -> None:
    number = counter.ask()
    counter.rights("road-safety", "water-app")
    counter.make()
    assert len(counter.texts(number)) == 3
    counter.rights("water-app")
    assert counter.is_gone(number)
    with counter.store.transaction() as session:
        session.get_one(Account, counter.person.id).role = Role.LAB
    counter.rights("road-safety", "water-app")
    assert len(counter.texts(number)) == 3


def test_one_who_lost_the_role_gets_nothing_unmasked(counter: Counter) -> None:
    made, waiting = (counter.ask(unmasked=True, purpose="คำร้อง") for _ in range(2))
    counter.make()
    with counter.store.transaction() as session:
        session.get_one(Account, counter.person.id).role = Role.LAB
    counter.make()
    assert counter.is_gone(made)
    assert (counter.job(waiting).state, counter.job(waiting).error) == (JobState.FAILED, "export.role")


def test_one_that_was_killed_is_made_by_the_next(counter: Counter) -> None:
    number = counter.ask()
    with counter.store.transaction() as session:  # a process takes it, and dies
        job = next_due(session, counter.clock())
        assert job is not None
        job.state, job.attempts, job.leased_until = JobState.WORKING, 1, counter.clock() + LEASE
    assert not counter.make()
    counter.clock.at += LEASE + timedelta(seconds=1)
    assert counter.make()
    assert len(counter.texts(number)) == 2


def test_one_that_kills_everybody_is_given_up(counter: Counter) -> None:
    number = counter.ask()
    with counter.store.transaction() as session:
        session.get_one(ExportJob, number).attempts = ATTEMPTS
    assert counter.make() and not counter.make()
    assert counter.job(number).state == JobState.FAILED


def test_a_folder_that_cannot_be_written_fails_the_export_alone(counter: Counter) -> None:
    number = counter.ask()
    counter.folder.mkdir()
    (counter.folder / FOLDER).mkdir()
    (counter.folder / FOLDER / "nowhere").symlink_to("/nonexistent")
    with counter.store.transaction() as session:
        session.get_one(ExportJob, number).format = "nowhere/x"
    counter.make()
    assert (counter.job(number).state, counter.job(number).error) == (JobState.FAILED, "broken")
    assert not counter.make()


@pytest.mark.parametrize("how", ["erased", "unsent", "other"])
def test_a_file_with_words_that_went_is_given_to_nobody(counter: Counter, how: str) -> None:
    with counter.store.transaction() as session:
        gone = contact(session)
        project = "water-app" if how == "other" else "road-safety"
        entry(session, "ขอลบ", contact_id=gone.id, project=project, source="m1")
    number = counter.ask()
    counter.make()
    counter.clock.pass_by(hours=1)
    assert not counter.is_gone(number)
    with counter.store.transaction() as session:
        person = session.get_one(Contact, gone.id)
        if how == "unsent":
            filing.take_back(session, person, "m1", counter.clock())
        else:
            erase(session, person, counter.clock())
    assert counter.is_gone(number) is (how != "other")
    export_jobs.sweep(counter.store, counter.clock, counter.folder)
    assert bool(list((counter.folder / FOLDER).iterdir())) is (how == "other")


def test_files_are_removed_after_a_week(counter: Counter) -> None:
    number = counter.ask()
    counter.make()
    counter.clock.at += KEPT - timedelta(seconds=1)
    assert export_jobs.sweep(counter.store, counter.clock, counter.folder) == 0
    assert not counter.is_gone(number)
    counter.clock.pass_by(seconds=1)
    assert counter.is_gone(number)
    assert export_jobs.sweep(counter.store, counter.clock, counter.folder) == 1
    assert counter.job(number).state == JobState.GONE
    assert list((counter.folder / FOLDER).iterdir()) == []
