"""The page of one entry: what is shown, what is hidden, and what officials do there."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from bot import filing
from bot.reviewing import Tagged, pieces
from bot.store.accounts import Role
from bot.store.audit import AuditEvent
from bot.store.base import Session
from bot.store.entries import Answer, Attachment, Entry
from bot.store.labels import TagDecision
from bot.store.people import Contact
from bot.store.projects import project_by_slug
from bot.store.surveys import newest_version, survey_by_slug
from tests.handlers.console.browsing import Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer

WORDS = "รถกระบะขับเร็วมากหน้าโรงเรียน เกือบชนลูกผม โทรหาได้ที่ 081-234-5678 จ.เชียงใหม่"


def filed(office: Office, text: str = WORDS, project: str | None = "road-safety") -> str:
    """Somebody's words, filed. Gives the number."""
    at = office.runtime.clock()
    with office.runtime.store.transaction() as session:
        contact = Contact(line_id=f"U{uuid4().hex}", language="th", status="active", first_seen_at=at, last_seen_at=at)
        contact.asked, contact.consent_version = "", "test"
        session.add(contact)
        session.flush()
        entry = filing.file_words(session, contact, text, "1", at).entry
        entry.project_id = _project_id(session, project) if project else None
        return entry.number


def _project_id(session: Session, slug: str) -> int:
    found = project_by_slug(session, slug)
    assert found
    return found.id


def official(office: Office) -> Officer:
    return office.officer(Role.OFFICIAL, ["road-safety"])


def revision(page: str) -> str:
    return re.findall(r'name="revision" value="(\d+)"', page)[0]


def test_words_are_shown_with_what_earned_each_tag_and_without_personal_data(office: Office) -> None:
    page = official(office).get(f"/console/entries/{filed(office)}").text
    assert "081-234-5678" not in page and "[เบอร์โทร]" in page
    assert '<mark class="topic"' in page
    assert "เชียงใหม่" in page


def test_personal_data_is_shown_for_a_purpose_that_is_noted(office: Office) -> None:
    person, number = official(office), filed(office)
    refused = person.post(f"/console/entries/{number}/reveal", {"purpose": "  "})
    assert "081-234-5678" not in refused.text
    shown = person.post(f"/console/entries/{number}/reveal", {"purpose": "โทรกลับเรื่องจุดเสี่ยง"})
    assert "081-234-5678" in shown.text
    with office.runtime.store.reading() as session:
        (noted,) = session.scalars(select(AuditEvent).where(AuditEvent.act == "revealed"))
    assert noted.facts == {"number": number, "purpose": "โทรกลับเรื่องจุดเสี่ยง"}
    assert person.account and noted.actor == person.account.actor
    assert "081-234-5678" not in person.get(f"/console/entries/{number}").text


def test_a_lab_reads_masked_words_and_decides_nothing(office: Office) -> None:
    lab, number = office.officer(Role.LAB, ["road-safety"]), filed(office)
    page = lab.get(f"/console/entries/{number}")
    assert page.status_code == 200 and "[เบอร์โทร]" in page.text and "/reveal" not in page.text
    for act in ("reveal", "status", "assign", "move", "tags"):
        assert lab.post(f"/console/entries/{number}/{act}", {"purpose": "x"}).status_code == 403


def test_the_machine_is_told_right_wrong_and_what_it_missed(office: Office) -> None:
    person, number = official(office), filed(office)
    page = person.get(f"/console/entries/{number}").text
    topic = re.findall(r'value="(topic:[^"]+:0)">\s*<button class="plain" name="verdict" value="rejected"', page)[0]
    for tag, verdict in ((topic, "rejected"), ("topic:service.staff:0", "added"), ("sentiment:neg:0", "accepted")):
        done = person.post(f"/console/entries/{number}/tags", {"tag": tag, "verdict": verdict})
        assert done.status_code in (303, 302), tag
    with office.runtime.store.reading() as session:
        found = {(each.kind, each.verdict) for each in session.scalars(select(TagDecision))}
    assert {("topic", "rejected"), ("sentiment", "accepted")} <= found
    assert person.post(f"/console/entries/{number}/tags", {"tag": "nonsense", "verdict": "added"}).status_code == 400


def test_the_second_of_two_officials_is_told(office: Office) -> None:
    first, second, number = official(office), official(office), filed(office)
    before = revision(second.get(f"/console/entries/{number}").text)
    first.post(f"/console/entries/{number}/status", {"status": "in_review", "revision": before})
    told = second.post(
        f"/console/entries/{number}/status", {"status": "used", "revision": before}, follow_redirects=True
    ).text
    assert "มีคนแก้ไปก่อนแล้ว" in told
    with office.runtime.store.reading() as session:
        assert session.scalars(select(Entry.status)).all() == ["in_review"]


def test_status_assignment_notes_and_history(office: Office) -> None:
    person, number = official(office), filed(office)
    assert person.account
    for path, data in (
        ("status", {"status": "in_review"}),
        ("assign", {"account": str(person.account.id)}),
        ("notes", {"text": "นัดลงพื้นที่วันจันทร์"}),
        ("status", {"status": "used"}),
    ):
        assert person.post(f"/console/entries/{number}/{path}", data).status_code == 303
    page = person.get(f"/console/entries/{number}").text
    assert "นัดลงพื้นที่วันจันทร์" in page and "เปลี่ยนสถานะ" in page and person.account.name in page
    assert person.post(f"/console/entries/{number}/status", {"status": "nonsense"}).status_code == 400


def test_an_entry_moved_out_of_sight_is_gone(office: Office) -> None:
    admin, number = office.officer(Role.ADMIN, []), filed(office, project=None)
    person = official(office)
    assert person.get(f"/console/entries/{number}").status_code == 404
    assert admin.post(f"/console/entries/{number}/move", {"project_slug": "road-safety"}).status_code == 303
    assert person.get(f"/console/entries/{number}").status_code == 200
    assert person.post(f"/console/entries/{number}/move", {"project_slug": "water-app"}).status_code == 404


def test_a_survey_is_shown_as_the_citizen_saw_it_and_its_photo_only_to_who_asked(office: Office) -> None:
    number, key = survey_entry(office)
    person = official(office)
    page = person.get(f"/console/entries/{number}").text
    assert "คุณเดินทางบนถนนด้วยวิธีไหนบ่อยที่สุด" in page and "มอเตอร์ไซค์" in page and "<img class=" not in page
    shown = person.post(f"/console/entries/{number}/reveal", {"purpose": "ดูจุดเสี่ยง"}).text
    address = re.findall(r'<img class="photo" src="([^"]+)"', shown)[0].replace("&amp;", "&")
    assert person.get(address).data == office.runtime.photos.read(key)
    assert official(office).get(address).status_code == 404
    assert person.get(address + "x").status_code == 404
    office.runtime.photos.remove(key)
    assert person.get(address).status_code == 404


def survey_entry(office: Office) -> tuple[str, str]:
    """An entry of a survey with a photo. Gives its number and the photo's key."""
    number, at = filed(office, ""), office.runtime.clock()
    picture = BytesIO()
    Image.new("RGB", (4, 3)).save(picture, "PNG")
    key = "aa/photo.png"
    office.runtime.photos._write(key, picture.getvalue())
    with office.runtime.store.transaction() as session:
        entry = session.scalars(select(Entry).where(Entry.number == number)).one()
        survey = survey_by_slug(session, "road-safety-needs")
        assert survey
        version = newest_version(session, survey.id)
        assert version
        entry.kind, entry.survey_id, entry.version_id = "survey", survey.id, version.id
        plain = {"entry_id": entry.id, "status": "answered", "masked": "", "source": ""}
        session.add(
            Answer(
                position=0,
                question="travel_mode",
                kind="select_one",
                category="motorcycle",
                value="motorcycle",
                words="มอเตอร์ไซค์",
                **plain,
            )
        )
        session.add(
            Answer(
                position=1,
                question="spot_photo",
                kind="photo",
                category="photo",
                value={"photo": key},
                words="",
                **plain,
            )
        )
        session.add(
            Attachment(contact_id=entry.contact_id, key=key, content_type="image/png", size=9, source="2", at=at)
        )
    return number, key


def test_similar_entries_are_those_one_may_see(office: Office) -> None:
    person = official(office)
    mine = filed(office)
    near = filed(office, "รถบรรทุกขับเร็วมากหน้าโรงเรียน น่ากลัว")
    hidden = filed(office, "รถตู้ขับเร็วมากหน้าโรงเรียน น่ากลัว", project="water-app")
    page = person.get(f"/console/entries/{mine}").text
    assert near in page and hidden not in page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_can_be_used_by_everyone(browsing: Browsing, width: int, dark: bool) -> None:
    number, _ = survey_entry(browsing.office)
    for each in (number, filed(browsing.office)):
        page = browsing.open(official(browsing.office), f"/console/entries/{each}", width, dark)
        assert violations(page) == []
        assert not is_too_wide(page)


def test_pieces_cover_the_words_and_hide_what_is_personal() -> None:
    text = "โทร 0812345678 ถนนมืด"
    tag = Tagged("topic", "x", None, spans=((15, 21),))
    hidden = pieces(text, [["phone", 4, 14], ["phone", 6, 12]], [tag], unmasked=False)
    assert [each.text for each in hidden] == ["โทร ", "[เบอร์โทร]", " ", "ถนนมืด"]
    assert [each.marks for each in hidden] == [(), (), (), (0,)]
    assert "".join(each.text for each in pieces(text, [["phone", 4, 14]], [tag], unmasked=True)) == text
