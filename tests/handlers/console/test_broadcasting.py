"""A broadcast from its writing to its result, in a real browser, sent to the stand-in of LINE."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from bot.broadcasts import planning
from bot.store.accounts import Role
from bot.store.base import Store
from handlers.broadcaster import Broadcaster, Quota
from handlers.web import create_app
from tests.conftest import SetClock
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer
from tests.handlers.town import Citizen, Town, actions, served, town, words

OWN = "road-safety"


@dataclass
class Ministry:
    """A town with its office, and a browser before it."""

    town: Town
    browsing: Browsing

    def officer(self, role: Role) -> Officer:
        """Somebody of the road project."""
        return self.browsing.office.officer(role, [OWN])

    def ask_quota(self, most: int) -> None:
        """Let LINE allow so many messages a month, and be asked for it."""
        requests.post(f"{self.town.control}/settings", json={"quota": most}, timeout=5).raise_for_status()
        Quota(self.town.runtime).work()

    def send(self) -> None:
        """Let the clock and the broadcaster do what is due."""
        runtime = self.town.runtime
        planning.begin_due(runtime.store, runtime.clock)
        Broadcaster(runtime).work()


@pytest.fixture
def ministry(sqlite_url: str, clock: SetClock, tmp_path: Path, chromium: Browser) -> Iterator[Ministry]:
    """The real application, the real stand-in, a real browser."""
    store = Store(sqlite_url)
    with town(store, clock, tmp_path) as here:
        app = create_app(here.runtime)
        app.testing = True
        with served(app) as address:
            browsing = Browsing(Office(here.runtime, app), address, chromium)
            yield Ministry(here, browsing)
            browsing.close()
    store.close()
    assert browsing.troubles == []


def written(page: Page) -> None:
    """An invitation in two wordings, to everybody but those who read Khmer."""
    page.goto("/console/projects/road-safety")
    page.get_by_role("link", name="ส่งคำเชิญ").first.click()
    page.get_by_label("ชื่อที่ใช้กันเอง").fill("เชิญตอบเรื่องถนน")
    page.locator("[name=a-title-th]").fill("ช่วยเล่าเรื่องบนถนน")
    page.locator("[name=a-text-th]").fill("ใช้เวลาสี่นาที")
    page.get_by_text("ภาษาที่ใช้", exact=True).click()
    page.locator("[name=not-language][value=km]").check()
    expect(page.locator("[data-live-place]")).to_contain_text("ไม่ได้ใช้ภาษาเขมร")
    expect(page.locator("[data-live-place] .verdict")).to_contain_text("2 คนจะได้รับ จาก 2 คน")
    expect(page.locator("[data-live-place] .phone")).to_contain_text("ช่วยเล่าเรื่องบนถนน")
    page.get_by_text("เทียบสองแบบ (A/B)").click()
    page.get_by_label("ใช้แบบที่สองด้วย").check()
    page.locator("[name=b-title-th]").fill("ถนนของคุณ")
    page.locator("[name=b-text-th]").fill("บอกเราสั้น ๆ")
    expect(page.locator("[data-live-place]")).to_contain_text("แบบ B")
    page.locator("button.main", has_text="บันทึกฉบับร่าง").click()
    expect(page.locator(".flash.good")).to_have_text("บันทึกฉบับร่างแล้ว")
    page.get_by_role("button", name="ขออนุมัติ").click()
    expect(page.locator(".flash.warn")).to_contain_text("ต้องให้คนอื่น")


def test_from_writing_to_the_result(ministry: Ministry) -> None:
    citizens = [ministry.town.citizen("หนึ่ง", agreed=True), ministry.town.citizen("สอง", agreed=True)]
    ministry.town.citizen("สาม", language="km", agreed=True)
    lab = ministry.browsing.open(ministry.officer(Role.LAB), "/console", DESK)
    written(lab)
    other = ministry.browsing.open(ministry.officer(Role.OFFICIAL), "/console/broadcasts", PHONE)
    other.get_by_role("link", name="เชิญตอบเรื่องถนน").first.click()
    expect(other.locator("main")).to_contain_text("ยังไม่ได้ถามโควตา")
    ministry.ask_quota(2_000)
    other.reload()
    left = 2_000 - ministry.town.runtime.settings.broadcast_reserve - 2
    expect(other.locator(".sums div", has_text="หลังส่งจะเหลือ").locator("dd")).to_have_text(f"{left:,}")
    other.get_by_role("button", name="อนุมัติให้ส่งถึง 2 คน").click()
    expect(other.locator(".flash.good")).to_contain_text("อนุมัติแล้ว")
    lab.reload()
    expect(lab.locator("[data-progress]")).to_contain_text("จะเริ่มส่ง")
    ministry.send()
    expect(lab.locator("main .head .badge")).to_have_text("ส่งแล้ว")
    expect(lab.get_by_text("ส่งแล้ว 2 จาก 2")).to_be_visible()
    for citizen in citizens:
        assert invited(citizen) == 1
    citizens[0].taps("เริ่มตอบ")
    lab.reload()
    everybody = lab.locator("table.arms tbody tr").first
    expect(everybody.locator("td")).to_have_text(["2", "1", "50.0%", "0", "0.0%", "ยังไม่มี", "ยังไม่มี"])
    assert violations(lab) == [] and not is_too_wide(lab)


def invited(citizen: Citizen) -> int:
    """How many invitations a citizen got."""
    cards = [each for each in citizen.heard() if each["type"] == "flex"]
    return sum(any("b=" in str(tap.get("data")) for tap in actions([each])) for each in cards)


def test_a_test_goes_to_ones_own_line_and_counts_nowhere(ministry: Ministry) -> None:
    me = ministry.town.citizen("ฉัน", agreed=True)
    person = ministry.officer(Role.LAB)
    page = ministry.browsing.open(person, "/console/broadcasts", PHONE)
    page.get_by_role("link", name="เขียนข้อความใหม่").click()
    page.get_by_label("ชื่อที่ใช้กันเอง").fill("ข่าว")
    page.get_by_label("ข่าว", exact=False).check()
    page.locator("[name=project_slug]").select_option(OWN)
    page.locator("[name=a-title-th]").fill("คุณบอก เราทำ")
    page.locator("[name=a-text-th]").fill("ไฟทางหน้าโรงเรียนติดแล้ว")
    page.locator("button.main", has_text="บันทึกฉบับร่าง").click()
    page.get_by_role("button", name="เชื่อม LINE ของฉัน").click()
    code = page.locator(".secret code").inner_text()
    assert "ข้อความ" in words(me.says(code))
    page.goto(page.url.removesuffix("/guest"))
    page.get_by_role("button", name="ส่งทดลอง").click()
    expect(page.locator(".flash.good")).to_have_text("ส่งทดลองถึง 1 คนแล้ว")
    told = words(me.hears())
    assert "ข้อความทดลอง" in told and "คุณบอก เราทำ" in told


def test_it_is_stopped_and_goes_on_from_the_page(ministry: Ministry) -> None:
    citizen = ministry.town.citizen("หนึ่ง", agreed=True)
    lab, official = ministry.officer(Role.LAB), ministry.officer(Role.OFFICIAL)
    text = {"a-title-th": "ข่าว", "a-text-th": "ถนนซ่อมแล้ว", "kind": "message", "project_slug": OWN}
    path = lab.post("/console/broadcasts/new", {**text, "name": "ข่าว", "when": "now"}).headers["Location"]
    lab.post(f"{path}/submit")
    official.post(f"{path}/approve", {"revision": "1"})
    page = ministry.browsing.open(lab, path, PHONE)
    page.get_by_role("button", name="หยุดส่ง").click()
    ministry.send()
    expect(page.locator("main .head .badge")).to_have_text("หยุดแล้ว")
    assert "ถนนซ่อมแล้ว" not in words(citizen.heard())
    page.get_by_role("button", name="ส่งต่อ").click()
    ministry.send()
    expect(page.locator("main .head .badge")).to_have_text("ส่งแล้ว")
    assert words(citizen.heard()).count("ถนนซ่อมแล้ว") == 1
