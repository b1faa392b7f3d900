"""A draft tried in a chat: by the lab's own LINE and by a made-up citizen, on both databases; and removed again."""

import secrets
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.conversations import silence
from bot.conversations.desk import Questionnaires
from bot.errors import Refused
from bot.photos import Photos
from bot.rehearsals import inviting
from bot.store.accounts import Account, Role
from bot.store.audit import By, Trail, acts
from bot.store.base import Store
from bot.store.entries import Attachment, Entry
from bot.store.interviews import Interview
from bot.store.people import Contact, contact_of, contacts_by_language
from bot.store.rehearsals import Rehearsal
from bot.store.surveys import SurveyVersion, newest_version, survey_by_slug, versions_of
from tests.bot.rehearsals.chatting import Chatter
from tests.conftest import SetClock

SLUG = "road-safety-needs"
LAB, CITIZEN = "U" + "a" * 32, "U" + "c" * 32
WHOLE = ("จักรยาน", "3", "ไม่เกิด", "ไม่ใช่", "4", "ถนนมืดมากเลย", "ไม่ขอตอบ")


def invited(store: Store, clock: SetClock, citizen: bool = False) -> Rehearsal:
    with store.transaction() as session:
        account = Account(name="แล็บ", email=f"{secrets.token_hex(4)}@example.org", role=Role.LAB, created_at=clock())
        session.add(account)
        session.flush()
        survey = survey_by_slug(session, SLUG)
        assert survey
        survey.draft = {**survey.draft, "title": {"th": "ร่างใหม่", "en": "New draft"}}
        return inviting.invite(session, survey, account, clock(), citizen)


def rows(store: Store) -> dict[str, int]:
    tables = (Contact, Interview, Entry, Attachment, Rehearsal, SurveyVersion)
    with store.reading() as session:
        return {each.__tablename__: session.scalar(select(func.count()).select_from(each)) or 0 for each in tables}


def rehearsed(store: Store, line_id: str) -> set[bool]:
    with store.reading() as session:
        contact = contact_of(session, line_id)
        assert contact
        return set(session.scalars(select(Entry.rehearsal).where(Entry.contact_id == contact.id)))


def test_the_lab_tries_its_draft_and_nobody_else_is_asked_it(store: Store, clock: SetClock) -> None:
    code = invited(store, clock).code
    lab = Chatter(store, clock, LAB)
    lab.agrees()
    lab.says(f"ทดสอบ-{code}")
    assert "ทดสอบแบบสอบถาม “ร่างใหม่”" in lab.said[0].text and "ข้อ 1/7" in lab.said[-1].text
    lab.says(*WHOLE, "ส่งคำตอบ")
    assert "จบการทดสอบ" in lab.said[-1].text
    assert rehearsed(store, LAB) == {True}
    with store.reading() as session:
        survey = survey_by_slug(session, SLUG)
        assert survey
        newest = newest_version(session, survey.id)
        assert newest and newest.number == 1 and newest.questionnaire["title"]["th"] == "เรื่องบนถนนของคุณ"
        assert [each.number for each in versions_of(session, survey.id)] == [1]


def test_afterwards_the_lab_is_a_citizen_like_any_other(store: Store, clock: SetClock) -> None:
    lab = Chatter(store, clock, LAB)
    lab.agrees()
    lab.says(f"ทดสอบ {invited(store, clock).code.lower()}", *WHOLE, "ส่งคำตอบ")
    lab.starts(SLUG)
    assert "ตอบแบบสอบถามนี้แล้ว" not in lab.told and "ข้อ 1/7" in lab.said[-1].text
    lab.says(*WHOLE, "ส่งคำตอบ")
    assert "จบการทดสอบ" not in lab.said[-1].text
    assert rehearsed(store, LAB) == {True, False}


def test_who_has_not_agreed_is_asked_first_and_then_goes_on(store: Store, clock: SetClock) -> None:
    lab = Chatter(store, clock, LAB)
    lab.follows()
    lab.says(f"ทดสอบ-{invited(store, clock).code}")
    assert "ทดสอบ" in lab.said[0].text
    lab.taps("ยินยอม")
    assert "ใช้เวลาประมาณ 4 นาที" in lab.told and "ข้อ 1/7" in lab.said[-1].text


def test_an_interview_that_was_under_way_waits(store: Store, clock: SetClock) -> None:
    lab = Chatter(store, clock, LAB)
    lab.agrees()
    lab.starts(SLUG)
    lab.says("จักรยาน")
    lab.says(f"ทดสอบ-{invited(store, clock).code}", *WHOLE, "ส่งคำตอบ", "ทำต่อ")
    assert "ข้อ 2/7" in lab.said[-1].text
    assert rehearsed(store, LAB) == {True}


def test_whatever_a_made_up_citizen_says_is_a_rehearsal(store: Store, clock: SetClock) -> None:
    rehearsal = invited(store, clock, citizen=True)
    nobody = Chatter(store, clock, rehearsal.citizen)
    nobody.follows()
    nobody.says(f"ทดสอบ-{rehearsal.code}")
    nobody.taps("ยินยอม")
    nobody.says("ตอนนี้แฟนเอามีดมาขู่จะฆ่า ช่วยด้วย", "ทำต่อ", *WHOLE, "ส่งคำตอบ", "น้ำไม่ไหลทั้งหมู่บ้าน")
    nobody.starts(SLUG)
    nobody.says(*WHOLE, "ส่งคำตอบ")
    assert rehearsed(store, rehearsal.citizen) == {True}
    with store.reading() as session:
        assert contacts_by_language(session) == {}


def test_a_code_that_is_wrong_or_old_begins_nothing_and_files_nothing(store: Store, clock: SetClock) -> None:
    rehearsal = invited(store, clock)
    lab = Chatter(store, clock, LAB)
    lab.agrees()
    lab.says("ทดสอบ-77777")
    assert "ใช้ไม่ได้" in lab.said[0].text
    clock.pass_by(hours=25)
    lab.says(f"ทดสอบ-{rehearsal.code}")
    assert "หมดอายุ" in lab.said[0].text
    assert rows(store)["interviews"] == rows(store)["entries"] == 0


def test_nobody_is_nudged_about_a_rehearsal(store: Store, clock: SetClock) -> None:
    lab = Chatter(store, clock, LAB)
    lab.agrees()
    lab.says(f"ทดสอบ-{invited(store, clock).code}", "จักรยาน")
    clock.pass_by(days=4)
    with store.transaction() as session:
        assert silence.tend(session, clock(), Questionnaires()) == {"nudged": 0, "expired": 0}


def test_a_draft_that_is_unfit_is_refused(store: Store, clock: SetClock) -> None:
    with pytest.raises(Refused, match=r"survey\.invalid"), store.transaction() as session:
        survey = survey_by_slug(session, SLUG)
        assert survey
        survey.draft = {**survey.draft, "questions": []}
        inviting.invite(session, survey, Account(id=1), clock())


def test_wiping_by_hand_removes_all_of_it_and_nothing_else(store: Store, clock: SetClock, tmp_path: Path) -> None:
    citizen = Chatter(store, clock, CITIZEN)
    citizen.agrees()
    citizen.starts(SLUG)
    citizen.says(*WHOLE, "ส่งคำตอบ")
    before = rows(store)
    own, made_up = invited(store, clock), invited(store, clock, citizen=True)
    for line_id, rehearsal in ((LAB, own), (made_up.citizen, made_up)):
        person = Chatter(store, clock, line_id)
        person.agrees()
        person.says(f"ทดสอบ-{rehearsal.code}", "จักรยาน", "3", "ไม่เกิด", "ใช่", "ตลาด")
        person.sends_photo(f"aa/{line_id[-4:]}.png")
        person.says("มืด", "4", "น่ากลัวมากเลย", "ไม่ขอตอบ", "ส่งคำตอบ", f"ทดสอบ-{rehearsal.code}", "จักรยาน")
    assert rows(store)["entries"] == before["entries"] + 2
    with store.transaction() as session:
        survey = survey_by_slug(session, SLUG)
        assert survey
        wiped = inviting.wipe(session, survey, By("account:1", clock()))
    assert wiped.rehearsals == 2
    assert sorted(wiped.files) == sorted(f"aa/{each[-4:]}.png" for each in (LAB, made_up.citizen))
    assert rows(store) == {**before, "contacts": before["contacts"] + 1}  # the lab's own LINE stays a contact
    with store.reading() as session:
        assert acts(session, Trail(act="rehearsal.wiped"), None, 1)[0].facts == {"survey": SLUG, "rehearsals": 2}


def test_the_clock_removes_it_after_a_week(store: Store, clock: SetClock, tmp_path: Path) -> None:
    before = rows(store)
    rehearsal = invited(store, clock, citizen=True)
    nobody = Chatter(store, clock, rehearsal.citizen)
    nobody.agrees()
    nobody.says(f"ทดสอบ-{rehearsal.code}", *WHOLE, "ส่งคำตอบ")
    clock.pass_by(days=6)
    assert inviting.sweep(store, clock, Photos(tmp_path)) == 0
    clock.pass_by(days=2)
    assert inviting.sweep(store, clock, Photos(tmp_path)) == 1
    assert rows(store) == before
