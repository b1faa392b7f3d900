"""The officials' console: one module a noun, its pages beside it in templates/console/<noun>/.

The law of this folder: a page reads a request, calls bot/, and shows what came back. Every route asks for a sign-in
unless it says `@public`; what may not be seen is answered with 404 by the guard, before the page is asked.
"""

from flask import Blueprint

from handlers.console import (
    accounts,
    agreement,
    audit,
    broadcasts,
    bulk,
    demo,
    entries,
    errors,
    exports,
    guard,
    headers,
    help,
    home,
    insights,
    keys,
    look,
    openid,
    overview,
    profile,
    projects,
    queue,
    rehearsals,
    signing,
    survey_files,
    surveys,
    themes,
)
from handlers.runtime import Runtime

# Every module of pages, in any order: each has a `page` blueprint, named as its noun.
PAGES = (
    accounts, agreement, audit, broadcasts, bulk, entries, exports, help, home, insights, keys, overview,
    profile, projects, queue, rehearsals, signing, survey_files, surveys, themes,
)  # fmt: skip


def console(runtime: Runtime) -> Blueprint:
    """The console over a runtime, to be mounted at /console."""
    whole = Blueprint("console", __name__, template_folder="templates", static_folder="static")
    guard.keep(whole, runtime)
    headers.add(whole, production=runtime.settings.production)
    look.dress(whole, runtime)
    errors.answer(whole)
    if runtime.settings.oidc_issuer:
        openid.add(whole, runtime)
    for module in PAGES if runtime.settings.production else (*PAGES, demo):
        whole.register_blueprint(module.page)
    whole.add_url_rule("/<path:rest>", "nowhere", errors.nowhere, methods=["GET", "POST"])
    return whole
