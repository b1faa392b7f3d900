"""What all commands share: settings, the store, and errors told without a traceback."""

import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import demo
from bot.config import Settings, settings_from_environment
from bot.errors import Misconfigured, Refused
from bot.problems import line
from bot.seed import seed as put_in_samples
from bot.store.base import Store, Unavailable, now
from bot.store.migrating import is_current
from bot.store.migrating import migrate as bring_up_to_date
from bot.wording import say

UNKNOWN = {
    "export.no_such_project": "there is no project called {project}",
    "export.no_such_survey": "there is no survey called {survey}",
    "broadcast.unknown": "there is no broadcast with the number {number}",
    "account.unknown": "there is no account with the e-mail {email}",
}


@contextmanager
def clear_errors() -> Iterator[None]:
    """Say what is wrong without a traceback: settings and what does not exist (2), an absent database or disk (1)."""
    try:
        yield
    except Misconfigured as error:
        problems = "\n".join(f"  {each}" for each in error.problems)
        raise SystemExit(told(f"these settings cannot work:\n{problems}", 2)) from None
    except Refused as error:
        unknown = UNKNOWN.get(error.code)
        raise SystemExit(told(unknown.format(**error.facts), 2) if unknown else told(_sentence(error), 1)) from None
    except Unavailable as error:
        raise SystemExit(told(f"the database cannot be used: {error.orig}", 1)) from None
    except OSError as error:
        raise SystemExit(told(f"{error.filename or 'the system'}: {error.strerror}", 1)) from None


def _sentence(error: Refused) -> str:
    """What a refusal says in English, or its code where only the operator meets it."""
    try:
        return say("en", error.code, **error.facts)
    except KeyError:
        return str(error)


def told(message: str, status: int) -> int:
    """Write what went wrong to standard error. Returns the exit status."""
    click.echo(f"Error: {message}", err=True)
    return status


def unfit(name: str, refused: Refused) -> SystemExit:
    """The end of a command whose survey cannot be asked, with all that its author must mend."""
    lines = "\n".join(f"  {line(each, 'en')}" for each in refused.facts["problems"])  # type: ignore[attr-defined]
    return SystemExit(told(f"{name} cannot be asked yet:\n{lines}", 1))


def known_settings() -> Settings:
    """The settings of the environment, or the end of the command."""
    with clear_errors():
        return settings_from_environment()


def ready(settings: Settings, lived_in: bool = False) -> None:
    """A database at the newest migration. The demo brings it there, with the sample lab; production is told how to.

    `lived_in`: the demo's invented citizens have spoken already, where nobody else has.
    """
    if settings.production:
        migrated(settings).close()
        return
    store = Store(settings.database)
    try:
        bring_up_to_date(store)
        with store.transaction() as session:
            put_in_samples(session, now() - demo.SPAN if lived_in else now())
        if lived_in:
            demo.file_voices(store, now())
    finally:
        store.close()


def migrated(settings: Settings) -> Store:
    """The store, which must be at the newest migration."""
    store = Store(settings.database)
    if not is_current(store):
        raise Refused("the database is not at the newest migration; run: python -m bot migrate")
    return store


def port_is_free(settings: Settings) -> None:
    """Fail at once where another program serves there: gunicorn would try again for seconds."""
    with socket.socket(socket.AF_INET6 if ":" in settings.bind else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except OSError as error:
            where = f"{settings.bind}:{settings.port}"
            raise Refused(f"cannot serve on {where} ({error.strerror}); set PORT to another port") from None


def user() -> str:
    """Who runs this, as far as the machine knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
