"""The command that talks."""

import click

from bot.errors import Refused
from bot.wording import LANGUAGES
from handlers.cli.common import unfit
from handlers.terminal import opening


@click.command()
@click.argument("survey", required=False, metavar="[SURVEY]")
@click.option("--language", type=click.Choice(LANGUAGES), default="th", show_default=True, help="The citizen's.")
def chat(survey: str | None, language: str) -> None:
    """Chat with the bot in the terminal: the same conversations as on LINE, with nothing kept.

    SURVEY starts one at once, as a rehearsal: the slug of a survey that ships, or a YAML file.
    """
    try:
        opening.chat(opening.survey_named(survey) if survey else None, language)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    except Refused as error:
        raise unfit(str(survey), error) from None
