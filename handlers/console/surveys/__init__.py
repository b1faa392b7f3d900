"""Surveys: those of a visitor's projects, and one survey's page: what it asks, where it stands, what can be done."""

from typing import Any

from flask import Blueprint, render_template, request

from bot.interview import reading
from bot.rights import survey_seen, visible_projects
from bot.store.interviews import running_of
from bot.store.surveys import SurveyState, surveys_of, versions_of
from bot.surveys.conditions import sentence
from handlers.console.guard import may, visit
from handlers.console.look import language
from handlers.console.surveys import beginning, editing, history, keeping, running
from handlers.console.surveys.telling import kind_word, told

page = Blueprint("surveys", __name__, url_prefix="/surveys")
for part in (beginning, editing, history, keeping, running):
    page.register_blueprint(part.page)
ORDER = list(SurveyState)


@page.get("")
def index() -> Any:
    """The surveys of the visitor's projects, or of one; what is archived comes last."""
    asked = request.args.get("project", "")
    with visit().reading() as session:
        projects = {each.id: each for each in visible_projects(session, visit().sight) if asked in ("", each.slug)}
        surveys = surveys_of(session, projects)
        going = running_of(session, [each.id for each in surveys])
        versions = {each.id: versions_of(session, each.id) for each in surveys}
    surveys.sort(key=lambda each: (each.state == SurveyState.ARCHIVED, -each.id))
    rows = [
        {
            "survey": each,
            "project": projects[each.project_id],
            "questions": len(questions_of(each.draft)),
            "version": versions[each.id][-1] if versions[each.id] else None,
            "running": sum(count for (survey, _), count in going.items() if survey == each.id),
        }
        for each in surveys
    ]
    return render_template("console/surveys/index.html", rows=rows, asked=asked, may_write=may_write())


@page.get("/<survey>")
def show(survey: str) -> Any:
    """One survey."""
    with visit().reading() as session:
        found = survey_seen(session, visit().sight, survey)
        versions = versions_of(session, found.id)
        going = running_of(session, [found.id])
        project = found.project
    questions = questions_of(found.draft)
    return render_template(
        "console/surveys/show.html",
        survey=found, project=project, versions=versions, going=going, may_write=may_write(),
        questions=[(each, _condition(each, questions)) for each in questions],
        problems=told(reading.problems(found.draft)), warnings=told(reading.warnings(found.draft)),
        kind_word=kind_word, has=lambda endpoint: may(endpoint, visit().account.role),
    )  # fmt: skip


def may_write() -> bool:
    """Whether the visitor may write surveys, not only read them."""
    return may("console.surveys.editing.edit", visit().account.role)


def questions_of(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions of a draft of any shape, as far as they are some."""
    questions = draft.get("questions")
    return [each for each in questions if isinstance(each, dict)] if isinstance(questions, list) else []


def _condition(question: dict[str, Any], questions: list[dict[str, Any]]) -> str:
    return sentence(question["show_if"], questions, language()) if "show_if" in question else ""
