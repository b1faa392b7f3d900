"""The phone page in a real browser, against the real stand-in, with a small scripted bot at the webhook's end."""

import json
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask, request
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from handlers.front import front_blueprint
from handlers.standin.app import blueprint
from handlers.standin.phone import phone_blueprint
from handlers.standin.serving import serve
from handlers.standin.state import Standin

Message = dict[str, Any]
CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def painted(width: int, height: int) -> bytes:
    """A picture, as the bytes of a PNG."""
    out = BytesIO()
    Image.new("RGB", (width, height), "#dff3e6").save(out, "PNG")
    return out.getvalue()


def text(words: str, *replies: dict[str, Any]) -> Message:
    quick = {"quickReply": {"items": [{"type": "action", "action": one} for one in replies]}} if replies else {}
    return {"type": "text", "text": words, **quick}


def tap(label: str, data: str, **more: str) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": data, "displayText": label, **more}


DATE = {"type": "datetimepicker", "label": "เลือกวันที่", "data": "do=date", "mode": "date"}
DATE |= {"initial": "2026-11-21", "min": "2026-01-01", "max": "2026-12-31"}
CHOICES = (tap("รถจักรยานยนต์", "v=motorcycle"), tap("รถยนต์", "v=car"), DATE, {"type": "location", "label": "ส่งตำแหน่ง"})


def card() -> Message:
    """A Flex card such as the bot's review: rows that can be tapped, and buttons."""
    plain = {"type": "text", "size": "sm", "wrap": True}
    label = {**plain, "text": "การเดินทาง", "color": "#6b7280", "flex": 2}
    value = {**plain, "text": "รถจักรยานยนต์", "align": "end", "weight": "bold", "flex": 3}
    row = {"type": "box", "layout": "horizontal", "margin": "md", "contents": [label, value]}
    row["action"] = tap("แก้ข้อ 1", "do=change")
    title = {"type": "text", "text": "ตรวจคำตอบ", "weight": "bold", "size": "lg"}
    body = {"type": "box", "layout": "vertical", "contents": [title, {"type": "separator", "margin": "md"}, row]}
    button = {"type": "button", "style": "primary", "action": tap("ส่งคำตอบ", "do=file")}
    footer = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": [button]}
    return {"type": "flex", "altText": "ตรวจคำตอบ", "contents": {"type": "bubble", "body": body, "footer": footer}}


def confirm() -> Message:
    template = {"type": "confirm", "text": "ยินยอมหรือไม่", "actions": [tap("ยินยอม", "yes"), tap("ไม่ยินยอม", "no")]}
    return {"type": "template", "altText": "ยินยอม", "template": template}


def answer(event: dict[str, Any]) -> list[Message]:
    """What the scripted bot says to an event."""
    if event["type"] == "follow":
        return [text("สวัสดีค่ะ ยินดีต้อนรับ", *CHOICES)]
    if event["type"] == "postback":
        return [text("ได้รับ " + json.dumps(event["postback"], ensure_ascii=False, sort_keys=True))]
    if event["type"] != "message":
        return []
    said = event["message"]
    if said["type"] == "text":
        scripted = {"ถาม": text("เดินทางอย่างไรคะ", *CHOICES), "การ์ด": card(), "ยืนยัน": confirm()}
        return [scripted.get(said["text"]) or text("คุณพูดว่า " + said["text"])]
    facts = {name: said[name] for name in ("title", "latitude", "keywords", "fileName") if name in said}
    return [text(f"ได้รับ{said['type']} " + json.dumps(facts, ensure_ascii=False))]


class Bot:
    """A bot of a few lines: it answers every event through the stand-in's own API, and remembers what came."""

    def __init__(self) -> None:
        self.api = ""
        self.events: list[dict[str, Any]] = []

    def app(self) -> Flask:
        app = Flask(__name__)

        @app.post("/webhook")
        def webhook() -> str:
            for event in request.get_json()["events"]:
                self.events.append(event)
                if event.get("message", {}).get("text") == "คิดหน่อย":
                    self.call("/v2/bot/chat/loading/start", {"chatId": event["source"]["userId"], "loadingSeconds": 20})
                    continue
                messages = answer(event)
                if messages:
                    self.reply(event["replyToken"], messages)
            return ""

        return app

    def reply(self, token: str, messages: list[Message]) -> None:
        self.call("/v2/bot/message/reply", {"replyToken": token, "messages": messages})

    def push(self, user: str, *messages: Message) -> None:
        self.call("/v2/bot/message/push", {"to": user, "messages": list(messages)})

    def call(self, path: str, body: dict[str, Any]) -> requests.Response:
        response = requests.post(self.api + path, json=body, headers={"Authorization": "Bearer token"}, timeout=5)
        assert response.ok, response.text
        return response

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.events]


class World:
    """The demo in small: a bot, the stand-in, the phone page and the front page, on two loopback ports."""

    def __init__(self) -> None:
        self.bot = Bot()
        self.bot_server = serve(self.bot.app())
        self.standin = Standin("secret", "token", f"http://127.0.0.1:{self.bot_server.port}/webhook")
        site = Flask("site", static_folder=None)
        site.register_blueprint(blueprint(self.standin), url_prefix="/standin")
        site.register_blueprint(phone_blueprint("/standin/control", "เข้าใจ Khaojai"))
        site.register_blueprint(front_blueprint())
        self.server = serve(site)
        self.url = f"http://127.0.0.1:{self.server.port}"
        self.bot.api = self.url + "/standin"
        for server in (self.bot_server, self.server):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def renew(self) -> None:
        self.standin.reset()
        self.bot.events.clear()

    def close(self) -> None:
        for server in (self.bot_server, self.server):
            server.shutdown()
        self.standin.sender.close()


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console complained of."""
    return []


@pytest.fixture
def context(browser: Browser, world: World, complaints: list[str]) -> Iterator[BrowserContext]:
    """A fresh visitor with a small touch screen. Nothing may go wrong in the console, nor leave for another host."""
    world.renew()
    thai = {"locale": "th-TH", "timezone_id": "Asia/Bangkok"}
    made = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, **thai)
    made.set_default_timeout(8000)
    hosts: set[str] = set()
    made.on("request", lambda sent: hosts.add(urlsplit(sent.url).netloc))
    made.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    made.on("weberror", lambda error: complaints.append(str(error.error)))
    yield made
    made.close()
    assert not complaints
    assert hosts == {urlsplit(world.url).netloc}


@pytest.fixture
def page(context: BrowserContext, world: World) -> Page:
    opened = context.new_page()
    opened.goto(world.url + "/phone")
    return opened


@pytest.fixture
def friend(page: Page) -> Page:
    """The page after the first tap: the ready citizen has added the account."""
    page.get_by_role("button", name="เพิ่มเพื่อน", exact=True).click()
    expect(bubble(page, "ยินดีต้อนรับ")).to_be_visible()
    return page


def bubble(page: Page | Locator, words: str) -> Locator:
    return page.locator(".row .bubble", has_text=words)


def say(page: Page | Locator, words: str) -> None:
    page.get_by_label("พิมพ์ข้อความ").fill(words)
    page.get_by_role("button", name="ส่ง", exact=True).click()


def open_menu(page: Page, words: str) -> None:
    bubble(page, words).first.click(button="right")


def user_of(page: Page) -> str:
    return page.locator(".phone").first.get_attribute("data-citizen") or ""


def test_a_first_visitor_is_greeted_and_adds_the_account(page: Page, world: World) -> None:
    expect(page.get_by_text("คุณกำลังเล่นเป็น สมหญิง")).to_be_visible()
    expect(page.get_by_label("พิมพ์ข้อความ")).to_be_hidden()
    button = page.get_by_role("button", name="เพิ่มเพื่อน", exact=True)
    assert (button.bounding_box() or {})["height"] >= 44
    button.click()
    expect(bubble(page, "ยินดีต้อนรับ")).to_be_visible()
    expect(page.get_by_label("พิมพ์ข้อความ")).to_be_visible()
    assert world.bot.kinds() == ["follow"]


def test_words_are_sent_answered_and_never_become_markup(friend: Page, world: World) -> None:
    words = "<img src=x onerror=alert(1)> โทร 081-234-5678 หรือ https://example.go.th/ค่ะ"
    say(friend, words)
    expect(bubble(friend, "คุณพูดว่า")).to_contain_text(words)
    assert friend.locator(".list img").count() == 0
    mine = friend.locator(".row.mine")
    assert [link.get_attribute("href") for link in mine.locator("a").all()] == [
        "tel:0812345678",
        "https://example.go.th/",
    ]
    assert world.bot.events[-1]["message"]["text"] == words


def test_quick_replies_belong_to_the_last_message_only(friend: Page, world: World) -> None:
    expect(friend.locator(".reply")).to_have_count(4)
    for reply in friend.locator(".reply").all():
        assert (reply.bounding_box() or {})["height"] >= 44
    friend.get_by_role("button", name="รถจักรยานยนต์").click()
    expect(friend.locator(".row.mine .bubble")).to_have_text("รถจักรยานยนต์")
    expect(bubble(friend, '"data": "v=motorcycle"')).to_be_visible()
    expect(friend.locator(".reply")).to_have_count(0)
    friend.reload()
    expect(bubble(friend, "ยินดีต้อนรับ")).to_be_visible()
    expect(friend.locator(".reply")).to_have_count(0)


def test_flex_cards_and_templates_do_what_they_say(friend: Page) -> None:
    say(friend, "การ์ด")
    friend.get_by_role("button", name="แก้ข้อ 1").click()
    expect(bubble(friend, '"data": "do=change"')).to_be_visible()
    friend.get_by_role("button", name="ส่งคำตอบ").click()
    expect(bubble(friend, '"data": "do=file"')).to_be_visible()
    say(friend, "ยืนยัน")
    friend.get_by_role("button", name="ไม่ยินยอม").click()
    expect(bubble(friend, '"data": "no"')).to_be_visible()


def test_flex_is_drawn_as_its_author_said(friend: Page) -> None:
    say(friend, "การ์ด")
    row = friend.get_by_role("button", name="แก้ข้อ 1")
    label, value = (row.locator("p").nth(at) for at in (0, 1))
    assert label.evaluate("node => getComputedStyle(node).color") == "rgb(107, 114, 128)"
    style = value.evaluate("node => ['fontWeight', 'textAlign'].map((rule) => getComputedStyle(node)[rule])")
    assert style == ["700", "end"]
    left, right = label.bounding_box() or {}, value.bounding_box() or {}
    assert right["width"] / left["width"] == pytest.approx(1.5, abs=0.02)
    assert friend.locator(".fx-bubble").evaluate("node => node.offsetWidth") == 300


def test_the_date_picker_holds_to_its_bounds(friend: Page, world: World) -> None:
    friend.get_by_role("button", name="เลือกวันที่").click()
    field = friend.get_by_role("dialog").get_by_label("เลือกวันที่", exact=True).and_(friend.locator("input"))
    expect(field).to_have_value("2026-11-21")
    expect(friend.get_by_text("วันเสาร์ที่ 21 พฤศจิกายน 2569")).to_be_visible()
    field.fill("2027-01-01")
    friend.get_by_role("dialog").get_by_role("button", name="ส่ง").click()
    expect(friend.get_by_role("alert")).to_contain_text("ช่วงที่กำหนด")
    field.fill("2026-10-13")
    friend.get_by_role("dialog").get_by_role("button", name="ส่ง").click()
    expect(bubble(friend, '"params": {"date": "2026-10-13"}')).to_be_visible()
    assert world.bot.events[-1]["postback"] == {"data": "do=date", "params": {"date": "2026-10-13"}}


def test_a_place_is_chosen_or_typed(friend: Page) -> None:
    friend.get_by_role("button", name="ส่งตำแหน่ง").click()
    friend.get_by_role("button", name="ประตูท่าแพ").click()
    expect(bubble(friend, '"title": "ประตูท่าแพ"')).to_be_visible()
    friend.get_by_role("button", name="แนบรูปหรือไฟล์").click()
    friend.get_by_role("button", name="ตำแหน่งที่ตั้ง").click()
    friend.get_by_label("ละติจูด").fill("95")
    friend.get_by_label("ลองจิจูด").fill("100.5")
    friend.get_by_role("dialog").get_by_role("button", name="ส่ง").click()
    expect(friend.get_by_role("alert")).to_contain_text("พิกัด")
    friend.get_by_label("ละติจูด").fill("13.75")
    friend.get_by_role("dialog").get_by_role("button", name="ส่ง").click()
    expect(bubble(friend, '"latitude": 13.75')).to_be_visible()


def test_photos_and_files_are_sent_whole(friend: Page, world: World, tmp_path: Path) -> None:
    photo, paper = tmp_path / "ทางข้าม.png", tmp_path / "ใบสั่งงาน.pdf"
    photo.write_bytes(painted(3, 2))
    paper.write_bytes(b"%PDF-1.4")
    for name, path in (("รูปภาพ", photo), ("ไฟล์", paper)):
        friend.get_by_role("button", name="แนบรูปหรือไฟล์").click()
        with friend.expect_file_chooser() as chooser:
            friend.get_by_role("button", name=name, exact=True).click()
        chooser.value.set_files(path)
    expect(bubble(friend, "ได้รับimage")).to_be_visible()
    expect(bubble(friend, "ใบสั่งงาน.pdf").first).to_be_visible()
    expect(friend.locator(".row.mine img")).to_have_js_property("naturalWidth", 3)
    message = next(event["message"] for event in world.bot.events if event.get("message", {}).get("type") == "image")
    assert world.standin.media.held[message["id"]].data == photo.read_bytes()


def test_stickers_carry_keywords(friend: Page) -> None:
    friend.get_by_role("button", name="สติกเกอร์").click()
    expect(friend.locator(".sticker-button")).to_have_count(12)
    friend.get_by_role("button", name="ขอบคุณ").click()
    expect(bubble(friend, "Thank you")).to_be_visible()
    expect(friend.locator(".row.mine svg.sticker")).to_be_visible()
    expect(friend.locator(".tray.stickers")).to_be_hidden()


def test_unsend_takes_the_words_away(friend: Page, world: World) -> None:
    say(friend, "ความลับ")
    expect(bubble(friend, "คุณพูดว่า ความลับ")).to_be_visible()
    open_menu(friend, "ความลับ")
    friend.get_by_role("button", name="ยกเลิกข้อความ").click()
    expect(friend.get_by_text("คุณยกเลิกข้อความ")).to_be_visible()
    expect(friend.locator(".row.mine")).to_have_count(0)
    assert world.bot.kinds()[-1] == "unsend"
    open_menu(friend, "คุณพูดว่า ความลับ")
    expect(friend.get_by_role("dialog").get_by_role("button", name="ยกเลิกข้อความ")).to_have_count(0)


def test_block_and_unblock(friend: Page, world: World) -> None:
    friend.get_by_role("button", name="ตัวเลือก", exact=True).click()
    friend.get_by_role("button", name="บล็อกบัญชีนี้").click()
    expect(friend.get_by_text("คุณบล็อกบัญชีนี้อยู่")).to_be_visible()
    expect(friend.get_by_label("พิมพ์ข้อความ")).to_be_hidden()
    friend.get_by_role("button", name="เลิกบล็อก").click()
    expect(bubble(friend, "ยินดีต้อนรับ")).to_have_count(2)
    expect(friend.get_by_label("พิมพ์ข้อความ")).to_be_visible()
    assert world.bot.kinds() == ["follow", "unfollow", "follow"]


def test_the_json_behind_a_message_is_shown(friend: Page) -> None:
    open_menu(friend, "ยินดีต้อนรับ")
    friend.get_by_role("button", name="ดู JSON").click()
    code = friend.get_by_role("dialog").locator("pre")
    shown = [json.loads(one) for one in code.all_inner_texts()]
    assert shown[0] == text("สวัสดีค่ะ ยินดีต้อนรับ", *CHOICES)
    assert shown[1]["body"]["messages"] == [shown[0]]
    friend.keyboard.press("Escape")
    expect(friend.get_by_role("dialog")).to_have_count(0)


def test_the_typing_sign_shows_while_the_bot_thinks(friend: Page, world: World) -> None:
    say(friend, "คิดหน่อย")
    expect(friend.locator(".typing")).to_be_visible()
    world.bot.push(user_of(friend), text("คิดเสร็จแล้ว"))
    expect(bubble(friend, "คิดเสร็จแล้ว")).to_be_visible()
    expect(friend.locator(".typing")).to_be_hidden()


def draw_menu(bot: Bot, alias: str, *actions: dict[str, Any]) -> str:
    """Make a rich menu of as many columns as actions, with its picture and alias."""
    width = 1200 // len(actions)
    bounds = [{"x": at * width, "y": 0, "width": width, "height": 405} for at in range(len(actions))]
    areas = [{"bounds": bound, "action": action} for bound, action in zip(bounds, actions, strict=True)]
    size = {"width": 1200, "height": 405}
    menu = {"size": size, "selected": True, "name": alias, "chatBarText": "เมนูหลัก", "areas": areas}
    menu_id = str(bot.call("/v2/bot/richmenu", menu).json()["richMenuId"])
    address = f"{bot.api}/v2/bot/richmenu/{menu_id}/content"
    headers = {"Authorization": "Bearer token", "Content-Type": "image/png"}
    assert requests.post(address, painted(1200, 405), headers=headers, timeout=5).ok
    bot.call("/v2/bot/richmenu/alias", {"richMenuAliasId": alias, "richMenuId": menu_id})
    return menu_id


def test_the_rich_menu_opens_acts_and_switches(page: Page, world: World) -> None:
    switch = {"type": "richmenuswitch", "label": "หน้าถัดไป", "richMenuAliasId": "second", "data": "do=switch"}
    first = draw_menu(world.bot, "first", tap("เริ่มตอบ", "do=begin"), switch)
    draw_menu(world.bot, "second", tap("ข้อมูลของฉัน", "do=mydata"))
    world.bot.call(f"/v2/bot/user/all/richmenu/{first}", {})
    page.get_by_role("button", name="เพิ่มเพื่อน", exact=True).click()
    panel = page.get_by_role("group", name="เมนูหลัก")
    expect(panel.locator("img")).to_have_js_property("naturalWidth", 1200)
    panel.get_by_role("button", name="เริ่มตอบ").click()
    expect(bubble(page, '"data": "do=begin"')).to_be_visible()
    panel.get_by_role("button", name="หน้าถัดไป").click()
    panel.get_by_role("button", name="ข้อมูลของฉัน").click()
    expect(bubble(page, '"data": "do=mydata"')).to_be_visible()
    assert '"status": "SUCCESS"' in json.dumps(world.bot.events)
    page.get_by_role("button", name="เมนูหลัก").click()
    expect(panel).to_be_hidden()


def test_a_long_press_opens_the_menu_of_a_message(friend: Page) -> None:
    bubble(friend, "ยินดีต้อนรับ").dispatch_event("touchstart")
    expect(friend.get_by_role("button", name="ดู JSON")).to_be_visible()


def test_nothing_is_loaded_from_other_hosts(friend: Page, world: World) -> None:
    away = "https://example.com/a"
    image = {"type": "image", "originalContentUrl": away + ".png", "previewImageUrl": away + ".png"}
    voice = {"type": "audio", "originalContentUrl": away + ".m4a", "duration": 3000}
    film = {"type": "video", "originalContentUrl": away + ".mp4", "previewImageUrl": away + ".png"}
    hero = {"type": "image", "url": away + ".png"}
    flex = {"type": "flex", "altText": "ภาพ", "contents": {"type": "bubble", "hero": hero}}
    world.bot.push(user_of(friend), image, voice, film, flex, text("ครบแล้ว"))
    expect(bubble(friend, "ครบแล้ว")).to_be_visible()
    expect(friend.locator(".list .picture-frame")).to_have_count(2)
    assert friend.locator(".list :is(img, audio, video)").count() == 0


def test_two_citizens_side_by_side(friend: Page, world: World) -> None:
    friend.set_viewport_size({"width": 1280, "height": 800})
    friend.get_by_role("button", name="เพิ่มผู้ใช้").click()
    friend.get_by_label("ชื่อที่แสดง").fill("မိုးမိုး")
    friend.get_by_label("မြန်မာ").check()
    friend.get_by_role("dialog").get_by_role("button", name="เพิ่มผู้ใช้").click()
    expect(friend.locator(".phone")).to_have_count(2)
    first, second = friend.locator(".phone").nth(0), friend.locator(".phone").nth(1)
    second.get_by_role("button", name="เพิ่มเพื่อน", exact=True).click()
    say(second, "မင်္ဂလာပါ")
    expect(bubble(second, "คุณพูดว่า မင်္ဂလာပါ")).to_be_visible()
    expect(bubble(first, "မင်္ဂလာပါ")).to_have_count(0)
    friend.reload()
    expect(friend.locator(".phone")).to_have_count(2)
    assert [one.language for one in world.standin.citizens.values()] == ["th", "my"]


def test_a_small_screen_switches_between_citizens(friend: Page, world: World) -> None:
    other = world.bot.call("/control/citizens", {"displayName": "ສົມພອນ", "language": "lo"}).json()
    world.bot.call(f"/control/citizens/{other['userId']}/follow", {})
    expect(friend.locator(".switch .badge")).to_have_text("1")
    friend.get_by_role("button", name="เปลี่ยนผู้ใช้").click()
    friend.get_by_role("dialog").get_by_role("button", name="ສົມພອນ").click()
    expect(friend.get_by_role("region", name="คุณคือ ສົມພອນ")).to_be_visible()
    expect(friend.locator(".phone")).to_have_count(1)
    expect(friend.locator(".switch .badge")).to_be_hidden()


def test_a_page_opened_twice_stays_in_step(friend: Page, context: BrowserContext, world: World) -> None:
    twin = context.new_page()
    twin.goto(world.url + "/phone")
    expect(bubble(twin, "ยินดีต้อนรับ")).to_be_visible()
    say(friend, "เห็นไหม")
    expect(bubble(twin, "คุณพูดว่า เห็นไหม")).to_be_visible()
    expect(bubble(friend, "คุณพูดว่า เห็นไหม")).to_be_visible()
    expect(bubble(friend, "เห็นไหม")).to_have_count(2)


def test_everything_is_done_by_keyboard(page: Page, world: World) -> None:
    expect(page.get_by_role("button", name="เพิ่มเพื่อน", exact=True)).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="เพิ่มเพื่อน", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".reply")).to_have_count(4)
    page.get_by_label("พิมพ์ข้อความ").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".reply").nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(bubble(page, '"data": "v=car"')).to_be_visible()
    expect(page.get_by_label("พิมพ์ข้อความ")).to_be_focused()
    say(page, "ถาม")
    expect(page.locator(".reply")).to_have_count(4)
    page.get_by_label("พิมพ์ข้อความ").focus()
    walk = {"ArrowUp": 0, "ArrowRight": 1, "ArrowDown": 2, "ArrowLeft": 1, "End": 3, "Home": 0}
    for key, at in walk.items():
        page.keyboard.press(key)
        expect(page.locator(".reply").nth(at)).to_be_focused()
    page.get_by_label("พิมพ์ข้อความ").focus()
    page.keyboard.type("บรรทัดหนึ่ง")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("บรรทัดสอง")
    page.keyboard.press("Enter")
    expect(bubble(page, "คุณพูดว่า")).to_contain_text("บรรทัดหนึ่ง\nบรรทัดสอง")
    page.get_by_role("log").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_words_that_did_not_get_through_are_kept(friend: Page, context: BrowserContext, complaints: list[str]) -> None:
    friend.get_by_label("พิมพ์ข้อความ").fill("ร่างไว้")
    friend.reload()
    expect(friend.get_by_label("พิมพ์ข้อความ")).to_have_value("ร่างไว้")
    context.route("**/control/citizens/*/messages", lambda route: route.abort())
    friend.get_by_role("button", name="ส่ง", exact=True).click()
    expect(friend.get_by_role("alert").filter(has_text="ติดต่อเซิร์ฟเวอร์ไม่ได้")).to_be_visible()
    friend.reload()
    context.unroute_all()
    friend.get_by_role("button", name="ส่งไม่สำเร็จ").click()
    friend.get_by_role("button", name="ส่งใหม่", exact=True).click()
    expect(bubble(friend, "คุณพูดว่า ร่างไว้")).to_be_visible()
    expect(bubble(friend, "ร่างไว้")).to_have_count(2)
    assert all("ERR_FAILED" in one for one in complaints)
    complaints.clear()


def test_three_messages_at_once_keep_their_order(friend: Page, world: World) -> None:
    for words in ("หนึ่ง", "สอง", "สาม"):
        friend.get_by_label("พิมพ์ข้อความ").fill(words)
        friend.keyboard.press("Enter")
    expect(bubble(friend, "คุณพูดว่า สาม")).to_be_visible()
    said = [event["message"]["text"] for event in world.bot.events if event["type"] == "message"]
    assert said == ["หนึ่ง", "สอง", "สาม"]
    expect(friend.locator(".row.mine .bubble")).to_have_text(["หนึ่ง", "สอง", "สาม"])


def test_the_words_of_the_page_change_to_english(friend: Page) -> None:
    friend.get_by_role("button", name="ตัวเลือก", exact=True).click()
    friend.get_by_role("button", name="English").click()
    expect(friend.get_by_label("Message", exact=True)).to_be_visible()
    expect(bubble(friend, "ยินดีต้อนรับ")).to_be_visible()
    friend.reload()
    expect(friend.get_by_role("region", name="You are สมหญิง")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_front_page_leads_to_the_phone(context: BrowserContext, world: World, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(world.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_text("/line/webhook")).to_be_visible()
    expect(page.locator(".part.console")).to_contain_text("coming")
    page.get_by_role("link", name="ลองคุยกับบอท").click()
    expect(page.get_by_role("button", name="เพิ่มเพื่อน", exact=True)).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/phone", "/phone/static/app.js"])
def test_pages_carry_a_policy_that_allows_this_host_only(world: World, path: str) -> None:
    policy = requests.get(world.url + path, timeout=5).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
