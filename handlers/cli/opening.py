"""The command that writes open data."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import click

from bot.dates import day_of
from bot.errors import Refused
from bot.exports.files import replacing, write_table
from bot.exports.sheets import write_sheets
from bot.pictures.open_data import COLUMNS, OpenData, open_data, sheets
from bot.store.audit import By, note
from bot.store.base import Session, now
from bot.store.projects import project_by_slug
from bot.store.sight import Sight
from handlers.cli.common import clear_errors, known_settings, migrated, user


@click.command("open-data")
@click.option("--format", "kind", type=click.Choice(("csv", "xlsx")), default="csv", show_default=True)
@click.option("--out", required=True, help="The file to write, or - for standard output.")
@click.option("--project", "projects", multiple=True, help="Only this project (its slug); may be said several times.")
def write_open_data(kind: str, out: str, projects: Sequence[str]) -> None:
    """Write counts that anybody may have: whole months, small numbers withheld, no word of a citizen."""
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        with store.snapshot() as session:
            _all_known(session, projects)
            found = open_data(session, Sight(None, unsorted=False), projects, day_of(now()))
        if out == "-":
            _write(found, kind, sys.stdout.buffer)
        else:
            with replacing(Path(out)) as file:
                _write(found, kind, file)
        with store.transaction() as session:
            note(session, By(user(), now()), "open_data_taken", format=kind, rows=len(found.rows))
    click.echo(f"{len(found.rows)} rows up to {found.until} written to {out}", err=True)


def _all_known(session: Session, projects: Sequence[str]) -> None:
    for slug in projects:
        if project_by_slug(session, slug) is None:
            raise Refused("export.no_such_project", project=slug)


def _write(found: OpenData, kind: str, out: BinaryIO) -> None:
    if kind == "xlsx":
        write_sheets(sheets(found, "en"), out)
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    write_table(COLUMNS, found.rows, text)
    text.detach()
