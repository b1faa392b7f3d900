"""Commands that see to broadcasts: what the console does, from a terminal, with a progress bar.

`send` and `resume` send from this process too, beside whatever workers there are. They end with 0 once all is sent, and
with 1 where it was paused or stopped.
"""

import threading
from collections.abc import Callable

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.broadcasts import deciding, following, pacing, telling, writing
from bot.errors import Refused
from bot.store.audit import By
from bot.store.base import Session, Store, now
from bot.store.broadcasts import Broadcast, BroadcastState, broadcasts_of
from bot.store.sight import Sight
from handlers.broadcaster import Broadcaster
from handlers.cli.common import clear_errors, known_settings, migrated, user
from handlers.runtime import Runtime

NUMBER = click.argument("number", type=click.IntRange(min=1))
WAIT = click.option("--no-wait", is_flag=True, help="Leave the sending to the workers.")
RUNNING = (BroadcastState.SCHEDULED, BroadcastState.SENDING)
# How often progress is looked at, in seconds.
LOOK_EVERY = 0.5
Act = Callable[[Session, Broadcast, By], None]


@click.group()
def broadcast() -> None:
    """Broadcasts: send, stop, resume, follow. They are written and approved in the console."""


@broadcast.command("list")
def list_broadcasts() -> None:
    """Show the newest broadcasts: number, wave, state, planned, name; parted by tabs."""
    settings = known_settings()
    with clear_errors(), migrated(settings).reading() as session:
        for each in broadcasts_of(session, Sight(None, unsorted=True)):
            click.echo("\t".join((str(each.id), str(each.wave), each.state, str(each.planned), each.name)))


@broadcast.command()
@NUMBER
def preview(number: int) -> None:
    """Show whom it would reach now, whom not and why, and what is left of the month's messages."""
    settings = known_settings()
    with clear_errors(), migrated(settings).reading() as session:
        found = writing.audience(session, _known(session, number), now())
        click.echo(f"{found.meant} are meant; {found.reached} would get it.")
        for reason, people in found.excluded.items():
            click.echo(f"  {people} not: they {telling.without(reason, 'en')}")
        left = pacing.quota(session).left
        click.echo("LINE's quota: no limit is known." if left is None else f"LINE's quota: {left} are left.")


@broadcast.command()
@NUMBER
@WAIT
def send(number: int, no_wait: bool) -> None:
    """Send an approved broadcast now, not at its time; by night it waits for the morning."""
    _move(number, deciding.send_now, no_wait)


@broadcast.command()
@NUMBER
@WAIT
def resume(number: int, no_wait: bool) -> None:
    """Go on with a broadcast that was stopped or paused: those who are missing get it."""
    _move(number, deciding.resume, no_wait)


@broadcast.command()
@NUMBER
def stop(number: int) -> None:
    """Stop a broadcast: what is being sent at this moment is the last."""
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        _act(store, number, deciding.stop)
        _tell(store, number)


@broadcast.command()
@NUMBER
@click.option("--watch", is_flag=True, help="Follow it until it is sent, paused or stopped.")
def status(number: int, watch: bool) -> None:
    """Show how far a broadcast has come, and what came of it."""
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        if watch:
            _follow(store, number, threading.Event())
        _tell(store, number)


def _move(number: int, act: Act, no_wait: bool) -> None:
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        _act(store, number, act)
        if no_wait:
            _tell(store, number)
            return
        stopping = threading.Event()
        lanes = Broadcaster(Runtime(settings, store, now)).start_all(stopping)
        try:
            _follow(store, number, stopping)
        except KeyboardInterrupt:
            click.echo(f"Left to the workers; to stop it: python -m bot broadcast stop {number}", err=True)
        finally:
            stopping.set()
            for lane in lanes:
                lane.join()
        if _tell(store, number) != BroadcastState.SENT:
            raise SystemExit(1)


def _act(store: Store, number: int, act: Act) -> None:
    with store.transaction() as session:
        act(session, _known(session, number), By(user(), now()))


def _known(session: Session, number: int) -> Broadcast:
    found = session.get(Broadcast, number)
    if found is None:
        raise Refused("broadcast.unknown", number=number)
    return found


def _follow(store: Store, number: int, stopping: threading.Event) -> None:
    """Show a bar on a terminal's standard error until it is sent, paused or stopped."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Waiting", total=None)
        while True:
            with store.reading() as session:
                seen = following.progress(session, _known(session, number), now())
            doing = "Waiting for the morning" if seen.resting else "Sending" if seen.whole else "Putting down"
            bar.update(task, description=doing, completed=seen.done if seen.whole else seen.planned)
            bar.update(task, total=seen.planned if seen.whole else None)
            if seen.state not in RUNNING or stopping.wait(LOOK_EVERY):
                return


def _tell(store: Store, number: int) -> str:
    """Say how it stands. Returns the state."""
    with store.reading() as session:
        found = _known(session, number)
        seen, told = following.progress(session, found, now()), following.statistics(session, found)
        click.echo(f"{found.name}: {telling.state(found, 'en')}. {telling.cause(found, 'en')}".rstrip())
    ended = f"{seen.sent} sent, {seen.failed} failed, {seen.dropped + seen.erased} dropped"
    click.echo(f"{seen.planned} put down: {ended}, {seen.open} under way, {seen.left} left.")
    for reason, people in told.failed.items():
        click.echo(f"  {people} failed: {reason}")
    for reason, people in {**told.excluded, **told.dropped}.items():
        click.echo(f"  {people} got nothing: they {telling.without(reason, 'en')}")
    whole = told.whole
    if whole.begun:
        click.echo(f"{whole.begun} began the survey, {whole.completed} finished it.")
    return seen.state
