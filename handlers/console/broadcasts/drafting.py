"""Writing a broadcast: what, to whom, when; with a count and a preview beside it that follow what is written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import segments
from bot.broadcasts import writing
from bot.broadcasts.sketching import sketch
from bot.broadcasts.writing import Draft, broadcast_seen
from bot.errors import Refused
from bot.rights import survey_seen, visible_projects
from bot.store.accounts import Role
from bot.store.base import Session
from bot.store.broadcasts import Broadcast, BroadcastKind, Repeat
from bot.store.projects import Lab
from bot.store.segments import Segment
from bot.wording import LANGUAGES
from handlers.console.broadcasts.checking import Check, check
from handlers.console.broadcasts.choices import Choices
from handlers.console.broadcasts.drafts import ARMS, draft_of, local, texts, written
from handlers.console.broadcasts.rules import KINDS, SIGNS, parts_of, sentence
from handlers.console.guard import needs, visit
from handlers.console.look import t

page = Blueprint("drafting", __name__)
WRITERS = (Role.LAB, Role.ADMIN)
PART = "part"


@page.get("/new")
@needs(*WRITERS)
def new() -> Any:
    """An empty form; `?survey=` or `?project=` say what it is about, `?segment=` to whom."""
    slug, project = request.args.get("survey", ""), request.args.get("project", "")
    with visit().reading() as session:
        if slug:
            project = survey_seen(session, visit().sight, slug).project.slug
        rule = _kept_rule(session, request.args.get("segment", type=int))
    kind = BroadcastKind.MESSAGE if project and not slug else BroadcastKind.SURVEY
    return _form(None, Draft(project, "", kind=kind, survey=slug, rule=rule or {}))


@page.post("/new")
@needs(*WRITERS)
def add() -> Any:
    """Keep it as a draft."""
    draft = _draft()
    try:
        _whole(draft)
        with visit().transaction() as session:
            made = writing.create(session, visit().account, draft, visit().by)
    except Refused as refused:
        return _refused(None, draft, refused)
    flash(t("console.broadcasts.kept"), "good")
    return redirect(url_for("console.broadcasts.show", broadcast=made.id), 303)


@page.get("/<int:broadcast>/edit")
@needs(*WRITERS)
def edit(broadcast: int) -> Any:
    """The form of one that has not begun."""
    with visit().reading() as session:
        found = broadcast_seen(session, visit().account, broadcast)
        draft = written(found)
    return _form(found, draft)


@page.post("/<int:broadcast>/edit")
@needs(*WRITERS)
def change(broadcast: int) -> Any:
    """Keep what was written. Where somebody else has meanwhile, this is told and what was typed stays."""
    draft = _draft()
    try:
        _whole(draft)
        with visit().transaction() as session:
            found = broadcast_seen(session, visit().account, broadcast)
            writing.edit(session, visit().account, found, draft, (_revision(), visit().by))
    except Refused as refused:
        with visit().reading() as session:
            found = broadcast_seen(session, visit().account, broadcast)
        return _refused(found, draft, refused)
    flash(t("console.broadcasts.kept"), "good")
    return redirect(url_for("console.broadcasts.show", broadcast=broadcast), 303)


@page.post("/check")
@needs(*WRITERS)
def look() -> Any:
    """Count and preview what is written, which is kept nowhere: as a part of the page where a script asks for it.

    Also takes over a kept segment (`load`), or keeps the rule under a name (`keep`): the form comes back as it was.
    """
    draft = _draft()
    with visit().reading() as session:
        number = request.form.get("broadcast", type=int)
        found = broadcast_seen(session, visit().account, number) if number else None
    if PART in request.form:
        return render_template("console/broadcasts/check.html", check=_check(draft))
    act = request.form.get("act", "")
    if act == "load":
        with visit().reading() as session:
            rule = _kept_rule(session, request.form.get("segment", type=int))
        draft = draft if rule is None else replace(draft, rule=rule)
    if act == "keep":
        return _keep_segment(found, draft)
    return _form(found, draft, checked=_check(draft))


def _keep_segment(found: Broadcast | None, draft: Draft) -> Any:
    try:
        with visit().transaction() as session:
            lab = session.get_one(Lab, visible_projects(session, visit().sight)[0].lab_id)
            named = (request.form.get("segment_name", ""), draft.rule)
            segments.save(session, visit().account, lab, named, visit().by)
    except Refused as refused:
        return _refused(found, draft, refused)
    return _form(found, draft, told=t("console.broadcasts.segment_kept"))


def _kept_rule(session: Session, wanted: int | None) -> Mapping[str, Any] | None:
    """The rule of a kept segment; None where there is none of this number."""
    return next((each.rule for each in _segments(session) if each.id == wanted), None)


def _draft() -> Draft:
    with visit().reading() as session:
        return draft_of(request.form, Choices.of(session, visit().sight).surveys)


def _whole(draft: Draft) -> None:
    """Raises Refused for a moment that was chosen and not given: it would go out at once."""
    if request.form.get("when") == "later" and draft.send_at is None:
        raise Refused("console.broadcasts.no_moment")


def _revision() -> int:
    return request.form.get("revision", -1, type=int)


def _segments(session: Session) -> list[Segment]:
    return segments.segments_seen(session, visit().sight)


def _check(draft: Draft) -> Check | None:
    """The check of a draft; None where it has no project yet."""
    with visit().reading() as session:
        choices = Choices.of(session, visit().sight)
        if draft.project not in [each.slug for each in choices.projects]:
            return None
        broadcast = sketch(session, visit().account, draft)
        return check(session, broadcast, visit().at, choices.word)


def _refused(found: Broadcast | None, draft: Draft, refused: Refused) -> Any:
    """The form with what was typed, and why it was not kept."""
    if refused.code == "not_found":
        raise refused
    return _form(found, draft, problem=t(refused.code, **refused.facts)), 422


def _form(found: Broadcast | None, draft: Draft, **more: Any) -> str:
    """The form. `more`: a `problem`, something `told`, what was `checked`."""
    with visit().reading() as session:
        choices = Choices.of(session, visit().sight)
        kept = _segments(session)
    shown = parts_of(draft.rule)
    match, parts = shown or ("all", {})
    if "checked" not in more:
        more["checked"] = _check(draft)
    return render_template(
        "console/broadcasts/edit.html",
        found=found, draft=draft, choices=choices, segments=kept, match=match, parts=parts, deep=shown is None,
        rule_told=sentence(draft.rule, choices.word), kinds=KINDS, signs=SIGNS, texts=texts(draft), arms=ARMS,
        languages=LANGUAGES, repeats=list(Repeat), local=local, revision=found.revision if found else 0,
        **{"problem": "", "told": "", **more},
    )  # fmt: skip
