"""The editor in a real browser: written by mouse, by keyboard alone and on a phone, beside the bot's own messages."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.seed import sample
from bot.store.accounts import Role
from bot.store.surveys import survey_by_slug
from bot.surveys import writing
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer

ROAD = sample("surveys/road-safety-needs.yaml")
EDIT = "/console/surveys/road-safety-needs/edit"


def lab(office: Office) -> Officer:
    return office.officer(Role.LAB, ["road-safety"])


def draft(office: Office) -> dict[str, Any]:
    with office.runtime.store.reading() as session:
        found = survey_by_slug(session, "road-safety-needs")
        assert found
        return found.draft


def opened(browsing: Browsing, width: int = DESK, dark: bool = False) -> Page:
    page = browsing.open(lab(browsing.office), EDIT, width, dark)
    expect(page.locator(".screen .bubble").first).to_be_visible()
    return page


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".state")).to_have_attribute("data-state", "saved")


def names(office: Office) -> list[str]:
    return [each["name"] for each in draft(office)["questions"]]


def test_a_question_is_written_seen_on_the_phone_and_kept(browsing: Browsing) -> None:
    page = opened(browsing)
    page.get_by_role("button", name="+ เพิ่มคำถาม").click()
    card = page.locator(".q.opened")
    card.get_by_label("ไทย").first.fill("คุณมาที่นี่อย่างไร")
    expect(card.locator(".gaps").first).to_have_text("ขาด 1 ข้อความ")
    card.get_by_label("อังกฤษ").first.fill("How did you get here?")
    choices = card.locator(".choice")
    for place, (thai, english) in enumerate([("เดิน", "On foot"), ("รถเมล์", "By bus")]):
        choices.nth(place).locator("input[lang=th]").fill(thai)
        choices.nth(place).locator("input[lang=en]").fill(english)
    expect(page.locator(".bubble").first).to_contain_text("คุณมาที่นี่อย่างไร")
    expect(page.locator(".quick li").first).to_have_text("เดิน")
    page.locator(".tabs").get_by_role("button", name="อังกฤษ").click()
    expect(page.locator(".quick li").first).to_have_text("On foot")
    expect(page.locator(".summary")).to_contain_text("ไม่มีอะไรต้องแก้")
    save(page)
    last = draft(browsing.office)["questions"][-1]
    assert (last["kind"], last["label"]["th"]) == ("select_one", "คุณมาที่นี่อย่างไร")
    assert [each["label"]["en"] for each in last["choices"]] == ["On foot", "By bus"]


def test_it_saves_by_itself(browsing: Browsing) -> None:
    page = opened(browsing)
    page.get_by_role("button", name="เกี่ยวกับแบบสอบถาม").click()
    page.locator("[data-where='title.th']").fill("ถนนของเรา")
    expect(page.locator(".state")).to_have_attribute("data-state", "saved", timeout=20_000)
    assert draft(browsing.office)["title"]["th"] == "ถนนของเรา"


def test_questions_are_moved_by_drag_by_arrow_keys_and_by_buttons(browsing: Browsing) -> None:
    page = opened(browsing)
    before = names(browsing.office)
    start = page.locator(".q").nth(0).locator(".handle").bounding_box()
    end = page.locator(".q").nth(2).bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, end["y"] + end["height"] - 4, steps=8)
    page.mouse.up()
    save(page)
    assert names(browsing.office)[:3] == [before[1], before[2], before[0]]
    page.locator(".q").nth(2).locator(".handle").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    save(page)
    assert names(browsing.office) == before
    page.locator(".q .opener").nth(0).click()
    page.get_by_role("button", name="↓ เลื่อนลง").click()
    save(page)
    assert names(browsing.office)[:2] == [before[1], before[0]]
    page.get_by_role("button", name="เอาคืน").click()
    save(page)
    assert names(browsing.office) == before


def test_a_problem_stands_at_its_field_and_leads_to_it(browsing: Browsing) -> None:
    page = opened(browsing)
    page.locator(".q .opener").nth(0).click()
    page.locator("[data-where='questions[0].choices[0].label.th']").fill("รถจักรยานยนต์ส่วนบุคคลของครอบครัว")
    field = page.locator("[data-where='questions[0].choices[0].label.th']")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".q").nth(0).locator(".count")).to_have_text("ต้องแก้ 1 จุด")
    assert "20" in page.locator(".q.opened .told").inner_text()
    page.locator(".q .opener").nth(0).click()
    page.locator(".summary summary").click()
    page.locator(".summary button").click()
    expect(field).to_be_focused()
    save(page)  # what is imperfect is kept all the same
    assert draft(browsing.office)["questions"][0]["choices"][0]["label"]["th"].startswith("รถจักรยานยนต์")


def test_a_condition_is_a_sentence_of_pickers(browsing: Browsing) -> None:
    page = opened(browsing)
    page.locator(".q .opener").nth(4).click()
    rules = page.locator(".q.opened .rules")
    expect(rules).to_contain_text("ถามทุกคน")
    rules.get_by_role("button", name="เพิ่มเงื่อนไข").click()
    rules.get_by_label("ข้อที่ดู").select_option("travel_mode")
    rules.get_by_label("เป็นอย่างไร").select_option("is")
    rules.get_by_label("คำตอบ").select_option("truck")
    rules.get_by_role("button", name="เพิ่มเงื่อนไข").click()
    rules.get_by_label("ข้อที่ดู").nth(1).select_option("days_a_week")
    rules.get_by_label("เป็นอย่างไร").nth(1).select_option("at_least")
    rules.get_by_label("คำตอบ").nth(1).fill("3")
    save(page)
    rule = {"all": [{"question": "travel_mode", "is": "truck"}, {"question": "days_a_week", "at_least": 3}]}
    assert draft(browsing.office)["questions"][4]["show_if"] == rule
    rules.get_by_role("button", name="เอาออก").nth(1).click()
    save(page)
    assert draft(browsing.office)["questions"][4]["show_if"] == {"question": "travel_mode", "is": "truck"}


def test_a_question_comes_from_the_bank_under_a_name_of_its_own(browsing: Browsing) -> None:
    page = opened(browsing)
    page.get_by_role("button", name="หยิบจากคลัง").click()
    page.get_by_label("ค้นในคลัง").fill("อายุเท่าไร")
    page.get_by_role("button", name="ใส่: คุณอายุเท่าไร").click()
    save(page)
    assert len(set(names(browsing.office))) == len(names(browsing.office)) == 12
    assert draft(browsing.office)["questions"][-1]["label"]["th"] == "คุณอายุเท่าไร"


def test_another_kind_keeps_what_fits_and_gives_the_rest_back(browsing: Browsing) -> None:
    page = opened(browsing)
    page.locator(".q .opener").nth(0).click()
    kind = page.get_by_label("ชนิดคำถาม")
    kind.select_option("text")
    save(page)
    assert "choices" not in draft(browsing.office)["questions"][0]
    kind.select_option("select_multiple")
    save(page)
    assert draft(browsing.office)["questions"][0]["choices"] == ROAD["questions"][0]["choices"]


def test_who_saves_second_is_shown_what_the_other_wrote_and_keeps_both(browsing: Browsing) -> None:
    office = browsing.office
    page = opened(browsing)
    page.locator(".q .opener").nth(1).click()
    page.locator("[data-where='questions[1].label.th']").fill("กี่วันต่อสัปดาห์")
    theirs = {**draft(office), "title": {"th": "ชื่อของเขา", "en": "Theirs"}}
    other = lab(office)
    assert other.account is not None
    with office.runtime.store.transaction() as session:
        found = survey_by_slug(session, "road-safety-needs")
        assert found
        writing.write(session, found, theirs, 0, writing.By(other.account.actor, office.runtime.clock()))
    browsing.troubles.clear()
    page.keyboard.press("Control+s")
    box = page.locator("dialog.overtaken")
    expect(box).to_contain_text(f"{other.account.name} บันทึกไปก่อน")
    expect(box).to_contain_text("ชื่อของเขา")
    assert draft(office) == theirs
    assert [each for each in browsing.troubles if "409" not in each] == []
    browsing.troubles.clear()  # a browser tells of every answer of 409
    box.get_by_role("button", name="รวมของทั้งสองคน").click()
    save(page)
    kept = draft(office)
    assert (kept["title"]["th"], kept["questions"][1]["label"]["th"]) == ("ชื่อของเขา", "กี่วันต่อสัปดาห์")


def test_a_language_more_shows_its_gaps(browsing: Browsing) -> None:
    page = opened(browsing)
    page.get_by_role("button", name="เกี่ยวกับแบบสอบถาม").click()
    page.get_by_role("checkbox", name="พม่า").check()
    expect(page.get_by_role("checkbox", name="พม่า")).to_be_focused()
    expect(page.locator(".about-it [data-where='title'] .gaps")).to_have_text("ขาด 1 ข้อความ")
    expect(page.locator(".summary")).to_contain_text("ต้องแก้")
    page.get_by_role("button", name="เอาคืน").click()
    expect(page.locator(".summary")).to_contain_text("ไม่มีอะไรต้องแก้")


def test_without_a_script_it_says_what_can_be_done(browsing: Browsing) -> None:
    person = lab(browsing.office)
    context = browsing.browser.new_context(base_url=browsing.address, java_script_enabled=False)
    browsing.contexts.append(context)
    cookie = person.client.get_cookie("khaojai")
    assert cookie is not None
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": browsing.address}])
    page = context.new_page()
    page.goto(EDIT)
    expect(page.locator(".flash")).to_contain_text("ต้องใช้ JavaScript")


@pytest.mark.parametrize(("width", "dark"), [(PHONE, False), (PHONE, True), (DESK, False), (DESK, True)])
def test_the_editor_fits_and_can_be_read_by_everybody(browsing: Browsing, width: int, dark: bool) -> None:
    page = opened(browsing, DESK, dark)
    page.set_viewport_size({"width": width, "height": 844})
    for place in (0, 4, 7, 8):
        page.locator(".q .opener").nth(place).click()
        expect(page.locator(".q.opened")).to_have_attribute("data-place", str(place))
    page.locator(".more summary").click()
    assert not is_too_wide(page)
    assert violations(page) == []
    if width == PHONE:
        page.get_by_role("button", name="บนโทรศัพท์").click()
        expect(page.locator(".phone.over .bubble").first).to_be_visible()


@pytest.mark.parametrize("path", ["", "/road-safety-needs", "/road-safety-needs/publish", "/bank", "/new"])
@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)])
def test_the_other_pages_fit_too(browsing: Browsing, path: str, width: int, dark: bool) -> None:
    page = browsing.open(lab(browsing.office), f"/console/surveys{path}", width, dark)
    assert not is_too_wide(page)
    assert violations(page) == []
