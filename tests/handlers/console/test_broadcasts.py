"""Broadcasts in the console: written, counted and previewed, approved by a second person; apart by rights."""

import os
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from bot.conversations.consent import VERSION
from bot.store.accounts import Role
from bot.store.audit import AuditEvent
from bot.store.broadcasts import Broadcast, BroadcastBatch, LinePace
from bot.store.interviews import Interview
from bot.store.people import Contact, ContactStatus
from bot.store.segments import Segment
from bot.store.surveys import newest_version, survey_by_slug
from handlers.console.broadcasts.rules import parts_of, rule_of
from tests.conftest import SetClock
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer

WRITTEN = {
    "name": "เชิญตอบเรื่องถนน",
    "kind": "survey",
    "survey": "road-safety-needs",
    "a-title-th": "ช่วยเล่าเรื่องบนถนน",
    "a-text-th": "ใช้เวลาสี่นาที",
    "share": "50",
    "when": "now",
    "repeat": "never",
}
OWN = "road-safety"
PICTURES = os.environ.get("PICTURES", "")
LABS_OWN = ("edit", "submit", "stop", "resume", "now", "test")


def people(office: Office) -> None:
    """Six citizens: two read Thai, one Lao, one Khmer, one has blocked the account, one gave no consent."""
    at = office.runtime.clock()
    with office.runtime.store.transaction() as session:
        for number, language in enumerate(("th", "th", "lo", "km", "th", "th")):
            contact = Contact(line_id=f"U{number}", language=language, first_seen_at=at, last_seen_at=at)
            contact.consent_version = VERSION if number != 5 else None
            contact.status = ContactStatus.BLOCKED if number == 4 else ContactStatus.ACTIVE
            session.add(contact)


def kept(office: Office) -> Broadcast:
    with office.runtime.store.reading() as session:
        return session.scalars(select(Broadcast)).one()


def write(person: Officer, **more: Any) -> str:
    """Keep a draft. Returns the address of its page."""
    answer = person.post("/console/broadcasts/new", {**WRITTEN, **more})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"language": ["th", "lo"]},
        {"not": {"topic": ["traffic.accidents"]}},
        {"all": [{"language": ["lo"]}, {"not": {"answered": ["road-safety-needs"]}}, {"seen": 30}]},
        {"any": [{"province": ["ชลบุรี"]}, {"not": {"province": ["เลย"]}}]},
    ],
)
def test_a_rule_is_the_same_after_a_form(rule: dict[str, Any]) -> None:
    found = parts_of(rule)
    assert found is not None
    match, parts = found
    form = MultiDict([("match", match), *((name, value) for name, values in parts.items() for value in values)])
    assert rule_of(form) == rule


def test_a_deeper_rule_is_kept_and_told_in_words(office: Office) -> None:
    lab = office.officer(Role.LAB, [OWN])
    path = write(lab)
    rule = {"any": [{"all": [{"language": ["lo"]}, {"seen": 30}]}, {"not": {"language": ["my"]}}]}
    assert parts_of(rule) is None
    with office.runtime.store.transaction() as session:
        session.scalars(select(Broadcast)).one().rule = rule
    page = lab.get(f"{path}/edit").text
    assert "(ใช้ภาษาลาว และ คุยกับเราภายใน 30 วัน) หรือ ไม่ได้ใช้ภาษาพม่า" in page
    again = {**WRITTEN, "keep_rule": "yes", "revision": "0"}
    again["kept_rule"] = '{"any": [{"all": [{"language": ["lo"]}, {"seen": 30}]}, {"not": {"language": ["my"]}}]}'
    assert lab.post(f"{path}/edit", again).status_code == 303
    assert kept(office).rule == rule


def test_who_would_get_it_is_counted_while_it_is_written_and_nothing_is_kept(offices: Office) -> None:
    people(offices)
    with offices.runtime.store.transaction() as session:
        session.add(LinePace(id=1, gap_us=5000, quota=500, used=490, quota_left=10, quota_ms=1))
    lab = offices.officer(Role.LAB, [OWN])
    told = lab.post("/console/broadcasts/check", {**WRITTEN, "not-language": "km", "part": "live"}).text
    assert "<html" not in told
    assert "<b>3</b> คนจะได้รับ จาก 5 คนที่ตรงเงื่อนไข" in told and "ไม่ได้ใช้ภาษาเขมร" in told
    assert "บล็อก" in told and "<dd>10</dd>" in told and "<dd>7</dd>" in told
    assert "ช่วยเล่าเรื่องบนถนน" in told and "phone-button primary" in told and "เริ่มตอบ" in told
    whole = lab.post("/console/broadcasts/check", {**WRITTEN, "is-language": "lo", "act": "look"}).text
    assert "<html" in whole and "<b>1</b> คนจะได้รับ จาก 1 คน" in whole and 'value="เชิญตอบเรื่องถนน"' in whole
    with offices.runtime.store.reading() as session:
        assert session.scalars(select(Broadcast)).all() == []


def test_a_segment_is_kept_and_taken_over(office: Office) -> None:
    lab = office.officer(Role.LAB, [OWN])
    data = {**WRITTEN, "is-language": "lo", "act": "keep", "segment_name": "คนลาว"}
    assert "เก็บกลุ่มไว้แล้ว" in lab.post("/console/broadcasts/check", data).text
    with office.runtime.store.reading() as session:
        segment = session.scalars(select(Segment)).one()
    assert (segment.name, segment.rule) == ("คนลาว", {"language": ["lo"]})
    page = lab.post("/console/broadcasts/check", {**WRITTEN, "act": "load", "segment": str(segment.id)}).text
    assert 'name="is-language" value="lo" checked' in page and "ช่วยเล่าเรื่องบนถนน" in page
    listed = lab.get("/console/broadcasts/segments").text
    assert "คนลาว" in listed and "ใช้ภาษาลาว" in listed
    new = lab.get(f"/console/broadcasts/new?segment={segment.id}&project={OWN}").text
    assert 'name="is-language" value="lo" checked' in new
    nameless = lab.post("/console/broadcasts/check", {**data, "segment_name": " "})
    assert nameless.status_code == 422 and 'name="is-language" value="lo" checked' in nameless.text
    removing = f"/console/broadcasts/segments/{segment.id}/remove"
    assert office.officer(Role.OFFICIAL, [OWN]).post(removing).status_code == 403
    assert office.officer(Role.LAB).post(removing).status_code == 404
    assert lab.post(removing).status_code == 303
    assert "<table" not in lab.get("/console/broadcasts/segments").text


def test_what_cannot_be_kept_is_told_and_stays_in_the_form(office: Office) -> None:
    lab = office.officer(Role.LAB, [OWN])
    for data, why in (
        ({"when": "later"}, "ยังไม่ได้ใส่วันและเวลา"),
        ({"name": " "}, "ตั้งชื่อ"),
        ({"is-seen": "9999"}, "จำนวนวันใช้ไม่ได้"),
    ):
        answer = lab.post("/console/broadcasts/new", {**WRITTEN, **data})
        assert answer.status_code == 422 and why in answer.text and "ใช้เวลาสี่นาที" in answer.text


def test_an_unfinished_draft_is_kept_and_says_what_to_mend(office: Office) -> None:
    lab = office.officer(Role.LAB, [OWN])
    path = write(lab, **{"a-text-th": "", "a-title-lo": "ຊື່"})
    page = lab.get(path).text
    assert "ต้องแก้ก่อนขออนุมัติ" in page and "ขออนุมัติ</button>" not in page
    assert "ฉบับร่าง" in lab.get("/console/broadcasts").text


def test_a_second_person_approves_what_they_have_read(offices: Office) -> None:
    people(offices)
    lab, official = offices.officer(Role.LAB, [OWN]), offices.officer(Role.OFFICIAL, [OWN])
    path = write(lab, overriding="yes", override="ผู้ว่าขอให้ถามซ้ำ")
    assert lab.post(f"{path}/submit").status_code == 303
    own = lab.post(
        f"{path}/approve", {"revision": str(kept(offices).revision)}, headers={"Referer": f"http://localhost{path}"}
    )
    assert own.status_code == 303 and kept(offices).state == "waiting"
    assert "รอคุณอนุมัติ" in official.get("/console/broadcasts").text
    assert "รอคุณอนุมัติ" not in lab.get("/console/broadcasts").text
    page = official.get(path).text
    assert "อนุมัติให้ส่งถึง 4 คน" in page and "ผู้ว่าขอให้ถามซ้ำ" in page and "ช่วยเล่าเรื่องบนถนน" in page
    stale = official.post(f"{path}/approve", {"revision": "0"})
    assert stale.status_code == 409 and kept(offices).state == "waiting"
    assert official.post(f"{path}/approve", {"revision": str(kept(offices).revision)}).status_code == 303
    assert (kept(offices).state, kept(offices).approved_by) == ("scheduled", official.account and official.account.id)
    assert official.account is not None and official.account.name in lab.get(path).text
    with offices.runtime.store.reading() as session:
        acts = list(session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))
    assert acts[-3:] == ["broadcast_created", "broadcast_submitted", "broadcast_approved"]


def test_what_is_edited_must_be_approved_anew(office: Office) -> None:
    people(office)
    lab, official = office.officer(Role.LAB, [OWN]), office.officer(Role.OFFICIAL, [OWN])
    path = write(lab)
    lab.post(f"{path}/submit")
    official.post(f"{path}/approve", {"revision": str(kept(office).revision)})
    assert "ต้องขออนุมัติใหม่" in lab.get(f"{path}/edit").text
    revision = str(kept(office).revision)
    assert lab.post(f"{path}/edit", {**WRITTEN, "name": "ชื่อใหม่", "revision": revision}).status_code == 303
    assert (kept(office).state, kept(office).approved_by, kept(office).name) == ("draft", None, "ชื่อใหม่")
    overtaken = lab.post(f"{path}/edit", {**WRITTEN, "name": "ของฉัน", "revision": revision})
    assert overtaken.status_code == 422 and "ของฉัน" in overtaken.text and kept(office).name == "ชื่อใหม่"


def test_it_can_be_sent_back_stopped_and_resumed(office: Office) -> None:
    people(office)
    lab, official = office.officer(Role.LAB, [OWN]), office.officer(Role.OFFICIAL, [OWN])
    path = write(lab)
    lab.post(f"{path}/submit")
    official.post(f"{path}/back")
    assert kept(office).state == "draft"
    lab.post(f"{path}/submit")
    official.post(f"{path}/approve", {"revision": str(kept(office).revision)})
    lab.post(f"{path}/stop")
    assert kept(office).state == "stopped" and "ส่งต่อ</button>" in lab.get(path).text
    lab.post(f"{path}/resume")
    assert kept(office).state == "scheduled"
    told = lab.get(f"{path}/progress").json
    assert told["moving"] and told["state"] == "scheduled"


def test_officials_approve_and_do_not_write(office: Office) -> None:
    path = write(office.officer(Role.LAB, [OWN]))
    official = office.officer(Role.OFFICIAL, [OWN])
    for address in (
        "/console/broadcasts/new",
        "/console/broadcasts/check",
        f"{path}/edit",
        f"{path}/submit",
        f"{path}/stop",
    ):
        assert official.post(address, WRITTEN).status_code == 403, address
    page = official.get(path).text
    assert "แก้ไข</a>" not in page and "ขออนุมัติ</button>" not in page


def test_an_invitation_to_a_foreign_survey_does_not_exist(office: Office) -> None:
    lab = office.officer(Role.LAB, ["water-app"])
    assert lab.get("/console/broadcasts/new?survey=road-safety-needs").status_code == 404
    assert lab.get("/console/broadcasts/new?project=road-safety").status_code == 404
    assert lab.post("/console/broadcasts/new", WRITTEN).status_code == 404


def test_a_code_links_ones_own_line_for_tests(office: Office) -> None:
    lab = office.officer(Role.LAB, [OWN])
    path = write(lab)
    assert "TEST-" in lab.post(f"{path}/guest").text and "TEST-" not in lab.get(path).text
    told = lab.post(
        f"{path}/test", {"guest": "1"}, headers={"Referer": f"http://localhost{path}"}, follow_redirects=True
    )
    assert "ยังไม่มีใครผูก LINE" in told.text


def sent(office: Office) -> None:
    """The broadcast has gone to 200, half of them in each wording; 30 and 50 began, 20 and 45 finished; 7 failed."""
    at, number = office.runtime.clock(), 0
    with office.runtime.store.transaction() as session:
        broadcast = session.scalars(select(Broadcast)).one()
        broadcast.state, broadcast.started_at, broadcast.planned_at, broadcast.planned = "sent", at, at, 207
        broadcast.excluded, broadcast.line_figures = {"blocked": 3}, {"0": {"opened": 61, "clicked": None}}
        broadcast.figures_at = at
        survey = survey_by_slug(session, "road-safety-needs")
        version = newest_version(session, survey.id) if survey else None
        assert version is not None
        batch = {"broadcast_id": broadcast.id, "language": "th", "body": "", "due_ms": 0, "first_ms": 0}
        for arm, (begun, finished) in enumerate(((30, 20), (50, 45))):
            session.add(BroadcastBatch(key=f"k{arm}", arm=arm, size=100, state="sent", **batch))
            for place in range(begun):
                number += 1
                contact = Contact(line_id=f"S{number}", first_seen_at=at, last_seen_at=at)
                session.add(contact)
                session.flush()
                begun_at = {"version": 1, "at": "travel_mode", "answers": [], "heard": {}, "tries": 0, "confirming": ""}
                status = "completed" if place < finished else "expired"
                of = {"contact_id": contact.id, "version_id": version.id, "broadcast_id": broadcast.id, "arm": arm}
                session.add(Interview(progress=begun_at, status=status, started_at=at, updated_at=at, **of))
        session.add(BroadcastBatch(key="k9", arm=0, size=7, state="failed", reason="400 invalid user id", **batch))


def test_what_came_of_it_is_told_by_wording_and_how_sure_that_is(offices: Office) -> None:
    lab = offices.officer(Role.LAB, [OWN])
    path = write(lab, **{"compare": "yes", "b-title-th": "อีกแบบ", "b-text-th": "สั้น ๆ"})
    sent(offices)
    page = " ".join(lab.get(path).text.split())
    for told in ("<b>40.0%</b>", "<b>30.0%</b>", "<b>50.0%</b>", "<b>66.7%</b>", "<b>90.0%</b>"):
        assert told in page, told
    assert "+20.0 จุด (ช่วงความเชื่อมั่น 95%: +6.4 ถึง +32.6)" in page and "ต่างกันชัด" in page
    assert "400 invalid user id" in page and "<dd>7</dd>" in page
    assert "61" in page and "ปิดไว้ (&lt;20)" in page.replace("(<20)", "(&lt;20)")
    assert "คุณเดินทางบนถนนด้วยวิธีไหนบ่อยที่สุด</dt><dd>15</dd>" in page


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk-light"])
def test_the_pages_can_be_used_by_everyone(browsing: Browsing, clock: SetClock, width: int, dark: bool) -> None:
    people(browsing.office)
    lab, official = browsing.office.officer(Role.LAB, [OWN]), browsing.office.officer(Role.OFFICIAL, [OWN])
    path = write(lab, **{"compare": "yes", "b-title-th": "อีกแบบ", "b-text-th": "สั้น ๆ", "a-text-lo": "ສີ່ນາທີ"})
    unfinished = (path, f"{path}/edit", "/console/broadcasts", "/console/broadcasts/new?survey=road-safety-needs")
    for address in unfinished:
        page = browsing.open(lab, address, width, dark)
        assert violations(page) == [], address
        assert not is_too_wide(page), address
    lab.post(f"{path}/edit", {**WRITTEN, "revision": "0"})
    lab.post(f"{path}/submit")
    page = browsing.open(official, path, width, dark)
    assert violations(page) == [] and not is_too_wide(page)
    sent(browsing.office)
    lab.post("/console/broadcasts/check", {**WRITTEN, "is-language": "lo", "act": "keep", "segment_name": "คนลาว"})
    for address in (path, "/console/broadcasts", "/console/broadcasts/segments"):
        page = browsing.open(lab, address, width, dark)
        assert violations(page) == [], address
        assert not is_too_wide(page), address
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/broadcast{address.replace('/', '-')}-{width}.png", full_page=True)
