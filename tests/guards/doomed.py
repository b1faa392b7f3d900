"""A worker that is killed at a given step: python tests/guards/doomed.py STEP DATABASE LINE NOW SECRET TOKEN DATA_DIR

The kill is the real one (SIGKILL to itself), so that nothing can be tidied up.
"""

import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.line.gateway import Gateway
from bot.outbox import Letter
from bot.store.base import Store
from handlers.runtime import Runtime
from handlers.worker import Worker

STEPS = ("found out", "answered, not committed", "committed, not sent", "taken for sending", "sent, not written down")


def die() -> None:
    """Die on the spot."""
    os.kill(os.getpid(), signal.SIGKILL)


class DoomedGateway:
    """LINE, until the step comes."""

    def __init__(self, gateway: Gateway, step: str) -> None:
        self._gateway, self._step = gateway, step

    def reply(self, token: str, messages: Sequence[dict[str, Any]]) -> str:
        """Die before or after the call."""
        if self._step == "taken for sending":
            die()
        request_id = self._gateway.reply(token, messages)
        if self._step == "sent, not written down":
            die()
        return request_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gateway, name)


class DoomedWorker(Worker):
    """A worker, until the step comes."""

    step = ""

    def _answer_together(self, *args: Any) -> Any:
        if self.step == "found out":
            die()
        return super()._answer_together(*args)

    def _receive(self, *args: Any) -> Any:
        outcome = super()._receive(*args)
        if self.step == "answered, not committed":
            die()
        return outcome

    def _send(self, letters: Sequence[Letter]) -> None:
        if self.step == "committed, not sent" and letters:
            die()
        super()._send(letters)


def main(step: str, database: str, line: str, at: str, *rest: str) -> None:
    """Work until killed."""
    secret, token, data_dir = rest
    settings = Settings(
        line_channel_secret=secret, line_channel_access_token=token, line_api_url=line, data_dir=Path(data_dir)
    )
    now = datetime.fromisoformat(at)
    runtime = Runtime(settings, Store(database), lambda: now)
    runtime.__dict__["gateway"] = DoomedGateway(runtime.gateway, step)
    DoomedWorker.step = step
    DoomedWorker(runtime).work()


if __name__ == "__main__":
    main(*sys.argv[1:])
