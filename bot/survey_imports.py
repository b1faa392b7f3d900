"""A draft read from a file becomes a survey's: a new one, or in place of the draft that is there."""

from collections.abc import Mapping
from typing import Any

from bot.errors import Refused
from bot.store.audit import By
from bot.store.base import Session
from bot.store.projects import Project
from bot.store.surveys import Survey, survey_by_slug
from bot.surveys import writing


def brought_in(
    session: Session, project: Project, data: Mapping[str, Any], by: By, revision: int | None = None
) -> tuple[Survey, bool]:
    """(the survey, whether it is new). One of this name in the same project takes the draft; nobody is asked it yet.

    `revision` is that of the draft which whoever brings it in has seen. Raises Refused: "survey_files.slug_taken" where
    the name belongs to a survey of another project, "survey.changed" where the draft was changed since, and what
    `bot.surveys.writing` does.
    """
    slug = str(data.get("slug", ""))
    survey = survey_by_slug(session, slug)
    if survey is None:
        return writing.begin(session, project, data, by, slug), True
    if survey.project_id != project.id:
        raise Refused("survey_files.slug_taken", slug=slug)
    writing.take_in(session, survey, data, survey.revision if revision is None else revision, by)
    return survey, False
