"""A new survey: blank, from a template, or as a copy of another."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from bot.pictures.words import step
from bot.rights import project_seen, survey_seen, visible_projects
from bot.store.base import Session
from bot.store.projects import StepName
from bot.store.surveys import surveys_of
from bot.surveys import starters, writing
from handlers.console.guard import needs, visit
from handlers.console.look import language, t
from handlers.console.projects.editing import KEEPERS

page = Blueprint("beginning", __name__)
BLANK, TEMPLATE, COPY = "blank", "template:", "copy:"


@page.get("/new")
@needs(*KEEPERS)
def new() -> Any:
    """What to begin with, and for which project (`?project=`); `?from=` is what is chosen already."""
    with visit().reading() as session:
        projects = visible_projects(session, visit().sight)
        surveys = surveys_of(session, [each.id for each in projects])
    asked = request.args.get("project", "")
    at = next((each.step for each in projects if each.slug == asked), "")
    return render_template(
        "console/surveys/new.html",
        projects=projects, surveys=surveys, asked=asked,
        templates=[(each, step(each, language())[0], starters.template(each)) for each in StepName],
        chosen=request.args.get("from") or (f"{TEMPLATE}{at}" if at else BLANK),
    )  # fmt: skip


@page.post("/new")
@needs(*KEEPERS)
def add() -> Any:
    """Begin it, and go on to writing."""
    form = request.form
    with visit().transaction() as session:
        project = project_seen(session, visit().sight, form.get("slug", ""))
        data = _beginning(session, form.get("from", BLANK))
        survey = writing.begin(session, project, data, visit().by, form.get("name", ""))
    return redirect(url_for("console.surveys.editing.edit", survey=survey.slug), 303)


def _beginning(session: Session, chosen: str) -> dict[str, Any]:
    """The draft to begin with. Raises Refused("not_found") for what the visitor may not see."""
    if chosen.startswith(TEMPLATE) and chosen.removeprefix(TEMPLATE) in tuple(StepName):
        return starters.template(StepName(chosen.removeprefix(TEMPLATE)))
    if not chosen.startswith(COPY):
        return starters.blank()
    draft = dict(survey_seen(session, visit().sight, chosen.removeprefix(COPY)).draft)
    title = draft.get("title")
    if isinstance(title, dict):
        draft["title"] = {each: t("console.surveys.copy_of", title=text) for each, text in title.items()}
    return draft
