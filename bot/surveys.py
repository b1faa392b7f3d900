"""The lab's surveys: a draft is checked and published as a frozen version."""

from datetime import datetime

from bot.interview import reading
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
    )
    survey.state = SurveyState.LIVE
    session.add(version)
    session.flush()
    return version
