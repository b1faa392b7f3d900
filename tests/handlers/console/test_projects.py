"""Projects: opened, described, tried, moved, closed and opened again; kept apart by rights; nothing typed is lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from bot import filing
from bot.store.accounts import Role
from bot.store.audit import AuditEvent
from bot.store.entries import Entry
from bot.store.people import Contact
from bot.store.projects import Project, ProjectStatus, project_by_slug, steps_of
from tests.conftest import SetClock
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.filling import fill
from tests.handlers.console.office import Office

NEW = {
    "slug": "elderly-trips",
    "fiscal_year": "2570",
    "title-th": "โครงการพาผู้สูงอายุไปหาหมอ",
    "title-en": "Getting old people to the doctor",
    "short-th": "ผู้สูงอายุไปหาหมอ",
    "short-en": "Old people's trips",
    "agency-th": "กรมกิจการผู้สูงอายุ",
    "agency-en": "Department of Older Persons",
    "description-th": "คนแก่ที่อยู่บ้านคนเดียวไปโรงพยาบาลลำบาก ไม่มีรถรับส่ง",
    "description-en": "Old people who cannot get to a hospital.",
    "keywords-th": "คนแก่\nผู้สูงอายุ, ตายาย\nรถรับส่ง",
}
SAID = "ตายายแถวบ้านไปโรงพยาบาลลำบาก ไม่มีรถรับส่ง"


def project(office: Office, slug: str) -> Project:
    with office.runtime.store.reading() as session:
        found = project_by_slug(session, slug)
    assert found is not None
    return found


def acts(office: Office) -> list[str]:
    with office.runtime.store.reading() as session:
        noted = session.scalars(select(AuditEvent.act).order_by(AuditEvent.id))
        return [each for each in noted if each != "signed_in"]


def form_of(office: Office, slug: str) -> dict[str, str]:
    """The fields of a project's form as they stand."""
    found = project(office, slug)
    fields = {"fiscal_year": str(found.fiscal_year), "revision": str(found.revision)}
    for name in ("title", "short", "agency", "description"):
        fields |= {f"{name}-{language}": text for language, text in getattr(found, name).items()}
    return fields | {f"keywords-{language}": "\n".join(words) for language, words in found.keywords.items()}


def test_a_lab_opens_a_project_has_it_and_it_receives_at_once(offices: Office) -> None:
    lab = offices.officer(Role.LAB, ["water-app"])
    answer = lab.post("/console/projects/new", NEW)
    assert answer.headers["Location"] == "/console/projects/elderly-trips"
    page = lab.get("/console/projects/elderly-trips").text
    assert NEW["title-th"] in page and "ผู้สูงอายุไปหาหมอ" in page
    assert project(offices, "elderly-trips").keywords == {"th": ["คนแก่", "ผู้สูงอายุ", "ตายาย", "รถรับส่ง"]}
    assert lab.get("/console/projects/water-app").status_code == 200
    with offices.runtime.store.transaction() as session:
        contact = Contact(line_id="U9", first_seen_at=offices.runtime.clock(), last_seen_at=offices.runtime.clock())
        session.add(contact)
        session.flush()
        filed = filing.file_words(session, contact, SAID, "m", offices.runtime.clock())
        assert filed.entry.project is not None and filed.entry.project.slug == "elderly-trips"
    assert acts(offices) == ["project_opened", "rights_changed"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("slug", "New One", "ตัวอังกฤษเล็ก"),
        ("slug", "new", "ไม่ใช่ new หรือ try"),
        ("slug", "water-app", "มีโครงการอื่นใช้ชื่อนี้แล้ว"),
        ("fiscal_year", "2027", "ปี พ.ศ. คือ 2570"),
        ("fiscal_year", "ปีหน้า", "ใส่ปี พ.ศ. สี่หลัก"),
        ("title-en", " ", "เขียนช่องนี้"),
        ("short-th", "ผู้สูงอายุเดินทางไปโรงพยาบาลประจำจังหวัด", "เกิน 20"),
        ("short-th", "น้ำเพื่อการเกษตร", "ประชาชนจะแยกปุ่มไม่ออก"),
        ("keywords-my", "x" * 61, "ยาวเกิน 60 ตัวอักษร"),
        ("keywords-th", "\n".join(f"คำที่{each}" for each in range(151)), "มี 151 คำ"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    office: Office, field: str, value: str, told: str
) -> None:
    answer = office.officer(Role.ADMIN).post("/console/projects/new", {**NEW, field: value})
    assert answer.status_code == 422
    place = answer.text.index(f'id="e-{field}"')
    assert told in answer.text[place : place + 300]
    assert all(text in answer.text for name, text in NEW.items() if name not in (field, "keywords-th", "short-en"))
    with office.runtime.store.reading() as session:
        assert project_by_slug(session, "elderly-trips") is None


def test_thai_digits_are_a_year_too(office: Office) -> None:
    assert office.officer(Role.ADMIN).post("/console/projects/new", {**NEW, "fiscal_year": "๒๕๗๐"}).status_code == 303
    assert project(office, "elderly-trips").fiscal_year == 2570


def test_who_writes_second_is_told_what_now_stands_and_may_insist(offices: Office) -> None:
    one, two = (offices.officer(Role.LAB, ["water-app"]) for _ in range(2))
    before = form_of(offices, "water-app")
    assert one.post("/console/projects/water-app/edit", {**before, "agency-th": "กรมน้ำ"}).status_code == 303
    mine = {**before, "agency-th": "กรมคลอง", "keywords-th": "คลอง"}
    told = two.post("/console/projects/water-app/edit", mine)
    assert told.status_code == 409 and one.account is not None
    assert f"{one.account.name} แก้โครงการนี้ไปก่อนแล้ว" in told.text
    assert "กรมน้ำ" in told.text and 'value="กรมคลอง"' in told.text
    assert project(offices, "water-app").agency["th"] == "กรมน้ำ"
    revision = str(project(offices, "water-app").revision)
    assert f'name="revision" value="{revision}"' in told.text
    assert two.post("/console/projects/water-app/edit", {**mine, "revision": revision}).status_code == 303
    assert project(offices, "water-app").agency["th"] == "กรมคลอง"
    with offices.runtime.store.reading() as session:
        changed = select(AuditEvent).where(AuditEvent.act == "project_changed").order_by(AuditEvent.id)
        noted = [each.facts for each in session.scalars(changed)]
    assert noted == [
        {"project": "water-app", "fields": ["agency-th"]},
        {"project": "water-app", "fields": ["agency-th", "keywords-th"]},
    ]


def test_a_trial_tells_what_would_come_and_moves_nothing(offices: Office, clock: SetClock) -> None:
    fill(offices.runtime.store, clock(), [("disadvantaged-database", SAID), ("road-safety", "รถชนกันหน้าโรงเรียน ถนนมืด")])
    admin = offices.officer(Role.ADMIN)
    part = admin.post("/console/projects/try", {**NEW, "part": "live"}).text
    assert "<html" not in part and "<b>1</b> เรื่อง จาก 2 เรื่องล่าสุด" in part
    assert "ข้อมูลผู้ด้อยโอกาส" in part and SAID in part
    whole = admin.post("/console/projects/try", NEW).text
    assert "<html" in whole and "<b>1</b> เรื่อง จาก 2 เรื่องล่าสุด" in whole and 'value="elderly-trips"' in whole
    road = {**form_of(offices, "road-safety"), "part": "live"}
    assert "อยู่ที่นี่อยู่แล้ว" in admin.post("/console/projects/road-safety/try", road).text
    with offices.runtime.store.reading() as session:
        slugs = [each.project.slug for each in session.scalars(select(Entry).order_by(Entry.id)) if each.project]
        assert slugs == ["disadvantaged-database", "road-safety"]
    assert acts(offices) == []


def test_a_trial_reads_only_what_the_asker_may_see(office: Office, clock: SetClock) -> None:
    fill(
        office.runtime.store, clock(), [("disadvantaged-database", f"{SAID} โทร 081-234-5678"), ("water-app", "น้ำไม่มา")]
    )
    lab = office.officer(Role.LAB, ["water-app"])
    told = lab.post("/console/projects/try", {**NEW, "part": "live"}).text
    assert "<b>0</b> เรื่อง จาก 1 เรื่องล่าสุด" in told and SAID not in told and "ข้อมูลผู้ด้อยโอกาส" not in told
    seen = office.officer(Role.ADMIN).post("/console/projects/try", {**NEW, "part": "live"}).text
    assert SAID in seen and "081-234" not in seen


def test_what_is_filed_in_a_step_counts_for_it_and_opens_just_that(offices: Office, clock: SetClock) -> None:
    lab = offices.officer(Role.LAB, ["road-safety"])
    with offices.runtime.store.transaction() as session:
        found = project_by_slug(session, "road-safety")
        assert found is not None
        found.opened_at = clock() - timedelta(days=30)
    fill(offices.runtime.store, clock() - timedelta(days=2), [("road-safety", "รถชนกันหน้าโรงเรียน")], "U1")
    wish = {"was": "understand", "step": "empathise", "why": "รู้แล้วว่าเกิดที่ไหน"}
    assert lab.post("/console/projects/road-safety/step", wish).status_code == 303
    clock.pass_by(days=3)
    two = [("road-safety", "ถนนมืดมาก กลัวรถชน"), ("road-safety", "ไฟแดงเสียที่ทางแยก รถชน")]
    fill(offices.runtime.store, clock(), two, "U2")
    mover, lab = lab.account, offices.officer(Role.LAB, ["road-safety"])
    page = lab.get("/console/projects/road-safety").text
    assert "รู้แล้วว่าเกิดที่ไหน" in page and mover is not None and mover.name in page
    first, second = page.split('<ol class="steps')[1].split("</ol>")[0].split("<li")[1:3]
    for part, number in ((first, 1), (second, 2)):
        address = part.split('href="')[1].split('"')[0].replace("&amp;", "&")
        assert f">{number}</a>" in part.replace(f'{address}"', "")
        assert lab.get(address).text.count("data-row") == number
    with offices.runtime.store.reading() as session:
        found = project_by_slug(session, "road-safety")
        assert found is not None and [each.step for each in steps_of(session, found.id)] == ["understand", "empathise"]
    again = lab.post("/console/projects/road-safety/step", wish, follow_redirects=True)
    assert "มีคนย้ายขั้นของโครงการนี้ไปก่อนแล้ว" in again.text


def test_a_closed_project_says_what_follows_and_opens_again(offices: Office, clock: SetClock) -> None:
    fill(offices.runtime.store, clock())
    lab = offices.officer(Role.LAB, ["road-safety"])
    news = {"name": "ข่าวถนน", "kind": "message", "project_slug": "road-safety", "a-title-th": "ก", "a-text-th": "ข"}
    broadcast = lab.post("/console/broadcasts/new", {**news, "when": "now"}).headers["Location"]
    assert "ข่าวถนน" not in lab.get("/console/projects/road-safety/close").text
    lab.post(f"{broadcast}/submit")
    told = lab.get("/console/projects/road-safety/close").text
    assert "ข่าวถนน" in told
    assert "แบบสอบถามที่กำลังถาม 1 ชุด" in told and "มี 2 รายการที่ยังทำไม่เสร็จ" in told
    assert project(offices, "road-safety").status == ProjectStatus.ACTIVE
    assert lab.post("/console/projects/road-safety/close").status_code == 303
    assert (project(offices, "road-safety").status, project(offices, "road-safety").closed_at) == ("closed", clock())
    page = lab.get("/console/projects/road-safety").text
    assert "ไม่รับเรื่องใหม่" in page and "เปิดใหม่" in page and "ย้ายไปอีกขั้น" not in page
    twice = lab.post("/console/projects/road-safety/close", follow_redirects=True)
    assert "โครงการปิดแล้ว" in twice.text
    move = {"was": "understand", "step": "rollout"}
    assert "เปิดใหม่ก่อน" in lab.post("/console/projects/road-safety/step", move, follow_redirects=True).text
    assert lab.post("/console/projects/road-safety/reopen").status_code == 303
    assert (project(offices, "road-safety").status, project(offices, "road-safety").closed_at) == ("active", None)
    assert acts(offices)[-2:] == ["project_closed", "project_reopened"]


def test_a_name_taken_meanwhile_keeps_a_project_closed(office: Office) -> None:
    admin = office.officer(Role.ADMIN)
    admin.post("/console/projects/water-app/close")
    assert admin.post("/console/projects/new", {**NEW, "short-th": "น้ำเพื่อการเกษตร"}).status_code == 303
    told = admin.post("/console/projects/water-app/reopen", follow_redirects=True)
    assert "ประชาชนจะแยกปุ่มไม่ออก" in told.text
    assert project(office, "water-app").status == ProjectStatus.CLOSED


@pytest.mark.parametrize("path", ["new", "try", "{own}/edit", "{own}/step", "{own}/close", "{own}/reopen", "{own}/try"])
def test_officials_read_and_do_not_keep(office: Office, path: str) -> None:
    official = office.officer(Role.OFFICIAL, ["water-app"])
    address = "/console/projects/" + path.format(own="water-app")
    assert official.post(address, NEW).status_code == 403
    page = official.get("/console/projects/water-app").text
    assert "แก้ไขโครงการ" not in page and "ปิดโครงการ" not in page and "ย้ายไปอีกขั้น" not in page


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk-light"])
def test_the_pages_can_be_used_by_everyone(browsing: Browsing, clock: SetClock, width: int, dark: bool) -> None:
    fill(browsing.office.runtime.store, clock())
    person = browsing.office.officer(Role.ADMIN)
    person.post("/console/projects/sme-internet/close")
    for path in ("", "/new", "/road-safety/edit", "/road-safety", "/road-safety/close", "/sme-internet"):
        page = browsing.open(person, f"/console/projects{path}", width, dark)
        assert violations(page) == [], path
        assert not is_too_wide(page), path


def test_a_project_is_written_tried_live_opened_moved_and_closed(browsing: Browsing, clock: SetClock) -> None:
    fill(browsing.office.runtime.store, clock(), [("disadvantaged-database", SAID)])
    lab = browsing.office.officer(Role.LAB, ["disadvantaged-database"])
    page = browsing.open(lab, "/console/projects", PHONE)
    page.get_by_role("link", name="เปิดโครงการใหม่").click()
    for name, value in NEW.items():
        page.locator(f"[name='{name}']").fill(value)
    expect(page.locator("#trial .verdict")).to_contain_text("1 เรื่อง จาก 1 เรื่องล่าสุด")
    page.locator("[name='keywords-th']").fill("คนแก่")
    page.locator("[name='short-th']").fill("ก" * 21)
    page.get_by_role("button", name="เปิดโครงการ").click()
    expect(page.locator("#e-short-th")).to_contain_text("ยาว 21 ตัวอักษร")
    page.locator("[name='short-th']").fill("ผู้สูงอายุไปหาหมอ")
    page.get_by_role("button", name="เปิดโครงการ").click()
    expect(page.get_by_role("status")).to_contain_text("เปิดโครงการแล้ว")
    page.get_by_text("ย้ายไปอีกขั้น").click()
    page.get_by_role("button", name="ย้ายขั้น").click()
    expect(page.locator(".steps [aria-current=step]")).to_contain_text("การเข้าถึงความต้องการ")
    page.get_by_role("link", name="ปิดโครงการ").click()
    page.get_by_role("button", name="ปิดโครงการ").click()
    expect(page.locator(".closed")).to_contain_text("ไม่รับเรื่องใหม่")
    browsing.troubles.remove(next(each for each in browsing.troubles if "422" in each))
