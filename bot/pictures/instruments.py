"""A survey's questions over all its published versions, for its results."""

from bot.exports.layout import Instrument, merged
from bot.interview import reading
from bot.store.base import Session
from bot.store.surveys import Survey, SurveyVersion, versions_of


def instrument(session: Session, survey: Survey) -> tuple[Instrument, list[SurveyVersion]]:
    """The survey as one, and its versions, oldest first."""
    versions = versions_of(session, survey.id)
    return merged(survey.slug, (reading.read(each.questionnaire) for each in versions)), versions
