"""Accounts, for admins: who works here, in which role, on which projects."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import accounts
from bot.errors import Refused
from bot.store.accounts import Account, Role, all_accounts, project_counts, projects_of
from bot.store.base import Session
from bot.store.projects import all_projects
from handlers.console.guard import needs, visit
from handlers.console.look import t

page = Blueprint("accounts", __name__, url_prefix="/accounts")


@page.get("")
@needs(Role.ADMIN)
def index() -> Any:
    """The list."""
    with visit().reading() as reading:
        everybody, counts = all_accounts(reading), project_counts(reading)
    return render_template("console/accounts/index.html", accounts=everybody, counts=counts)


@page.get("/new")
@needs(Role.ADMIN)
def new() -> Any:
    """The form of a new account."""
    return _form(None)


@page.post("/new")
@needs(Role.ADMIN)
def add() -> Any:
    """Make an account, and show its first password, once."""
    form = request.form
    try:
        with visit().transaction() as writing:
            wanted = accounts.NewAccount(form.get("name", ""), form.get("email", ""), _role())
            made, password = accounts.add(writing, wanted, visit().by)
            accounts.set_rights(writing, made, _projects(writing), "unsorted" in form, visit().by)
    except Refused as refused:
        return _form(None, t(refused.code, **refused.facts)), 422
    return render_template("console/accounts/password.html", account=made, password=password)


@page.get("/<int:account>")
@needs(Role.ADMIN)
def edit(account: int) -> Any:
    """The form of an account."""
    with visit().reading() as reading:
        return _form(accounts.account(reading, account))


@page.post("/<int:account>")
@needs(Role.ADMIN)
def change(account: int) -> Any:
    """Name, role, rights and whether it is in use, all at once or none."""
    form = request.form
    with visit().transaction() as writing:
        found = accounts.account(writing, account)
        accounts.rename(writing, found, form.get("name", ""), visit().by)
        accounts.set_role(writing, found, _role(), visit().by)
        accounts.set_active(writing, found, "active" in form, visit().by)
        accounts.set_rights(writing, found, _projects(writing), "unsorted" in form, visit().by)
    flash(t("console.account.changed", name=found.name), "good")
    return redirect(url_for("console.accounts.index"), 303)


@page.post("/<int:account>/reset")
@needs(Role.ADMIN)
def reset(account: int) -> Any:
    """A new password, shown once; every sign-in of the account ends."""
    with visit().transaction() as writing:
        found = accounts.account(writing, account)
        password = accounts.reset(writing, found, visit().by)
    return render_template("console/accounts/password.html", account=found, password=password)


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise Refused("account.role") from None


def _projects(session: Session) -> set[int]:
    """The ids of the projects that are ticked."""
    ticked = set(request.form.getlist("projects"))
    return {each.id for each in all_projects(session) if each.slug in ticked}


def _form(account: Account | None, problem: str = "") -> str:
    with visit().reading() as reading:
        projects = all_projects(reading)
        ticked = projects_of(reading, account.id) if account else set()
    if request.method == "POST":
        ticked = {each.id for each in projects if each.slug in request.form.getlist("projects")}
    return render_template(
        "console/accounts/form.html",
        account=account, problem=problem, projects=projects, ticked=ticked, roles=list(Role), form=request.form,
    )  # fmt: skip
