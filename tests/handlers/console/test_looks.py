"""The foundation's pages in a real browser: readable by everybody, on a phone and at a desk, light and dark."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.store.accounts import Role
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office

PAGES = ("accounts", "accounts/new", "accounts/{me}", "audit", "help", "help/roles", "profile", "nowhere")
PICTURES = os.environ.get("PICTURES", "")


def seen(browsing: Browsing, path: str, page_name: str, width: int, dark: bool) -> Iterator[str]:
    person = browsing.office.stranger() if path == "sign-in" else browsing.office.officer(Role.ADMIN)
    me = person.account.id if person.account else 0
    page = browsing.open(person, f"/console/{path.format(me=me)}", width, dark)
    if PICTURES:
        name = f"{page_name.replace('/', '-')}-{width}-{'dark' if dark else 'light'}.png"
        page.screenshot(path=Path(PICTURES) / name, full_page=True)
    if is_too_wide(page):
        yield "scrolls sideways"
    yield from violations(page)


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk-light"])
def test_everybody_can_read_it(browsing: Browsing, width: int, dark: bool) -> None:
    wrong = {path: list(seen(browsing, path, path.format(me="me"), width, dark)) for path in ("sign-in", *PAGES)}
    assert {path: found for path, found in wrong.items() if found} == {}
    browsing.troubles.remove(next(each for each in browsing.troubles if "404" in each))


def test_signing_in_and_out_with_the_keyboard_only(browsing: Browsing, office: Office) -> None:
    page = browsing.open(office.stranger(), "/console/help/roles")
    page.get_by_role("button", name="ผู้ดูแลระบบ").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("บทบาทและสิทธิ์")
    page.goto("/console/accounts")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ผู้ดูแลสาธิต")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".person summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="ออกจากระบบ").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("ออกจากระบบแล้ว")


def test_the_language_is_kept(browsing: Browsing, office: Office) -> None:
    page = browsing.open(office.officer(), "/console/accounts")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/console/profile")
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")


def test_colours_and_shortcuts_are_ones_own_choice(browsing: Browsing, office: Office) -> None:
    page = browsing.open(office.officer(), "/console/profile")
    page.get_by_label("มืด").check()
    page.get_by_label("ใช้แป้นลัด").uncheck()
    page.get_by_role("button", name="บันทึก").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/console/accounts")
    page.keyboard.press("n")
    expect(page).to_have_url(f"{browsing.address}/console/accounts")
