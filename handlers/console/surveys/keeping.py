"""Questions that a project keeps, to be asked again in other surveys."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for

from bot.errors import Refused
from bot.rights import survey_seen, visible_projects
from bot.store.base import Session
from bot.store.revisions import SavedQuestion, saved_questions
from bot.store.sight import Sight
from bot.surveys import starters, writing
from handlers.console import guard
from handlers.console.guard import may, needs, visit
from handlers.console.look import t
from handlers.console.projects.editing import KEEPERS
from handlers.console.surveys.telling import kind_word

page = Blueprint("keeping", __name__)


def kept_seen(session: Session, sight: Sight, number: str | int) -> SavedQuestion:
    """The kept question of this number. Raises Refused("not_found")."""
    kept = session.get(SavedQuestion, int(number))
    if kept is None or not sight.covers(kept.project_id):
        raise Refused("not_found")
    return kept


guard.THINGS["kept"] = kept_seen


@page.get("/bank")
def bank() -> Any:
    """The question bank, to read; what a project keeps can be taken out."""
    with visit().reading() as session:
        projects = {each.id: each for each in visible_projects(session, visit().sight)}
        kept = saved_questions(session, projects)
    return render_template(
        "console/surveys/bank.html", kept=kept, projects=projects, groups=starters.bank(), kind_word=kind_word,
        may_write_surveys=may("console.surveys.keeping.forget", visit().account.role),
    )  # fmt: skip


@page.post("/<survey>/keep")
@needs(*KEEPERS)
def keep(survey: str) -> Any:
    """Keep one question of a survey in its project's bank."""
    asked = request.get_json(silent=True)
    try:
        question = writing.bounded(asked.get("question") if isinstance(asked, dict) else None)
        with visit().transaction() as session:
            found = survey_seen(session, visit().sight, survey)
            kept = writing.keep_question(session, found.project, question, visit().by)
    except Refused as refused:
        if refused.code == "not_found":
            raise
        return jsonify(error=t(refused.code, **refused.facts)), 422
    return jsonify(question=kept.question)


@page.post("/bank/<int:kept>/forget")
@needs(*KEEPERS)
def forget(kept: int) -> Any:
    """Keep it no longer."""
    with visit().transaction() as session:
        writing.forget_question(session, kept_seen(session, visit().sight, kept), visit().by)
    flash(t("console.surveys.forgotten"), "good")
    return redirect(url_for("console.surveys.keeping.bank"), 303)
