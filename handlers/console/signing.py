"""Signing in and out."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from bot.errors import Refused
from bot.signing_in import Attempt, sign_in, sign_out
from bot.store.accounts import Role
from handlers.console.guard import LANGUAGE, TOKEN, here, public
from handlers.console.look import t

page = Blueprint("signing", __name__)


@page.get("/sign-in")
@public
def form() -> Any:
    """The sign-in page."""
    return show_form()


@page.post("/sign-in")
@public
def enter() -> Any:
    """Try to sign in."""
    email = request.form.get("email", "")
    attempt = Attempt(email, request.form.get("password", ""), request.remote_addr or "")
    try:
        _, token = sign_in(here().store, here().clock, attempt)
    except Refused as refused:
        waits = refused.code == "sign_in.wait"
        return show_form(t(refused.code, **refused.facts), email), 429 if waits else 401
    return welcome(token)


def welcome(token: str, going: str | None = None) -> Any:
    """Start a new browser session with this token, and go where the visitor was going."""
    chosen = session.get(LANGUAGE)
    session.clear()
    session[TOKEN] = token
    if chosen:
        session[LANGUAGE] = chosen
    return redirect(going or wanted() or url_for("console.home.index"), 303)


@page.post("/sign-out")
@public
def leave() -> Any:
    """End this browser's sign-in."""
    if token := session.get(TOKEN):
        with here().store.transaction() as writing:
            sign_out(writing, token, here().clock())
    chosen = session.get(LANGUAGE)
    session.clear()
    if chosen:
        session[LANGUAGE] = chosen
    flash(t("console.sign_in.left"), "good")
    return redirect(url_for("console.signing.form"), 303)


def wanted() -> str | None:
    """Where the visitor was going: a path of the console, and nothing that leads elsewhere."""
    path = request.values.get("next", "")
    safe = path.startswith("/console/") and "\\" not in path and not any(ord(letter) < 32 for letter in path)
    return path if safe else None


def show_form(problem: str = "", email: str = "") -> str:
    """The sign-in page, with what went wrong."""
    roles = [] if here().settings.production else list(Role)
    openid = url_for("console.openid.go", next=wanted()) if here().settings.oidc_issuer else ""
    return render_template(
        "console/sign_in.html", problem=problem, email=email, next=wanted() or "", roles=roles, openid=openid
    )
