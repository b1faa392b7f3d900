"""Surveys as files: a draft taken out as YAML or XLSForm, or brought in, and kept only once it was looked at."""

import json
from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from bot import survey_files
from bot.errors import Problem, Refused, Severity
from bot.rights import project_seen, survey_seen, visible_projects
from bot.store.audit import note
from bot.store.surveys import survey_by_slug
from bot.survey_imports import brought_in
from handlers.console.guard import needs, visit
from handlers.console.look import t
from handlers.console.projects.editing import KEEPERS
from handlers.console.surveys.telling import kind_word, languages, told

page = Blueprint("survey_files", __name__, url_prefix="/survey-files")


@page.get("/new")
@needs(*KEEPERS)
def new() -> Any:
    """Choose a file and the project it is for (`?project=`)."""
    return _form(request.args.get("project", ""))


@page.post("/new")
@needs(*KEEPERS)
def look() -> Any:
    """What is in the file: all that is wrong with it, and what would be made. Nothing is kept yet."""
    slug, sent = request.form.get("slug", ""), request.files.get("file")
    with visit().reading() as session:
        project = project_seen(session, visit().sight, slug)
    if sent is None or not sent.filename:
        return _form(slug, t("console.survey_files.no_file")), 422
    draft = survey_files.opened(sent.filename, sent.read(), slug)
    with visit().reading() as session:
        taken = survey_by_slug(session, str((draft.data or {}).get("slug", "")))
    return render_template(
        "console/survey_files/look.html",
        project=project, file=sent.filename, data=draft.data, questions=_questions(draft.data),
        problems=told(each for each in draft.problems if each.severity is Severity.PROBLEM),
        warnings=told(each for each in draft.problems if each.severity is Severity.WARNING),
        packed=json.dumps(draft.data, ensure_ascii=False, default=str) if draft.data else "",
        languages=_spoken(draft.data),
        replaced=taken if taken is not None and taken.project_id == project.id else None,
    ), 200 if draft.data else 422  # fmt: skip


@page.post("/keep")
@needs(*KEEPERS)
def keep() -> Any:
    """Keep the draft that was looked at."""
    form = request.form
    try:
        data = json.loads(form.get("draft", ""))
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Refused("survey_files.unreadable")
    with visit().transaction() as session:
        project = project_seen(session, visit().sight, form.get("slug", ""))
        name = form.get("name", "").strip() or str(data.get("slug", ""))
        seen = form.get("revision", type=int) if name == data.get("slug") else None
        survey, new = brought_in(session, project, {**data, "slug": name}, visit().by, seen)
    flash(t("survey_files.imported" if new else "survey_files.replaced", slug=survey.slug), "good")
    return redirect(url_for("console.surveys.show", survey=survey.slug), 303)


@page.get("/<survey>/<kind>")
def download(survey: str, kind: str) -> Any:
    """The draft as a file. XLSX needs one that can be asked: else what is to be mended is shown."""
    if kind not in survey_files.FORMATS:
        raise Refused("not_found")
    with visit().reading() as session:
        draft = survey_seen(session, visit().sight, survey).draft
    try:
        content = survey_files.written(draft, kind)
    except Refused as refused:
        wrong = told(cast(list[Problem], refused.facts["problems"]))
        return render_template("console/survey_files/unfit.html", survey=survey, problems=wrong), 409
    with visit().transaction() as session:
        note(session, visit().by, "survey_exported", survey=survey, format=kind)
    named = {"Content-Disposition": f'attachment; filename="{survey}.{kind}"'}
    return Response(content, mimetype=survey_files.MIME_TYPES[kind], headers=named)


def _form(slug: str, wrong: str = "") -> str:
    with visit().reading() as session:
        projects = visible_projects(session, visit().sight)
    return render_template("console/survey_files/new.html", projects=projects, slug=slug, wrong=wrong)


def _spoken(data: Mapping[str, Any] | None) -> list[str]:
    listed, names = (data or {}).get("languages"), languages()
    return (
        [names[each] for each in listed if isinstance(each, str) and each in names] if isinstance(listed, list) else []
    )


def _questions(data: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """What a preview shows of each question of a draft of any shape."""
    listed = (data or {}).get("questions")
    found = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    return [
        {
            "kind": kind_word(str(each.get("kind", ""))),
            "label": each["label"] if isinstance(each.get("label"), dict) else {},
            "choices": [c["label"] for c in _items(each.get("choices")) if isinstance(c.get("label"), dict)],
            "marks": [name for name in ("required", "sensitive", "show_if") if each.get(name)],
        }
        for each in found
    ]


def _items(listed: object) -> list[Mapping[str, Any]]:
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
