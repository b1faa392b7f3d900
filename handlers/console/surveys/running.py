"""Publishing a survey's draft, archiving the survey, and bringing it back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import surveys
from bot.errors import Refused
from bot.interview import reading
from bot.rights import survey_seen
from bot.store.interviews import running_of
from bot.store.surveys import newest_version
from bot.surveys.comparing import compare
from handlers.console.guard import needs, visit
from handlers.console.look import t
from handlers.console.projects.editing import KEEPERS
from handlers.console.surveys.telling import changes_told, told

page = Blueprint("running", __name__)


@page.get("/<survey>/publish")
@needs(*KEEPERS)
def publishing(survey: str) -> Any:
    """What changes for citizens, before it is done; and what must be mended first."""
    with visit().reading() as session:
        found = survey_seen(session, visit().sight, survey)
        version = newest_version(session, found.id)
        going = sum(running_of(session, [found.id]).values())
        project = found.project
    problems = reading.problems(found.draft)
    now = found.draft if problems else reading.plain(reading.read(found.draft))
    return render_template(
        "console/surveys/publish.html",
        survey=found, project=project, version=version, going=going, problems=told(problems),
        warnings=told(reading.warnings(found.draft)),
        changes=changes_told(compare(version.questionnaire, now)) if version else None,
    )  # fmt: skip


@page.post("/<survey>/publish")
@needs(*KEEPERS)
def publish(survey: str) -> Any:
    """Freeze the draft that was seen, and ask it from now on."""
    try:
        with visit().transaction() as session:
            found = survey_seen(session, visit().sight, survey)
            version = surveys.publish_seen(session, found, request.form.get("revision", -1, type=int), visit().by)
    except Refused as refused:
        if refused.code == "not_found":
            raise
        flash(t("console.surveys.not_published") if refused.code == "survey.invalid" else t(refused.code), "bad")
        return redirect(url_for("console.surveys.running.publishing", survey=survey), 303)
    flash(t("console.surveys.published", number=version.number), "good")
    return _home(survey)


@page.get("/<survey>/archive")
@needs(*KEEPERS)
def archiving(survey: str) -> Any:
    """What follows, before it is done."""
    with visit().reading() as session:
        found = survey_seen(session, visit().sight, survey)
        going = sum(running_of(session, [found.id]).values())
    return render_template("console/surveys/archive.html", survey=found, going=going)


@page.post("/<survey>/archive")
@needs(*KEEPERS)
def archive(survey: str) -> Any:
    """Put it away."""
    with visit().transaction() as session:
        surveys.archive(session, survey_seen(session, visit().sight, survey), visit().by)
    flash(t("console.surveys.archived_now"), "good")
    return _home(survey)


@page.post("/<survey>/bring-back")
@needs(*KEEPERS)
def bring_back(survey: str) -> Any:
    """Take it out of the archive, as a draft."""
    with visit().transaction() as session:
        surveys.bring_back(session, survey_seen(session, visit().sight, survey), visit().by)
    flash(t("console.surveys.brought_back"), "good")
    return _home(survey)


def _home(survey: str) -> Any:
    return redirect(url_for("console.surveys.show", survey=survey), 303)
