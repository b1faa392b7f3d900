"""What the stand-in of LINE can take at most: python -m tests.bench.replies PORT COUNT TOKEN

Bare HTTP reply calls of one text message over kept connections, written beforehand. Prints a line of JSON: seconds.
"""

import json
import sys
import uuid

from tests.bench.driver import CONNECTIONS, Load


def request(token: str) -> bytes:
    """The bytes of one reply."""
    message = {"type": "text", "text": "ขอบคุณค่ะ ได้รับเรื่องแล้ว เลขที่ ABC-123"}
    body = json.dumps({"replyToken": uuid.uuid4().hex, "messages": [message]}, ensure_ascii=False).encode()
    head = (
        "POST /v2/bot/message/reply HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def main(port: str, count: str, token: str) -> None:
    """Send them and say how long it took."""
    load = Load([request(token) for _ in range(int(count))])
    seconds = load.run(int(port), CONNECTIONS)
    print(json.dumps({"seconds": seconds, "failed": load.failed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
