"""Opening a project and describing it anew, with a trial of its words on what citizens said lately."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import accounts, projects
from bot.describing import LONGEST, NEEDED, Description, Fault, changes, known_to_nlp, written
from bot.errors import Refused
from bot.projects import described
from bot.rights import project_seen, visible_projects
from bot.store.accounts import Role, all_accounts, projects_of
from bot.store.base import Session
from bot.store.projects import Lab, Project, all_labs
from bot.trying import try_out
from bot.wording import LANGUAGES
from handlers.console.audit import actor_name
from handlers.console.guard import needs, project_or_404, visit
from handlers.console.look import t
from handlers.console.projects.year import fiscal_year

page = Blueprint("editing", __name__)
KEEPERS = (Role.LAB, Role.ADMIN)
PART = "part"


@page.get("/new")
@needs(*KEEPERS)
def new() -> Any:
    """The form of a new project."""
    return _form(None, Description(fiscal_year(visit().at)))


@page.post("/new")
@needs(*KEEPERS)
def add() -> Any:
    """Open it. A lab has rights to what it opened; an admin sees everything."""
    told, slug = written(request.form), request.form.get("slug", "")
    try:
        with visit().transaction() as session:
            project = projects.open_project(session, _lab(session), slug, told, visit().by)
            _give_right(session, project)
    except Refused as refused:
        return _form(None, told, _faults(refused)), 422
    flash(t("console.projects.opened"), "good")
    return redirect(url_for("console.projects.show", project=project.slug), 303)


@page.post("/try")
@needs(*KEEPERS)
def try_new() -> Any:
    """Try the words of a project that is not open yet."""
    return _trial(None)


@page.get("/<project>/edit")
@needs(*KEEPERS)
def edit(project: str) -> Any:
    """The form of a project."""
    found = project_or_404(project)
    return _form(found, described(found))


@page.post("/<project>/edit")
@needs(*KEEPERS)
def change(project: str) -> Any:
    """Describe it anew. Where somebody else did meanwhile nothing is lost: both are shown, and the next save stands."""
    told = written(request.form)
    try:
        with visit().transaction() as session:
            found = project_seen(session, visit().sight, project)
            projects.change(session, found, told, _revision(), visit().by)
    except Refused as refused:
        found = project_or_404(project)
        if refused.code == "project.changed":
            return _form(found, told, theirs=changes(told, described(found))), 409
        return _form(found, told, _faults(refused), _revision()), 422
    flash(t("console.projects.changed"), "good")
    return redirect(url_for("console.projects.show", project=project), 303)


@page.post("/<project>/try")
@needs(*KEEPERS)
def try_change(project: str) -> Any:
    """Try other words for a project."""
    return _trial(project_or_404(project))


def _lab(session: Session) -> Lab:
    """The lab that was chosen; the only one where there is one."""
    labs = all_labs(session)
    return next((each for each in labs if each.slug == request.form.get("lab")), labs[0])


def _give_right(session: Session, project: Project) -> None:
    account = accounts.account(session, visit().account.id)
    if account.role != Role.ADMIN:
        own = projects_of(session, account.id) | {project.id}
        accounts.set_rights(session, account, own, account.unsorted, visit().by)


def _faults(refused: Refused) -> dict[str, Fault]:
    """The faults by field, the first of each. Raises what is no fault of the form's."""
    if refused.code != "project.invalid":
        raise refused
    found: dict[str, Fault] = {}
    for fault in refused.facts["faults"]:  # type: ignore[attr-defined]
        found.setdefault(fault.where, fault)
    return found


def _revision() -> int:
    """The revision of the project that the form was opened with."""
    return request.form.get("revision", -1, type=int)


def _trial(project: Project | None) -> Any:
    """The trial as a part of the page, where a script asks; else the whole form with what was typed, and the trial."""
    told = written(request.form)
    candidate = known_to_nlp(project.slug if project else "", told.title, told.description, told.keywords)
    with visit().reading() as session:
        trial = try_out(session, visit().sight, candidate, project.id if project else None)
        names = {each.id: each for each in visible_projects(session, visit().sight)}
    if PART in request.form:
        return render_template("console/projects/trial.html", trial=trial, names=names)
    return _form(project, told, revision=_revision() if project else None, trial=trial, names=names)


def _form(
    project: Project | None,
    told: Description,
    faults: dict[str, Fault] | None = None,
    revision: int | None = None,
    **more: Any,
) -> str:
    """The form; `revision`, where it is not the one that is stored now; `theirs`, the fields another has changed."""
    with visit().reading() as reading:
        labs = all_labs(reading)
        names = {each.actor: each.name for each in all_accounts(reading)}
    if project is not None and revision is None:
        revision = project.revision
    return render_template(
        "console/projects/edit.html",
        project=project, told=told, faults=faults or {}, revision=revision, labs=labs, form=request.form,
        languages=LANGUAGES, needed=NEEDED, longest=LONGEST,
        who=actor_name(project.changed_by, names) if project else "", **{"trial": None, "theirs": [], **more},
    )  # fmt: skip
