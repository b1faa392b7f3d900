"""Commands that serve until they are stopped."""

import signal
import threading

import click

import nlp
from handlers import tasks, web
from handlers.broadcaster import Broadcaster
from handlers.cli.common import clear_errors, known_settings, port_is_free, ready
from handlers.clock import Timekeeper
from handlers.exporter import Exporter
from handlers.rehearser import Rehearser
from handlers.runtime import Runtime
from handlers.worker import Worker

# How long an end waits for a call to LINE that was begun, in seconds: longer than its time limit.
LAST_CALL = 15


@click.command()
def run() -> None:
    """Serve everything in one process: web, worker and, without LINE's secrets, LINE's stand-in with a phone page.

    With the stand-in, a database that holds no entry is given those of invented citizens first.
    """
    settings = known_settings()
    with clear_errors():
        port_is_free(settings)
        ready(settings, lived_in=settings.uses_standin)
    click.echo(f"Khaojai serves on http://{settings.bind}:{settings.port}/ (Ctrl+C stops it)")
    web.serve(settings)


@click.command("web")
def serve_web() -> None:
    """Serve the webhook and the pages. Without BROKER_URL this process answers citizens too."""
    settings = known_settings()
    with clear_errors():
        port_is_free(settings)
        ready(settings)
    web.serve(settings)


@click.command()
def worker() -> None:
    """Answer citizens: woken over BROKER_URL, and looking by itself every second. Run as many as you like."""
    settings = known_settings()
    with clear_errors():
        ready(settings)
    runtime = Runtime.of(settings)
    nlp.warm()
    stopping = _until_stopped()
    answering = Worker(runtime, stopping)
    Exporter(runtime).start(stopping)
    Rehearser(runtime).start(stopping)
    broadcasting = Broadcaster(runtime).start_all(stopping)
    consumer = None
    if settings.broker_url:
        huey = tasks.queue(settings)
        tasks.watch(huey, answering.work)
        consumer = tasks.consume(huey, threads=2)
    click.echo("Khaojai's worker looks for events (Ctrl+C stops it)", err=True)
    answering.serve()
    answering.stop()
    for lane in broadcasting:
        lane.join(LAST_CALL)
    if consumer is not None:
        consumer.stop()


def _until_stopped() -> threading.Event:
    """An event that Ctrl+C and a polite kill set."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


@click.command()
def clock() -> None:
    """Keep time: nudge who fell silent, end what stays silent, clear old mail. One is enough; more do no harm."""
    settings = known_settings()
    with clear_errors():
        ready(settings)
    Timekeeper(Runtime.of(settings)).serve(_until_stopped())
