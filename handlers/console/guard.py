"""Who may call a page of the console: a sign-in, a role, a right to the thing named in the address, and a CSRF token.

What a page may say of itself: `@public`, `@needs(Role.ADMIN)`, `@quiet`. They stand below the route's own decorator.
The names of arguments are a small language: `<project>` is a project's slug, `<survey>` a survey's, `<number>` an
entry's reference number; `?project=` is a project's slug too. The guard answers 404 where the visitor may not see it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import MultiDict

from bot.rights import entry_seen, project_seen, sight_of, survey_seen
from bot.signing_in import is_to_be_noted, note_life, signed_in
from bot.store.accounts import Account, Role
from bot.store.audit import By
from bot.store.base import Session
from bot.store.projects import Project
from bot.store.sight import Sight
from handlers.runtime import Runtime

View = TypeVar("View", bound=Callable[..., Any])
THINGS: dict[str, Callable[[Session, Sight, str], Any]] = {
    "project": project_seen,
    "survey": survey_seen,
    "number": entry_seen,
}
TOKEN, LANGUAGE = "sign_in", "language"
# Bytes of one request: a spreadsheet of a survey, and no more. Answered with 413.
LARGEST = 10_000_000
_csrf = CSRFProtect()


@dataclass(frozen=True, slots=True)
class Visit:
    """The signed-in person of this request, what they may see, and the means to serve them."""

    runtime: Runtime
    account: Account
    sight: Sight
    at: datetime

    @property
    def by(self) -> By:
        """The person as the one who acts, now."""
        return By(self.account.actor, self.at)

    @property
    def language(self) -> str:
        """ "th" or "en"."""
        return self.account.language

    def reading(self) -> AbstractContextManager[Session]:
        """A session of the store to read with."""
        return self.runtime.store.reading()

    def transaction(self) -> AbstractContextManager[Session]:
        """A session of the store to write with: all or nothing."""
        return self.runtime.store.transaction()


def visit() -> Visit:
    """This request's visit. A bug, if the page is public and nobody is signed in."""
    return g.visit  # type: ignore[no-any-return]


def here() -> Runtime:
    """The runtime, for public pages."""
    return g.runtime  # type: ignore[no-any-return]


def project_or_404(slug: str) -> Project:
    """The project of this name, if the visitor may see it; loaded, and readable outside any session."""
    with visit().reading() as reading:
        return project_seen(reading, visit().sight, slug)


def public(view: View) -> View:
    """This page asks for no sign-in."""
    view.public = True  # type: ignore[attr-defined]
    return view


def quiet(view: View) -> View:
    """This page is asked by a script, not by a hand: it does not keep a sign-in alive."""
    view.quiet = True  # type: ignore[attr-defined]
    return view


def needs(*roles: Role) -> Callable[[View], View]:
    """This page is for these roles; others are answered with 403."""

    def marked(view: View) -> View:
        view.roles = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return marked


def may(endpoint: str, role: str) -> bool:
    """Whether the running application has this page, and this role may use it."""
    view = current_app.view_functions.get(endpoint)
    return view is not None and role in getattr(view, "roles", frozenset(Role))


def keep(console: Blueprint, runtime: Runtime) -> None:
    """Put the guard before every page of the console."""

    @console.record_once
    def configure(state: BlueprintSetupState) -> None:
        _configure(state.app, runtime)

    @console.before_request
    def admit() -> Any:
        return _admit(runtime)


def _configure(app: Flask, runtime: Runtime) -> None:
    """Cookies and tokens. Only the console asks for a token: the webhook has LINE's signature."""
    production = runtime.settings.production
    app.config.update(
        SESSION_COOKIE_NAME="__Host-khaojai" if production else "khaojai",
        SESSION_COOKIE_SECURE=production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    _csrf.init_app(app)


def _admit(runtime: Runtime) -> Any:
    g.runtime = runtime
    g.visit = None
    request.max_content_length = LARGEST
    if request.endpoint == "console.static":
        return None
    g.visit = _visitor(runtime)
    view = current_app.view_functions[request.endpoint or ""]
    if not getattr(view, "public", False):
        if g.visit is None:
            return redirect(url_for("console.signing.form", next=_going()))
        if not may(request.endpoint or "", g.visit.account.role):
            abort(403)
        _check_things(g.visit)
    _csrf.protect()
    return None


def _going() -> str | None:
    """Where the visitor was going, to go on there after signing in."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _visitor(runtime: Runtime) -> Visit | None:
    """Who is signed in, read anew for every request: a change of role, right or password acts at once."""
    token, at = session.get(TOKEN), runtime.clock()
    if not token:
        return None
    with runtime.store.reading() as reading:
        found = signed_in(reading, token, at)
        if found is None or (found[0].demo and runtime.settings.production):
            session.pop(TOKEN, None)
            return None
        account, sign_in = found
        visitor = Visit(runtime, account, sight_of(reading, account), at)
    view = current_app.view_functions[request.endpoint or ""]
    if is_to_be_noted(sign_in, at) and not getattr(view, "quiet", False):
        with runtime.store.transaction() as writing:
            note_life(writing, token, at)
    return visitor


def _check_things(visitor: Visit) -> None:
    """Look up what the address names. Raises Refused("not_found")."""
    named: MultiDict[str, str] = MultiDict(request.view_args or {})
    for project in request.args.getlist("project"):
        named.add("project", project)
    asked = [(THINGS[name], value) for name, value in named.items(multi=True) if name in THINGS and value]
    if asked:
        with visitor.reading() as reading:
            for find, value in asked:
                find(reading, visitor.sight, value)
