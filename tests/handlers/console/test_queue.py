"""The queue's pages: filter, search, views, rights, bulk acts; in a request and in a real browser."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from bot.store.accounts import Role
from bot.store.paging import Paging, page
from bot.store.seeking import Sought, count
from bot.store.sight import Sight
from tests.handlers.console.browsing import PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.filling import SAID, fill
from tests.handlers.console.office import Office, Officer

ALL = Sight(None, unsorted=True)
NUMBERS = re.compile(r'name="picked" value="([^"]+)"')


@pytest.fixture
def busy(office: Office) -> Office:
    fill(office.runtime.store, office.runtime.clock())
    return office


def listed(person: Officer, path: str) -> list[str]:
    answer = person.get(path)
    assert answer.status_code == 200
    return NUMBERS.findall(answer.text)


def test_the_list_is_what_the_filter_says(busy: Office) -> None:
    person = busy.officer(Role.ADMIN)
    assert len(listed(person, "/console/queue")) == len(SAID)
    assert len(listed(person, "/console/queue?q=รถเมล์")) == 1
    text = person.get("/console/queue?q=แอป&project=water-app").text
    assert "[เบอร์โทร]" in text and "081" not in text
    assert "1 เรื่อง" in text
    assert "ไม่มีเรื่องที่ตรงกับตัวกรอง" in person.get("/console/queue?q=เครื่องบิน").text
    assert "ไม่มีคำที่ค้นได้" in person.get("/console/queue?q=081-234-5678").text


def test_a_sent_filter_leads_to_a_clean_address(busy: Office) -> None:
    person = busy.officer(Role.ADMIN)
    sent = "/console/queue?apply=1&q=&since=&status=new&tag=topic:service.staff&picktag=quality:fast-1&pickhow=nottag"
    address = urlsplit(person.get(sent).headers["Location"])
    assert parse_qs(address.query) == {
        "status": ["new"], "tag": ["topic:service.staff"], "nottag": ["quality:fast-1"],
    }  # fmt: skip
    assert person.get("/console/queue?apply=1&q=").headers["Location"].endswith("/console/queue?all=1")


def test_rights_are_in_every_list_count_and_choice(busy: Office) -> None:
    person = busy.officer(Role.OFFICIAL, ["road-safety"])
    assert len(listed(person, "/console/queue")) == 2
    text = person.get("/console/queue").text
    assert "water-app" not in text and "2 เรื่อง" in text
    assert person.get("/console/queue?project=water-app").status_code == 404
    assert person.get("/console/queue/counts").json["project"] == {"road-safety": 2}
    assert person.get("/console/queue/fresh?last=0").json["count"] == 2


def test_new_entries_are_told_and_the_list_stands(busy: Office) -> None:
    person = busy.officer(Role.OFFICIAL, ["road-safety"])
    text = person.get("/console/queue").text
    ask = re.findall(r'data-ask="([^"]+)"', text)[0].replace("&amp;", "&")
    assert person.get(ask).json["count"] == 0
    fill(busy.runtime.store, busy.runtime.clock(), SAID[:3], "U2")
    assert person.get(ask).json == {"count": 2, "told": "มีเรื่องใหม่ 2 เรื่อง"}


def test_pages_lead_on_and_back(busy: Office) -> None:
    fill(busy.runtime.store, busy.runtime.clock(), [("road-safety", "ถนนมืด")] * 40, "U3")
    person = busy.officer(Role.OFFICIAL, ["road-safety"])
    first = person.get("/console/queue?sort=urgent").text
    address = re.findall(r'rel="next"[^>]*href="([^"]+)"', first)[0].replace("&amp;", "&")
    second = person.get(address).text
    assert len(NUMBERS.findall(first)) == 30 and len(NUMBERS.findall(second)) == 12
    back = re.findall(r'rel="prev"[^>]*href="([^"]+)"', second)[0].replace("&amp;", "&")
    assert NUMBERS.findall(person.get(back).text) == NUMBERS.findall(first)
    assert len(set(NUMBERS.findall(first + second))) == 42


def test_views_are_saved_shared_and_open_first(busy: Office) -> None:
    person, other = busy.officer(Role.ADMIN), busy.officer(Role.OFFICIAL, ["road-safety"])
    for name, query in (("มุมมองถนน", "project=road-safety&evil=1"), ("มุมมองน้ำ", "project=water-app")):
        sent = {"name": name, "query": query, "sort": "urgent", "shared": "yes", "standard": "yes"}
        address = person.post("/console/queue/views", sent).headers["Location"]
        assert address.endswith(f"?{query.removesuffix('&evil=1')}&sort=urgent")
    assert person.get("/console/queue").headers["Location"].endswith("?project=water-app&sort=urgent")
    text = other.get("/console/queue").text
    assert "มุมมองถนน" in text and "มุมมองน้ำ" not in text, "a shared view of a project one may not see is not told"
    view = re.findall(r"/views/(\d+)/remove", person.get("/console/queue?all=1").text)[0]
    assert other.post(f"/console/queue/views/{view}/remove").status_code == 404
    assert person.post(f"/console/queue/views/{view}/remove").status_code == 303
    refused = person.post("/console/queue/views", {"name": " "}, headers={"Referer": "http://localhost/console/queue"})
    assert refused.status_code == 303


def test_a_lab_reads_and_does_not_act(busy: Office) -> None:
    person = busy.officer(Role.LAB, ["road-safety"])
    text = person.get("/console/queue").text
    assert "2 เรื่อง" in text and 'id="bulk"' not in text
    assert person.get("/console/bulk").status_code == 403


def test_a_bulk_act_says_when_the_number_changed(busy: Office) -> None:
    person = busy.officer(Role.ADMIN)
    sent = {"act": "status used", "scope": "all", "status": "new", "last": "9999", "expected": "5"}
    answer = person.post("/console/bulk", sent)
    assert answer.status_code == 409 and "เดิม 5 เรื่อง ตอนนี้ 6 เรื่อง" in answer.text
    done = person.post("/console/bulk", {**sent, "expected": "6"})
    assert done.status_code == 303
    with busy.runtime.store.reading() as session:
        assert count(session, Sought.of("status=used"), ALL) == 6
    path = urlsplit(done.headers["Location"]).path
    assert "ทำเสร็จแล้ว" in person.get(path).text
    assert busy.officer(Role.OFFICIAL, ["road-safety"]).get(path).status_code == 404
    assert "เปลี่ยนสถานะ" in person.get("/console/bulk").text


@pytest.mark.parametrize("act", ["", "status withdrawn", "move road-safety2", "tag +topic:none", "erase all"])
def test_a_bulk_act_that_is_none(busy: Office, act: str) -> None:
    person = busy.officer(Role.ADMIN)
    assert person.get(f"/console/bulk/new?act={act.replace('+', '%2B')}&scope=all").status_code in (404, 409)


def rows(page: Page) -> int:
    return page.locator("[data-row]").count()


def test_filter_search_and_keys_in_a_browser(busy: Office, browsing: Browsing) -> None:
    page = browsing.open(busy.officer(Role.ADMIN), "/console/queue")
    page.keyboard.press("/")
    page.keyboard.type("รถ")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.locator("summary", has_text="จังหวัด").click()
    page.get_by_label("ชลบุรี").check()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.locator(".chip", has_text="ชลบุรี").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    page.locator("#f-pickhow").select_option("nottag")
    page.locator("#f-picktag").select_option("quality:fast-1")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.goto("/console/queue")
    for key in "jjkjx":
        page.keyboard.press(key)
    expect(page.locator("[data-row]:nth-child(2) input[name=picked]")).to_be_checked()
    number = page.locator("[data-row]:nth-child(2) input[name=picked]").get_attribute("value")
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(f"/console/entries/{number}"))
    page.go_back()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("เลือกหรือไม่เลือก")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/console/entries/"))


def test_a_saved_view_in_a_browser(busy: Office, browsing: Browsing) -> None:
    page = browsing.open(busy.officer(Role.ADMIN), "/console/queue?project=road-safety&sort=urgent")
    page.get_by_text("บันทึกตัวกรองนี้เป็นมุมมอง").click()
    page.get_by_label("ชื่อมุมมอง").fill("ถนนเร่งด่วน")
    page.get_by_label("เปิดมุมมองนี้ก่อนทุกครั้ง").check()
    page.get_by_role("button", name="บันทึก", exact=True).click()
    page.goto("/console/queue")
    expect(page.locator(".views [aria-current]")).to_contain_text("ถนนเร่งด่วน")
    assert rows(page) == 2


def test_bulk_and_undo_in_a_browser(busy: Office, browsing: Browsing) -> None:
    page = browsing.open(busy.officer(Role.ADMIN), "/console/queue?project=road-safety")
    page.get_by_label("สิ่งที่ทำ").select_option("status answered")
    page.get_by_role("button", name="ทำกับทั้ง 2 เรื่อง").click()
    fill(busy.runtime.store, busy.runtime.clock(), SAID[:2], "U-late")
    page.get_by_role("button", name="ยืนยัน ทำกับ 2 เรื่อง").click()
    expect(page.locator("main")).to_contain_text("ทำเสร็จแล้ว")
    with busy.runtime.store.reading() as session:
        assert count(session, Sought.of("status=answered"), ALL) == 2
        assert count(session, Sought.of("project=road-safety"), ALL) == 4
    page.get_by_role("button", name="ย้อนกลับทั้งหมด").click()
    expect(page.locator("main")).to_contain_text("ย้อนกลับแล้ว")
    with busy.runtime.store.reading() as session:
        assert count(session, Sought.of("status=answered"), ALL) == 0
    page.goto("/console/queue?project=water-app")
    page.locator("[data-row] input[name=picked]").first.check()
    page.get_by_label("สิ่งที่ทำ").select_option("tag +topic:service.cost")
    page.get_by_role("button", name="ทำกับที่เลือกไว้").click()
    page.get_by_role("button", name="ยืนยัน ทำกับ 1 เรื่อง").click()
    expect(page.locator("main")).to_contain_text("ทำเสร็จแล้ว")
    with busy.runtime.store.reading() as session:
        assert count(session, Sought.of("project=water-app&tag=topic:service.cost"), ALL) == 1


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "path", ["/console/queue", "/console/queue?q=รถ&tag=quality:fast-1", "/console/bulk/new?act=status+used&scope=all"]
)
def test_everybody_can_use_it(busy: Office, browsing: Browsing, path: str, dark: bool) -> None:
    page = browsing.open(busy.officer(Role.ADMIN), path, PHONE, dark)
    assert violations(page) == []
    assert not is_too_wide(page)
    if page.locator(".panel-opener").count():
        page.locator(".panel-opener").click()
        assert page.locator("#filters").is_visible() and violations(page) == []


def test_it_works_without_scripts(busy: Office, browsing: Browsing) -> None:
    person = busy.officer(Role.ADMIN)
    cookie = person.client.get_cookie("khaojai")
    assert cookie is not None
    context = browsing.browser.new_context(base_url=browsing.address, java_script_enabled=False)
    browsing.contexts.append(context)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": browsing.address}])
    page = context.new_page()
    page.goto("/console/queue")
    page.get_by_label("ค้นหา").fill("รถ")
    page.get_by_role("button", name="ใช้ตัวกรอง").click()
    assert rows(page) == 2
    page.locator("[data-row] input[name=picked]").first.check()
    page.get_by_label("สิ่งที่ทำ").select_option("status closed")
    page.get_by_role("button", name="ทำกับที่เลือกไว้").click()
    page.get_by_role("button", name="ยืนยัน ทำกับ 1 เรื่อง").click()
    assert "ทำเสร็จแล้ว" in page.locator("main").inner_text()


def test_the_filter_of_the_page_is_the_filter_of_the_store(busy: Office) -> None:
    with busy.runtime.store.reading() as session:
        found = [row.number for row in page(session, Sought.of("tag=quality:fast-1"), ALL, Paging()).rows]
    assert listed(busy.officer(Role.ADMIN), "/console/queue?tag=quality:fast-1") == found
