"""The command that rehearses a survey with twenty scripted citizens."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.config import settings_from_environment
from bot.errors import Misconfigured, Refused
from bot.store.base import Store, Unavailable
from bot.store.migrating import is_current
from bot.store.surveys import survey_by_slug
from handlers.cli.common import unfit
from handlers.terminal import opening, rehearsing

SQLITE = "sqlite:///"


@click.command()
@click.argument("survey", metavar="SURVEY")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON, every conversation in it.")
@click.option("--transcripts", type=click.Path(path_type=Path, file_okay=False), help="Write each conversation here.")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True, help="The report's.")
def rehearse(survey: str, as_json: bool, transcripts: Path | None, language: str) -> None:
    """Let twenty scripted citizens answer a survey; say where they fell off, looped or were misread.

    SURVEY is the slug of a survey in the database (its draft), one that ships, or a file: YAML or XLSForm. Ends with 1
    where an author must mend something. The same survey gives the same report.
    """
    console = Console()
    try:
        report = rehearsing.rehearsed(_draft(survey), language, Console(stderr=True))
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    except Refused as error:
        raise unfit(survey, error) from None
    data = report.to_data()
    if transcripts:
        count = rehearsing.write(data, transcripts)
        click.echo(f"{count} conversations written to {transcripts}", err=True)
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        rehearsing.show(data, language, console)
    raise SystemExit(1 if report.must_mend else 0)


def _draft(name: str) -> dict[str, Any]:
    """The draft of this name in the database, where there is one; else what ships, or the file."""
    return (None if Path(name).is_file() else _kept(name)) or opening.survey_named(name)


def _kept(name: str) -> dict[str, Any] | None:
    try:
        address = settings_from_environment().database
        if address.startswith(SQLITE) and not Path(address.removeprefix(SQLITE)).is_file():
            return None  # looking into it would make one
        store = Store(address)
        if not is_current(store):
            return None
        with store.reading() as session:
            survey = survey_by_slug(session, name)
            return dict(survey.draft) if survey else None
    except (Misconfigured, Unavailable):
        return None
