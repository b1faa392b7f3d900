"""Moving a project through its steps, closing it, and opening it again."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from bot import projects
from bot.closing import aftermath
from bot.projects import Move
from bot.rights import project_seen
from bot.store.projects import StepName
from handlers.console.guard import needs, project_or_404, visit
from handlers.console.look import t
from handlers.console.opening import opens
from handlers.console.projects.editing import KEEPERS

page = Blueprint("running", __name__)


@page.post("/<project>/step")
@needs(*KEEPERS)
def move(project: str) -> Any:
    """Bring it to another step."""
    form = request.form
    if form.get("step") not in tuple(StepName):
        abort(400)
    wish = Move(form.get("was", ""), StepName(form["step"]), form.get("why", ""))
    with visit().transaction() as session:
        projects.move(session, project_seen(session, visit().sight, project), wish, visit().by)
    flash(t("console.projects.moved"), "good")
    return _home(project)


@page.get("/<project>/close")
@needs(*KEEPERS)
def closing(project: str) -> Any:
    """What follows, before it is done."""
    found = project_or_404(project)
    with visit().reading() as reading:
        follows = aftermath(reading, found, visit().sight)
    return render_template("console/projects/close.html", project=found, follows=follows, opens=opens)


@page.post("/<project>/close")
@needs(*KEEPERS)
def close(project: str) -> Any:
    """Close it."""
    with visit().transaction() as session:
        projects.close(session, project_seen(session, visit().sight, project), visit().by)
    flash(t("console.projects.closed_now"), "good")
    return _home(project)


@page.post("/<project>/reopen")
@needs(*KEEPERS)
def reopen(project: str) -> Any:
    """Open it again."""
    with visit().transaction() as session:
        projects.reopen(session, project_seen(session, visit().sight, project), visit().by)
    flash(t("console.projects.reopened"), "good")
    return _home(project)


def _home(project: str) -> Any:
    return redirect(url_for("console.projects.show", project=project), 303)
