"""The command that hands people's corrections to training."""

import io
from pathlib import Path

import click

from bot.agreement import write_corrections
from bot.exports.files import replacing
from bot.store.audit import By, note
from bot.store.base import now
from handlers.cli.common import clear_errors, known_settings, migrated, user

NEXT = """\
To learn from them, and to see whether the outcome is better before anything is switched:
    python -m nlp train topics --from {out} --out candidate
Where it says that the candidate is better: copy candidate/*.npz to nlp/models/ and restart."""


@click.command("corrections")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def corrections(out: Path) -> None:
    """Write people's corrections of tags and projects, words masked, as training reads them (JSON Lines)."""
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        with store.snapshot() as session, replacing(out) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
            written = write_corrections(session, text)
            text.detach()
        with store.transaction() as session:
            note(session, By(user(), now()), "corrections_exported", **written)
    click.echo(f"{written['topics']} corrections of topics, {written['routing']} of projects: {out}", err=True)
    click.echo(NEXT.format(out=out), err=True)
