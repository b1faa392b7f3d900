"""Keys of the API: made, shown once, watched and revoked."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import keys
from bot.errors import Refused
from bot.keys import KEEPERS
from bot.rights import visible_projects
from bot.store.accounts import all_accounts
from bot.store.api_keys import calls_of
from handlers.console.guard import needs, visit
from handlers.console.look import t

page = Blueprint("keys", __name__, url_prefix="/keys")
PAGE = 50


@page.get("")
@needs(*KEEPERS)
def index() -> Any:
    """The keys of one's projects."""
    with visit().reading() as reading:
        found = keys.keys_seen(reading, visit().sight)
        projects = {each.id: each for each in visible_projects(reading, visit().sight)}
        names = {each.id: each.name for each in all_accounts(reading)}
    return render_template("console/keys/index.html", keys=found, projects=projects, names=names)


@page.get("/new")
@needs(*KEEPERS)
def new() -> Any:
    """The form of a new key."""
    return _form()


@page.post("/new")
@needs(*KEEPERS)
def make() -> Any:
    """Make a key, and show it, once."""
    try:
        with visit().transaction() as writing:
            slugs = set(request.form.getlist("projects"))
            key, secret = keys.make(writing, visit().account, request.form.get("name", ""), slugs, visit().at)
    except Refused as refused:
        return _form(t(refused.code, **refused.facts)), 422
    return render_template("console/keys/secret.html", key=key, secret=secret)


@page.get("/<int:key>")
@needs(*KEEPERS)
def show(key: int) -> Any:
    """A key and its calls, newest first."""
    with visit().reading() as reading:
        found = keys.key_seen(reading, visit().sight, key)
        calls = calls_of(reading, found.id, request.args.get("below", type=int), PAGE + 1)
    older = url_for("console.keys.show", key=key, below=calls[PAGE - 1].id) if len(calls) > PAGE else ""
    return render_template("console/keys/show.html", key=found, calls=calls[:PAGE], older=older)


@page.post("/<int:key>/revoke")
@needs(*KEEPERS)
def revoke(key: int) -> Any:
    """End a key, now."""
    with visit().transaction() as writing:
        found = keys.key_seen(writing, visit().sight, key)
        keys.revoke(writing, found, visit().by)
    flash(t("console.keys_api.revoked_now", name=found.name), "good")
    return redirect(url_for("console.keys.index"), 303)


def _form(problem: str = "") -> str:
    with visit().reading() as reading:
        projects = visible_projects(reading, visit().sight)
    return render_template("console/keys/new.html", projects=projects, problem=problem, form=request.form)
