"""Webhook bodies as LINE writes them, as many as wanted, no two the same."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

WORDS = (
    "ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย กลัวลูกโดนรถชน",
    "รถเมล์สาย 8 รอนานเกือบชั่วโมง แอร์ก็ไม่เย็น",
    "เจ้าหน้าที่พูดจาดี แต่คิวยาวมาก รอตั้งแต่เช้าถึงบ่าย",
    "น้ำไม่ไหลมาสามวันแล้ว ช่วยมาดูหน่อยค่ะ",
    "อยากให้มีทางม้าลายตรงตลาด อ.ศรีราชา ชลบุรี",
)


def user(number: int) -> str:
    """The LINE id of a made-up citizen."""
    return f"U{number:032x}"


def event(series: str, number: int, speaker: str, **facts: Any) -> dict[str, Any]:
    """One event; `series` keeps the ids of several runs apart. Without facts: a text message."""
    facts = facts or {"type": "message", "message": _text(number, WORDS[number % len(WORDS)])}
    return {
        "webhookEventId": f"{series}{number:012d}",
        "deliveryContext": {"isRedelivery": False},
        "timestamp": int(time.time() * 1000) + number % 1000,
        "source": {"type": "user", "userId": speaker},
        "replyToken": f"{series}-{number}",
        "mode": "active",
        **facts,
    }


def _text(number: int, words: str) -> dict[str, Any]:
    quote = "yHAz4Ua2wx7" + "q" * 60
    return {"type": "text", "id": str(10**17 + number), "text": words, "quoteToken": quote, "markAsReadToken": quote}


def body(*events: dict[str, Any]) -> bytes:
    """The body of a webhook."""
    return json.dumps({"destination": "U" + "e" * 32, "events": events}, ensure_ascii=False).encode()


def request(path: str, sent: bytes, secret: str) -> bytes:
    """The bytes of a signed HTTP request that keeps its connection."""
    signature = base64.b64encode(hmac.digest(secret.encode(), sent, hashlib.sha256)).decode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: LineBotWebhook/2.0\r\n"
        f"Content-Type: application/json; charset=utf-8\r\nx-line-signature: {signature}\r\n"
        f"Content-Length: {len(sent)}\r\n\r\n"
    )
    return head.encode() + sent
