"""A draft read from a file becomes a survey's: a new one, or in place of the draft that is there."""

from collections.abc import Mapping
from typing import Any

from bot.errors import Refused
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.projects import Project
from bot.store.surveys import Survey, SurveyState, survey_by_slug

LONGEST_SLUG = 60


def brought_in(session: Session, project: Project, data: Mapping[str, Any], by: By) -> tuple[Survey, bool]:
    """(the survey, whether it is new). One of this name in the same project takes the draft; nobody is asked it yet.

    Raises Refused: "survey_files.slug_taken" where the name belongs to a survey of another project.
    """
    slug = str(data["slug"])[:LONGEST_SLUG]
    draft = {**data, "slug": slug, "project": project.slug}
    survey = survey_by_slug(session, slug)
    if survey is not None and survey.project_id != project.id:
        raise Refused("survey_files.slug_taken", slug=slug)
    new = survey is None
    if survey is None:
        survey = Survey(project_id=project.id, slug=slug, state=SurveyState.DRAFT, draft=draft, created_at=by.at)
        session.add(survey)
    else:
        survey.draft = draft
    session.flush()
    note(session, by, "survey_imported", survey=slug, project=project.slug)
    return survey, new
