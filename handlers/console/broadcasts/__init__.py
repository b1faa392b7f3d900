"""Broadcasts: the list; one of them, from a draft over its approval and its sending to what came of it."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for

from bot import problems
from bot.broadcasts import deciding, following, guests, telling, writing
from bot.broadcasts.writing import broadcast_seen
from bot.errors import Problem, Refused
from bot.guests import leave, new_code
from bot.rights import project_seen
from bot.store.accounts import all_accounts
from bot.store.base import Session
from bot.store.broadcasts import EDITABLE, Broadcast, BroadcastState, broadcast_of, broadcasts_of, waves_of
from bot.store.guests import guests as linked
from bot.store.sight import Sight
from handlers.console import guard
from handlers.console.broadcasts import drafting, kept
from handlers.console.broadcasts.checking import check
from handlers.console.broadcasts.choices import Choices
from handlers.console.broadcasts.drafting import WRITERS
from handlers.console.broadcasts.results import results
from handlers.console.guard import may, needs, quiet, visit
from handlers.console.look import language, t

page = Blueprint("broadcasts", __name__, url_prefix="/broadcasts")
page.register_blueprint(drafting.page)
page.register_blueprint(kept.page)
MOVING = (BroadcastState.SCHEDULED, BroadcastState.SENDING)


def seen(session: Session, sight: Sight, number: str | int) -> Broadcast:
    """The broadcast of this number. Raises Refused("not_found")."""
    found = broadcast_of(session, sight, int(number))
    if found is None:
        raise Refused("not_found")
    return found


guard.THINGS["broadcast"] = seen


@page.app_template_global("problem_place")
def problem_place(problem: Problem) -> str:
    """Where a problem is."""
    return problems.place(problem, language())


@page.app_template_global("problem_sentence")
def problem_sentence(problem: Problem) -> str:
    """What is wrong."""
    return problems.sentence(problem, language())


@page.app_template_global("problem_mend")
def problem_mend(problem: Problem) -> str:
    """How to mend it."""
    return problems.mend(problem, language())


@page.get("")
def index() -> Any:
    """The newest first; those that wait for the visitor's yes on top."""
    slug = request.args.get("project", "")
    with visit().reading() as session:
        found = broadcasts_of(session, visit().sight, request.args.get("below", type=int))
        if slug:
            project = project_seen(session, visit().sight, slug)
            found = [each for each in found if each.project_id == project.id]
        rows = [(each, each.project, following.progress(session, each, visit().at)) for each in found]
    waiting = [each for each in found if each.state == BroadcastState.WAITING and _second(each)]
    return render_template(
        "console/broadcasts/index.html", rows=rows, waiting=waiting, asked=slug, may_write=_may_write(), state=_state
    )


@page.get("/<int:broadcast>")
def show(broadcast: int) -> Any:
    """One of them, as far as it is."""
    return _page(broadcast)


@page.get("/<int:broadcast>/progress")
@quiet
def progress(broadcast: int) -> Any:
    """How far it is, for a script."""
    with visit().reading() as session:
        found = seen(session, visit().sight, broadcast)
        how_far = following.progress(session, found, visit().at)
    return jsonify(
        state=found.state, done=how_far.done, total=how_far.planned, told=_told(how_far), moving=found.state in MOVING
    )


@page.post("/<int:broadcast>/submit")
@needs(*WRITERS)
def submit(broadcast: int) -> Any:
    """Ask a second person."""
    with visit().transaction() as session:
        writing.submit(session, visit().account, _own(session, broadcast), visit().by)
    return _done(broadcast, "submitted")


@page.post("/<int:broadcast>/approve")
def approve(broadcast: int) -> Any:
    """The second person's yes, to what they have read."""
    with visit().transaction() as session:
        revision = request.form.get("revision", -1, type=int)
        deciding.approve(session, visit().account, _own(session, broadcast), revision, visit().by)
    return _done(broadcast, "approved")


@page.post("/<int:broadcast>/back")
def send_back(broadcast: int) -> Any:
    """The second person's no: it is a draft again."""
    with visit().transaction() as session:
        deciding.send_back(session, visit().account, _own(session, broadcast), visit().by)
    return _done(broadcast, "sent_back")


@page.post("/<int:broadcast>/stop")
@needs(*WRITERS)
def stop(broadcast: int) -> Any:
    """Nothing more goes out."""
    with visit().transaction() as session:
        deciding.stop(session, _own(session, broadcast), visit().by)
    return _done(broadcast, "stopped")


@page.post("/<int:broadcast>/resume")
@needs(*WRITERS)
def resume(broadcast: int) -> Any:
    """Go on with those who are missing."""
    with visit().transaction() as session:
        deciding.resume(session, _own(session, broadcast), visit().by)
    return _done(broadcast, "resumed")


@page.post("/<int:broadcast>/now")
@needs(*WRITERS)
def send_now(broadcast: int) -> Any:
    """Do not wait for its time."""
    with visit().transaction() as session:
        deciding.send_now(session, _own(session, broadcast), visit().by)
    return _done(broadcast, "hastened")


@page.post("/<int:broadcast>/test")
@needs(*WRITERS)
def test(broadcast: int) -> Any:
    """To the guests who are ticked, and to nobody else."""
    with visit().transaction() as session:
        chosen = request.form.getlist("guest", type=int)
        many = guests.send_test(session, _own(session, broadcast), visit().by, chosen)
    visit().runtime.wake()
    flash(t("console.broadcasts.tested", count=many), "good")
    return redirect(url_for("console.broadcasts.show", broadcast=broadcast), 303)


@page.post("/<int:broadcast>/guest")
def guest(broadcast: int) -> Any:
    """A code, shown once, that links the visitor's own LINE for tests; or forget that LINE."""
    with visit().transaction() as session:
        if "leave" in request.form:
            leave(session, visit().account, visit().by)
            return _done(broadcast, "guest_left")
        code = new_code(session, visit().account, visit().at)
    return _page(broadcast, code=code)


def _own(session: Session, number: int) -> Broadcast:
    return broadcast_seen(session, visit().account, number)


def _done(number: int, what: str) -> Any:
    flash(t(f"console.broadcasts.done.{what}"), "good")
    return redirect(url_for("console.broadcasts.show", broadcast=number), 303)


def _page(number: int, code: str = "") -> str:
    with visit().reading() as session:
        found = seen(session, visit().sight, number)
        choices = Choices.of(session, visit().sight)
        how_far = following.progress(session, found, visit().at)
        looked = check(session, found, visit().at, choices.word)
        figures = results(session, found) if found.started_at else None
        names = {each.id: each.name for each in all_accounts(session)}
        told = {"project": found.project, "survey": found.survey, "waves": waves_of(session, found.series_id or 0)}
        testers = [(account.id, account.name) for account, _ in linked(session)]
    return render_template(
        "console/broadcasts/show.html",
        found=found, check=looked, progress=how_far, figures=figures, names=names, testers=testers, code=code,
        told=_told(how_far), state=_state, cause=telling.cause(found, language()), editable=found.state in EDITABLE,
        may_write=_may_write(), second=_second(found), moving=found.state in MOVING, **told,
    )  # fmt: skip


def _told(how_far: following.Progress) -> str:
    facts = {name: f"{getattr(how_far, name):,}" for name in ("sent", "planned", "failed", "left")}
    return t("console.broadcasts.progress", **facts)


def _state(broadcast: Broadcast) -> str:
    return telling.state(broadcast, language())


def _second(broadcast: Broadcast) -> bool:
    """Whether the visitor is somebody who had no hand in it."""
    return visit().account.id not in broadcast.writers


def _may_write() -> bool:
    return may("console.broadcasts.drafting.new", visit().account.role)
