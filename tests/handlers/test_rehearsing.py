"""The way of a lab through the running program: the console, the draft on the phone, the scripted citizens' report."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.handlers.test_demo import SWITCHES, Demo

HOME = "/console/surveys/road-safety-needs/rehearsals"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path)
    yield running
    running.close()


def said_on(phone: Page, words: str) -> None:
    expect(phone.locator(".log")).to_contain_text(words, timeout=20_000)


def test_from_the_console_to_the_phone_and_to_the_report(demo: Demo) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        context = browser.new_context(base_url=demo.url, locale="th-TH")
        page = context.new_page()
        page.goto(HOME)
        page.get_by_role("button", name="ดูแลทุกโครงการและบัญชีผู้ใช้").click()
        with context.expect_page() as opened:
            page.get_by_role("button", name="ลองในโทรศัพท์").click()
        phone = opened.value
        expect(phone.locator(".test-mark")).to_contain_text("ไม่ถูกนับ")
        said_on(phone, "ทดสอบแบบสอบถาม “เรื่องบนถนนของคุณ”")
        phone.locator(".quick").get_by_role("button", name="ยินยอม", exact=True).click()
        said_on(phone, "ข้อ 1/7")
        page.get_by_role("button", name="ให้ทั้ง 20 คนลองตอบ").click()
        expect(page.locator(".verdict")).to_be_visible(timeout=90_000)
        page.goto(HOME)
        page.get_by_role("button", name="ลบข้อมูลทดสอบทั้งหมด").click()
        expect(page.locator(".flash")).to_contain_text("1 ครั้ง")
        browser.close()
