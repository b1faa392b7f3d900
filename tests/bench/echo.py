"""What to compare with: a bare Flask echo with the SDK's parser, under our own server's settings.

python -m tests.bench.echo PORT PROCESSES SECRET
"""

import sys

from flask import Flask, request
from linebot.v3 import WebhookParser

from bot.config import Settings
from handlers.web import Server, options


def build(secret: str) -> Flask:
    """The application of line-bot-sdk's own example, but for sending."""
    app = Flask("echo")
    parser = WebhookParser(secret)

    @app.post("/line/webhook")
    def callback() -> str:
        parser.parse(request.get_data(as_text=True), request.headers["X-Line-Signature"])
        return "OK"

    @app.get("/readyz")
    def ready() -> str:
        return "OK"

    return app


def main(port: str, processes: str, secret: str) -> None:
    """Serve until stopped."""
    given = options(Settings(port=int(port))) | {"workers": int(processes)}
    Server(lambda: build(secret), given).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
