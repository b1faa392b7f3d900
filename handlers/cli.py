"""The commands of `python -m bot`. Wrong use ends with 2, a command that could not do its work with 1."""

import getpass
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console
from rich.progress import track

import nlp
from bot.config import Settings, settings_from_environment
from bot.errors import Misconfigured, Refused
from bot.exports.exporting import FORMATS, Order, export
from bot.projects import matchable
from bot.seed import sample_projects
from bot.seed import seed as put_in_samples
from bot.store.base import Store, Unavailable, now
from bot.store.exporting import Filed
from bot.store.migrating import is_current
from bot.store.migrating import migrate as bring_up_to_date
from bot.wording import LANGUAGES
from handlers import logs, tasks, web
from handlers.clock import Timekeeper
from handlers.runtime import Runtime
from handlers.terminal import opening
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
    stopping = _until_stopped()
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


def _until_stopped() -> threading.Event:
    """An event that Ctrl+C and a polite kill set."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


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


@main.command()
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
        problems = error.facts["problems"]
        lines = "\n".join(f"  {each.where}: {each.text}" for each in problems)
        raise SystemExit(_told(f"{survey} cannot be asked yet:\n{lines}", 1)) from None


@main.command("export")
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="CSV or XLSX for Excel, JSON Lines.")
@click.option("--out", required=True, help="The file to write, or - for standard output.")
@click.option("--project", help="Only this project (its slug).")
@click.option("--survey", help="Only this survey (its slug).")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Filed on this day or later, in Bangkok.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Filed on this day or earlier, in Bangkok.")
@click.option("--unmasked", "purpose", metavar="PURPOSE", default="", help="Show personal data; the purpose is logged.")
def export_entries(out: str, kind: str, **asked: Any) -> None:
    """Write entries to a file, personal data masked. Who took what is noted in the trail."""
    settings = _settings()
    for name in ("since", "until"):
        asked[name] = asked[name].date() if asked[name] else None
    if asked["since"] and asked["until"] and asked["since"] > asked["until"]:
        raise click.UsageError("--since is after --until")
    order = Order(format=kind, by=getpass.getuser(), **asked)
    path = None if out == "-" else Path(out)
    if path is not None and not path.absolute().parent.is_dir():
        raise click.UsageError(f"--out: there is no folder {path.absolute().parent}")
    with clear_errors():
        exported = export(Store(settings.database), now, order, path, _with_progress)
    click.echo(f"{exported.entries} entries exported to {path or 'standard output'}", err=True)
    if exported.dictionary:
        click.echo(f"What the columns mean: {exported.dictionary}", err=True)


def _with_progress(filed: Iterator[Filed], total: int) -> Iterator[Filed]:
    """Show a bar on a terminal's standard error, and nothing elsewhere."""
    yield from track(filed, "Exporting", total=total, console=Console(stderr=True), disable=not sys.stderr.isatty())


@main.command("tag")
def tag_texts() -> None:
    """Tag JSON Lines {"id", "text"} from standard input; one JSON line each to standard output."""
    projects = _known_projects()
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
            tags = nlp.tag(record["text"], projects).to_dict()
        except (ValueError, KeyError, TypeError) as error:
            click.echo(f"Error: line {number}: {_why(error)}", err=True)
            failed = True
            continue
        sys.stdout.buffer.write(orjson.dumps({"id": record.get("id"), **tags}) + b"\n")
    sys.stdout.buffer.flush()
    if failed:
        raise SystemExit(1)


def _why(error: Exception) -> str:
    if isinstance(error, orjson.JSONDecodeError):
        return f"not JSON ({error.msg})"
    return 'needs an object with a string "text", and an "id"'


def _known_projects() -> tuple[nlp.Project, ...]:
    """The active projects of the database where there is one, else those that ship."""
    settings = _settings()
    store = Store(settings.database)
    try:
        if is_current(store):
            with store.reading() as session:
                return matchable(session) or sample_projects()
    except Unavailable:
        click.echo("The database cannot be used; tagging with the ten projects that ship.", err=True)
    return sample_projects()


@main.command()
def clock() -> None:
    """Keep time: nudge who fell silent, end what stays silent, clear old mail. One is enough; more do no harm."""
    settings = _settings()
    with clear_errors():
        _ready(settings)
    Timekeeper(Runtime.of(settings)).serve(_until_stopped())


if __name__ == "__main__":
    sys.exit(main())
