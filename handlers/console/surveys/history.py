"""The history of a draft: who saved what, when; what was different; and any of it taken up again."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from bot.rights import survey_seen
from bot.store.accounts import all_accounts
from bot.store.revisions import revision_of, revisions_of
from bot.store.surveys import versions_of
from bot.surveys import writing
from bot.surveys.comparing import compare
from handlers.console.audit import actor_name
from handlers.console.guard import may, needs, visit
from handlers.console.look import t
from handlers.console.projects.editing import KEEPERS
from handlers.console.surveys.telling import changes_told

page = Blueprint("history", __name__)
SHOWN = 6  # changes of one revision in the list


@page.get("/<survey>/history")
def index(survey: str) -> Any:
    """Every revision, newest first, with what it changed."""
    with visit().reading() as session:
        found = survey_seen(session, visit().sight, survey)
        kept = revisions_of(session, found.id)
        versions = {each.revision: each for each in versions_of(session, found.id)}
        names = {each.actor: each.name for each in all_accounts(session)}
    before = [*kept[1:], None]
    rows = [
        (each, actor_name(each.by, names), changes_told(compare(old.draft, each.draft)) if old else None)
        for each, old in zip(kept, before, strict=False)
    ]
    return render_template("console/surveys/history.html", survey=found, rows=rows, versions=versions, shown=SHOWN)


@page.get("/<survey>/history/<int:revision>")
def show(survey: str, revision: int) -> Any:
    """One revision, against the draft as it is now."""
    with visit().reading() as session:
        found = survey_seen(session, visit().sight, survey)
        kept = revision_of(session, found.id, revision)
        names = {each.actor: each.name for each in all_accounts(session)}
    if kept is None:
        abort(404)
    changes = changes_told(compare(found.draft, kept.draft))
    who = actor_name(kept.by, names)
    return render_template(
        "console/surveys/revision.html", survey=found, kept=kept, who=who, changes=changes,
        may_write_surveys=may("console.surveys.history.restore", visit().account.role),
    )  # fmt: skip


@page.post("/<survey>/history/<int:revision>")
@needs(*KEEPERS)
def restore(survey: str, revision: int) -> Any:
    """Take it up again, as a new revision: nothing that came after it is lost."""
    with visit().transaction() as session:
        found = survey_seen(session, visit().sight, survey)
        writing.restore(session, found, revision, request.form.get("revision", -1, type=int), visit().by)
    flash(t("console.surveys.restored", number=revision), "good")
    return redirect(url_for("console.surveys.show", survey=survey), 303)
