"""What a process works with, built once and passed by hand. The one face that reaches the store and LINE itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from bot.config import Settings
from bot.conversations.desk import Questionnaires
from bot.inbox import Inbox
from bot.line.gateway import Gateway
from bot.photos import Photos
from bot.store.base import Clock, Store, now


def _nobody() -> None:
    """Wake nobody: for commands that run no worker, and whose events the next one will find."""


@dataclass
class Runtime:
    """Settings, store, clock, and the wake-up call for the worker. Make it after a fork."""

    settings: Settings
    store: Store
    clock: Clock = now
    wake: Callable[[], None] = _nobody
    questionnaires: Questionnaires = field(default_factory=Questionnaires)

    @classmethod
    def of(cls, settings: Settings) -> "Runtime":
        """The runtime that the settings describe."""
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        return cls(settings, Store(settings.database))

    @cached_property
    def inbox(self) -> Inbox:
        """Where webhooks are kept."""
        return Inbox(self.store, self.clock)

    @cached_property
    def gateway(self) -> Gateway:
        """LINE. Imported on first use: the SDK takes 0.7 s and 70 MB, which a web process need not pay."""
        from bot.line.live import LiveGateway  # noqa: PLC0415

        return LiveGateway(self.settings.line_hosts, self.settings.line_channel_access_token)

    @cached_property
    def photos(self) -> Photos:
        """Where photos are kept."""
        return Photos(self.settings.data_dir / "photos")
