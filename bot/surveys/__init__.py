"""The lab's surveys: a draft is written, checked and published as a frozen version; archived, and brought back.

`writing` changes drafts and keeps every revision; `comparing` tells two drafts apart, `merging` brings them
together; `showing` is what a citizen would see of a question; `starters` are the templates and the question bank.
"""

from datetime import datetime

from bot.errors import Refused
from bot.interview import reading
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.surveys import Survey, SurveyState, SurveyVersion, newest_version


def publish(session: Session, survey: Survey, at: datetime) -> SurveyVersion:
    """Freeze the draft as the next version, and ask it from now on; running interviews finish on theirs.

    Raises Refused("survey.invalid", problems=...) where the draft is not fit to be asked.
    """
    questionnaire = reading.read(survey.draft)
    last = newest_version(session, survey.id)
    version = SurveyVersion(
        survey_id=survey.id,
        number=last.number + 1 if last else 1,
        questionnaire=reading.plain(questionnaire),
        published_at=at,
        revision=survey.revision,
    )
    survey.state = SurveyState.LIVE
    survey.title, survey.languages = dict(questionnaire.title), list(questionnaire.languages)
    session.add(version)
    session.flush()
    return version


def publish_seen(session: Session, survey: Survey, revision: int, by: By) -> SurveyVersion:
    """Publish the draft as it was seen. Raises Refused: "survey.changed" since then, or "survey.invalid"."""
    session.refresh(survey, with_for_update=True)
    if survey.revision != revision:
        raise Refused("survey.changed")
    version = publish(session, survey, by.at)
    note(session, by, "survey_published", survey=survey.slug, version=version.number, revision=revision)
    return version


def archive(session: Session, survey: Survey, by: By) -> None:
    """Ask nobody any more. What was answered stays. Raises Refused where it is archived."""
    session.refresh(survey, with_for_update=True)
    if survey.state == SurveyState.ARCHIVED:
        raise Refused("survey.is_archived")
    survey.state = SurveyState.ARCHIVED
    note(session, by, "survey_archived", survey=survey.slug)
    session.flush()


def bring_back(session: Session, survey: Survey, by: By) -> None:
    """Take a survey out of the archive: as a draft, which is asked again once it is published. Raises Refused."""
    session.refresh(survey, with_for_update=True)
    if survey.state != SurveyState.ARCHIVED:
        raise Refused("survey.is_not_archived")
    survey.state = SurveyState.DRAFT
    note(session, by, "survey_brought_back", survey=survey.slug)
    session.flush()
