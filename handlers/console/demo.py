"""The demo's sign-in by one tap. In production these pages do not exist."""

from typing import Any

from flask import Blueprint, abort

from bot.accounts import demo_account
from bot.signing_in import begin
from bot.store.accounts import Role
from bot.store.audit import By
from bot.store.projects import all_projects
from handlers.console.guard import here, public
from handlers.console.signing import welcome

page = Blueprint("demo", __name__)
# The demo's lab works on the projects of this fiscal year only, so that a visitor sees rights at work.
YEAR_OF_LAB = 2562


@page.post("/demo/<role>")
@public
def enter(role: str) -> Any:
    """Sign in as the demo's official, lab or admin."""
    if role not in list(Role):
        abort(404)
    at = here().clock()
    with here().store.transaction() as writing:
        projects = {each.id for each in all_projects(writing) if role != Role.LAB or each.fiscal_year == YEAR_OF_LAB}
        account = demo_account(writing, Role(role), projects, By("demo", at))
        token = begin(writing, account.id, at)
    return welcome(token)
