"""`make run` as a visitor meets it: the real command in a fresh folder, one survey on the phone page, and its export.

Set LOOK to a folder to keep pictures of the page on the way.
"""

import csv
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from bot.seed import sample

ROOT = Path(__file__).parents[2]
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
SCREENS = {"phone": (390, 844), "desk": (1280, 800)}


class Demo:
    """The running program, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(folder / "var"), "PYTHONPATH": str(ROOT)}
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=self.environment, cwd=folder, stderr=subprocess.DEVNULL
        )
        for _ in range(150):
            try:
                if requests.get(f"{self.url}/readyz", timeout=2).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.2)
        raise AssertionError("the demo does not come up")

    def command(self, *words: str) -> None:
        subprocess.run([sys.executable, "-m", "bot", *words], env=self.environment, check=True, timeout=60)

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=20) == 0


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path)
    yield running
    running.close()


@pytest.fixture(params=sorted(SCREENS))
def page(request: pytest.FixtureRequest, demo: Demo) -> Iterator[Page]:
    width, height = SCREENS[request.param]
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        context = browser.new_context(viewport={"width": width, "height": height}, locale="th-TH")
        context.set_default_timeout(15_000)
        context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        yield context.new_page()
        browser.close()
    assert complaints == []


def newest(page: Page, words: str) -> None:
    """Wait until the bot's last words hold these."""
    expect(page.locator(".phone").first.locator(".row:not(.mine)").last).to_contain_text(words, timeout=15_000)


def tap(page: Page, label: str, exact: bool = True) -> None:
    page.locator(".phone").first.get_by_role("button", name=label, exact=exact).last.click()


def say(page: Page, words: str) -> None:
    phone = page.locator(".phone").first
    phone.get_by_label("พิมพ์ข้อความ").fill(words)
    phone.get_by_role("button", name="ส่ง", exact=True).click()


def look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        page.wait_for_timeout(400)
        page.screenshot(path=str(Path(folder) / f"{page.viewport_size['width']}-{name}.png"))  # type: ignore[index]


def test_one_whole_survey_on_the_phone_becomes_a_row_of_the_export(page: Page, demo: Demo, tmp_path: Path) -> None:
    photo = tmp_path / "spot.png"
    Image.new("RGB", (640, 480), "#8899aa").save(photo)
    page.goto(f"{demo.url}/")
    look(page, "0-front")
    page.goto(f"{demo.url}/phone")
    tap(page, "เพิ่มเพื่อน")
    newest(page, "คุณยินยอมไหมคะ")
    look(page, "1-consent")
    tap(page, "ยินยอม")
    newest(page, "เมนูหลัก")
    look(page, "2-menu")
    tap(page, "ตอบแบบสอบถาม")
    newest(page, "เรื่องบนถนนของคุณ")
    look(page, "3-surveys")
    say(page, "เรื่องบนถนนของคุณ")
    newest(page, "ข้อ 1/")
    look(page, "4-question")
    tap(page, "มอเตอร์ไซค์")
    newest(page, "กี่วัน")
    say(page, "๕ วันค่ะ")
    newest(page, "12 เดือน")
    tap(page, "เกือบเกิด")
    newest(page, "วันไหน")
    say(page, "เมื่อวาน")
    newest(page, "จุดที่คุณเห็นว่าอันตราย")
    tap(page, "ใช่")
    newest(page, "จุดนั้นอยู่ที่ไหน")
    tap(page, "ส่งตำแหน่ง", exact=False)
    page.get_by_role("button", name="ประตูท่าแพ").click()
    newest(page, "รูปของจุดนั้น")
    with page.expect_file_chooser() as chooser:
        page.locator(".phone").first.get_by_role("button", name="เลือกรูป", exact=False).last.click()
    chooser.value.set_files(photo)
    newest(page, "อะไรทำให้จุดนั้นอันตราย")
    say(page, "1 กับ มืด")
    newest(page, "รู้สึกปลอดภัยแค่ไหน")
    look(page, "5-rating")
    say(page, "สองดาว")
    newest(page, "เล่าเหตุการณ์")
    say(page, "รถกระบะขับเร็วมาก เกือบชนลูกผม โทรหาได้ที่ 081-234-5678")
    newest(page, "อายุเท่าไร")
    tap(page, "40 ถึง 59 ปี")
    newest(page, "ตรวจคำตอบ")
    look(page, "6-review")
    tap(page, "ส่งคำตอบ")
    newest(page, "เลขอ้างอิง")
    look(page, "7-filed")

    out = tmp_path / "entries.csv"
    demo.command("export", "--format", "csv", "--survey", "road-safety-needs", "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as file:
        *invented, row = csv.DictReader(file)
    assert len(invented) == len(sample("voices/surveys.yaml")["road-safety-needs"]["voices"])
    assert row["project"] == "road-safety"
    assert (row["travel_mode"], row["travel_mode.label"]) == ("motorcycle", "มอเตอร์ไซค์")
    assert (row["days_a_week"], row["risk_spot"], row["feel_safe"]) == ("5", "1", "2")
    assert (row["spot_reasons"], row["spot_reasons/dark"], row["spot_reasons/signs"]) == ("speed; dark", "1", "0")
    assert row["province"] == "เชียงใหม่"
    assert "081" not in str(row) and "[เบอร์โทร]" in row["story"]
