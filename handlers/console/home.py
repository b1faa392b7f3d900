"""The console's own address, and the choice of language."""

from typing import Any

from flask import Blueprint, redirect, request, session, url_for

from bot.accounts import account, set_taste
from handlers.console.errors import came_from
from handlers.console.guard import LANGUAGE, here, may, public, visit
from handlers.console.look import LANGUAGES

page = Blueprint("home", __name__)
FIRST = ("console.queue.index", "console.projects.index", "console.help.index")


@page.get("/")
def index() -> Any:
    """To where the work is."""
    endpoint = next(each for each in FIRST if may(each, visit().account.role))
    return redirect(url_for(endpoint))


@page.post("/language")
@public
def choose_language() -> Any:
    """Thai or English, from now on; kept with the account of who is signed in."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session[LANGUAGE] = chosen
        if visit() is not None:
            with here().store.transaction() as writing:
                mine = account(writing, visit().account.id)
                set_taste(mine, chosen, mine.theme, mine.shortcuts)
    return redirect(came_from() or url_for("console.home.index"), 303)
