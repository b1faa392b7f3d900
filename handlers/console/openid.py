"""Signing in with the organisation's own account, over OpenID Connect. Served where the settings name a provider."""

from typing import Any

import structlog
from flask import Blueprint, current_app, redirect, request, session, url_for

from bot.errors import Refused
from bot.openid import Begun, Provider
from bot.signing_in import sign_in_by_openid
from handlers.console.guard import here, public
from handlers.console.look import t
from handlers.console.signing import show_form, wanted, welcome
from handlers.runtime import Runtime

log = structlog.get_logger()
page = Blueprint("openid", __name__, url_prefix="/openid")
BEGUN, NEXT = "openid", "openid_next"
EXTENSION = "khaojai_openid"


def add(console: Blueprint, runtime: Runtime) -> None:
    """Serve these pages, with the provider that the settings name."""
    settings = runtime.settings
    provider = Provider(settings.oidc_issuer, (settings.oidc_client_id, settings.oidc_client_secret), runtime.clock)
    console.record_once(lambda state: state.app.extensions.update({EXTENSION: provider}))
    console.register_blueprint(page)


@page.get("")
@public
def go() -> Any:
    """To the provider."""
    try:
        address, begun = _provider().begin(_back())
    except Refused as refused:
        return show_form(t(refused.code)), 502
    session[BEGUN], session[NEXT] = begun.to_data(), wanted() or ""
    return redirect(address)


@page.get("/return")
@public
def back() -> Any:
    """From the provider, with its answer."""
    kept, going = session.pop(BEGUN, None), session.pop(NEXT, "")
    try:
        if kept is None:
            raise Refused("sign_in.provider")
        identity = _provider().finish(request.args, Begun(**kept), _back())
        token = sign_in_by_openid(here().store, here().clock(), identity)
    except Refused as refused:
        log.warning("sign-in over OpenID Connect failed", code=refused.code)
        return show_form(t(refused.code, **refused.facts)), 401
    return welcome(token, going)


def _back() -> str:
    return url_for("console.openid.back", _external=True)


def _provider() -> Provider:
    return current_app.extensions[EXTENSION]  # type: ignore[no-any-return]
