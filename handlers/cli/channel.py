"""The command that looks at LINE's side: whose token it is, where events go, whether they arrive, what may be sent."""

from collections.abc import Iterator

import click
from rich.console import Console
from rich.table import Table

from bot.config import Settings
from bot.line.gateway import Channel, Gateway, GatewayError, WebhookTest
from handlers.cli.common import known_settings
from handlers.runtime import Runtime

PATH = "/line/webhook"
LONGEST = 500
"""LINE's longest webhook address (Messaging API reference, "Set webhook endpoint URL")."""
Finding = tuple[str, bool, str]
"""What was looked at, whether it is right, and what was found or what to do."""


@click.command("line")
@click.option("--webhook", "address", metavar="URL", help=f"First tell LINE to send events to this address (…{PATH}).")
def look_at_line(address: str | None) -> None:
    """Check the channel at LINE: token, webhook, quota. Ends with 1 where something is to be mended."""
    settings = known_settings()
    if address is not None and not (address.startswith("https://") and len(address) <= LONGEST):
        raise click.UsageError(f"--webhook: LINE takes https:// addresses of at most {LONGEST} characters")
    gateway = Runtime.of(settings).gateway
    table = Table("", "", "", show_header=False, box=None)
    wrong = 0
    for name, right, told in _findings(gateway, settings, address):
        table.add_row(name, "ok" if right else "MEND", told)
        wrong += not right
    Console().print(table)
    raise SystemExit(1 if wrong else 0)


def _findings(gateway: Gateway, settings: Settings, address: str | None) -> Iterator[Finding]:
    try:
        account = gateway.account()
        yield "token", True, f"{account.name} ({account.basic_id})"
        if address:
            gateway.set_webhook(address)
        yield from _of_webhook(gateway)
        most, used = gateway.quota(), gateway.consumption()
    except GatewayError as error:
        host = settings.line_hosts[0]
        yield "LINE", False, f"{host}: {type(error).__name__} {error.reason}; is LINE_CHANNEL_ACCESS_TOKEN right?"
        return
    if most is None:
        yield "quota", True, f"{used:,} messages used this month; no limit"
        return
    left = max(0, most - used)
    told = f"{used:,} of {most:,} messages used this month; {settings.broadcast_reserve:,} are kept for answers by push"
    yield "quota", left > settings.broadcast_reserve, told


def _of_webhook(channel: Channel) -> Iterator[Finding]:
    address, active = channel.webhook()
    if not address:
        yield "webhook", False, f"LINE sends events nowhere: --webhook https://YOUR-HOST{PATH}"
        return
    yield "webhook", address.endswith(PATH), address if address.endswith(PATH) else f"{address} does not end in {PATH}"
    in_use = "LINE sends events" if active else "turn “Use webhook” on in LINE Developers"
    yield "in use", active, in_use
    tested = channel.test_webhook()
    yield "answers", tested.success, _seen(tested)


def _seen(tested: WebhookTest) -> str:
    if tested.success:
        return f"LINE called it: {tested.status}"
    hint = "; is LINE_CHANNEL_SECRET right?" if tested.status == 401 else ""
    return f"LINE called it: {tested.status or ''} {tested.reason} {tested.detail}{hint}".replace("  ", " ")
