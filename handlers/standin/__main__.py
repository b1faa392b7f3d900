"""Serve the stand-in alone: python -m handlers.standin --port 8100 --webhook http://127.0.0.1:8000/line/webhook"""

import argparse
import os

from handlers.standin.app import create_app
from handlers.standin.serving import serve
from handlers.standin.state import Standin


def main() -> None:
    """Read the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m handlers.standin", description="A stand-in of the LINE platform.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--webhook", default="http://127.0.0.1:8000/line/webhook", help="where the bot takes webhooks")
    parser.add_argument("--secret", default=os.environ.get("LINE_CHANNEL_SECRET", "standin-secret"))
    parser.add_argument("--token", default=os.environ.get("LINE_CHANNEL_ACCESS_TOKEN", "standin-token"))
    parser.add_argument("--quota", type=int, default=None, help="messages a month (default: no limit)")
    given = parser.parse_args()
    standin = Standin(given.secret, given.token, given.webhook)
    standin.settings.change({"quota": given.quota})
    server = serve(create_app(standin), given.host, given.port)
    print(f"LINE stand-in on http://{given.host}:{server.port}, webhooks to {given.webhook}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        standin.sender.close()


if __name__ == "__main__":
    main()
