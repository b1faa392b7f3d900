"""The table that the HTTP face is made from."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.standin.settings import Rate
from handlers.standin.state import Standin
from handlers.standin.wire import Answer, Call

MOST: Rate = (2000, 1)  # calls, seconds: LINE's limit where no other is named
HOURLY: Rate = (60, 3600)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API.

    body: "json" | "form" | "bytes" | "" (none is read). open: no channel access token is asked for.
    """

    method: str
    rule: str
    act: Callable[[Standin, Call], Answer]
    rate: Rate = MOST
    body: str = ""
    open: bool = False
