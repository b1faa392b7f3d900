"""The editor: a page that holds the draft as plain data, and what its script asks: save this, look at this."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from bot.dates import day_of, moment_shown
from bot.errors import Refused
from bot.interview import reading
from bot.rights import survey_seen, visible_projects
from bot.store.accounts import all_accounts
from bot.store.base import Session
from bot.store.revisions import revision_of, saved_questions
from bot.store.surveys import Survey
from bot.surveys import starters, writing
from bot.surveys.comparing import compare
from bot.surveys.merging import merge
from bot.surveys.showing import show
from handlers.console.audit import actor_name
from handlers.console.guard import needs, quiet, visit
from handlers.console.look import language, picked, t
from handlers.console.projects.editing import KEEPERS
from handlers.console.surveys import telling

page = Blueprint("editing", __name__)


@page.get("/<survey>/edit")
@needs(*KEEPERS)
def edit(survey: str) -> Any:
    """The editor of a survey."""
    with visit().reading() as session:
        found = survey_seen(session, visit().sight, survey)
        project = found.project
        told = _told(session, found)
    return render_template("console/surveys/edit.html", survey=found, project=project, told=told)


def _told(session: Session, survey: Survey) -> dict[str, Any]:
    """All that the editor's script needs."""
    own = "console.surveys"
    addresses = {
        "save": url_for(f"{own}.editing.save", survey=survey.slug),
        "look": url_for(f"{own}.editing.look", survey=survey.slug),
        "keep": url_for(f"{own}.keeping.keep", survey=survey.slug),
    }
    return {
        "draft": survey.draft,
        "revision": survey.revision,
        "csrf": generate_csrf(),
        "addresses": addresses,
        "words": telling.words(),
        "kinds": telling.kinds(),
        "languages": telling.languages(),
        "language": language(),
        "bank": _bank(session),
    }


def _bank(session: Session) -> list[dict[str, Any]]:
    """The question bank: first what the visitor's projects keep, then what ships."""
    projects = [each.id for each in visible_projects(session, visit().sight)]
    kept = [each.question for each in saved_questions(session, projects)]
    own = {"title": t("console.surveys.kept"), "questions": kept}
    return [own, *({"title": picked(each.title), "questions": each.questions} for each in starters.bank())]


@page.post("/<survey>/look")
@needs(*KEEPERS)
@quiet
def look(survey: str) -> Any:
    """What is wrong with a draft, and what a citizen would see of the question at `at`. Nothing is saved."""
    try:
        asked = writing.bounded(request.get_json(silent=True))
        draft = writing.bounded(asked.get("draft"))
    except Refused as refused:
        return _no(refused)
    return jsonify(**_looked(survey, draft, asked.get("at")))


@page.post("/<survey>/draft")
@needs(*KEEPERS)
def save(survey: str) -> Any:
    """Save a draft made out of `revision`. Where somebody else has saved meanwhile: who, what, and both together."""
    asked = request.get_json(silent=True)
    asked = asked if isinstance(asked, dict) else {}
    mine, revision = asked.get("draft"), asked.get("revision")
    try:
        with visit().transaction() as session:
            found = survey_seen(session, visit().sight, survey)
            writing.write(session, found, writing.bounded(mine), revision, visit().by)
    except Refused as refused:
        if refused.code == "survey.changed":
            return jsonify(_overtaken(survey, mine, asked.get("base"))), 409
        if refused.code == "not_found":
            raise
        return _no(refused)
    return jsonify(revision=found.revision, at=moment_shown(visit().at, language()))


def _overtaken(slug: str, mine: dict[str, Any], base: object) -> dict[str, Any]:
    """What somebody else saved meanwhile. `base` is the draft that this one began with."""
    with visit().reading() as session:
        survey = survey_seen(session, visit().sight, slug)
        last = revision_of(session, survey.id, survey.revision)
        names = {each.actor: each.name for each in all_accounts(session)}
    start = base if isinstance(base, dict) else survey.draft
    both = merge(start, mine, survey.draft)
    return {
        "revision": survey.revision,
        "draft": survey.draft,
        "who": actor_name(last.by, names) if last else "",
        "at": moment_shown(last.at, language()) if last else "",
        "changes": telling.changes_told(compare(start, survey.draft)),
        "merged": both.draft,
        "clashes": [telling.place_of(where) for where in both.clashes],
    }


def _looked(slug: str, draft: dict[str, Any], at: object) -> dict[str, Any]:
    whole = {**draft, "slug": slug, "project": slug}
    place = at if isinstance(at, int) else None
    return {
        "problems": telling.told([*reading.problems(whole), *reading.warnings(whole)]),
        "shown": show(draft, place, day_of(visit().at)),
    }


def _no(refused: Refused) -> Any:
    return jsonify(error=t(refused.code, **refused.facts)), 422
