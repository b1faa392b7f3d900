"""The commands of `python -m bot`. Wrong use ends with 2, a command that could not do its work with 1."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

import nlp
from bot.config import Settings, settings_from_environment
from bot.errors import Misconfigured, Refused
from bot.seed import seed as put_in_samples
from bot.store.base import Store, Unavailable, now
from bot.store.migrating import is_current
from bot.store.migrating import migrate as bring_up_to_date
from handlers import logs, tasks, web
from handlers.runtime import Runtime
from handlers.worker import Worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Khaojai: citizens' words on LINE become tagged entries in a lab's projects."""
    logs.set_up()


@contextmanager
def clear_errors() -> Iterator[None]:
    """Say what is wrong in one line, without a traceback: settings (2), refusals and an absent database (1)."""
    try:
        yield
    except Misconfigured as error:
        raise SystemExit(
            _told("these settings cannot work:\n" + "\n".join(f"  {each}" for each in error.problems), 2)
        ) from None
    except Refused as error:
        raise SystemExit(_told(str(error), 1)) from None
    except Unavailable as error:
        raise SystemExit(_told(f"the database cannot be used: {error.orig}", 1)) from None


def _told(message: str, status: int) -> int:
    click.echo(f"Error: {message}", err=True)
    return status


def _settings() -> Settings:
    with clear_errors():
        return settings_from_environment()


def _ready(settings: Settings) -> None:
    """A database at the newest migration. The demo brings it there, with the sample lab; production is told how to."""
    store = Store(settings.database)
    try:
        if settings.production:
            if not is_current(store):
                raise Refused("the database is not at the newest migration; run: python -m bot migrate")
            return
        bring_up_to_date(store)
        with store.transaction() as session:
            put_in_samples(session, now())
    finally:
        store.close()


@main.command()
def run() -> None:
    """Serve everything in one process: web, worker and, without LINE's secrets, LINE's stand-in with a phone page."""
    settings = _settings()
    with clear_errors():
        _ready(settings)
    click.echo(f"Khaojai serves on http://{settings.bind}:{settings.port}/ (Ctrl+C stops it)")
    web.serve(settings)


@main.command("web")
def serve_web() -> None:
    """Serve the webhook and the pages. Without BROKER_URL this process answers citizens too."""
    settings = _settings()
    with clear_errors():
        _ready(settings)
    web.serve(settings)


@main.command()
def worker() -> None:
    """Answer citizens: woken over BROKER_URL, and looking by itself every second. Run as many as you like."""
    settings = _settings()
    with clear_errors():
        _ready(settings)
    runtime = Runtime.of(settings)
    nlp.warm()
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    answering = Worker(runtime)
    consumer = None
    if settings.broker_url:
        huey = tasks.queue(settings)
        tasks.watch(huey, answering.work)
        consumer = tasks.consume(huey, threads=2)
    click.echo("Khaojai's worker looks for events (Ctrl+C stops it)", err=True)
    answering.serve(stopping)
    if consumer is not None:
        consumer.stop(graceful=True)


@main.command()
@click.option("--to", default="head", help="A migration's number, or head.", show_default=True)
def migrate(to: str) -> None:
    """Bring the database to the newest migration."""
    settings = _settings()
    with clear_errors():
        bring_up_to_date(Store(settings.database), to)
    click.echo("The database is up to date.")


@main.command()
def seed() -> None:
    """Put in the ten sample projects and their surveys; what is there already stays as it is."""
    settings = _settings()
    with clear_errors():
        store = Store(settings.database)
        with store.transaction() as session:
            new = put_in_samples(session, now())
    click.echo(f"{new} projects and surveys were new.")


if __name__ == "__main__":
    sys.exit(main())
