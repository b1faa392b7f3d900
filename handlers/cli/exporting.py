"""The command that exports."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track

from bot.exports.exporting import FORMATS, Order, export
from bot.store.base import now
from bot.store.exporting import Filed
from bot.store.seeking import Sought
from handlers.cli.common import clear_errors, known_settings, migrated, user


@click.command("export")
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="CSV or XLSX for Excel, JSON Lines.")
@click.option("--out", required=True, help="The file to write, or - for standard output.")
@click.option("--project", help="Only this project (its slug).")
@click.option("--survey", help="Only this survey (its slug).")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Filed on this day or later, in Bangkok.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Filed on this day or earlier, in Bangkok.")
@click.option("--unmasked", "purpose", metavar="PURPOSE", help="Show personal data; the purpose is logged.")
def export_entries(out: str, kind: str, **asked: Any) -> None:
    """Write entries to a file, personal data masked. Who took what is noted in the trail."""
    settings = known_settings()
    for name in ("since", "until"):
        asked[name] = asked[name].date() if asked[name] else None
    if asked["since"] and asked["until"] and asked["since"] > asked["until"]:
        raise click.UsageError("--since is after --until")
    if asked["purpose"] is not None and not asked["purpose"].strip():
        raise click.UsageError("--unmasked needs a purpose: it is logged with your name")
    purpose = asked.pop("purpose") or ""
    named = {f"{name}s": (asked[name],) if asked[name] else () for name in ("project", "survey")}
    sought = Sought(**named, since=asked["since"], until=asked["until"])
    order = Order(format=kind, by=user(), sought=sought, purpose=purpose)
    path = None if out == "-" else Path(out)
    if path is not None and not path.absolute().parent.is_dir():
        raise click.UsageError(f"--out: there is no folder {path.absolute().parent}")
    with clear_errors():
        exported = export(migrated(settings), now, order, path, _with_progress)
    click.echo(f"{exported.entries} entries exported to {path or 'standard output'}", err=True)
    if exported.dictionary:
        click.echo(f"What the columns mean: {exported.dictionary}", err=True)


def _with_progress(filed: Iterator[Filed], total: int) -> Iterator[Filed]:
    """Show a bar on a terminal's standard error, and nothing elsewhere."""
    yield from track(filed, "Exporting", total=total, console=Console(stderr=True), disable=not sys.stderr.isatty())
