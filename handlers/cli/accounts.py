"""Commands that keep accounts: how the first admin comes into being, and how one who is locked out gets in again."""

import click

from bot import accounts
from bot.errors import Refused
from bot.store.accounts import Account, Role, account_by_email, all_accounts, project_counts
from bot.store.audit import By
from bot.store.base import Session, now
from bot.store.projects import project_by_slug
from handlers.cli.common import clear_errors, known_settings, migrated, user

GENERATE = click.option("--generate", is_flag=True, help="Make the password up and show it once, instead of asking.")


@click.group()
def account() -> None:
    """Accounts of the console."""


@account.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice([str(each) for each in Role]), required=True, help="What the account is for.")
@click.option("--project", "projects", multiple=True, metavar="SLUG", help="A project it works on; may be repeated.")
@click.option("--unsorted", is_flag=True, help="It also reads entries that belong to no project.")
@GENERATE
def add(email: str, name: str, role: str, generate: bool, **rights: object) -> None:
    """Make an account. Its password is asked for."""
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        password = None if generate else _asked()
        with store.transaction() as session:
            by = By(user(), now())
            made, shown = accounts.add(session, accounts.NewAccount(name, email, Role(role), password), by)
            accounts.set_rights(session, made, _ids(session, rights["projects"]), bool(rights["unsorted"]), by)
    click.echo(f"{made.email} is a new {made.role}." + _password(shown))


@account.command()
@click.argument("email")
@GENERATE
def reset(email: str, generate: bool) -> None:
    """Give an account a new password and sign it out everywhere. It is asked for."""
    settings = known_settings()
    with clear_errors():
        store = migrated(settings)
        with store.reading() as session:
            _known(session, email)
        password = None if generate else _asked()
        with store.transaction() as session:
            shown = accounts.reset(session, _known(session, email), By(user(), now()), password)
    click.echo(f"{email} has a new password." + _password(shown))


@account.command("list")
def list_accounts() -> None:
    """Show every account: e-mail, role, number of projects, whether it is active, name; parted by tabs."""
    settings = known_settings()
    with clear_errors(), migrated(settings).reading() as session:
        counts = project_counts(session)
        for each in all_accounts(session):
            projects = "all" if each.role == Role.ADMIN else str(counts.get(each.id, 0))
            click.echo("\t".join((each.email, each.role, projects, "active" if each.active else "ended", each.name)))


def _asked() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _password(shown: str | None) -> str:
    return f" Its password, shown only now: {shown}" if shown else ""


def _known(session: Session, email: str) -> Account:
    found = account_by_email(session, email)
    if found is None:
        raise Refused("account.unknown", email=email)
    return found


def _ids(session: Session, slugs: object) -> set[int]:
    """The ids of these projects. Raises Refused where there is no such project."""
    found = set()
    for slug in slugs if isinstance(slugs, tuple) else ():
        project = project_by_slug(session, slug)
        if project is None:
            raise Refused("export.no_such_project", project=slug)
        found.add(project.id)
    return found
