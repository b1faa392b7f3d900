"""Commands that keep the database."""

import click

from bot.demo import file_voices
from bot.seed import seed as put_in_samples
from bot.store.base import Store, now
from bot.store.migrating import migrate as bring_up_to_date
from bot.store.reindexing import merge_index, next_page
from handlers.cli.common import clear_errors, known_settings, migrated


@click.command()
@click.option("--to", default="head", help="A migration's number, or head.", show_default=True)
def migrate(to: str) -> None:
    """Bring the database to the newest migration."""
    settings = known_settings()
    with clear_errors():
        bring_up_to_date(Store(settings.database), to)
    click.echo("The database is up to date.")


@click.command()
@click.option("--voices", is_flag=True, help="File invented citizens' entries too, where there is none. Demo only.")
def seed(voices: bool) -> None:
    """Put in the ten sample projects and their surveys; what is there already stays as it is."""
    settings = known_settings()
    if voices and settings.production:
        raise click.UsageError("--voices is for the demo: invented entries have no place in production")
    with clear_errors():
        store = migrated(settings)
        with store.transaction() as session:
            new = put_in_samples(session, now())
        filed = file_voices(store, now()) if voices else 0
    click.echo(f"{new} projects and surveys were new.")
    if voices:
        click.echo(f"{filed} invented entries were filed.")


@click.command()
def reindex() -> None:
    """Make every entry's search words and labels anew, after an update that reads words otherwise. May run any time."""
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        last, total = 0, 0
        while (page := next_page(store, last))[1]:
            last, total = page[0], total + page[1]
        merge_index(store)
    click.echo(f"{total} entries are indexed.")
