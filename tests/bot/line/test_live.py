"""The gateway on LINE's SDK, over HTTP: what each of LINE's answers becomes."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from bot.line.gateway import Gone, QuotaSpent, Rejected, Throttled, TokenGone, TooLarge, Unreachable
from bot.line.live import LiveGateway
from handlers.standin.app import create_app
from handlers.standin.state import Standin
from tests.handlers.town import served

TEXT: list[dict[str, Any]] = [{"type": "text", "text": "สวัสดีค่ะ"}]


class Line:
    """A stand-in, the gateway to it, and one friend."""

    def __init__(self, address: str) -> None:
        self.control = f"{address}/control"
        self.gateway = LiveGateway((address, address), "t")
        self.friend = self.post("citizens", displayName="สมชาย", language="lo")["userId"]
        self.post(f"citizens/{self.friend}/follow")

    def post(self, where: str, /, **body: Any) -> Any:
        answer = requests.post(f"{self.control}/{where}", json=body, timeout=5)
        answer.raise_for_status()
        return answer.json()

    def fault(self, path: str, **what: Any) -> None:
        self.post("faults", path=path, **what)

    def heard(self) -> int:
        items = requests.get(f"{self.control}/chat", params={"user": self.friend}, timeout=5).json()["items"]
        return sum(each["from"] == "bot" for each in items)


@pytest.fixture
def line() -> Iterator[Line]:
    with served(create_app(Standin(secret="s", token="t", webhook_url="http://127.0.0.1:9/"))) as address:
        yield Line(address)


def key() -> str:
    return str(uuid.uuid4())


def test_a_push_arrives_once_however_often_its_key_is_used(line: Line) -> None:
    once = key()
    first = line.gateway.push(line.friend, TEXT, once)
    assert first and line.gateway.push(line.friend, TEXT, once) == first
    assert line.heard() == 1


def test_a_used_or_unknown_reply_token_is_gone(line: Line) -> None:
    with pytest.raises(TokenGone):
        line.gateway.reply("0" * 32, TEXT)


def test_both_kinds_of_429_are_told_apart(line: Line) -> None:
    line.post("settings", quota=0)
    with pytest.raises(QuotaSpent):
        line.gateway.push(line.friend, TEXT, key())
    line.post("settings", quota=None, rates={"/v2/bot/message/push": [1, 60]})
    line.gateway.push(line.friend, TEXT, key())
    with pytest.raises(Throttled):
        line.gateway.push(line.friend, TEXT, key())


def test_a_500_after_acceptance_is_made_good_by_the_same_key(line: Line) -> None:
    once = key()
    line.fault("/v2/bot/message/push", status=500, accept=True, times=1)
    with pytest.raises(Unreachable):
        line.gateway.push(line.friend, TEXT, once)
    line.gateway.push(line.friend, TEXT, once)
    assert line.heard() == 1


def test_a_connection_that_breaks_and_a_host_that_is_away_are_unreachable(line: Line) -> None:
    line.fault("/v2/bot/message/push", drop=True, accept=False, times=1)
    with pytest.raises(Unreachable):
        line.gateway.push(line.friend, TEXT, key())
    nowhere = LiveGateway(("http://127.0.0.1:9",) * 2, "t")
    with pytest.raises(Unreachable):
        nowhere.push(line.friend, TEXT, key())
    assert nowhere.language(line.friend) == ""


def test_what_line_would_never_take_is_rejected_with_its_reason(line: Line) -> None:
    with pytest.raises(Rejected, match=r"messages\[0\]"):
        line.gateway.push(line.friend, [{"type": "text", "text": ""}], key())
    with pytest.raises(Rejected, match="401"):
        LiveGateway((line.control.removesuffix("/control"),) * 2, "wrong").push(line.friend, TEXT, key())


def test_languages_and_contents(line: Line) -> None:
    assert line.gateway.language(line.friend) == "lo"
    assert line.gateway.language("U" + "0" * 32) == ""
    photo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    sent = line.post(f"citizens/{line.friend}/messages", type="image", content=photo, contentType="image/png")
    content = line.gateway.content(sent["messageId"], 1_000)
    assert (len(content.data), content.content_type) == (70, "image/png")
    with pytest.raises(TooLarge):
        line.gateway.content(sent["messageId"], 10)
    with pytest.raises(Gone):
        line.gateway.content("404404404", 10)
