"""One's own account: language, colours, shortcuts, password."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from bot.accounts import account, set_password, set_taste
from bot.errors import Refused
from bot.passwords import SHORTEST, is_right
from bot.store.accounts import Theme
from handlers.console.guard import TOKEN, visit
from handlers.console.look import t

page = Blueprint("profile", __name__, url_prefix="/profile")


@page.get("")
def index() -> Any:
    """The page."""
    return render_template("console/profile.html", themes=list(Theme), least=SHORTEST)


@page.post("/taste")
def choose() -> Any:
    """Language, colours, shortcuts."""
    form = request.form
    with visit().transaction() as writing:
        mine = account(writing, visit().account.id)
        set_taste(mine, form.get("language", ""), form.get("theme", ""), "shortcuts" in form)
    return redirect(url_for("console.profile.index"), 303)


@page.post("/password")
def change_password() -> Any:
    """A new password, for who knows the old one. Signs out every other browser."""
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    if visit().account.password is None or not is_right(visit().account.password, old):
        raise Refused("password.wrong")
    if new != again:
        raise Refused("password.differs")
    with visit().transaction() as writing:
        mine = account(writing, visit().account.id)
        set_password(writing, mine, new, visit().by, stay=session[TOKEN])
    flash(t("console.profile.password_changed"), "good")
    return redirect(url_for("console.profile.index"), 303)
